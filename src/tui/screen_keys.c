/* What is typed and clicked, as keys of ours. */
#include <curses.h>
#include <string.h>
#include <wchar.h>

#include "tui/screen.h"
#include "tui/screen_parts.h"

enum { CODE_LEFT = KEY_MAX + 1, CODE_RIGHT };

void screen_define_keys(void)
{
	define_key("\033[1;5D", CODE_LEFT); /* control and an arrow, which terminfo does not name */
	define_key("\033[1;5C", CODE_RIGHT);
}

static int clicked_row, clicked_column;

void screen_mouse(bool on)
{
	/* ncurses waits for the next byte, whatever it was told, behind an event that is not in the mask: so all that
	 * there are, clicks apart, which it would make from the others. */
	static const mmask_t all = BUTTON1_PRESSED | BUTTON1_RELEASED | BUTTON2_PRESSED | BUTTON2_RELEASED |
	                           BUTTON3_PRESSED | BUTTON3_RELEASED | BUTTON4_PRESSED | BUTTON4_RELEASED |
	                           BUTTON5_PRESSED | BUTTON5_RELEASED;

	mousemask(on ? all : 0, NULL);
	mouseinterval(0);
}

void screen_clicked(int *ret_row, int *ret_column)
{
	*ret_row = clicked_row;
	*ret_column = clicked_column;
}

/* What the mouse did and was not yet asked for, the newest first: that is how ncurses gives it. */
static struct {
	int key, row, column;
} mouse_events[8];
static size_t mouse_event_count;

static int key_of_mouse(mmask_t state)
{
	return state & BUTTON4_PRESSED ? KEY_WHEEL_UP :
	       state & BUTTON5_PRESSED ? KEY_WHEEL_DOWN :
	       state & BUTTON1_PRESSED ? KEY_CLICK :
	                                 KEY_NONE;
}

/* The oldest of them, as a key. */
static int mouse_key(void)
{
	if (mouse_event_count == 0)
		return KEY_NONE;
	mouse_event_count--;
	clicked_row = mouse_events[mouse_event_count].row;
	clicked_column = mouse_events[mouse_event_count].column;
	return mouse_events[mouse_event_count].key;
}

static void take_mouse(void)
{
	enum { MOST = sizeof mouse_events / sizeof *mouse_events };
	MEVENT event;

	while (getmouse(&event) == OK) {
		int key = key_of_mouse(event.bstate);
		if (key == KEY_NONE || mouse_event_count == MOST)
			continue;
		mouse_events[mouse_event_count].key = key;
		mouse_events[mouse_event_count].row = event.y;
		mouse_events[mouse_event_count++].column = event.x;
	}
}

static int translate(wint_t code)
{
	static const struct {
		wint_t code;
		int key;
	} named[] = {
		{ KEY_UP, KEY_ARROW_UP },       { KEY_DOWN, KEY_ARROW_DOWN }, { KEY_LEFT, KEY_ARROW_LEFT },
		{ KEY_RIGHT, KEY_ARROW_RIGHT }, { KEY_PPAGE, KEY_PAGE_UP },   { KEY_NPAGE, KEY_PAGE_DOWN },
		{ KEY_HOME, KEY_TO_START },     { KEY_END, KEY_TO_END },      { KEY_BACKSPACE, KEY_ERASE },
		{ KEY_DC, KEY_DELETE },         { KEY_IC, KEY_INSERT },       { KEY_BTAB, KEY_TAB_BACK },
		{ KEY_RESIZE, KEY_SIZE },       { KEY_ENTER, KEY_RETURN },    { KEY_SLEFT, KEY_WORD_LEFT },
		{ KEY_SRIGHT, KEY_WORD_RIGHT }, { CODE_LEFT, KEY_WORD_LEFT }, { CODE_RIGHT, KEY_WORD_RIGHT },
	};

	for (size_t i = 0; i < sizeof named / sizeof *named; i++)
		if (named[i].code == code)
			return named[i].key;
	if (code >= (wint_t)KEY_F(1) && code <= (wint_t)KEY_F(24))
		return KEY_FUNCTION + (int)(code - KEY_F(0));
	return KEY_NONE;
}

/* Alt and a letter come as ESC and the letter: h j k l stand for the arrows then, and with control for longer ways.
 * Any other key is one of its own. */
static int escaped(void)
{
	static const char letters[] = { 'k', 'j', 'h', 'l', CTRL('K'), CTRL('J'), CTRL('H'), CTRL('L') };
	static const int keys[] = { KEY_ARROW_UP, KEY_ARROW_DOWN, KEY_ARROW_LEFT, KEY_ARROW_RIGHT,
		                    KEY_PAGE_UP,  KEY_PAGE_DOWN,  KEY_TO_START,   KEY_TO_END };
	wint_t next;

	int got = get_wch(&next);
	if (got == KEY_CODE_YES) /* one that has a code of its own */
		ungetch((int)next);
	if (got != OK)
		return KEY_ESCAPE;
	const char *at = next < 0x80 ? memchr(letters, (int)next, sizeof letters) : NULL;
	if (at)
		return keys[at - letters];
	unget_wch((wchar_t)next);
	return KEY_ESCAPE;
}

static int coded_key(wint_t code)
{
	if (code == KEY_RESIZE)
		screen_forget_lines();
	if (code != KEY_MOUSE)
		return translate(code);
	take_mouse();
	return mouse_key();
}

int screen_read_key(void)
{
	wint_t code;
	int key = mouse_key();

	while (key == KEY_NONE)
		switch (get_wch(&code)) {
		case KEY_CODE_YES:
			key = coded_key(code);
			break;
		case OK:
			if (code == KEY_ESCAPE)
				return escaped();
			if (code == 0x7f || code == '\b')
				return KEY_ERASE;
			return code == '\n' ? KEY_RETURN : (int)code;
		default:
			return KEY_NONE;
		}
	return key;
}
