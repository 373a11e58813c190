/* top -b: frame after frame to stdout, as text, JSON or CSV. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/clock.h"
#include "render/data.h"
#include "render/marked.h"
#include "render/number.h"
#include "tools/repeat.h"
#include "tools/top_kept.h"
#include "tools/words.h"

struct batch {
	struct top *top;
	struct source *source;
	struct snapshot samples[2]; /* the newer one at `turn` */
	int turn;
	struct watch watch;
	struct buffer texts[2]; /* of the newer frame at `turn` */
	struct top_kept kept[TOP_WINDOWS];
	int64_t frames, taken;
};

static int64_t from_environment(const char *name)
{
	const char *word = getenv(name);
	int64_t number = 0;

	if (word)
		word_integer(word, &number);
	return number > 0 ? number : 0;
}

/* A terminal knows its width best; COLUMNS is for pipes. */
static size_t width_of(const struct top *top)
{
	enum { USUAL = 80 };
	int64_t columns = from_environment("COLUMNS");
	struct winsize size;

	if (top->width_wanted > 0)
		return (size_t)top->width_wanted;
	if (top->width_wanted < 0)
		columns = columns ? columns : TOP_WIDTH_MOST;
	else if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col)
		columns = size.ws_col;
	else if (!columns)
		columns = USUAL;
	return columns > TOP_WIDTH_MOST ? TOP_WIDTH_MOST : (size_t)columns;
}

/* How many lines a frame may have: -w alone lets LINES decide. */
static size_t lines_of(const struct top *top)
{
	int64_t lines = top->width_wanted < 0 ? from_environment("LINES") : 0;

	return lines ? (size_t)lines : SIZE_MAX;
}

/* Heads and rows of a window. */
static void put_window(struct batch *batch, const struct top_frame *frame, size_t width, size_t lines)
{
	const struct top *top = batch->top;
	struct buffer *buffer = &batch->texts[batch->turn];
	struct top_kept *kept = &batch->kept[frame->window];
	struct top_layout layout;

	top_layout_make(&layout, top, frame->window, 0, 0, width);
	top_header_put(buffer, top, &layout);
	buffer_char(buffer, '\n');
	top_kept_begin(kept, top, frame, batch->frames, &layout, buffer, batch->texts[!batch->turn].at);
	for (size_t i = 0; i < frame->count && i + 1 < lines; i++)
		top_kept_row_put(kept, i);
	top_kept_end(kept);
}

static void put_text(struct batch *batch, const struct top_frame frames[TOP_WINDOWS])
{
	const struct top *top = batch->top;
	struct buffer *buffer = &batch->texts[batch->turn], summary = { 0 };
	struct span lines, line;
	size_t width = width_of(top), left = lines_of(top);

	top_summary_put(&summary, top, &frames[top->settings.current], width);
	lines = buffer_span(&summary);
	for (; span_line(&lines, &line); left -= left != SIZE_MAX && left > 0) {
		marked_put(buffer, line, width);
		buffer_char(buffer, '\n');
	}
	buffer_char(buffer, '\n');
	left -= left != SIZE_MAX && left > 0;
	for (size_t i = 0; i < TOP_WINDOWS && left; i++) {
		if (!top_window_seen(top, i))
			continue;
		put_window(batch, &frames[i], width, left);
		if (left != SIZE_MAX)
			left -= left > frames[i].count + 1 ? frames[i].count + 1 : left;
	}
	buffer->failed |= summary.failed;
	buffer_done(&summary);
}

/* The fields behind the shown columns, each once. */
static size_t shown_fields(const struct top *top, const struct cell_style *style, uint8_t ids[TASK_FIELDS])
{
	const struct top_window *window = top_window_of(top, top->settings.current);
	struct field_set seen = { 0 };
	size_t count = 0;

	for (size_t i = 0; i < top->columns.count; i++) {
		const struct column *column = &top->columns.at[window->order[i]];
		unsigned id = column_field(column, style);
		if (column->form == FORM_COMMAND && style->command_line)
			id = TASK_cmdline;
		if (!window->shown[window->order[i]] || field_set_has(&seen, id))
			continue;
		field_set_add(&seen, id);
		ids[count++] = (uint8_t)id;
	}
	return count;
}

/* What the CPUs did since the frame before. */
static void put_shares(struct buffer *buffer, const struct view *view)
{
	static const char *const names[] = { "user", "system", "nice", "idle", "iowait", "irq", "softirq", "steal" };
	struct cpu_times before, now;
	int64_t shares[CPU_USES];
	bool known = cpu_times_of_machine(&view->before->machine, &before) &&
	             cpu_times_of_machine(&view->now->machine, &now) && cpu_times_share(&before, &now, shares);

	for (int use = 0; use < CPU_USES; use++) {
		buffer_format(buffer, "\"cpu_%s_percent\":", names[use]);
		if (known)
			number_fixed(buffer, shares[use], unit_decimals(PERCENT));
		else
			buffer_text(buffer, "null");
		buffer_char(buffer, ',');
	}
}

