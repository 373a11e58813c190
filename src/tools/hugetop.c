/* vires hugetop: pools of huge pages, and the processes that use them. */
#include <errno.h>
#include <stdlib.h>

#include "base/clock.h"
#include "built_with.h"
#include "model/view.h"
#include "render/data_list.h"
#include "render/number.h"
#include "render/text.h"
#include "render/uptime_line.h"
#include "tools/run.h"
#include "tools/screens/refresh_screen.h"
#include "tools/words.h"

static const struct option_row option_rows[] = {
	{ 'd', "delay", TAKES, "secs", "delay updates", 0 },
	{ 'H', "human", ALONE, NULL, "sizes with their units", 0 },
	{ 'n', "numa", ALONE, NULL, "the pools of each memory node, too", 0 },
	{ 'o', "once", ALONE, NULL, "only display once, then exit", 0 },
	OPTIONS_DATA,
	OPTIONS_SOURCE,
	{ 'h', "help", ALONE, NULL, "display this help and exit", OPTION_HELP },
	{ 'V', "version", ALONE, NULL, "output version information and exit", OPTION_VERSION },
};

static const char notes[] =
	"Shows what hugetop of procps-ng 4.0.5 is about: a line for each pool of huge pages (hugetlb) with its pages, "
	"those that are free, those that are promised, and those beyond the pool's own size; then the processes that "
	"use some, the largest first. On the screen a blank takes the next sample at once, and q ends it.\n\n"
	"A pool's pages are RAM that nothing else can use, whether somebody uses them or not. What a process has of "
	"them is neither in its RES nor in its PSS. Transparent huge pages are something else: see "
	"*vires-meminfo*(1).\n\n"
	"*SHARED* and *PRIVATE* come from smaps_rollup, which is read of those processes alone of which *status* says "
	"that they use huge pages. What may not be read is -.";

struct hugetop {
	const struct tool *tool;
	struct shared shared;
	struct request request;
	struct source *source;
	int64_t delay_ns;
	bool human, nodes, once;
};

/* Those that use huge pages are worth a look at their mappings, and a line. */
static void choose(void *context, const struct snapshot *snapshot, bool *chosen)
{
	int64_t bytes;

	(void)context;
	for (size_t row = 0; row < snapshot->count; row++)
		chosen[row] = snapshot_number(snapshot, row, TASK_hugetlb_bytes, &bytes) && bytes > 0;
}

static void make_request(struct hugetop *hugetop)
{
	static const uint8_t fields[] = { TASK_pid, TASK_comm, TASK_hugetlb_bytes };
	static const uint8_t details[] = { TASK_shared_hugetlb_bytes, TASK_private_hugetlb_bytes };
	static const uint8_t machine[] = { MACHINE_uptime_ns, MACHINE_load_1min, MACHINE_load_5min, MACHINE_load_15min,
		                           MACHINE_users };
	struct request *request = &hugetop->request;

	request->tasks = request->huge_pools = request->only_chosen = true;
	request->choose = choose;
	for (size_t i = 0; i < sizeof fields; i++)
		request_field(request, &request->fields, fields[i]);
	for (size_t i = 0; i < sizeof details; i++)
		request_field(request, &request->details, details[i]);
	for (size_t i = 0; i < sizeof machine; i++)
		request_machine(request, machine[i]);
}

static void put_size(struct buffer *buffer, bool human, bool known, int64_t bytes, size_t width)
{
	size_t start = buffer->len;

	if (!known)
		buffer_char(buffer, '-');
	else if (human)
		number_human(buffer, bytes, false);
	else
		buffer_i64(buffer, bytes / 1024, 0);
	buffer_right(buffer, start, width);
}

static void put_pool(struct buffer *buffer, const struct huge_pool *pool)
{
	static const struct {
		uint8_t id;
		const char *word;
	} counts[] = { { HUGE_POOL_pages, "total" },
		       { HUGE_POOL_free_pages, "free" },
		       { HUGE_POOL_reserved_pages, "reserved" },
		       { HUGE_POOL_surplus_pages, "surplus" } };
	int64_t value;

	if (huge_pool_has(pool, node))
		buffer_format(buffer, "node%lld ", (long long)pool->node);
	number_human(buffer, pool->page_bytes, false);
	buffer_text(buffer, ":");
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
		if (record_number(&huge_pool_fields[counts[i].id], pool, &value))
			buffer_format(buffer, "%s %lld %s", i ? "," : "", (long long)value, counts[i].word);
	buffer_char(buffer, '\n');
}

/* The rows by what they use, the most first. */
static int compare(const void *left, const void *right, void *context)
{
	const struct view *view = context;
	uint32_t i = *(const uint32_t *)left, j = *(const uint32_t *)right;
	int64_t a = 0, b = 0;

	view_number(view, i, TASK_hugetlb_bytes, &a);
	view_number(view, j, TASK_hugetlb_bytes, &b);
	if (a != b)
		return a > b ? -1 : 1;
	return i < j ? -1 : i > j;
}

static void put_task(const struct hugetop *hugetop, struct buffer *buffer, const struct view *view, uint32_t row)
{
	int64_t pid = 0, shared = 0, private = 0;
	struct span comm = SPAN("");

	view_number(view, row, TASK_pid, &pid);
	view_text(view, row, TASK_comm, &comm);
	bool has_shared = view_number(view, row, TASK_shared_hugetlb_bytes, &shared);
	bool has_private = view_number(view, row, TASK_private_hugetlb_bytes, &private);
	buffer_i64(buffer, pid, 8);
	put_size(buffer, hugetop->human, has_shared, shared, 11);
	put_size(buffer, hugetop->human, has_private, private, 11);
	buffer_char(buffer, ' ');
	text_put(buffer, comm, SIZE_MAX);
	buffer_char(buffer, '\n');
}

