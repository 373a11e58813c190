#include "kernel/pressure.h"

#include <errno.h>
#include <stdio.h>

/* Whether the row's key is "RESOURCE KIND NAME". */
static bool row_is(const struct field *field, struct span resource, struct span kind, struct span name)
{
	struct span key = span_of(field->key), word;

	return (field->from == FROM_PRESSURE || field->from == FROM_PRESSURE_IRQ) && span_word(&key, &word) &&
	       span_equal(word, resource) && span_word(&key, &word) && span_equal(word, kind) &&
	       span_equal(span_trim(key), name);
}

bool pressure_value(struct span text, enum unit unit, int64_t *ret)
{
	int64_t value;

	if (unit == PERCENT)
		return span_fixed(&text, unit_decimals(PERCENT), ret);
	if (unit != NANOSECONDS || !span_i64(&text, &value) || __builtin_mul_overflow(value, 1000, &value))
		return false;
	*ret = value;
	return true;
}

bool pressure_find(struct span bytes, struct span kind, struct span name, enum unit unit, int64_t *ret)
{
	struct span line, word, found;

	while (span_whole_line(&bytes, &line)) {
		if (!span_word(&line, &word) || !span_equal(word, kind))
			continue;
		while (span_word(&line, &word))
			if (span_until(&word, '=', &found) && span_equal(found, name))
				return pressure_value(word, unit, ret);
	}
	return false;
}

/* "avg10=0.09" or "total=8721108" */
static void set_value(struct span text, const struct field *field, struct machine *machine)
{
	int64_t value;

	if (pressure_value(text, field->unit, &value))
		record_set(field, machine, value);
}

static void set_line(struct span line, struct span resource, struct machine *machine)
{
	struct span kind, word, name;

	if (!span_word(&line, &kind))
		return;
	while (span_word(&line, &word)) {
		if (!span_until(&word, '=', &name))
			continue;
		for (unsigned id = 0; id < MACHINE_FIELDS; id++)
			if (row_is(&machine_fields[id], resource, kind, name))
				set_value(word, &machine_fields[id], machine);
	}
}

int pressure_parse(struct span bytes, struct span resource, struct machine *machine)
{
	struct span line;

	/* Interrupts hold up all or nobody. */
	if (!span_starts(bytes, span_is(resource, "irq") ? SPAN("full ") : SPAN("some ")))
		return -EBADMSG;
	while (span_whole_line(&bytes, &line))
		set_line(line, resource, machine);
	return 0;
}

static int read_one(struct files *files, const char *resource, struct machine *machine)
{
	enum { LIMIT = 1024 };
	char path[64];
	struct span bytes;

	snprintf(path, sizeof path, "proc/pressure/%s", resource);
	int r = files_read(files, path, LIMIT, &bytes);
	return r < 0 ? r : pressure_parse(bytes, span_of(resource), machine);
}

int pressure_irq_read(struct files *files, struct machine *machine)
{
	return read_one(files, "irq", machine);
}

int pressure_read(struct files *files, struct machine *machine)
{
	int memory = read_one(files, "memory", machine);
	int io = read_one(files, "io", machine);
	int cpu = read_one(files, "cpu", machine);

	return memory < 0 && io < 0 && cpu < 0 ? memory : 0;
}
