/*
 * One column of a table of processes: which field, under which word, how wide and in which form. A cell is formed here
 * once, whoever shows it.
 */
#ifndef RENDER_COLUMN_H
#define RENDER_COLUMN_H

#include "base/buffer.h"
#include "model/order.h"
#include "model/view.h"

enum form {
	FORM_NUMBER,     /* an integer; one that is too wide ends in '+' */
	FORM_PRIORITY,   /* the same; below -99 it is rt */
	FORM_COUNT,      /* an integer; one that is too wide is divided by 1024 until it fits */
	FORM_MEMORY,     /* KiB, or from style.memory_unit on: the first unit that fits */
	FORM_GROWTH,     /* the same with a sign */
	FORM_SIZE,       /* as number_size() writes it */
	FORM_CHANGE,     /* the same with a sign */
	FORM_PERCENT,    /* one decimal */
	FORM_FINE,       /* a percentage with three decimals if they fit */
	FORM_CPU,        /* a percentage by style.cpu_share and style.cpu_most */
	FORM_RATE,       /* events a second, one decimal below 10 */
	FORM_HUNDREDTHS, /* m:ss.cc, or the next larger unit that fits */
	FORM_SECONDS,    /* from m:ss on */
	FORM_MINUTES,    /* from h,mm on */
	FORM_START,      /* a time since boot as one of the day, "May04" or the year, in the reader's zone */
	FORM_LOGIN,      /* a user's number; nobody is -1 */
	FORM_LETTER,
	FORM_MASK,    /* base 16 */
	FORM_FLAGS,   /* eight digits of base 16, a dot for each 0 */
	FORM_CLASS,   /* scheduling class: TS FF RR B ISO IDL DLN */
	FORM_TEXT,    /* a text; one that is too wide ends in '+' */
	FORM_WORDS,   /* texts with NUL bytes between them */
	FORM_COMMAND, /* comm, or the command line by style.command_line; with the branches of a tree */
	FORM_TTY,     /* '?' for none */
	FORM_LIST,    /* words, with commas between them */
	FORM_CGROUPS, /* all but root groups, with commas between them */
	FORM_CGROUP,  /* the path of the one group that counts */
	FORM_LXC,     /* the container's name in the cgroup's path */
	FORM_DOCKER,
};

struct column {
	const char *header;
	const char *about; /* a few words for lists of columns; the whole truth is the field's meaning */
	enum form form;
	uint8_t id;    /* task field */
	uint8_t width; /* 0: all that the others leave */
};

/* How a whole table wants its cells. */
struct cell_style {
	unsigned memory_unit; /* the smallest to use: 0 KiB, 1 MiB, ... */
	int64_t cpu_share;    /* CPUs that make 100 %: 1, or all there are */
	int64_t wall_ns;      /* now */
	int64_t boot_wall_ns; /* what a time since boot is counted from */
	int64_t cpu_most;     /* what a share is held to, as a PERCENT; 0: not at all */
	bool children_time;   /* CPU time with that of children waited for */
	bool command_line;
	bool zeros_blank;
	bool zero_memory;               /* what has no address space has 0 of it; else it is absent */
	unsigned time_scale;            /* the smallest unit of times to use: 0 hundredths, ... 4 weeks */
	bool numbers_left, texts_right; /* else numbers stand at the right, and texts at the left */
};

/* One row of it. */
struct cell_row {
	const struct view *view;
	size_t row;
	unsigned depth;         /* in a tree; 0 for roots and without one */
	bool folded;            /* in a tree: its children are hidden */
	int64_t hidden_percent; /* what they use of the CPU: it counts with that of the row */
};

/* The column that any field makes by itself: form and width come from kind and unit. */
struct column column_of(const struct field *field);

/* Whether the column's header and cells stand at the left, unless a style wants it otherwise. */
bool column_is_left(const struct column *column);

/* Adds the cell, or the header, in exactly `width` columns. What is absent is '-'. */
void column_put(struct buffer *buffer, const struct column *column, size_t width, const struct cell_style *style,
                const struct cell_row *row);

/* A number that was made otherwise, as a sum over rows, in the form of the column; '-' when it is not known. */
void column_put_number(struct buffer *buffer, const struct column *column, size_t width, const struct cell_style *style,
                       bool known, int64_t value);

/* The field that the column really shows in that style: with children_time TIME+ is another one. */
unsigned column_field(const struct column *column, const struct cell_style *style);

/* What the column sorts by. */
struct order_value column_value(const struct column *column, const struct cell_style *style, const struct view *view,
                                size_t row);

#endif
