/* One frame of top: which rows, in which order. */
#include <errno.h>
#include <stdlib.h>

#include "collect/shares.h"
#include "tools/top.h"

static const uint8_t load_fields[] = {
	MACHINE_uptime_ns, MACHINE_users, MACHINE_load_1min, MACHINE_load_5min, MACHINE_load_15min,
};

static const uint8_t memory_fields[] = {
	MACHINE_mem_total_bytes,  MACHINE_mem_free_bytes,     MACHINE_mem_used_bytes,
	MACHINE_buff_cache_bytes, MACHINE_mem_gettable_bytes, MACHINE_swap_total_bytes,
	MACHINE_swap_free_bytes,  MACHINE_swap_used_bytes,    MACHINE_givable_bytes,
};

static const uint8_t promise_fields[] = {
	MACHINE_committed_bytes, MACHINE_commit_limit_bytes, MACHINE_overcommit_mode,
	MACHINE_mem_used_bytes,  MACHINE_givable_bytes,      MACHINE_mem_free_bytes,
};

static struct cell_style style_of(const struct top *top, const struct top_window *window,
                                  const struct snapshot *snapshot)
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
		.time_scale = settings->time_unit,
		.children_time = window->children_time,
		.command_line = window->command_line,
		.zeros_blank = settings->zeros_blank,
		.zero_memory = true,
		.numbers_left = window->numbers_left,
		.texts_right = window->texts_right,
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
static void want_selection(struct request *ret, const struct top *top, const struct top_window *window,
                           const struct cell_style *style)
{
	static const uint8_t users[] = { TASK_euid, TASK_ruid, TASK_suid, TASK_fsuid };

	request_field(ret, &ret->fields, TASK_state);
	for (size_t i = 0; i < window->sort_count; i++)
		want_column(ret, &ret->fields, top, style, window->sorts[i].column);
	for (size_t i = 0; i < window->filter_count; i++)
		want_column(ret, &ret->fields, top, style, window->filters[i].column);
	for (size_t i = 0; window->user.wanted && i < (window->user.any ? sizeof users : 1); i++)
		request_field(ret, &ret->fields, users[i]);
	if (!window->idle || window->folded_count)
		request_field(ret, &ret->fields, style->children_time ? TASK_cpu_total_percent : TASK_cpu_percent);
	if (!window->idle)
		request_field(ret, &ret->fields, TASK_cpu_percent);
	if (window->forest)
		request_field(ret, &ret->fields, TASK_ppid);
	if (window->folded_count || window->focus.pid)
		request_field(ret, &ret->fields, TASK_started_ns);
}

static void want_window(struct request *ret, const struct top *top, const struct top_window *window, bool details)
{
	struct cell_style style = style_of(top, window, &(struct snapshot){ 0 });

	want_selection(ret, top, window, &style);
	for (size_t i = 0; i < top->columns.count; i++)
		if (window->shown[i])
			want_column(ret, details ? &ret->details : &ret->fields, top, &style, (uint8_t)i);
}

/* What stands above the table, or in the data. */
static void want_summary(struct request *ret, const struct top *top, const struct top_window *window)
{
	bool data = top->shared.data;

	if (window->cpus >= CPUS_NODES)
		request_cpu(ret, CPU_node);
	for (size_t i = 0; (window->load || data) && i < sizeof load_fields; i++)
		request_machine(ret, load_fields[i]);
	for (size_t i = 0; (window->memory_graph != GRAPH_HIDDEN || data) && i < sizeof memory_fields; i++)
		request_machine(ret, memory_fields[i]);
	for (size_t i = 0; window->promise && i < sizeof promise_fields; i++)
		request_machine(ret, promise_fields[i]);
}

void top_request(const struct top *top, bool details, struct request *ret)
{
	*ret = (struct request){ .cpus = true, .tasks = true };
	want_summary(ret, top, top_window_of(top, top->settings.current));
	ret->threads = top->settings.threads ? ONLY_THREADS : NO_THREADS;
	ret->pids = top->pid_count ? top->pids : NULL;
	ret->pid_count = top->pid_count;
	request_field(ret, &ret->fields, TASK_state); /* states are counted even where no window is seen */
	for (size_t i = 0; i < TOP_WINDOWS; i++)
		if (top_window_seen(top, i))
			want_window(ret, top, top_window_of(top, i), details);
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
	const struct top_window *window = top_window_of(top, frame->window);
	int64_t percent;

	if (window->user.wanted && !is_users(&window->user, &frame->view, row))
		return false;
	for (size_t i = 0; i < window->filter_count; i++)
		if (!top_filter_fits(top, frame, &window->filters[i], row))
			return false;
	return window->idle || (view_number(&frame->view, row, TASK_cpu_percent, &percent) && percent > 0);
}

/* A share that was not read, not to hold the process up, stands where it would be at most: at RES. */
static void put_bound(const struct top_frame *frame, unsigned id, size_t row, struct order_value *value)
{
	int64_t unknown;

	if (value->is == ABSENT && (id == TASK_pss_bytes || id == TASK_uss_bytes) &&
	    view_number(&frame->view, row, TASK_pss_unknown, &unknown) &&
	    (unknown == SHARE_NOT_YET || unknown == SHARE_TOO_LARGE) &&
	    view_number(&frame->view, row, TASK_rss_bytes, &value->number))
		value->is = NUMBER;
}

static int sort_rows(struct top_frame *frame, const struct top *top)
{
	const struct top_window *window = top_window_of(top, frame->window);
	size_t keys = window->sort_count;
	struct order_value *values = calloc(frame->view.now->count * keys + 1, sizeof *values);
	bool descending[TOP_SORTS];

	if (!values)
		return -ENOMEM;
	for (size_t key = 0; key < keys; key++) {
		const struct column *column = &top->columns.at[window->sorts[key].column];
		descending[key] = !window->sorts[key].ascending;
		for (size_t i = 0; i < frame->count; i++) {
			struct order_value *value = &values[frame->rows[i] * keys + key];
			*value = column_value(column, &frame->style, &frame->view, frame->rows[i]);
			put_bound(frame, column_field(column, &frame->style), frame->rows[i], value);
		}
	}
	int r = order_rows(frame->rows, frame->count, values, keys, descending);
	free(values);
	return r;
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
	const struct top_window *window = top_window_of(top, frame->window);

	frame->rows = calloc(frame->view.now->count + 1, sizeof *frame->rows);
	if (!frame->rows)
		return -ENOMEM;
	for (size_t i = 0; i < top->pid_count; i++)
		add_rows(frame, top, top->pids[i]);
	if (!top->pid_count)
		add_rows(frame, top, -1);
	int r = window->forest ? top_forest_plant(frame, window) : sort_rows(frame, top);
	if (window->tasks_most && frame->count > window->tasks_most)
		frame->count = window->tasks_most;
	return r;
}

int top_frame_init(struct top_frame *frame, const struct top *top, size_t window, const struct snapshot *now,
                   const struct snapshot *before, const struct watch *watch)
{
	*frame = (struct top_frame){ .window = (uint8_t)window,
		                     .style = style_of(top, top_window_of(top, window), now) };
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
	free(frame->branches);
	*frame = (struct top_frame){ 0 };
}
