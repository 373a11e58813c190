#include "tui/bold.h"

#include <curses.h>
#include <errno.h>
#include <stdlib.h>
#include <term.h>

/* Without the delays "$<2>" that old terminals need. */
static void put_sequence(struct buffer *buffer, const char *sequence)
{
	for (; sequence && *sequence; sequence++) {
		const char *end = sequence[0] == '$' && sequence[1] == '<' ? strchr(sequence, '>') : NULL;
		if (end)
			sequence = end;
		else
			buffer_char(buffer, *sequence);
	}
}

int bold_of_terminal(struct buffer *on, struct buffer *off)
{
	const char *name = getenv("TERM");
	char area[4096], *next = area;

	if (!name)
		return -ENOENT;
	if (tgetent(area, name) <= 0)
		return -ENODEV;
	next = area;
	put_sequence(on, tgetstr("md", &next));
	put_sequence(off, tgetstr("me", &next));
	return on->failed || off->failed ? -ENOMEM : 0;
}
