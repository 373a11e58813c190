/* Everything about one process: Enter in the vires screen. */
#include <errno.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/clock.h"
#include "render/number.h"
#include "render/stack.h"
#include "render/text.h"
#include "tools/screens/process_page.h"

/* A page table is walked under one lock, a mapping at a time; longer than this nobody is held up unasked. What was
 * never measured is taken for small pages on a busy machine. */
enum { NS_PER_MIB = 40000, LONGEST_NS = 10000000 };

static const uint8_t more_fields[] = {
	TASK_user,
	TASK_state,
	TASK_threads,
	TASK_nice,
	TASK_age_ns,
	TASK_cpu_ns,
	TASK_cgroup,
	TASK_fd_count,
	TASK_fd_limit,
	TASK_signals_pending,
	TASK_signals_blocked,
	TASK_signals_ignored,
	TASK_signals_caught,
	TASK_cpus_allowed,
	TASK_oom_score,
	TASK_oom_score_adj,
	TASK_ppid,
	TASK_cwd,
	TASK_exe,
	TASK_mapping_count,
};

static void keep(void *context, enum space_class class, const struct mapping *mapping)
{
	struct held_list *list = context;

	struct held *at = array_room(list->at, list->count, &list->capacity, sizeof *at);
	if (!at)
		return;
	list->at = at;
	struct held *held = &list->at[list->count++];
	*held = (struct held){ .start = (uint64_t)mapping->start, .end = (uint64_t)mapping->end, .class = class };
	if (mapping_has(mapping, rss_bytes))
		held->rss_bytes = mapping->rss_bytes;
	if (mapping_has(mapping, pss_bytes))
		held->pss_bytes = mapping->pss_bytes;
	if (mapping_has(mapping, swap_bytes))
		held->swap_bytes = mapping->swap_bytes;
	if (mapping_has(mapping, perms))
		memcpy(held->perms, mapping->perms.at, mapping->perms.len < 4 ? mapping->perms.len : 4);
	if (mapping_has(mapping, name))
		held->name = arena_copy(&list->names, mapping->name);
}

static void held_done(struct held_list *list)
{
	free(list->at);
	arena_done(&list->names);
	*list = (struct held_list){ 0 };
}

/* For how long it would be held up: as long as when its shares were read from the file, or what its RES lets fear. What
 * was measured on a busy machine has the time of others in it. */
static int64_t cost_of(const struct screen_show *show)
{
	int64_t rss = 0, measured, feared;
	uint32_t row;

	if (show->call->shared.place.root || !show_row_of(show, show->subject, &row))
		return 0;
	view_number(&show->frame.view, row, TASK_rss_bytes, &rss);
	feared = (rss >> 20) * NS_PER_MIB;
	bool held = view_number(&show->frame.view, row, TASK_pss_cost_ns, &measured) && measured > 0;
	return held && measured < feared ? measured : feared;
}

/* Reads it anew; `anyway`: its mappings too, however long that takes. */
static void read_process(struct screen_show *show, bool anyway)
{
	struct process_page *page = show->process;
	int64_t cost = cost_of(show);

	if (page->looked)
		why_look_done(&page->look);
	held_done(&page->now);
	page->would_take_ns = cost > LONGEST_NS && !anyway ? cost : 0;
	const struct why_wanted wanted = {
		.place = { show->call->shared.place.root, "proc" },
		.pid = show->subject.pid,
		.more = more_fields,
		.more_count = sizeof more_fields,
		.without_mappings = page->would_take_ns > 0,
		.step = show->call->shared.place.root && show->feed.samples ? show->feed.samples - 1 : 0,
		.visit = keep,
		.context = &page->now,
	};
	page->error = why_look_take(&wanted, &page->look);
	page->looked = page->error == 0;
	page->now.taken_ns = clock_ns(CLOCK_MONOTONIC);
	int64_t started = show->subject.started_ns;
	if (page->looked && view_number(&page->look.view, page->look.why.row, TASK_started_ns, &started) &&
	    started != show->subject.started_ns)
		page->error = -ESRCH; /* another process has the number now */
}

