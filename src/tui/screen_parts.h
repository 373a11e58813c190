/* What the parts of the screen share with each other, and with nobody else. */
#ifndef TUI_SCREEN_PARTS_H
#define TUI_SCREEN_PARTS_H

/* screen.c: all lines are drawn anew. */
void screen_forget_lines(void);

/* screen_keys.c: tells ncurses of keys that terminfo does not name. */
void screen_define_keys(void);

/*
 * The next key that is there. KEY_NONE: nothing is left. What says nothing (a button that is let go) is passed over:
 * behind it ncurses may keep a key that it has read already, for which no poll() would wake up.
 */
int screen_read_key(void);

#endif