static void put_data(struct buffer *buffer, const struct top *top, const struct top_frame *frame, bool first)
{
	static const uint8_t machine[] = {
		MACHINE_uptime_ns,        MACHINE_users,
		MACHINE_load_1min,        MACHINE_load_5min,
		MACHINE_load_15min,       MACHINE_mem_total_bytes,
		MACHINE_mem_free_bytes,   MACHINE_mem_used_bytes,
		MACHINE_buff_cache_bytes, MACHINE_mem_gettable_bytes,
		MACHINE_swap_total_bytes, MACHINE_swap_free_bytes,
		MACHINE_swap_used_bytes,
	};
	uint8_t ids[TASK_FIELDS];
	size_t count = shown_fields(top, &frame->style, ids);

	if (top->shared.data == DATA_CSV) {
		if (first)
			data_csv_header(buffer, &task_table, ids, count);
		data_csv_tasks(buffer, &frame->view, frame->rows, frame->count, ids, count);
		return;
	}
	data_begin(buffer, "top", frame->view.now);
	data_machine(buffer, &frame->view.now->machine, machine, sizeof machine);
	buffer_format(buffer, "\"total\":%zu,\"running\":%zu,\"sleeping\":%zu,\"stopped\":%zu,\"zombie\":%zu,",
	              frame->total, frame->running, frame->sleeping, frame->stopped, frame->zombie);
	put_shares(buffer, &frame->view);
	data_tasks(buffer, "tasks", &frame->view, frame->rows, frame->count, ids, count);
	data_end(buffer);
}

static int take(struct batch *batch)
{
	struct request request;
	struct snapshot fresh;

	top_request(batch->top, false, &request);
	/* What has not run since is not read again; that others have reniced it shows some frames later. */
	request.patience = batch->top->iterations == 1 ? 0 : request_patience(batch->top->settings.delay_ns);
	request.previous = batch->taken++ ? &batch->samples[batch->turn] : NULL;
	int r = source_take(batch->source, &request, &fresh);
	if (r < 0)
		return r;
	batch->turn = !batch->turn;
	snapshot_done(&batch->samples[batch->turn]);
	batch->samples[batch->turn] = fresh;
	return watch_update(&batch->watch, &fresh);
}

static int make_frames(struct batch *batch, struct top_frame frames[TOP_WINDOWS])
{
	struct top *top = batch->top;
	int r = 0;

	for (size_t i = 0; r == 0 && i < TOP_WINDOWS; i++) {
		if (!top_window_seen(top, i) && i != top->settings.current)
			continue;
		r = top_frame_init(&frames[i], top, i, &batch->samples[batch->turn], &batch->samples[!batch->turn],
		                   &batch->watch);
		if (r == 0)
			top_columns_widen(top, &frames[i]);
	}
	return r;
}

static int put_frame(struct batch *batch)
{
	struct top *top = batch->top;
	struct top_frame frames[TOP_WINDOWS] = { 0 };
	bool first = batch->frames++ == 0;

	int r = take(batch);
	struct buffer *text = &batch->texts[batch->turn];
	if (r == 0)
		r = make_frames(batch, frames);
	if (r == 0 && top->shared.data) {
		put_data(text, top, &frames[top->settings.current], first);
	} else if (r == 0) {
		buffer_text(text, first ? "" : "\n");
		put_text(batch, frames);
	}
	for (size_t i = 0; i < TOP_WINDOWS; i++)
		top_frame_done(&frames[i]);
	if (r == 0)
		say(top->tool, text);
	return r;
}

/* Shares need two samples: the first frame has one that is a moment older. A captured tree does not move by waiting. */
static int prime(struct batch *batch)
{
	const struct timespec moment = { .tv_nsec = NS_PER_S / 5 };

	int r = take(batch);
	if (r == 0 && !batch->top->shared.place.root)
		nanosleep(&moment, NULL);
	return r;
}

int top_batch(struct top *top)
{
	struct repeat repeat = { .interval_ns = top->settings.delay_ns, .count = top->iterations };
	struct batch batch = { .top = top };

	signal(SIGHUP, SIG_IGN); /* what is logged to a file goes on after logging out */
	int r = place_open(&top->shared.place, true, &batch.source);
	if (r < 0)
		return place_complain(top->tool, 1, &top->shared.place, r);
	r = prime(&batch);
	while (r == 0 && repeat_next(&repeat))
		r = put_frame(&batch);
	if (r < 0)
		complain(top->tool, 1, "cannot take a sample: %s", strerror(-r));
	for (int i = 0; i < 2; i++) {
		snapshot_done(&batch.samples[i]);
		buffer_done(&batch.texts[i]);
	}
	for (int i = 0; i < TOP_WINDOWS; i++)
		top_kept_done(&batch.kept[i]);
	watch_done(&batch.watch);
	source_free(batch.source);
	return r < 0;
}
