#include "kernel/pressure.h"

#include <errno.h>
#include <stdio.h>

#include "base/file.h"

/* Whether the row's key is "RESOURCE KIND". */
static bool row_is(const struct field *field, struct span resource, struct span kind)
{
	struct span key = span_of(field->key), word;

	return field->from == FROM_PRESSURE && span_word(&key, &word) && span_equal(word, resource) &&
	       span_equal(span_trim(key), kind);
}

static bool named_value(struct span *line, const char *name, struct span *ret)
{
	struct span key;

	return span_word(line, ret) && span_until(ret, '=', &key) && span_is(key, name);
}

static void set_line(struct span line, struct span resource, struct machine *machine)
{
	struct span kind, avg10, avg60, avg300, total;
	int64_t percent = 0, us, ns = 0;

	if (!span_word(&line, &kind) || !named_value(&line, "avg10", &avg10) || !named_value(&line, "avg60", &avg60) ||
	    !named_value(&line, "avg300", &avg300) || !named_value(&line, "total", &total))
		return;
	bool percent_fits = span_fixed(&avg10, unit_decimals(PERCENT), &percent);
	bool ns_fits = span_i64(&total, &us) && !__builtin_mul_overflow(us, 1000, &ns);
	for (unsigned id = MACHINE_memory_some_ns; id <= MACHINE_cpu_some_10s_percent; id++) {
		const struct field *field = &machine_fields[id];
		if (!row_is(field, resource, kind))
			continue;
		if (field->unit == PERCENT && percent_fits)
			record_set(field, machine, percent);
		if (field->unit == NANOSECONDS && ns_fits)
			record_set(field, machine, ns);
	}
}

int pressure_parse(struct span bytes, struct span resource, struct machine *machine)
{
	struct span line;

	if (!span_starts(bytes, SPAN("some ")))
		return -EBADMSG;
	while (span_whole_line(&bytes, &line))
		set_line(line, resource, machine);
	return 0;
}

static int read_one(int root_dirfd, const char *resource, struct machine *machine)
{
	char path[64], buf[1024];
	struct span bytes;

	snprintf(path, sizeof path, "proc/pressure/%s", resource);
	int r = file_read(root_dirfd, path, buf, sizeof buf, &bytes);
	return r < 0 ? r : pressure_parse(bytes, span_of(resource), machine);
}

int pressure_read(int root_dirfd, struct machine *machine)
{
	int memory = read_one(root_dirfd, "memory", machine);
	int io = read_one(root_dirfd, "io", machine);
	int cpu = read_one(root_dirfd, "cpu", machine);

	return memory < 0 && io < 0 && cpu < 0 ? memory : 0;
}
