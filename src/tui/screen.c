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
#include "tui/screen_parts.h"

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

void screen_forget_lines(void)
{
	for (int i = 0; i < drawn_count; i++)
		buffer_done(&drawn[i].line);
	free(drawn);
	drawn = NULL;
	drawn_count = 0;
}

static void use_ink(enum mark mark)
{
	attr_set(attributes[palette_used][mark - MARK_PLAIN], pairs[palette_used][mark - MARK_PLAIN], NULL);
}

static bool is_letter(char c)
{
	return c >= ' ' && c <= '~';
}

/* Whether all letters that differ stand in the same column and under the same mark. */
static bool has_same_shape(struct span old, struct span line)
{
	if (old.len != line.len)
		return false;
	for (size_t i = 0; i < line.len; i++) {
		bool is_mark = line.at[i] >= MARK_PLAIN && line.at[i] < MARK_END && line.at[i] != MARK_GAP;
		if (!(is_letter(line.at[i]) && is_letter(old.at[i])) && !(is_mark && line.at[i] == old.at[i]))
			return false;
	}
	return true;
}

/* Draws what differs of a line of the same shape: most lines that change are words around a few new digits. */
static void put_changes(int row, struct span old, struct span line, enum mark mark)
{
	size_t column = 0, columns = (size_t)COLS;
	const char *start = line.at;
	struct span part;

	for (; column < columns && marked_part(&line, &mark, &part); column += part.len) {
		const char *was = old.at + (part.at - start);
		size_t first = 0, end = part.len < columns - column ? part.len : columns - column;
		while (first < end && part.at[first] == was[first])
			first++;
		while (end > first && part.at[end - 1] == was[end - 1])
			end--;
		if (first == end)
			continue;
		use_ink(mark);
		mvaddnstr(row, (int)(column + first), part.at + first, (int)(end - first));
	}
}

/* Whether it stands there already, maybe after the change of a few letters; remembers it if not. */
static bool stands(int row, struct span line, enum mark rest)
{
	if (drawn_count != LINES) {
		screen_forget_lines();
		drawn = calloc((size_t)LINES, sizeof *drawn);
		drawn_count = drawn ? LINES : 0;
	}
	if (row >= drawn_count)
		return false;
	struct drawn *old = &drawn[row];
	struct span before = buffer_span(&old->line);
	bool same = old->known && old->rest == rest && old->palette == palette_used;
	if (same && span_equal(before, line))
		return true;
	same = same && has_same_shape(before, line);
	if (same)
		put_changes(row, before, line, rest);
	buffer_clear(&old->line);
	buffer_add(&old->line, line);
	old->rest = rest;
	old->palette = palette_used;
	old->known = !old->line.failed;
	return same;
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
	screen_define_keys();
	nodelay(stdscr, TRUE);
	typeahead(-1); /* all keys that are there are taken before anything is drawn, and a frame is drawn whole */
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
	screen_forget_lines();
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
	screen_forget_lines();
	drained = false;
	clearok(stdscr, TRUE);
	refresh();
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
	screen_forget_lines();
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

static int next_key(void)
{
	int key = screen_read_key();

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
