/* One frame of the vires screen: which rows, put together how, in which order. */
#include <errno.h>
#include <stdlib.h>

#include "collect/shares.h"
#include "model/tree.h"
#include "render/cgroup.h"
#include "tools/screen_meters.h"

/* The share of a CPU that reading PSS may take, and how long one process may be held up. */
enum { SHARE_PART = 100, SHARE_LONGEST_NS = 10000000, PF_KTHREAD = 0x200000 };

static void request_rows(const struct screen_call *call, struct request *ret)
{
	static const uint8_t always[] = {
		TASK_pid,         TASK_tgid,        TASK_is_thread,    TASK_started_ns, TASK_ppid,
		TASK_state,       TASK_flags,       TASK_euid,         TASK_user,       TASK_comm,
		TASK_cmdline,     TASK_rss_bytes,   TASK_swap_bytes,   TASK_pss_bytes,  TASK_uss_bytes,
		TASK_pss_read_ns, TASK_pss_unknown, TASK_minor_faults, TASK_threads,    TASK_nice,
		TASK_cpu_percent, TASK_pss_cost_ns,
	};
	const struct screen_tab *tab = screen_tab_of(&call->settings);
	struct field_set *set = &ret->fields;

	for (size_t i = 0; i < sizeof always; i++)
		request_field(ret, set, always[i]);
	for (size_t i = 0; i < tab->count; i++)
		request_field(ret, set, call->columns.at[tab->shown[i]].column.id);
	request_field(ret, set, call->columns.at[screen_sort_of(&call->settings)->column].column.id);
	for (size_t i = 0; i < tab->count; i++)
		if (call->columns.at[tab->shown[i]].parts)
			for (unsigned id = TASK_anon_bytes; id <= TASK_shmem_bytes; id++)
				request_field(ret, set, id);
	if (call->settings.roll > ROLL_USER || call->only > ROLL_USER || call->settings.no_containers)
		request_field(ret, set, TASK_cgroup);
	if (call->settings.roll == ROLL_PROGRAM || call->only == ROLL_PROGRAM || call->settings.merged_command)
		request_field(ret, set, TASK_exe);
	filter_request(&call->filter, ret, set);
}

void screen_request(const struct screen_call *call, struct request *ret)
{
	*ret = (struct request){ .cpus = true, .swaps = true, .tasks = true };
	for (unsigned id = 0; id < MACHINE_FIELDS; id++) {
		enum source_id from = machine_fields[id].from;
		if (from == FROM_MEMINFO || from == FROM_VMSTAT || from == FROM_PRESSURE || from == FROM_LOADAVG ||
		    from == FROM_UPTIME || from == FROM_UNITS)
			request_machine(ret, id);
	}
	request_machine(ret, MACHINE_overcommit_mode);
	request_machine(ret, MACHINE_host_name);
	meters_request(call, ret);
	ret->threads = call->settings.threads ? OTHER_THREADS : NO_THREADS;
	ret->pids = call->pid_count ? call->pids : NULL;
	ret->pid_count = call->pid_count;
	/* Nobody is held up by reading a captured tree. */
	if (!call->shared.place.root) {
		ret->share_part = call->once || call->fresh ? 1 : SHARE_PART;
		ret->share_longest_ns = call->fresh ? INT64_MAX : SHARE_LONGEST_NS;
	}
	request_rows(call, ret);
}

static int64_t number_or(const struct view *view, size_t row, unsigned id, int64_t otherwise)
{
	view_number(view, row, id, &otherwise);
	return otherwise;
}

static bool is_thread(const struct view *view, size_t row)
{
	return number_or(view, row, TASK_is_thread, 0) != 0;
}

static bool is_kernels(const struct view *view, size_t row)
{
	return number_or(view, row, TASK_flags, 0) & PF_KTHREAD;
}

static bool is_of_group(const struct screen_call *call, const struct view *view, size_t row)
{
	struct buffer key = { 0 };

	if (!call->only)
		return true;
	screen_roll_key(call->only, view, row, &key);
	bool is = span_is(buffer_span(&key), call->only_name);
	buffer_done(&key);
	return is;
}

