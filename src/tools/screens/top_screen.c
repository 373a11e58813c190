/* The interactive top: one thread waits for keys and draws, another one samples. */
#include "tools/screens/top_screen.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"

enum { PATIENCE = 16, WATCH_EVERY = 10, FIRST_MOMENT_NS = NS_PER_S / 5, LEAST_ROWS_FOR_PROMISE = 20 };

void top_screen_say(struct top_screen *screen, const char *format, ...)
{
	char text[512];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	buffer_clear(&screen->message);
	buffer_text(&screen->message, text);
}

void top_screen_ask(struct top_screen *screen, void (*answered)(struct top_screen *, const char *), const char *format,
                    ...)
{
	char text[512];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	prompt_ask(&screen->prompt, text);
	screen->answered = answered;
}

/* In the sampler's thread: the rows that will be seen, and some around them, get their details. */
static void choose(void *context, const struct snapshot *snapshot, bool *chosen)
{
	struct top_screen *screen = context;
	struct top_frame *frame = &screen->chosen;

	if (top_frame_init(frame, &screen->asked, snapshot, &screen->now, &screen->watch) < 0)
		return;
	screen->has_chosen = true;
	for (size_t i = screen->window_first; i < frame->count && i < screen->window_first + screen->window_count; i++)
		chosen[frame->rows[i]] = true;
}

static void ask(struct top_screen *screen, bool extra)
{
	if (screen->waiting)
		return;
	screen->asked = *screen->top;
	screen->window_first = screen->first_row;
	screen->window_count = screen->rows_visible;
	top_request(&screen->asked, true, &screen->request);
	/* Growth counts from the first sight of a process: now and then everybody is looked at. */
	screen->everybody =
		screen->samples % WATCH_EVERY == 0 || field_set_has(&screen->request.fields, TASK_rss_bytes);
	if (screen->everybody)
		request_field(&screen->request, &screen->request.fields, TASK_rss_bytes);
	request_field(&screen->request, &screen->request.fields, TASK_started_ns);
	screen->request.choose = choose;
	screen->request.context = screen;
	screen->request.patience = screen->samples ? PATIENCE : 0;
	screen->request.previous = screen->samples ? &screen->now : NULL;
	screen->extra = extra;
	screen->waiting = sampler_ask(screen->sampler, &screen->request);
}

static void drop_frame(struct top_screen *screen)
{
	if (screen->framed)
		top_frame_done(&screen->frame);
	screen->framed = false;
	screen->redraw = true;
}

/* What the sampler's thread has put in order is what shall be shown, unless it looked back to another past or the
 * settings have changed since. */
static void adopt_chosen(struct top_screen *screen)
{
	if (!screen->has_chosen)
		return;
	screen->has_chosen = false;
	if (screen->extra || screen->samples < 2 || memcmp(&screen->asked, screen->top, sizeof screen->asked)) {
		top_frame_done(&screen->chosen);
		return;
	}
	screen->frame = screen->chosen;
	screen->frame.view.now = &screen->now;
	screen->frame.view.before = &screen->before;
	screen->framed = true;
}

/* The newest sample takes its place. One that came between two regular ones leaves the past as it was, so that shares
 * are not of a moment that is too short. */
static int take(struct top_screen *screen)
{
	struct snapshot fresh;

	int r = sampler_take(screen->sampler, &fresh);
	if (r == -EAGAIN)
		return 0;
	screen->waiting = false;
	if (r < 0)
		return r;
	drop_frame(screen);
	screen->extra &= screen->samples > 1;
	if (screen->extra) {
		snapshot_done(&screen->now);
	} else {
		snapshot_done(&screen->before);
		screen->before = screen->now;
	}
	screen->now = fresh;
	screen->samples++;
	adopt_chosen(screen);
	return screen->everybody ? watch_update(&screen->watch, &screen->now) : 0;
}

