/* The numbers in procps's toprc: the order of its fields, and the bits of its windows' flags. */
#ifndef TOOLS_TOP_TOPRC_H
#define TOOLS_TOP_TOPRC_H

/* Columns that procps 4.0.2 knows are the first of ours; it writes 100 places, and a field as (37 + place) * 2 + shown.
 */
enum { TOPRC_KNOWN = 78, TOPRC_PLACES = 100, TOPRC_PLACES_MOST = 256, TOPRC_BASE = 37 };

enum toprc_flag {
	TOPRC_VISIBLE_ROWS = 0x10,
	TOPRC_FOREST = 0x2,
	TOPRC_DESCENDING = 0x4,
	TOPRC_NO_BOLD = 0x8,
	TOPRC_IDLE = 0x20,
	TOPRC_CHILDREN = 0x40,
	TOPRC_COMMAND_LINE = 0x80,
	TOPRC_SHOW_RUNNING = 0x100,
	TOPRC_SHOW_SORT = 0x200,
	TOPRC_NOT_REVERSE = 0x400,
	TOPRC_COLOUR = 0x800,
	TOPRC_MEMORY = 0x1000,
	TOPRC_STATES = 0x2000,
	TOPRC_LOAD = 0x4000,
	TOPRC_CPU_SUM = 0x8000,
	TOPRC_NUMBERS_RIGHT = 0x20000,
	TOPRC_TEXTS_RIGHT = 0x40000,
	TOPRC_COORDINATES = 0x80000,
	TOPRC_NODES = 0x400000,
};

#define TOPRC_FILTERS_BEGIN "begin: saved other filter data -------------------"
#define TOPRC_FILTERS_END   "end  : saved other filter data -------------------"

/* What procps has no place for stands behind this: it takes such lines as comments. */
#define TOPRC_OURS "# vires: "

#endif
