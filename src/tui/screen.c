#include "tui/screen.h"

#include <curses.h>
#include <errno.h>
#include <langinfo.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#include "base/clock.h"

enum { CODE_LEFT = KEY_MAX + 1, CODE_RIGHT };

static SCREEN *terminal;
static bool drained; /* ncurses holds no key back */
static volatile sig_atomic_t ended;
static sigset_t outside; /* the signals of before: they come in only while we wait */
static attr_t attributes[SCREEN_PALETTES][MARK_END - MARK_PLAIN];
static short pairs[SCREEN_PALETTES][MARK_END - MARK_PLAIN];
static unsigned palette_used;

/* The lines as they stand: one that has not changed is not drawn again. */
static struct drawn {
	struct buffer line;
	enum mark rest;
	unsigned palette;
	bool known;
} * drawn;
static int drawn_count;

static void forget_lines(void)
{
	for (int i = 0; i < drawn_count; i++)
		buffer_done(&drawn[i].line);
	free(drawn);
	drawn = NULL;
	drawn_count = 0;
}

/* Whether it stands there already; remembers it if not. */
static bool stands(int row, struct span line, enum mark rest)
{
	if (drawn_count != LINES) {
		forget_lines();
		drawn = calloc((size_t)LINES, sizeof *drawn);
		drawn_count = drawn ? LINES : 0;
	}
	if (row >= drawn_count)
		return false;
	struct drawn *old = &drawn[row];
	if (old->known && old->rest == rest && old->palette == palette_used &&
	    span_equal(buffer_span(&old->line), line))
		return true;
	buffer_clear(&old->line);
	buffer_add(&old->line, line);
	old->rest = rest;
	old->palette = palette_used;
	old->known = !old->line.failed;
	return false;
}

static void end(int signal)
{
	ended = signal;
}

int screen_ended(void)
{
	return ended;
}

bool screen_take_interrupt(void)
{
	bool interrupted = ended == SIGINT;

	if (interrupted)
		ended = 0;
	return interrupted;
}

static void catch_signals(void)
{
	static const int ends[] = { SIGTERM, SIGHUP, SIGINT, SIGQUIT };
	struct sigaction action = { .sa_handler = end };
	sigset_t blocked;

	sigemptyset(&blocked);
	sigaddset(&blocked, SIGWINCH);
	sigaddset(&blocked, SIGTSTP);
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		sigaction(ends[i], &action, NULL);
		sigaddset(&blocked, ends[i]);
	}
	pthread_sigmask(SIG_BLOCK, &blocked, &outside);
}

/* Kept for screen_abandon, where nothing can be looked up. */
static struct termios usual;
static char parting[256];
static volatile sig_atomic_t held;

static void prepare_parting(void)
{
	static const char *const names[] = { "sgr0", "rmkx", "cnorm", "rmcup" };
	size_t len = 0;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *text = tigetstr(names[i]);
		size_t more = text && text != (char *)-1 ? strlen(text) : 0;
		if (len + more >= sizeof parting - 1)
			break;
		memcpy(parting + len, text, more);
		len += more;
	}
	parting[len] = '\0';
	held = 1;
}

void screen_abandon(void)
{
	if (!held)
		return;
	tcsetattr(STDIN_FILENO, TCSANOW, &usual);
	if (write(STDOUT_FILENO, parting, strlen(parting)) < 0)
		return;
}

int screen_open(void)
{
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return -ENOTTY;
	tcgetattr(STDIN_FILENO, &usual);
	terminal = newterm(NULL, stdout, stdin);
	if (!terminal)
		return -ENODEV;
	if (!tigetstr("cup")) { /* as "dumb": nothing can be put in its place there */
		endwin();
		delscreen(terminal);
		terminal = NULL;
		return -ENODEV;
	}
	/* Before it has once come back to the screen, ncurses 6.4 takes us for a program that only moves the cursor,
	 * and writes at once whenever it does so: ten times a frame, and the terminal wakes up each time. */
	endwin();
	refresh();
	catch_signals();
	cbreak();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	define_key("\033[1;5D", CODE_LEFT); /* control and an arrow, which terminfo does not name */
	define_key("\033[1;5C", CODE_RIGHT);
	nodelay(stdscr, TRUE);
	set_escdelay(25);
	if (has_colors()) {
		start_color();
		use_default_colors();
	}
	curs_set(0);
	prepare_parting();
	return 0;
}

void screen_close(void)
{
	if (!terminal)
		return;
	held = 0;
	curs_set(1);
	endwin();
	delscreen(terminal);
	forget_lines();
	terminal = NULL;
	pthread_sigmask(SIG_SETMASK, &outside, NULL);
}

/* The lines that are shown, up to the last one that is not empty. */
static void put_shown(struct buffer *text)
{
	size_t room = (size_t)COLS + 1, end = 0;
	wchar_t *line = calloc(room, sizeof *line);
	char letter[MB_LEN_MAX];

	for (int row = 0; line && row < LINES; row++) {
		if (mvinnwstr(row, 0, line, COLS) == ERR)
			continue;
		size_t len = wcsnlen(line, room - 1);
		while (len && line[len - 1] == L' ')
			len--;
		for (size_t i = 0; i < len; i++) {
			int bytes = wctomb(letter, line[i]);
			buffer_add(text, bytes > 0 ? (struct span){ letter, (size_t)bytes } : SPAN("?"));
		}
		buffer_char(text, '\n');
		end = len ? text->len : end;
	}
	text->len = end;
	free(line);
}

