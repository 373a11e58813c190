/* The parts of vires pmap. */
#ifndef TOOLS_PMAP_H
#define TOOLS_PMAP_H

#include "model/view.h"
#include "tools/run.h"

struct pmap {
	const struct tool *tool;
	struct shared shared;
	enum { PMAP_PLAIN, PMAP_EXTENDED, PMAP_DEVICE, PMAP_COLUMNS } format;
	bool quiet, show_path, kernel_names;
	uint64_t low, high;       /* addresses, both inclusive */
	struct field_set columns; /* of PMAP_COLUMNS, address apart: by the ids of mapping_table */
	struct field_set wanted;  /* to be read */
	size_t shown;             /* processes, for JSON */
	struct buffer out;
};

/* The process whose mappings are shown. */
struct pmap_process {
	struct pmap *pmap;
	const struct view *view;
	struct source *source;
	size_t row;
	int64_t pid;
	int64_t stack_start; /* 0: not known */
	void *table;         /* what a format keeps from mapping to mapping */
};

/* Whether a mapping lies in the range that was asked for. */
bool pmap_in_range(const struct pmap *pmap, const struct mapping *mapping);

/* Writes what is to be written when it has become much. */
void pmap_flush(struct pmap *pmap);

/* The status of one process whose mappings were walked with this result: of one that could not even begin 1, without a
 * word; of what broke off 1, with a line on stderr. */
int pmap_end(const struct pmap_process *process, int r, bool begun);

/* What a mapping is of: its control characters are '?' in every locale, as pmap has always written them. */
void pmap_put_name(struct buffer *out, struct span name);

/* The three formats, each for one process: its status. pmap_columns keeps all rows until the widths are known. */
int pmap_rows(struct pmap_process *process);
int pmap_columns(struct pmap_process *process);
int pmap_data(struct pmap_process *process);

/* What stands before and behind the processes in JSON and CSV. */
void pmap_data_begin(struct pmap *pmap, const struct view *view);
void pmap_data_end(struct pmap *pmap);

/* The columns that the letter X, given once or more often, stands for. */
struct field_set pmap_columns_of_x(unsigned times);

/* Adds the column that an rc file calls so; what it does not know is passed over. */
void pmap_columns_add(struct field_set *columns, struct span name);

/*
 * pmap_rc.c: reads or makes an rc file; `path` NULL is the one in the home directory. GO_ON, or, after a line on
 * stderr, the status to end with.
 */
int pmap_rc_read(struct pmap *pmap, const char *path);
int pmap_rc_create(const struct pmap *pmap, const char *path);

#endif
