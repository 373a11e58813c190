/* What goes through the pipes between an experiment and its runner. */
#ifndef LAB_WIRE_H
#define LAB_WIRE_H

#include <stdint.h>

enum { WIRE_TEXT = 96, WIRE_CELLS = 256 };

enum wire_kind {
	/* these are answered */
	WIRE_MARK,
	WIRE_PAGES,       /* value: the address; count: pages */
	WIRE_GROUP_ENTER, /* pid */
	WIRE_GROUP_READ,  /* count: enum group_number */
	WIRE_GROUP_WRITE, /* count: enum group_number; value */
	WIRE_SET,         /* text: the setting; cells: its value, a text */
	WIRE_SWAP,        /* value: bytes */
	/* these are not */
	WIRE_REPORT, /* value */
	WIRE_POINT,  /* value, second: x and y */
	WIRE_SLICE,  /* value, second: begin and end */
	WIRE_ROW,    /* value: where the row's cells begin; count: how many are in `cells` */
	WIRE_SKIP,
	WIRE_NOISE,
	WIRE_END,
};

/* Written in one piece: it is shorter than PIPE_BUF. */
struct wire {
	int32_t kind;
	int32_t pid; /* whom it is about */
	int32_t sender, turn;
	int32_t count;
	int64_t value, second;
	char text[WIRE_TEXT];
	uint8_t cells[WIRE_CELLS];
};

/* The answer to that turn of that sender. */
struct wire_answer {
	int32_t sender, turn;
	int32_t error; /* 0 or -errno */
	int64_t value;
};

#endif
