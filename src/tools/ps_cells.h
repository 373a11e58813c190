/* For the files of ps that hold cell functions. */
#ifndef TOOLS_PS_CELLS_H
#define TOOLS_PS_CELLS_H

#include "tools/ps.h"

#define COLUMN(name, header, width, fit, lines, cell, order, reads) ps_cell ps_cell_##cell;
#include "tools/ps_columns.def"
#undef COLUMN
ps_cell ps_cell_field;

#define CELL(name) size_t ps_cell_##name(const struct ps_row *row, unsigned field, size_t room, struct buffer *into)

/* A number of the row; 0 when it is absent. */
static inline int64_t ps_number(const struct ps_row *row, unsigned field)
{
	int64_t number = 0;

	view_number(row->view, row->at, field, &number);
	return number;
}

/* Adds plain text; gives back its columns. */
size_t ps_put(struct buffer *into, const char *text);

#endif
