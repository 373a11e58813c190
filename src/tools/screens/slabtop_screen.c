/* slabtop on the screen: the table anew every few seconds, and at each key. */
#include <ctype.h>
#include <errno.h>

#include "base/clock.h"
#include "tools/slabtop.h"
#include "tui/screen.h"

static void draw(const struct buffer *buffer, int rows)
{
	struct span rest = buffer_span(buffer), line;
	struct buffer marked = { 0 };
	int row = 0;

	for (; row < rows && span_line(&rest, &line); row++) {
		buffer_clear(&marked);
		mark(&marked, row == SLABTOP_HEADING_LINE ? MARK_HEAD : MARK_PLAIN);
		buffer_add(&marked, line);
		screen_line(row, buffer_span(&marked), row == SLABTOP_HEADING_LINE ? MARK_HEAD : MARK_PLAIN);
	}
	for (; row < rows; row++)
		screen_line(row, SPAN(""), MARK_PLAIN);
	screen_show(false);
	buffer_done(&marked);
}

static int take_and_draw(struct slabtop *slabtop)
{
	struct buffer buffer = { 0 };
	int rows, columns;

	screen_size(&rows, &columns);
	int status = slabtop_put(slabtop, &buffer,
	                         rows > SLABTOP_HEADING_LINE + 1 ? (size_t)(rows - SLABTOP_HEADING_LINE - 1) : 1);
	if (status == GO_ON)
		draw(&buffer, rows);
	buffer_done(&buffer);
	return status;
}

/* False: the key ends it. */
static bool obey(struct slabtop *slabtop, int key)
{
	int letter = key > 0 && key < 128 ? tolower(key) : 0;

	if (letter == 'q')
		return false;
	if (letter && strchr(SLABTOP_SORTS, letter))
		slabtop->sort = (char)letter;
	return true;
}

static int loop(struct slabtop *slabtop)
{
	int64_t due_ns = clock_ns(CLOCK_MONOTONIC), now_ns;
	int key = KEY_NONE, status = take_and_draw(slabtop);

	while (status == GO_ON) {
		due_ns += slabtop->delay_ns;
		do {
			now_ns = clock_ns(CLOCK_MONOTONIC);
			key = screen_wait(-1, due_ns > now_ns ? due_ns - now_ns : 0);
			if (screen_ended() || !obey(slabtop, key))
				return 0;
			now_ns = clock_ns(CLOCK_MONOTONIC);
		} while (key == KEY_NONE && now_ns < due_ns);
		due_ns = key == KEY_NONE ? due_ns : now_ns;
		status = take_and_draw(slabtop);
	}
	return status;
}

int slabtop_screen(struct slabtop *slabtop)
{
	static const struct ink inks[MARK_END - MARK_PLAIN] = {
		[0] = { .colour = -1, .ground = -1 },
		[MARK_HEAD - MARK_PLAIN] = { .reverse = true, .colour = -1, .ground = -1 },
	};
	struct buffer first = { 0 };

	int status = slabtop_put(slabtop, &first, 0); /* what is not permitted is said before the screen is taken */
	buffer_done(&first);
	if (status != GO_ON)
		return status;
	int r = screen_open();
	if (r < 0)
		return complain(slabtop->tool, 1, "%s", r == -ENOTTY ? "no terminal; -o prints once" : strerror(-r));
	screen_inks(inks, false);
	status = loop(slabtop);
	screen_close();
	return status;
}
