/* A list to choose from, at the left of the screen. */
#ifndef TUI_MENU_H
#define TUI_MENU_H

#include "base/buffer.h"
#include "tui/list.h"

struct menu {
	const char *title;
	struct buffer text; /* owned: a line for each item */
	int64_t *values;    /* owned: what each item stands for */
	struct list list;
	size_t width;
	char typed[32]; /* what was typed to get to an item */
	size_t typed_len;
};

enum menu_state { MENU_GOES_ON, MENU_CHOSEN, MENU_LEFT };

/* An empty one. */
void menu_open(struct menu *menu, const char *title);

/* Adds an item; the width grows with it. Failing for lack of memory leaves it out. */
void menu_add(struct menu *menu, struct span text, int64_t value);

/* Arrows move, Return chooses, Escape leaves; what is typed jumps to the item that begins so, or has that number. */
enum menu_state menu_key(struct menu *menu, int key);

/* What the item under the cursor stands for; 0 in an empty menu. */
int64_t menu_value(const struct menu *menu);

/* Adds what the n-th of `height` lines shows, in exactly menu->width columns; the first is the title. */
void menu_put(struct menu *menu, struct buffer *line, size_t n, size_t height);

void menu_done(struct menu *menu);

#endif
