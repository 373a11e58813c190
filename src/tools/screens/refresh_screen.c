#include "tools/screens/refresh_screen.h"

#include <ctype.h>
#include <errno.h>

#include "base/clock.h"
#include "tools/run.h"
#include "tui/screen.h"

static void draw(const struct buffer *buffer, size_t rows, size_t heading)
{
	struct span rest = buffer_span(buffer), line;
	struct buffer marked = { 0 };
	size_t row = 0;

	for (; row < rows && span_line(&rest, &line); row++) {
		enum mark how = row == heading ? MARK_HEAD : MARK_PLAIN;
		buffer_clear(&marked);
		mark(&marked, how);
		buffer_add(&marked, line);
		screen_line((int)row, buffer_span(&marked), how);
	}
	for (; row < rows; row++)
		screen_line((int)row, SPAN(""), MARK_PLAIN);
	screen_show(false);
	buffer_done(&marked);
}

static int take_and_draw(const struct refresh *refresh)
{
	struct buffer buffer = { 0 };
	size_t heading = SIZE_MAX;
	int rows, columns;

	screen_size(&rows, &columns);
	int status = refresh->put(refresh->context, &buffer, (size_t)rows, &heading);
	if (status == GO_ON)
		draw(&buffer, (size_t)rows, heading);
	buffer_done(&buffer);
	return status;
}

/* False: the key ends it. */
static bool obey(const struct refresh *refresh, int key)
{
	char letter = key > 0 && key < 128 ? (char)tolower(key) : '\0';

	if (letter == 'q')
		return false;
	if (letter && refresh->press)
		refresh->press(refresh->context, letter);
	return true;
}

static int loop(const struct refresh *refresh)
{
	int64_t due_ns = clock_ns(CLOCK_MONOTONIC), now_ns;
	int key = KEY_NONE, status = take_and_draw(refresh);

	while (status == GO_ON) {
		due_ns += refresh->delay_ns;
		do {
			now_ns = clock_ns(CLOCK_MONOTONIC);
			key = screen_wait(-1, due_ns > now_ns ? due_ns - now_ns : 0);
			if (screen_ended() || !obey(refresh, key))
				return 0;
			now_ns = clock_ns(CLOCK_MONOTONIC);
		} while (key == KEY_NONE && now_ns < due_ns);
		due_ns = key == KEY_NONE ? due_ns : now_ns;
		status = take_and_draw(refresh);
	}
	return status;
}

int refresh_screen(const struct refresh *refresh)
{
	static const struct ink inks[MARK_END - MARK_PLAIN] = {
		[0] = { .colour = -1, .ground = -1 },
		[MARK_HEAD - MARK_PLAIN] = { .reverse = true, .colour = -1, .ground = -1 },
	};
	struct buffer first = { 0 };
	size_t heading;

	int status = refresh->put(refresh->context, &first, 0, &heading);
	buffer_done(&first);
	if (status != GO_ON)
		return status;
	int r = screen_open();
	if (r < 0)
		return complain(refresh->tool, 1, "%s", r == -ENOTTY ? "no terminal; -o prints once" : strerror(-r));
	screen_inks(inks, false);
	status = loop(refresh);
	screen_close();
	return status;
}