static bool is_wanted(const struct screen_call *call, const struct view *view, size_t row)
{
	const struct screen_settings *settings = &call->settings;
	struct span lines, container;

	if (!settings->kernel_threads && is_kernels(view, row))
		return false;
	if (call->user.wanted && number_or(view, row, TASK_euid, -1) != call->user.uid)
		return false;
	if (settings->no_containers && view_text(view, row, TASK_cgroup, &lines) && cgroup_container(lines, &container))
		return false;
	return is_of_group(call, view, row) && filter_fits(&call->filter, view, row);
}

static void count_rows(struct screen_frame *frame)
{
	const struct view *view = &frame->view;
	int64_t pid_most = 9999;

	for (size_t row = 0; row < view->now->count; row++) {
		int64_t rss = number_or(view, row, TASK_rss_bytes, 0), pid = number_or(view, row, TASK_pid, 0);
		int64_t state = number_or(view, row, TASK_state, 0);
		frame->running += state == 'R';
		frame->zombies += state == 'Z';
		frame->kernel_threads += is_kernels(view, row);
		if (!is_thread(view, row)) {
			frame->processes += !is_kernels(view, row);
			frame->threads += (size_t)number_or(view, row, TASK_threads, 1);
		}
		frame->parts_most = rss > frame->parts_most ? rss : frame->parts_most;
		pid_most = pid > pid_most ? pid : pid_most;
	}
	for (frame->pid_width = 0; pid_most; pid_most /= 10)
		frame->pid_width++;
}

static bool adds_up(const struct field *field)
{
	return field->kind != IDENTITY && field->kind != TEXT &&
	       (field->unit == BYTES || field->unit == PERCENT || field->unit == PER_SECOND ||
	        field->unit == BYTES_PER_SECOND || field->unit == BYTES_PER_MINUTE || field->id == TASK_threads ||
	        field->id == TASK_cpu_ns || field->id == TASK_fd_count || field->id == TASK_major_faults ||
	        field->id == TASK_minor_faults);
}

/* Memory belongs to processes: the rows of their threads say the same again. */
static bool item_sum(const struct screen_frame *frame, const struct screen_item *item, unsigned id, int64_t *ret)
{
	int64_t sum = 0, value;
	bool any = false;

	for (uint32_t i = item->first; i < item->first + item->count; i++) {
		if (is_thread(&frame->view, frame->order[i]) || !view_number(&frame->view, frame->order[i], id, &value))
			continue;
		any = true;
		if (__builtin_add_overflow(sum, value, &sum))
			return false;
	}
	*ret = sum;
	return any;
}

size_t screen_item_processes(const struct screen_frame *frame, const struct screen_item *item)
{
	size_t count = 0;

	for (uint32_t i = item->first; i < item->first + item->count; i++)
		count += !is_thread(&frame->view, frame->order[i]);
	return count;
}

bool screen_item_number(const struct screen_frame *frame, const struct screen_item *item,
                        const struct screen_column *column, int64_t *ret)
{
	const struct field *field = &task_fields[column->column.id];

	if (field->kind == TEXT)
		return false;
	if (!item->rolled)
		return view_number(&frame->view, screen_item_row(frame, item), field->id, ret);
	if (adds_up(field))
		return item_sum(frame, item, field->id, ret);
	/* Of a branch, that of the process that it begins with. */
	return !item->name.at && view_number(&frame->view, screen_item_row(frame, item), field->id, ret);
}

/* While its share is not known a process stands where it would at most: a share is never more than RES. */
static struct order_value row_value(const struct screen_frame *frame, const struct screen_column *column,
                                    const struct screen_item *item)
{
	uint32_t row = screen_item_row(frame, item);
	struct order_value value = column_value(&column->column, &frame->style, &frame->view, row);
	unsigned id = column->column.id;

	if ((id == TASK_pss_bytes || id == TASK_uss_bytes) && (item->rolled || value.is == ABSENT))
		value.is = screen_share_most(frame, item, id, &value.number) ? NUMBER : ABSENT;
	else if (item->rolled && value.is != WORDS)
		value.is = screen_item_number(frame, item, column, &value.number) ? NUMBER : ABSENT;
	else if (item->rolled)
		value.words = item->name.len ? item->name : value.words;
	return value;
}

