/* One frame of top: which rows, in which order. */
#include <errno.h>
#include <stdlib.h>

#include "model/tree.h"
#include "tools/top.h"

static const uint8_t machine_fields_wanted[] = {
	MACHINE_uptime_ns,        MACHINE_users,
	MACHINE_load_1min,        MACHINE_load_5min,
	MACHINE_load_15min,       MACHINE_mem_total_bytes,
	MACHINE_mem_free_bytes,   MACHINE_mem_used_bytes,
	MACHINE_buff_cache_bytes, MACHINE_mem_gettable_bytes,
	MACHINE_swap_total_bytes, MACHINE_swap_free_bytes,
	MACHINE_swap_used_bytes,  MACHINE_givable_bytes,
};

static const uint8_t promise_fields[] = {
	MACHINE_committed_bytes,
	MACHINE_commit_limit_bytes,
	MACHINE_overcommit_mode,
};

static struct cell_style style_of(const struct top *top, const struct snapshot *snapshot)
{
	enum { ONE_CPU = 999000, TEN_CPUS = 9999000 };
	const struct top_settings *settings = &top->settings;
	int64_t cpus = snapshot->cpu_count ? (int64_t)snapshot->cpu_count : 1;
	int64_t most = cpus * 1000000;

	if (cpus == 1 || !settings->irix || settings->threads)
		most = ONE_CPU;
	else if (cpus <= 10 && most > TEN_CPUS)
		most = TEN_CPUS;
	return (struct cell_style){
		.memory_unit = settings->task_unit,
		.cpu_share = settings->irix ? 1 : cpus,
		.cpu_most = most,
		.children_time = settings->children_time,
		.command_line = settings->command_line,
		.zeros_blank = settings->zeros_blank,
		.zero_memory = true,
	};
}

static void want_column(struct request *request, struct field_set *set, const struct top *top,
                        const struct cell_style *style, uint8_t column)
{
	const struct column *wanted = &top->columns.at[column];

	request_field(request, set, column_field(wanted, style));
	if (wanted->form == FORM_COMMAND && style->command_line)
		request_field(request, set, TASK_cmdline);
}

/* What decides which rows there are, and in which order. */
static void want_selection(struct request *ret, const struct top *top, const struct cell_style *style)
{
	static const uint8_t users[] = { TASK_euid, TASK_ruid, TASK_suid, TASK_fsuid };

	request_field(ret, &ret->fields, TASK_state);
	want_column(ret, &ret->fields, top, style, top->settings.sort);
	for (size_t i = 0; i < top->filter_count; i++)
		want_column(ret, &ret->fields, top, style, top->filters[i].column);
	for (size_t i = 0; top->user.wanted && i < (top->user.any ? sizeof users : 1); i++)
		request_field(ret, &ret->fields, users[i]);
	if (!top->settings.idle)
		request_field(ret, &ret->fields, TASK_cpu_percent);
	if (top->settings.forest)
		request_field(ret, &ret->fields, TASK_ppid);
}

void top_request(const struct top *top, bool details, struct request *ret)
{
	struct cell_style style = style_of(top, &(struct snapshot){ 0 });

	*ret = (struct request){ .cpus = true, .tasks = true };
	for (size_t i = 0; i < sizeof machine_fields_wanted; i++)
		request_machine(ret, machine_fields_wanted[i]);
	for (size_t i = 0; top->settings.promise && i < sizeof promise_fields; i++)
		request_machine(ret, promise_fields[i]);
	ret->threads = top->settings.threads ? ONLY_THREADS : NO_THREADS;
	ret->pids = top->pid_count ? top->pids : NULL;
	ret->pid_count = top->pid_count;
	want_selection(ret, top, &style);
	for (size_t i = 0; i < top->columns.count; i++)
		if (top->settings.shown[i])
			want_column(ret, details ? &ret->details : &ret->fields, top, &style, (uint8_t)i);
}

static void count_states(struct top_frame *frame)
{
	const struct snapshot *now = frame->view.now;

	frame->total = now->count;
	for (size_t row = 0; row < now->count; row++) {
		int64_t state = 0;
		snapshot_number(now, row, TASK_state, &state);
		frame->running += state == 'R';
		frame->stopped += state == 'T' || state == 't';
		frame->zombie += state == 'Z';
	}
	frame->sleeping = frame->total - frame->running - frame->stopped - frame->zombie;
}

static bool is_users(const struct top_user *user, const struct view *view, size_t row)
{
	static const uint8_t ids[] = { TASK_euid, TASK_ruid, TASK_suid, TASK_fsuid };
	bool found = false;
	int64_t uid;

	for (size_t i = 0; i < (user->any ? sizeof ids : 1); i++)
		found |= view_number(view, row, ids[i], &uid) && uid == user->uid;
	return found != user->inverse;
}

static bool is_wanted(const struct top *top, const struct top_frame *frame, size_t row)
{
	int64_t percent;

	if (top->user.wanted && !is_users(&top->user, &frame->view, row))
		return false;
	for (size_t i = 0; i < top->filter_count; i++)
		if (!top_filter_fits(top, frame, &top->filters[i], row))
			return false;
	return top->settings.idle || (view_number(&frame->view, row, TASK_cpu_percent, &percent) && percent > 0);
}

static int sort_rows(struct top_frame *frame, const struct top *top)
{
	const struct column *column = &top->columns.at[top->settings.sort];
	struct order_value *values = calloc(frame->view.now->count + 1, sizeof *values);
	bool descending = !top->settings.ascending;

	if (!values)
		return -ENOMEM;
	for (size_t i = 0; i < frame->count; i++)
		values[frame->rows[i]] = column_value(column, &frame->style, &frame->view, frame->rows[i]);
	int r = order_rows(frame->rows, frame->count, values, 1, &descending);
	free(values);
	return r;
}