const struct top_frame *top_screen_frame(struct top_screen *screen)
{
	if (screen->framed)
		return &screen->frame;
	if (screen->samples < 2 ||
	    top_frame_init(&screen->frame, screen->top, &screen->now, &screen->before, &screen->watch) < 0)
		return NULL;
	screen->framed = true;
	return &screen->frame;
}

static bool within(const struct field_set *set, const struct field_set *whole)
{
	for (unsigned i = 0; i < FIELD_WORDS; i++)
		if (set->word[i] & ~whole->word[i])
			return false;
	return true;
}

/* Threads in place of processes have no past yet: two samples are needed then. */
void top_screen_changed(struct top_screen *screen)
{
	struct request wanted;
	struct field_set had = screen->request.fields;

	drop_frame(screen);
	top_request(screen->top, true, &wanted);
	field_set_join(&had, &screen->request.details);
	field_set_join(&wanted.fields, &wanted.details);
	if (wanted.threads != screen->request.threads || wanted.pid_count != screen->request.pid_count)
		screen->due_ns = clock_ns(CLOCK_MONOTONIC) + FIRST_MOMENT_NS;
	else if (within(&wanted.fields, &had) && within(&wanted.machine, &screen->request.machine))
		return;
	ask(screen, true);
}

void top_screen_refresh(struct top_screen *screen)
{
	screen->due_ns = clock_ns(CLOCK_MONOTONIC);
	screen->redraw = true;
}

static void put_prompt(struct top_screen *screen, int row, int columns)
{
	struct buffer line = { 0 };

	size_t cursor = prompt_put(&screen->prompt, &line, (size_t)columns);
	screen_line(row, buffer_span(&line), MARK_PLAIN);
	screen_cursor(row, (int)cursor);
	buffer_done(&line);
}

static void put_message(struct top_screen *screen, int row)
{
	struct buffer line = { 0 };

	if (screen->message.len) {
		mark(&line, MARK_MESSAGE);
		buffer_char(&line, ' ');
		buffer_add(&line, buffer_span(&screen->message));
		buffer_char(&line, ' ');
		mark(&line, MARK_PLAIN);
	}
	screen_line(row, buffer_span(&line), MARK_PLAIN);
	buffer_done(&line);
}

static void draw_rows(struct top_screen *screen, const struct top_frame *frame, int row, int rows, int columns)
{
	struct top_layout layout;
	struct buffer line = { 0 };

	top_layout_make(&layout, screen->top, screen->first_column, (size_t)columns);
	layout.marked = true;
	top_header_put(&line, screen->top, &layout);
	screen_line(row++, buffer_span(&line), MARK_HEAD);
	for (size_t i = screen->first_row; row < rows; i++, row++) {
		buffer_clear(&line);
		if (i < frame->count)
			top_row_put(&line, screen->top, frame, &layout, i);
		screen_line(row, buffer_span(&line),
		            i < frame->count ? top_row_mark(screen->top, frame, i) : MARK_PLAIN);
	}
	buffer_done(&line);
}

/* On a small screen tasks matter more than the lines on promises. */
static void put_summary(struct buffer *summary, struct top_screen *screen, const struct top_frame *frame, int rows,
                        int columns)
{
	bool promise = screen->top->settings.promise;

	screen->top->settings.promise = promise && rows >= LEAST_ROWS_FOR_PROMISE;
	top_summary_put(summary, screen->top, frame, (size_t)columns);
	screen->top->settings.promise = promise;
}

/* What does not fit whole is cut in front of the part, after a comma, that would lose its end. */
static struct span whole_parts(struct span line, int columns)
{
	struct span fits = line;

	while (marked_width(fits) > (size_t)columns) {
		ptrdiff_t comma = span_last((struct span){ fits.at, fits.len ? fits.len - 1 : 0 }, ',');
		if (comma < 0)
			return line;
		fits.len = (size_t)comma;
	}
	return fits;
}

