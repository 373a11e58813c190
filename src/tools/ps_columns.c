/* The table of columns, and how they are found. */
#include <stdlib.h>

#include "tools/ps_cells.h"

#define READS(...) { __VA_ARGS__ }, sizeof((const uint8_t[]){ __VA_ARGS__ })

const struct ps_column ps_columns[] = {
#define COLUMN(name, header, width, fit, lines, cell, order, ...) \
	{ name, header, width, fit, lines, ps_cell_##cell, order, __VA_ARGS__ },
#include "tools/ps_columns.def"
#undef COLUMN
};

const size_t ps_column_count = sizeof ps_columns / sizeof *ps_columns;

static int compare(const void *key, const void *column)
{
	struct span name = *(const struct span *)key;
	const char *other = ((const struct ps_column *)column)->name;
	size_t len = strlen(other);
	int r = memcmp(name.at, other, name.len < len ? name.len : len);

	return r ? r : (name.len > len) - (name.len < len);
}

/* The width that a number of that unit seldom passes. */
static size_t width_of(const struct field *field)
{
	static const size_t widths[] = {
		[PLAIN] = 7,
		[BYTES] = 12,
		[NANOSECONDS] = 15,
		[PERCENT] = 6,
		[PER_SECOND] = 8,
		[BYTES_PER_SECOND] = 11,
		[BYTES_PER_MINUTE] = 12,
		[MASK] = 16,
		[LETTER] = 1,
		[FRACTION] = 8,
	};
	size_t width = field->kind == TEXT ? 20 : widths[field->unit], title = strlen(field->header);

	return width > title ? width : title;
}

const struct ps_column *ps_column_find(struct span name, struct arena *arena)
{
	const struct ps_column *column =
		name.len ? bsearch(&name, ps_columns, ps_column_count, sizeof *ps_columns, compare) : NULL;
	const struct field *field = column ? NULL : field_find(&task_table, name);

	if (!field)
		return column;
	struct ps_column *made = arena_new(arena, sizeof *made);
	if (made)
		*made = (struct ps_column){ .name = field->name,
			                    .header = field->header,
			                    .width = width_of(field),
			                    .fit = field->kind == TEXT ? REST : RIGHT,
			                    .lines = ALWAYS,
			                    .cell = ps_cell_field,
			                    .order = BY_FIRST,
			                    .reads = { (uint8_t)field->id },
			                    .read_count = 1 };
	return made;
}
