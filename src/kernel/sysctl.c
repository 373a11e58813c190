#include "kernel/sysctl.h"

#include <errno.h>
#include <stdio.h>

/* In what the file counts, as a multiple of what the field counts in. */
static int64_t scale_of(const struct field *field)
{
	switch (field->unit) {
	case BYTES:
		return 1024; /* *_kbytes: no row is another */
	case PERCENT:
		return 10000;
	default:
		return 1;
	}
}

int sysctl_parse(struct span bytes, const struct field *field, struct machine *machine)
{
	struct span line;
	int64_t number;

	if (!span_whole_line(&bytes, &line) || !span_i64(&line, &number) || span_trim(line).len ||
	    __builtin_mul_overflow(number, scale_of(field), &number))
		return -EBADMSG;
	record_set(field, machine, number);
	return 0;
}

int sysctl_word(struct span bytes, struct span *ret)
{
	struct span line;

	if (!span_whole_line(&bytes, &line) || span_trim(line).len == 0)
		return -EBADMSG;
	*ret = span_trim(line);
	return 0;
}

/* A text belongs to the arena. */
static int set_word(struct span bytes, const struct field *field, struct arena *arena, struct machine *machine)
{
	struct span word;

	int r = sysctl_word(bytes, &word);
	if (r < 0)
		return r;
	word = arena_copy(arena, word);
	if (word.len == 0)
		return -ENOMEM;
	*(struct span *)((char *)machine + field->offset) = word;
	field_set_add(&machine->have, field->id);
	return 0;
}

static int read_one(struct files *files, const char *folder, const struct field *field, struct arena *arena,
                    struct machine *machine)
{
	enum { LIMIT = 256 };
	char path[128];
	struct span bytes;

	snprintf(path, sizeof path, "proc/sys/%s/%s", folder, field->key);
	int r = files_read(files, path, LIMIT, &bytes);
	if (r < 0)
		return r;
	return field->kind == TEXT ? set_word(bytes, field, arena, machine) : sysctl_parse(bytes, field, machine);
}

static int read_all(struct files *files, const char *folder, enum source_id from, const struct field_set *wanted,
                    struct arena *arena, struct machine *machine)
{
	int first = 0;
	bool any = false;

	for (unsigned id = 0; id < MACHINE_FIELDS; id++) {
		if (machine_fields[id].from != from || !field_set_has(wanted, id))
			continue;
		int r = read_one(files, folder, &machine_fields[id], arena, machine);
		any |= r == 0;
		if (first == 0)
			first = r;
	}
	return any ? 0 : first;
}

int sysctl_vm_read(struct files *files, const struct field_set *wanted, struct arena *arena, struct machine *machine)
{
	return read_all(files, "vm", FROM_SYSCTL_VM, wanted, arena, machine);
}

int sysctl_kernel_read(struct files *files, enum source_id from, const struct field_set *wanted, struct arena *arena,
                       struct machine *machine)
{
	return read_all(files, "kernel", from, wanted, arena, machine);
}
