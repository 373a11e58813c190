/* The columns of top: those that top has, in its order, and then one for every other field that vires knows. */
#ifndef TOOLS_TOP_COLUMNS_H
#define TOOLS_TOP_COLUMNS_H

#include "render/column.h"

enum { TOP_COLUMNS_MOST = 256, TOP_COLUMN_WIDEST = 64 };

struct top_columns {
	struct column at[TOP_COLUMNS_MOST];
	size_t count;
};

/* PIDs and CPU numbers become as wide as the machine needs; columns that key X widens, `widening` columns wider. */
void top_columns_make(struct top_columns *ret, int64_t pid_most, size_t cpus, int widening);

/* Whether key X widens it. */
bool top_column_widens(const struct column *column);

/* The column of that header (case counts), or of that field name; -1 for none. */
int top_column_find(const struct top_columns *columns, struct span name);

#endif