/* Rows that have come into sight since the sample was asked for get their details without waiting for the next one. */
static void look_after_rows(struct top_screen *screen, const struct top_frame *frame)
{
	size_t end = screen->first_row + screen->rows_visible;

	if (end > frame->count)
		end = frame->count;
	if (screen->first_row < screen->window_first || end > screen->window_first + screen->window_count)
		ask(screen, true);
}

static void draw_table(struct top_screen *screen, int rows, int columns)
{
	const struct top_frame *frame = top_screen_frame(screen);
	struct buffer summary = { 0 };
	struct span rest, line;
	int row = 0;

	if (!frame)
		return;
	put_summary(&summary, screen, frame, rows, columns);
	rest = buffer_span(&summary);
	while ((row < rows - 1 || rows == 1) && row < rows && span_line(&rest, &line))
		screen_line(row++, whole_parts(line, columns), MARK_PLAIN);
	buffer_done(&summary);
	int message_row = row < rows ? row : rows - 1;
	screen->rows_visible = rows > row + 2 ? (size_t)(rows - row - 2) : 0;
	if (screen->first_row >= frame->count)
		screen->first_row = frame->count ? frame->count - 1 : 0;
	if (row + 1 < rows)
		draw_rows(screen, frame, row + 1, rows, columns);
	screen_cursor(-1, 0);
	if (screen->answered)
		put_prompt(screen, message_row, columns);
	else if (rows > 1 || screen->message.len)
		put_message(screen, message_row);
	look_after_rows(screen, frame);
}

static void draw(struct top_screen *screen)
{
	int rows, columns;

	screen_size(&rows, &columns);
	screen->redraw = false;
	if (screen->page) {
		screen_cursor(-1, 0);
		screen->page->draw(screen, rows, columns);
	} else {
		draw_table(screen, rows, columns);
	}
	screen_show(false);
}

static void press_prompt(struct top_screen *screen, int key)
{
	void (*answered)(struct top_screen *, const char *) = screen->answered;
	enum prompt_state state = prompt_key(&screen->prompt, key);
	struct buffer answer = { 0 };

	if (state == PROMPT_GOES_ON)
		return;
	screen->answered = NULL;
	if (state == PROMPT_ANSWERED) {
		prompt_text(&screen->prompt, &answer);
		answered(screen, buffer_cstr(&answer));
	}
	buffer_done(&answer);
}

static void press(struct top_screen *screen, int key)
{
	screen->redraw = true;
	if (key == CTRL('L') || key == KEY_SIZE) {
		screen_show(key == CTRL('L'));
		return;
	}
	buffer_clear(&screen->message);
	if (screen->answered)
		press_prompt(screen, key);
	else if (screen->page)
		screen->page->press(screen, key);
	else
		top_key(screen, key);
}

/* The pace is kept; turns that were missed (stopped, asleep) are left out. */
static void ask_when_due(struct top_screen *screen)
{
	int64_t now = clock_ns(CLOCK_MONOTONIC), delay = screen->top->settings.delay_ns;

	if (screen->waiting || now < screen->due_ns)
		return;
	ask(screen, false);
	screen->due_ns += delay;
	if (screen->due_ns <= now)
		screen->due_ns = now + delay;
	if (screen->samples < 1) /* the first one is only what the second looks back to */
		screen->due_ns = now + FIRST_MOMENT_NS;
}

static int64_t time_left(const struct top_screen *screen)
{
	int64_t left = screen->due_ns - clock_ns(CLOCK_MONOTONIC);

	if (screen->waiting)
		return -1;
	return left > 0 ? left : 0;
}

static int loop(struct top_screen *screen)
{
	int r = 0;

	while (r == 0 && !screen->leaving && !screen_ended()) {
		ask_when_due(screen);
		if (screen->redraw)
			draw(screen);
		int key = screen_wait(sampler_fd(screen->sampler), time_left(screen));
		for (; key != KEY_NONE && !screen->leaving; key = screen_wait(-1, 0))
			press(screen, key);
		r = take(screen);
		if (r == 0 && screen->top->iterations && screen->samples > (size_t)screen->top->iterations) {
			draw(screen);
			break;
		}
	}
	return r;
}

