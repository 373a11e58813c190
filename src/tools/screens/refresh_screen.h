/* A page of text that is made anew every few seconds, and at each key: slabtop, hugetop. */
#ifndef TOOLS_SCREENS_REFRESH_SCREEN_H
#define TOOLS_SCREENS_REFRESH_SCREEN_H

#include "base/buffer.h"
#include "tools/tool.h"

struct refresh {
	const struct tool *tool;
	int64_t delay_ns;
	void *context;
	/* Puts the page for so many lines; gives the line of the heading in `heading`. GO_ON, or the status to end
	 * with. */
	int (*put)(void *context, struct buffer *buffer, size_t lines, size_t *heading);
	/* Or NULL: obeys a key, in lower case. */
	void (*press)(void *context, char key);
};

/* Until q ends it, or `put`: the exit status. What `put` complains about at once is said before the screen is taken. */
int refresh_screen(const struct refresh *refresh);

#endif