/* Rows are by PID at first, and so are children. */
static int plant(struct top_frame *frame)
{
	struct tree_row *tree;

	int r = tree_new(&frame->view, frame->rows, frame->count, &tree);
	if (r < 0)
		return r;
	frame->depths = calloc(frame->count + 1, sizeof *frame->depths);
	for (size_t i = 0; frame->depths && i < frame->count; i++) {
		frame->rows[i] = tree[i].row;
		frame->depths[i] = tree[i].depth;
	}
	free(tree);
	return frame->depths ? 0 : -ENOMEM;
}

/* The rows of one process, or with -1 of all, in the order of their numbers. */
static void add_rows(struct top_frame *frame, const struct top *top, int64_t tgid)
{
	for (size_t row = 0; row < frame->view.now->count; row++) {
		int64_t number;
		if (tgid >= 0 && (!view_number(&frame->view, row, TASK_tgid, &number) || number != tgid))
			continue;
		if (is_wanted(top, frame, row))
			frame->rows[frame->count++] = (uint32_t)row;
	}
}

/* Where the sort leaves it open, rows are by PID, or as -p has listed them. */
static int choose_rows(struct top_frame *frame, const struct top *top)
{
	frame->rows = calloc(frame->view.now->count + 1, sizeof *frame->rows);
	if (!frame->rows)
		return -ENOMEM;
	for (size_t i = 0; i < top->pid_count; i++)
		add_rows(frame, top, top->pids[i]);
	if (!top->pid_count)
		add_rows(frame, top, -1);
	int r = top->settings.forest ? plant(frame) : sort_rows(frame, top);
	if (top->settings.tasks_most && frame->count > top->settings.tasks_most)
		frame->count = top->settings.tasks_most;
	return r;
}

int top_frame_init(struct top_frame *frame, const struct top *top, const struct snapshot *now,
                   const struct snapshot *before, const struct watch *watch)
{
	*frame = (struct top_frame){ .style = style_of(top, now) };
	int r = view_init(&frame->view, now, before, watch);
	if (r < 0)
		return r;
	count_states(frame);
	r = choose_rows(frame, top);
	if (r < 0)
		top_frame_done(frame);
	return r;
}

void top_frame_done(struct top_frame *frame)
{
	view_done(&frame->view);
	free(frame->rows);
	free(frame->depths);
	*frame = (struct top_frame){ 0 };
}

/* As top does it: a column is there when it fits whole; one that takes what is left needs the room of its header. */
void top_layout_make(struct top_layout *layout, const struct top *top, size_t first, size_t width)
{
	size_t used = 0, needed = 0, greedy = 0, skipped = 0;

	*layout = (struct top_layout){ 0 };
	for (size_t i = 0; i < top->columns.count; i++) {
		uint8_t at = top->settings.order[i];
		const struct column *column = &top->columns.at[at];
		if (!top->settings.shown[at] || skipped++ < first)
			continue;
		size_t need = (column->width ? column->width : strlen(column->header)) + 1;
		if (needed + need > width)
			break;
		needed += need;
		used += column->width ? need : 1;
		greedy += !column->width;
		layout->columns[layout->count] = at;
		layout->widths[layout->count++] = column->width;
	}
	for (size_t i = 0; i < layout->count; i++)
		if (!layout->widths[i])
			layout->widths[i] = (uint16_t)((width - used) / greedy);
}

static void trim(struct buffer *buffer, size_t start)
{
	while (buffer->len > start && buffer->at[buffer->len - 1] == ' ')
		buffer->len--;
}

enum mark top_row_mark(const struct top *top, const struct top_frame *frame, size_t index)
{
	int64_t state;

	return top->settings.show_running && view_number(&frame->view, frame->rows[index], TASK_state, &state) &&
	                       state == 'R' ?
	               MARK_ACTIVE :
	               MARK_PLAIN;
}

/* Marks the column that the table is sorted by; gives back the mark to go on with behind it, or 0. */
static enum mark mark_sort(struct buffer *buffer, const struct top *top, const struct top_layout *layout, size_t i,
                           enum mark row)
{
	if (!layout->marked || !top->settings.show_sort || top->settings.forest ||
	    layout->columns[i] != top->settings.sort)
		return 0;
	mark(buffer, MARK_SORT);
	return row;
}

static void end_line(struct buffer *buffer, const struct top_layout *layout, size_t start)
{
	if (!layout->marked)
		trim(buffer, start);
}

void top_header_put(struct buffer *buffer, const struct top *top, const struct top_layout *layout)
{
	size_t start = buffer->len;

	if (layout->marked)
		mark(buffer, MARK_HEAD);
	for (size_t i = 0; i < layout->count; i++) {
		column_put_header(buffer, &top->columns.at[layout->columns[i]], layout->widths[i]);
		buffer_char(buffer, ' ');
	}
	end_line(buffer, layout, start);
}

void top_row_put(struct buffer *buffer, const struct top *top, const struct top_frame *frame,
                 const struct top_layout *layout, size_t index)
{
	struct cell_row row = { &frame->view, frame->rows[index], frame->depths ? frame->depths[index] : 0, false };
	enum mark whole = layout->marked ? top_row_mark(top, frame, index) : 0;
	size_t start = buffer->len;

	if (whole)
		mark(buffer, whole);
	for (size_t i = 0; i < layout->count; i++) {
		enum mark after = mark_sort(buffer, top, layout, i, whole);
		column_put(buffer, &top->columns.at[layout->columns[i]], layout->widths[i], &frame->style, &row);
		if (after)
			mark(buffer, after);
		buffer_char(buffer, ' ');
	}
	end_line(buffer, layout, start);
}