void top_screen_inks(const struct top_settings *settings)
{
	const bool strong = settings->bold, turned = settings->reverse;
	const bool blocks = settings->cpu_graph == GRAPH_BLOCKS || settings->memory_graph == GRAPH_BLOCKS;
	const struct ink inks[MARK_END - MARK_PLAIN] = {
		[MARK_PLAIN - MARK_PLAIN] = { .colour = -1, .ground = -1 },
		[MARK_VALUE - MARK_PLAIN] = { .bold = strong, .colour = 6, .ground = -1 },
		[MARK_HEAD - MARK_PLAIN] = { .reverse = true, .colour = 6, .ground = -1 },
		[MARK_CHOSEN - MARK_PLAIN] = { .reverse = true, .colour = -1, .ground = -1 },
		[MARK_SORT - MARK_PLAIN] = { .bold = strong && !turned, .reverse = turned, .colour = 6, .ground = -1 },
		[MARK_ACTIVE -
			MARK_PLAIN] = { .bold = strong && !turned, .reverse = turned, .colour = 2, .ground = -1 },
		[MARK_MESSAGE - MARK_PLAIN] = { .reverse = true, .colour = 3, .ground = -1 },
		[MARK_KEY - MARK_PLAIN] = { .bold = true, .colour = 6, .ground = -1 },
		[MARK_BAR - MARK_PLAIN] = { .reverse = blocks, .bold = strong && !blocks, .colour = 2, .ground = -1 },
		[MARK_BAR2 - MARK_PLAIN] = { .reverse = blocks, .dim = blocks, .colour = 1, .ground = -1 },
		[MARK_BAR3 - MARK_PLAIN] = { .dim = true, .colour = 4, .ground = -1 },
		[MARK_BAD - MARK_PLAIN] = { .bold = true, .reverse = true, .colour = 1, .ground = -1 },
		[MARK_DIM - MARK_PLAIN] = { .dim = true, .colour = -1, .ground = -1 },
	};
	const char *without = getenv("NO_COLOR");

	screen_inks(inks, settings->colour && !(without && without[0]));
}

static int open_all(struct top_screen *screen)
{
	struct source *source;
	int rows, columns;

	int r = place_open(&screen->top->shared.place, true, &source);
	if (r < 0)
		return place_complain(screen->top->tool, 1, &screen->top->shared.place, r);
	r = sampler_new(source, &screen->sampler);
	if (r < 0)
		return complain(screen->top->tool, 1, "%s", strerror(-r));
	r = screen_open();
	if (r == -ENOTTY)
		return complain(screen->top->tool, 1, "failed tty get");
	if (r < 0)
		return complain(screen->top->tool, 1, "the terminal type in TERM is not known; -b needs none");
	screen_size(&rows, &columns);
	screen->rows_visible = (size_t)rows;
	return GO_ON;
}

static void close_all(struct top_screen *screen)
{
	screen_close();
	sampler_free(screen->sampler);
	if (screen->has_chosen)
		top_frame_done(&screen->chosen);
	if (screen->framed)
		top_frame_done(&screen->frame);
	snapshot_done(&screen->now);
	snapshot_done(&screen->before);
	watch_done(&screen->watch);
	buffer_done(&screen->message);
	buffer_done(&screen->text);
	prompt_done(&screen->prompt);
	free(screen);
}

int top_screen_run(struct top *top)
{
	struct top_screen *screen = calloc(1, sizeof *screen);

	if (!screen)
		return complain(top->tool, 1, "failed memory allocate");
	screen->top = top;
	int status = open_all(screen);
	if (status == GO_ON) {
		top_screen_inks(&top->settings);
		screen->redraw = true;
		int r = loop(screen);
		screen_close();
		status = r < 0 ? complain(top->tool, 1, "cannot take a sample: %s", strerror(-r)) : 0;
	}
	close_all(screen);
	return status;
}