bool screen_descends(const struct screen_call *call)
{
	const struct screen_sort *sort = screen_sort_of(&call->settings);
	enum kind kind = task_fields[call->columns.at[sort->column].column.id].kind;

	return (kind == TEXT || kind == IDENTITY) == sort->inverted;
}

static int sort_items(struct screen_frame *frame, const struct screen_call *call)
{
	const struct screen_column *column = &call->columns.at[screen_sort_of(&call->settings)->column];
	struct order_value *values = calloc(frame->count + 1, sizeof *values);
	uint32_t *places = calloc(frame->count + 1, sizeof *places);
	struct screen_item *sorted = calloc(frame->count + 1, sizeof *sorted);
	bool descending = screen_descends(call);
	int r = values && places && sorted ? 0 : -ENOMEM;

	for (uint32_t i = 0; r == 0 && i < frame->count; i++) {
		places[i] = i;
		values[i] = row_value(frame, column, &frame->items[i]);
	}
	if (r == 0)
		r = order_rows(places, frame->count, values, 1, &descending);
	for (size_t i = 0; r == 0 && i < frame->count; i++)
		sorted[i] = frame->items[places[i]];
	free(values);
	free(places);
	if (r < 0) {
		free(sorted);
		return r;
	}
	free(frame->items);
	frame->items = sorted;
	return 0;
}

static void single_items(struct screen_frame *frame)
{
	frame->count = frame->row_count;
	for (uint32_t i = 0; i < frame->count; i++)
		frame->items[i] = (struct screen_item){ .first = i, .count = 1, .branch = 1 };
}

static bool is_folded(const struct screen_folds *folds, int64_t pid)
{
	for (size_t i = 0; folds && i < folds->count; i++)
		if (folds->pids[i] == pid)
			return true;
	return false;
}

/* How many rows the branch that begins at `i` has. */
static uint32_t branch_length(const struct tree_row *tree, size_t count, size_t i)
{
	size_t end = i + 1;

	while (end < count && tree[end].depth > tree[i].depth)
		end++;
	return (uint32_t)(end - i);
}

/* Lines go down beside what lies between an ancestor and its next brother. */
static uint64_t guides_of(const struct screen_frame *frame, const struct tree_row *row)
{
	enum { DEEPEST = 63 };

	if (row->parent == TREE_ROOT)
		return 0;
	const struct screen_item *parent = &frame->items[row->parent];
	return parent->guides | (parent->last || parent->depth > DEEPEST ? 0 : UINT64_C(1) << parent->depth);
}

/* All lines of the tree, those below folded ones too. */
static int plant(struct screen_frame *frame, bool rolled)
{
	struct tree_row *tree;

	int r = tree_new(&frame->view, frame->order, frame->row_count, &tree);
	if (r < 0)
		return r;
	frame->count = frame->row_count;
	for (size_t i = 0; i < frame->count; i++) {
		uint32_t branch = branch_length(tree, frame->count, i);
		frame->order[i] = tree[i].row;
		frame->items[i] = (struct screen_item){ .first = (uint32_t)i,
			                                .count = rolled ? branch : 1,
			                                .branch = branch,
			                                .depth = tree[i].depth,
			                                .last = tree[i].last,
			                                .guides = guides_of(frame, &tree[i]),
			                                .rolled = rolled };
	}
	free(tree);
	return 0;
}

/* A folded line stands for its branch. */
static void fold(struct screen_frame *frame, const struct screen_folds *folds)
{
	size_t kept = 0;

	for (size_t i = 0; i < frame->count;) {
		struct screen_item item = frame->items[i];
		item.folded = item.branch > 1 &&
		              is_folded(folds, number_or(&frame->view, screen_item_row(frame, &item), TASK_pid, -1));
		if (item.folded) {
			item.count = item.branch;
			item.rolled = true;
		}
		i += item.folded ? item.branch : 1;
		frame->items[kept++] = item;
	}
	frame->count = kept;
}

