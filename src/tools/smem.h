/* The parts of vires smem: a view is a table of values; how it is sorted, printed or drawn is the same for all. */
#ifndef TOOLS_SMEM_H
#define TOOLS_SMEM_H

#include <regex.h>

#include "base/arena.h"
#include "model/order.h"
#include "model/view.h"
#include "tools/run.h"

enum { SMEM_COLUMNS_MOST = 16 };

struct smem_column {
	const char *name; /* for -c and -s */
	const char *title;
	enum { SMEM_LEFT, SMEM_RIGHT, SMEM_AMOUNT } look; /* amounts are bytes */
	unsigned width;
	bool cut;                                                         /* a longer text ends there */
	enum { SMEM_NO_TOTAL, SMEM_SUM, SMEM_ROWS, SMEM_DISTINCT } total; /* what stands below it with -t */
	const char *meaning;
};

struct smem_view {
	const char *rows; /* what a row is, for JSON */
	const struct smem_column *columns;
	size_t column_count;
	const char *shown, *sort; /* unless told otherwise */
};

struct smem_filter {
	bool on;
	regex_t pattern;
	struct buffer text; /* owned: what is being looked at, with a NUL behind it */
};

struct smem {
	const struct tool *tool;
	struct shared shared;
	const struct smem_view *view;
	const char *columns, *sort; /* as typed; NULL: as the view has it */
	bool reverse, numeric, no_header, totals, autosize;
	enum { SMEM_KIB, SMEM_UNITS, SMEM_PERCENT } amounts;
	struct smem_filter process, map, user;
	int64_t ram_bytes;    /* of -R; 0: what the kernel manages */
	int64_t kernel_bytes; /* of -K */
	enum { SMEM_TABLE, SMEM_PIE, SMEM_BAR } form;
	const char *label, *output; /* of a chart */

	/* what is shown, by place among the view's columns */
	unsigned shown[SMEM_COLUMNS_MOST + 1];
	size_t shown_count;
	unsigned sorted_by;

	/* what was found */
	struct source *source;
	const struct snapshot *now;
	int64_t mem_total, swap_total;
	struct order_value *cells; /* owned: rows x the view's columns */
	size_t rows, capacity;
	uint32_t *order; /* owned: the rows, sorted */
	struct arena texts;
	size_t unreadable, asked; /* processes */
};

/* What the mappings of a process, or those of one name, add up to, in bytes. */
struct smem_sums {
	int64_t size, rss, pss, private, swap;
	int64_t count;
};

extern const struct smem_view smem_processes, smem_users, smem_mappings, smem_system;

/* Whether a column is shown or sorted by. */
bool smem_uses(const struct smem *smem, const char *column);

/* Whether the filter is off or its pattern is found. */
bool smem_match(struct smem_filter *filter, struct span text);

/* A new row, all of it absent; NULL when memory runs out. */
struct order_value *smem_row(struct smem *smem);

/* A text that lives as long as the table. */
struct order_value smem_words(struct smem *smem, struct span text);

static inline struct order_value smem_number(int64_t number)
{
	return (struct order_value){ .is = NUMBER, .number = number };
}

/* smem_view.c: takes the snapshot and fills the table. 0 or -errno. */
int smem_gather(struct smem *smem, struct snapshot *ret);

/* smem_maps.c. Sums of the mappings of a process that pass the filter, or only how many: 0 or -errno. */
int smem_walk(struct smem *smem, int64_t pid, bool count_only, struct smem_sums *ret);
/* The mapping view, of the rows of `now`. */
int smem_gather_mappings(struct smem *smem);

/* smem_columns.c: finds the columns. GO_ON, or 255 after the known ones were listed. */
int smem_choose_columns(struct smem *smem);

/* Orders the rows. 0 or -ENOMEM. */
int smem_sort(struct smem *smem);

/* A cell of a row as it was found, not as it is sorted. */
const struct order_value *smem_cell(const struct smem *smem, size_t row, unsigned column);

/* smem_table.c */
void smem_put_table(struct smem *smem, struct buffer *out);
void smem_put_data(struct smem *smem, struct buffer *out);

/* One cell as people see it, without padding. */
void smem_put_value(const struct smem *smem, struct buffer *out, unsigned column, const struct order_value *value);

/* smem_chart.c: the chart as SVG. */
void smem_put_chart(struct smem *smem, struct buffer *out);

#endif
