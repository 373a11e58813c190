/*
 * What the picture of an experiment shows. It is drawn from this alone and from what was measured, the same on a
 * terminal and as SVG.
 */
#ifndef LAB_PICTURE_H
#define LAB_PICTURE_H

#include <stddef.h>
#include <stdint.h>

#include "fields/field.h"

enum picture_kind {
	PICTURE_CURVES, /* series over the time of the marks, as lines; COUNTERs as bars of their rates below */
	PICTURE_BARS,   /* FROM_TASKS: a group of bars for each mark; FROM_POINTS: for each x, named by `groups` */
	PICTURE_GRID,   /* rows of cells as squares, side by side */
	PICTURE_COW,    /* two rows of cells, parent and child, and the pages they share between them */
	PICTURE_TREE,   /* rows of cells as the levels of a tree, from the root; points: bars beside it */
	PICTURE_LADDER, /* rows of cells as columns of rungs; `groups` names the rungs from below */
	PICTURE_AREAS,  /* series stacked over time or x; the last one is the limit, a line */
	PICTURE_LOG,    /* lines of points, both axes logarithmic */
	PICTURE_GANTT,  /* lanes of slices; points with x = 0: the share, beside the lane, in PERCENT */
	PICTURE_STATES, /* the states of a process; series are states (labels "R", "S", ...) with a number in each */
	PICTURE_STRIPS, /* rows of cells as strips, one below the other; other series as curves below */
	PICTURE_SWEEP,  /* lines of points over x */
};

enum cell_kind {
	CELL_ABSENT,  /* no page there */
	CELL_ZERO,    /* the one page of zeroes that all share */
	CELL_OWN,     /* a page of its own */
	CELL_SHARED,  /* mapped more than once */
	CELL_FILE,    /* of a file */
	CELL_SWAPPED, /* moved out */
	CELL_HUGE,    /* part of a huge page */
	CELL_GRANTED, /* said yes */
	CELL_REFUSED, /* said no */
	CELL_LIVE,    /* in use */
	CELL_HOLE,    /* given back by the program, not by the library */
	CELL_TOP,     /* never used yet */
	CELLS
};

enum series_source { FROM_TASKS, FROM_MACHINE, FROM_POINTS, FROM_CELLS, FROM_SLICES };

struct series {
	const char *label;
	enum series_source from;
	unsigned field;   /* FROM_TASKS: enum task_id; FROM_MACHINE: enum machine_id */
	bool of_child;    /* FROM_TASKS: of what it has started; otherwise of the experiment's own process */
	const char *name; /* FROM_POINTS, FROM_CELLS, FROM_SLICES: as the experiment calls it; NULL: the label */
};

struct picture {
	enum picture_kind kind;
	const char *x_label; /* NULL: time, or none */
	enum unit unit;      /* of the numbers FROM_POINTS */
	enum unit x_unit;    /* of their x */
	const struct series *series;
	size_t series_count;
	const char *const *groups;
	size_t group_count;
};

#define SERIES(rows) .series = rows, .series_count = sizeof(rows) / sizeof(rows)[0]
#define GROUPS(rows) .groups = rows, .group_count = sizeof(rows) / sizeof(rows)[0]

#endif