void screen_close_and_leave(void)
{
	struct buffer text = { 0 };

	if (terminal)
		put_shown(&text);
	screen_close();
	if (text.len)
		fwrite(text.at, 1, text.len, stdout);
	fflush(stdout);
	buffer_done(&text);
}

void screen_size(int *ret_rows, int *ret_columns)
{
	*ret_rows = LINES > 0 ? LINES : 1;
	*ret_columns = COLS > 0 ? COLS : 1;
}

bool screen_unicode(void)
{
	return !strcmp(nl_langinfo(CODESET), "UTF-8");
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

void screen_leave(void)
{
	def_prog_mode();
	endwin();
	pthread_sigmask(SIG_SETMASK, &outside, NULL);
}

void screen_return(void)
{
	catch_signals();
	ended = ended == SIGINT || ended == SIGQUIT ? 0 : ended; /* that was for the other program */
	reset_prog_mode();
	forget_lines();
	drained = false;
	clearok(stdscr, TRUE);
	refresh();
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

int screen_colours(void)
{
	return has_colors() ? COLORS : 0;
}

void screen_palette(unsigned palette)
{
	palette_used = palette;
}

void screen_inks(const struct ink inks[MARK_END - MARK_PLAIN], bool colour)
{
	screen_palette_inks(0, inks, colour);
}

void screen_palette_inks(unsigned palette, const struct ink inks[MARK_END - MARK_PLAIN], bool colour)
{
	forget_lines();
	for (int i = 0; i < MARK_END - MARK_PLAIN; i++) {
		const struct ink *ink = &inks[i];
		int pair = (int)palette * (MARK_END - MARK_PLAIN) + i + 1;
		attributes[palette][i] = (ink->bold ? A_BOLD : 0) | (ink->reverse ? A_REVERSE : 0) |
		                         (ink->dim ? A_DIM : 0) | (ink->underline ? A_UNDERLINE : 0);
		pairs[palette][i] = 0;
		if (colour && has_colors() && (ink->colour >= 0 || ink->ground >= 0) && pair < COLOR_PAIRS &&
		    init_pair((short)pair, ink->colour, ink->ground) == OK)
			pairs[palette][i] = (short)pair;
	}
}

static void use_ink(enum mark mark)
{
	attr_set(attributes[palette_used][mark - MARK_PLAIN], pairs[palette_used][mark - MARK_PLAIN], NULL);
}

/* To the end of the line. */
static void put_blanks(enum mark mark)
{
	cchar_t blank;

	setcchar(&blank, L" ", attributes[palette_used][mark - MARK_PLAIN], pairs[palette_used][mark - MARK_PLAIN],
	         NULL);
	hline_set(&blank, COLS - getcurx(stdscr));
}

void screen_line(int row, struct span line, enum mark rest)
{
	enum mark mark = rest;
	struct span part;

	if (row < 0 || row >= LINES || stands(row, line, rest))
		return;
	move(row, 0);
	while (marked_part(&line, &mark, &part)) {
		size_t left = (size_t)(COLS - getcurx(stdscr));
		struct buffer fit = { 0 };
		/* The last cell of all is written too: ncurses keeps the terminal from scrolling. */
		size_t used = marked_put(&fit, part, left);
		use_ink(mark);
		addnstr(fit.at ? fit.at : "", (int)fit.len);
		buffer_done(&fit);
		if (used >= left)
			return;
	}
	if (getcury(stdscr) == row)
		put_blanks(rest);
}

void screen_cursor(int row, int column)
{
	curs_set(row >= 0);
	if (row >= 0)
		move(row < LINES ? row : LINES - 1, column < COLS ? column : COLS - 1);
}

void screen_show(bool all)
{
	if (all)
		clearok(stdscr, TRUE);
	refresh();
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
		forget_lines();
	if (code != KEY_MOUSE)
		return translate(code);
	take_mouse();
	return mouse_key();
}

/* KEY_NONE: nothing is left. What says nothing (a button that is let go) is passed over: behind it ncurses may keep a
 * key that it has read already, for which no poll() would wake up. */
static int read_key(void)
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

static int next_key(void)
{
	int key = read_key();

	drained = key == KEY_NONE;
	return key;
}

int screen_wait(int fd, int64_t timeout_ns)
{
	struct pollfd fds[] = { { .fd = STDIN_FILENO, .events = POLLIN }, { .fd = fd, .events = POLLIN } };
	struct timespec timeout = { timeout_ns / NS_PER_S, timeout_ns % NS_PER_S };
	int got = drained ? KEY_NONE : next_key();

	if (got != KEY_NONE)
		return got;
	int ready = ppoll(fds, 2, timeout_ns < 0 ? NULL : &timeout, &outside);
	if (ready > 0 && fds[0].revents & (POLLHUP | POLLERR | POLLNVAL))
		ended = SIGHUP;
	/* A signal that came in may be a key, too: that of a new size. */
	return ready < 0 || fds[0].revents ? next_key() : KEY_NONE;
}