static void put_curve(struct buffer *text, const struct screen_show *show, size_t columns)
{
	const struct curve *curve = curve_set_find(&show->curves, show->subject.pid, show->subject.started_ns);
	int64_t points[CURVE_POINTS], least = INT64_MAX;

	if (!curve || curve->count < 2)
		return;
	for (uint32_t i = 0; i < curve->count; i++) {
		points[i] = curve->kib[i];
		least = points[i] < least ? points[i] : least;
	}
	int64_t most = 0;
	for (uint32_t i = 0; i < curve->count; i++)
		most = points[i] > most ? points[i] : most;
	/* From the lowest on: growth of a large process would not be seen otherwise. */
	for (uint32_t i = 0; i < curve->count; i++)
		points[i] -= least;
	mark(text, MARK_KEY);
	buffer_text(text, "RES since we look: ");
	mark(text, MARK_BAR);
	spark_put(text, points, curve->count, curve->count < columns / 2 ? curve->count : columns / 2,
	          show->call->settings.unicode);
	mark(text, MARK_PLAIN);
	buffer_char(text, ' ');
	number_size(text, least * 1024);
	buffer_text(text, " to ");
	number_size(text, most * 1024);
	buffer_format(text, " in %llds\n\n", (long long)((show->feed.now.monotonic_ns - curve->first_ns) / NS_PER_S));
}

static void fill_process(struct screen_show *show, size_t columns)
{
	struct process_page *page = show->process;
	struct buffer *text = &show->text, sentences = { 0 };

	if (page->error < 0) {
		buffer_format(text, "Process %lld: %s\n", (long long)show->subject.pid,
		              page->error == -ESRCH ? "it has ended" : strerror(-page->error));
		return;
	}
	why_head_put(text, &page->look.why, show->subject.pid, columns);
	put_curve(text, show, columns);
	process_put_space(text, page, show->call->settings.unicode, columns);
	process_put_moved(text, page, columns);
	if (page->list)
		process_put_mappings(text, page, columns);
	why_text(&page->look.why, &sentences);
	text_wrap(text, buffer_span(&sentences), columns, 6);
	buffer_char(text, '\n');
	process_put_rest(text, page, columns);
	buffer_done(&sentences);
}

/* From now on the page shows what has moved since. */
static void mark_moment(struct screen_show *show)
{
	struct process_page *page = show->process;

	read_process(show, false);
	held_done(&page->marked);
	page->marked = page->now;
	page->now = (struct held_list){ 0 };
	read_process(show, false);
	if (page->would_take_ns || page->error < 0)
		show_say(show, "Not marked: its mappings were not read");
	else
		show_say(show, "Marked: F5 shows what has moved since");
}

static bool press_process(struct screen_show *show, int key)
{
	switch (key) {
	case KEY_FUNCTION + 5:
	case 'r':
		read_process(show, false);
		break;
	case 'R':
		read_process(show, true);
		break;
	case 'd':
		mark_moment(show);
		break;
	case 'm':
		show->process->list = !show->process->list;
		break;
	case 'e':
	case 'l':
	case 'w':
		process_close(show);
		(key == 'e' ? pages_environment : key == 'l' ? pages_files : pages_command)(show);
		return true;
	default:
		return false;
	}
	page_fill(show, SIZE_MAX);
	return true;
}

static const struct screen_page process_page_of = {
	.title = "Process",
	.fill = fill_process,
	.live = true,
	.press = press_process,
	.keys = "m mappings  d mark, then what moved  e l w",
};

void process_open(struct screen_show *show)
{
	if (menus_open_group(show))
		return;
	if (!show_under_cursor(show, &show->subject)) {
		show_say(show, "No single process is under the cursor");
		return;
	}
	process_close(show);
	show->process = calloc(1, sizeof *show->process);
	if (!show->process)
		return;
	read_process(show, false);
	page_open(show, &process_page_of);
}

void process_close(struct screen_show *show)
{
	struct process_page *page = show->process;

	if (!page)
		return;
	if (page->looked)
		why_look_done(&page->look);
	held_done(&page->now);
	held_done(&page->marked);
	free(page);
	show->process = NULL;
}
