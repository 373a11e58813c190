/* What the public header says about fields, from the field tables. */
#include <errno.h>
#include <limits.h>

#include "lib/handles.h"

static const struct field_table *table_of(enum vires_table table)
{
	switch (table) {
	case VIRES_TASK:
		return &task_table;
	case VIRES_MACHINE:
		return &machine_table;
	case VIRES_CPU:
		return &cpu_table;
	case VIRES_SWAP:
		return &swap_table;
	}
	return NULL;
}

const struct field *lib_field(enum vires_table table, int id)
{
	const struct field_table *found = table_of(table);

	return found && id >= 0 && (unsigned)id < found->count ? &found->fields[id] : NULL;
}

int vires_field_count(enum vires_table table)
{
	const struct field_table *found = table_of(table);

	return found ? (int)found->count : -EINVAL;
}

int vires_field_find(enum vires_table table, const char *name)
{
	const struct field_table *found = table_of(table);

	if (!found)
		return -EINVAL;
	const struct field *field = field_find(found, span_of(name));
	return field ? (int)field->id : -ENOENT;
}

const char *vires_field_name(enum vires_table table, int id)
{
	const struct field *field = lib_field(table, id);

	return field ? field->name : NULL;
}

const char *vires_field_header(enum vires_table table, int id)
{
	const struct field *field = lib_field(table, id);

	return field ? field->header : NULL;
}

const char *vires_field_meaning(enum vires_table table, int id)
{
	const struct field *field = lib_field(table, id);

	return field ? field->meaning : NULL;
}

const char *vires_field_file(enum vires_table table, int id)
{
	const struct field *field = lib_field(table, id);

	return field ? field_sources[field->from].file : NULL;
}

const char *vires_field_access(enum vires_table table, int id)
{
	const struct field *field = lib_field(table, id);

	return field ? field_sources[field->from].access : NULL;
}

/* The numbers in the public header stay what they are, whatever becomes of ours. */
static const int kinds[] = {
	[IDENTITY] = VIRES_IDENTITY, [GAUGE] = VIRES_GAUGE, [COUNTER] = VIRES_COUNTER, [TEXT] = VIRES_TEXT
};

static const int costs[] = {
	[FREE] = VIRES_FREE, [CHEAP] = VIRES_CHEAP, [MODERATE] = VIRES_MODERATE, [DEAR] = VIRES_DEAR
};

static const enum unit units[] = {
	[VIRES_PLAIN] = PLAIN,
	[VIRES_BYTES] = BYTES,
	[VIRES_NANOSECONDS] = NANOSECONDS,
	[VIRES_PERCENT] = PERCENT,
	[VIRES_PER_SECOND] = PER_SECOND,
	[VIRES_BYTES_PER_SECOND] = BYTES_PER_SECOND,
	[VIRES_BYTES_PER_MINUTE] = BYTES_PER_MINUTE,
	[VIRES_MASK] = MASK,
	[VIRES_LETTER] = LETTER,
	[VIRES_FRACTION] = FRACTION,
};

enum { UNITS = sizeof units / sizeof *units };

int vires_field_kind(enum vires_table table, int id)
{
	const struct field *field = lib_field(table, id);

	return field ? kinds[field->kind] : -EINVAL;
}

int vires_field_cost(enum vires_table table, int id)
{
	const struct field *field = lib_field(table, id);

	return field ? costs[field_sources[field->from].cost] : -EINVAL;
}

int vires_field_unit(enum vires_table table, int id)
{
	const struct field *field = lib_field(table, id);

	for (int unit = 0; field && unit < UNITS; unit++)
		if (units[unit] == field->unit)
			return unit;
	return -EINVAL;
}

const char *vires_unit_name(enum vires_unit unit)
{
	return (unsigned)unit < UNITS ? unit_name(units[unit]) : NULL;
}

int vires_unit_parts(enum vires_unit unit)
{
	int parts = 1;

	if ((unsigned)unit >= UNITS)
		return -EINVAL;
	for (unsigned i = unit_decimals(units[unit]); i > 0; i--)
		parts *= 10;
	return parts;
}
