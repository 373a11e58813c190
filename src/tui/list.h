/* A long list in a short window: where the cursor is, and what is to be seen. */
#ifndef TUI_LIST_H
#define TUI_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/key.h"

struct list {
	size_t count, height; /* all, and what fits */
	size_t at;            /* the line under the cursor */
	size_t first;         /* the uppermost that is seen */
};

/* Moves the cursor; false when the key has nothing to do with that. */
bool list_key(struct list *list, int key);

/* After a change of count or height: the cursor stays in the list, and is seen. */
void list_fit(struct list *list);

/* The same keys for a text without a cursor: they move `first`. */
bool list_scroll(struct list *list, int key);

#endif