/* The order of the rows becomes that of the items: brothers of a tree then stand in it. */
static int adopt_order(struct screen_frame *frame)
{
	uint32_t *order = calloc(frame->count + 1, sizeof *order);

	if (!order)
		return -ENOMEM;
	for (size_t i = 0; i < frame->count; i++)
		order[i] = screen_item_row(frame, &frame->items[i]);
	free(frame->order);
	frame->order = order;
	return 0;
}

static int make_tree(struct screen_frame *frame, const struct screen_call *call, const struct screen_folds *folds)
{
	bool rolled = call->settings.roll == ROLL_TREE;

	int r = rolled ? plant(frame, true) : 0;
	if (r == 0 && !rolled)
		single_items(frame);
	if (r == 0)
		r = sort_items(frame, call);
	if (r == 0)
		r = adopt_order(frame);
	if (r == 0)
		r = plant(frame, rolled);
	if (r == 0)
		fold(frame, folds);
	return r;
}

/* Rows of one name stand together then, and each name makes an item. */
static int group_rows(struct screen_frame *frame, const struct screen_call *call)
{
	struct order_value *keys = calloc(frame->view.now->count + 1, sizeof *keys);
	struct buffer key = { 0 };
	bool descending = false;

	if (!keys)
		return -ENOMEM;
	for (size_t i = 0; i < frame->row_count; i++) {
		buffer_clear(&key);
		screen_roll_key(call->settings.roll, &frame->view, frame->order[i], &key);
		keys[frame->order[i]] = (struct order_value){ WORDS, 0, arena_copy(&frame->texts, buffer_span(&key)) };
	}
	buffer_done(&key);
	int r = order_rows(frame->order, frame->row_count, keys, 1, &descending);
	frame->count = 0;
	for (uint32_t i = 0; r == 0 && i < frame->row_count; i++) {
		struct screen_item *last = frame->count ? &frame->items[frame->count - 1] : NULL;
		struct span name = keys[frame->order[i]].words;
		if (last && span_equal(last->name, name))
			last->count++;
		else
			frame->items[frame->count++] = (struct screen_item){
				.first = i, .count = 1, .branch = 1, .name = name, .rolled = true
			};
	}
	free(keys);
	return r < 0 ? r : sort_items(frame, call);
}

static int choose_rows(struct screen_frame *frame, const struct screen_call *call, const struct screen_folds *folds)
{
	size_t all = frame->view.now->count;

	frame->order = calloc(all + 1, sizeof *frame->order);
	frame->items = calloc(all + 1, sizeof *frame->items);
	if (!frame->order || !frame->items)
		return -ENOMEM;
	for (size_t row = 0; row < all; row++) {
		struct screen_sums sums = screen_row_sums(&frame->view, row);
		screen_sums_add(&frame->all, &sums);
		if (is_wanted(call, &frame->view, row)) {
			frame->order[frame->row_count++] = (uint32_t)row;
			screen_sums_add(&frame->shown, &sums);
		}
	}
	if (call->settings.roll > ROLL_TREE)
		return group_rows(frame, call);
	if (screen_is_tree(&call->settings))
		return make_tree(frame, call, folds);
	single_items(frame);
	return sort_items(frame, call);
}

int screen_frame_init(struct screen_frame *frame, const struct screen_call *call, const struct snapshot *now,
                      const struct snapshot *before, const struct watch *watch, const struct screen_folds *folds)
{
	*frame = (struct screen_frame){ .style = { .cpu_share = now->cpu_count ? (int64_t)now->cpu_count : 1,
		                                   .wall_ns = now->wall_ns,
		                                   .boot_wall_ns = now->wall_ns - now->boot_ns } };
	int r = view_init(&frame->view, now, before, watch);
	if (r < 0)
		return r;
	count_rows(frame);
	r = choose_rows(frame, call, folds);
	if (r < 0)
		screen_frame_done(frame);
	return r;
}

void screen_frame_done(struct screen_frame *frame)
{
	view_done(&frame->view);
	free(frame->order);
	free(frame->items);
	arena_done(&frame->texts);
	*frame = (struct screen_frame){ 0 };
}
