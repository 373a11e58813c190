/* Headings of long tables: said again each time the screen is full, in pipes as on terminals. */
#ifndef TOOLS_HEADING_H
#define TOOLS_HEADING_H

#include <stdbool.h>
#include <stddef.h>

struct heading {
	unsigned every; /* lines below one heading; 0: it is said only once */
	unsigned lines; /* below the last heading */
	bool said;
};

/* Rows of the terminal on stdout; 24 where there is none. */
unsigned screen_rows(void);

/* Columns of the terminal on stdout; SIZE_MAX where there is none: a line is then as long as it has to be. */
size_t screen_columns(void);

/* Call it in front of each line: whether the heading is due. */
bool heading_due(struct heading *heading);

/* The next line begins a table of its own, with a heading; but not where that is said only once. */
void heading_restart(struct heading *heading);

#endif
