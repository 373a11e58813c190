/*
 * The terminal: lines of marked text, keys, and waiting for either. The only folder that knows ncurses. What is shown
 * is sent as the difference to what is there already.
 *
 * One screen at a time, used by one thread; other threads keep all signals blocked.
 */
#ifndef TUI_SCREEN_H
#define TUI_SCREEN_H

#include "render/marked.h"
#include "tui/key.h"

/* How a mark looks. */
struct ink {
	bool bold, reverse, dim, underline;
	int16_t colour, ground; /* 0-7 as ANSI numbers them, or more where there are more; -1: the terminal's own */
};

/* Takes the terminal over. -ENOTTY without one, -ENODEV when the terminal type is unknown. */
int screen_open(void);

/* Gives it back as it was. May be called twice. */
void screen_close(void);

/* The same, and what was shown last stands below what was there, without its colours: top leaves its table behind. */
void screen_close_and_leave(void);

/* The same where the program has failed: can be called in a signal handler, and does no more than is needed to read and
 * type again. */
void screen_abandon(void);

/* At least 1 each. */
void screen_size(int *ret_rows, int *ret_columns);

/* Whether the locale and so, it is hoped, the terminal has more than ASCII. */
bool screen_unicode(void);

/* Has clicks and the wheel come in as keys; the terminal's own selecting then needs Shift. */
void screen_mouse(bool on);

/* Where the last KEY_CLICK was. */
void screen_clicked(int *ret_row, int *ret_column);

/* Leaves the terminal to another program for a while, and takes it back. */
void screen_leave(void);
void screen_return(void);

/* How many colours the terminal has: 0, 8, ... */
int screen_colours(void);

/* Inks for all marks; colours are left away where `colour` is false or the terminal has none. */
void screen_inks(const struct ink inks[MARK_END - MARK_PLAIN], bool colour);

/* More sets of inks than the usual one, which is 0; and the one in which lines are put from now on. */
enum { SCREEN_PALETTES = 5 };
void screen_palette_inks(unsigned palette, const struct ink inks[MARK_END - MARK_PLAIN], bool colour);
void screen_palette(unsigned palette);

/* Puts a line from column 0 on: cut at the right edge, the rest of it empty in the ink of `rest`. Lines off the screen
 * are dropped. */
void screen_line(int row, struct span line, enum mark rest);

/* Shows the cursor there, or hides it with row -1. */
void screen_cursor(int row, int column);

/* Sends what has changed; with `all`, everything again. */
void screen_show(bool all);

/*
 * Waits until there is a key, `fd` can be read, `timeout_ns` have passed (negative: for ever), or a signal came in.
 * Gives the next key, or KEY_NONE.
 */
int screen_wait(int fd, int64_t timeout_ns);

/* Whether ^C was pressed since: then it was meant for something else, and does not ask the program to end. */
bool screen_take_interrupt(void);

/* The signal that asks the program to end (TERM, HUP, INT, QUIT), or 0. */
int screen_ended(void);

#endif