static size_t put_summary(const struct hugetop *hugetop, struct buffer *buffer, const struct view *view)
{
	int64_t up_ns = -1;
	size_t lines = 2;

	view_machine(view, MACHINE_uptime_ns, &up_ns);
	buffer_text(buffer, "hugetop -");
	uptime_line_put(buffer, view, up_ns);
	buffer_char(buffer, '\n');
	for (size_t i = 0; i < view->now->huge_pool_count; i++) {
		if (huge_pool_has(&view->now->huge_pools[i], node) && !hugetop->nodes)
			continue;
		put_pool(buffer, &view->now->huge_pools[i]);
		lines++;
	}
	if (view->now->huge_pool_count == 0) {
		buffer_text(buffer, "no pools of huge pages\n");
		lines++;
	}
	buffer_char(buffer, '\n');
	return lines;
}

static void put_data(const struct hugetop *hugetop, struct buffer *buffer, const struct view *view,
                     const uint32_t *rows)
{
	static const uint8_t ids[] = { TASK_pid, TASK_comm, TASK_hugetlb_bytes, TASK_shared_hugetlb_bytes,
		                       TASK_private_hugetlb_bytes };
	const struct snapshot *now = view->now;

	if (hugetop->shared.data == DATA_CSV) {
		data_document(buffer, DATA_CSV, "hugetop", view, rows, now->count, ids, sizeof ids);
		return;
	}
	data_begin(buffer, "hugetop", now);
	data_records(buffer, "pools", &huge_pool_table, now->huge_pools, now->huge_pool_count, sizeof *now->huge_pools);
	data_tasks(buffer, "tasks", view, rows, now->count, ids, sizeof ids);
	data_end(buffer);
}

static int put_view(const struct hugetop *hugetop, struct buffer *buffer, struct view *view, size_t lines,
                    size_t *heading)
{
	size_t count = view->now->count;
	uint32_t *rows = calloc(count + 1, sizeof *rows);

	if (!rows)
		return complain(hugetop->tool, 1, "%s", strerror(ENOMEM));
	for (uint32_t row = 0; row < count; row++)
		rows[row] = row;
	qsort_r(rows, count, sizeof *rows, compare, view);
	if (hugetop->shared.data) {
		put_data(hugetop, buffer, view, rows);
	} else {
		*heading = put_summary(hugetop, buffer, view);
		buffer_text(buffer, "     PID     SHARED    PRIVATE COMMAND\n");
		for (size_t i = 0; i < count && (lines == SIZE_MAX || *heading + 1 + i < lines); i++)
			put_task(hugetop, buffer, view, rows[i]);
	}
	free(rows);
	return GO_ON;
}

/* Takes a sample and puts the page, at most so many lines of it. */
static int put_page(void *context, struct buffer *buffer, size_t lines, size_t *heading)
{
	struct hugetop *hugetop = context;
	struct snapshot now = { 0 };
	struct view view = { 0 };

	int r = source_take(hugetop->source, &hugetop->request, &now);
	if (r == 0)
		r = view_init(&view, &now, NULL, NULL);
	int status = r < 0 ? complain(hugetop->tool, 1, "cannot take a sample: %s", strerror(-r)) :
	                     put_view(hugetop, buffer, &view, lines, heading);
	if (r == 0)
		view_done(&view);
	snapshot_done(&now);
	return status;
}

static int set(void *context, int id, const char *argument)
{
	struct hugetop *hugetop = context;
	int64_t seconds;

	switch (id) {
	case 'd':
		if (!word_integer(argument, &seconds) || seconds < 1 || seconds > INT32_MAX)
			return complain(hugetop->tool, 1, "delay must be positive integer");
		hugetop->delay_ns = seconds * NS_PER_S;
		return GO_ON;
	case 'H':
		hugetop->human = true;
		return GO_ON;
	case 'n':
		hugetop->nodes = true;
		return GO_ON;
	case 'o':
		hugetop->once = true;
		return GO_ON;
	default:
		return shared_option(hugetop->tool, 1, &hugetop->shared, id, argument);
	}
}

static int show(struct hugetop *hugetop)
{
	struct buffer buffer = { 0 };
	size_t heading;

	if (!hugetop->once && !hugetop->shared.data) {
#if WITH_SCREEN
		const struct refresh refresh = { hugetop->tool, hugetop->delay_ns, hugetop, put_page, NULL };
		return refresh_screen(&refresh);
#else
		return complain(hugetop->tool, STATUS_NOT_POSSIBLE,
		                "built without the screen (ncurses); -o prints once");
#endif
	}
	int status = put_page(hugetop, &buffer, SIZE_MAX, &heading);
	say(hugetop->tool, &buffer);
	buffer_done(&buffer);
	return status == GO_ON ? 0 : status;
}

static int run(const struct tool *tool, int argc, char **argv)
{
	struct hugetop hugetop = { .tool = tool, .delay_ns = 3 * NS_PER_S };

	int status = options_read(tool, argc, argv, set, &hugetop);
	if (status == GO_ON && optind < argc)
		status = usage(tool, 1);
	if (status != GO_ON)
		return status;
	make_request(&hugetop);
	int r = place_open(&hugetop.shared.place, !hugetop.once, &hugetop.source);
	if (r < 0)
		return place_complain(tool, 1, &hugetop.shared.place, r);
	status = show(&hugetop);
	source_free(hugetop.source);
	return status;
}

TOOL(hugetop, {
		      .name = "hugetop",
		      .summary = "pools of huge pages, and the processes that use them",
		      .usage = "[options]",
		      TOOL_OPTIONS(option_rows),
		      .notes = notes,
		      .run = run,
	      });
