/* The lines above the table of the vires screen: promise, payment, pain. */
#include <errno.h>
#include <unistd.h>

#include "analysis/ledger.h"
#include "base/clock.h"
#include "model/cpu_times.h"
#include "render/duration.h"
#include "render/number.h"
#include "render/stack.h"
#include "render/text.h"
#include "render/uptime_line.h"
#include "tools/screen.h"

/* A line on its way; what does not fit is left out whole. */
struct line {
	struct buffer text, part;
	size_t width, used;
};

static void fit(struct line *line)
{
	size_t need = marked_width(buffer_span(&line->part));

	if (line->used + need <= line->width) {
		buffer_add(&line->text, buffer_span(&line->part));
		line->used += need;
	}
	buffer_clear(&line->part);
}

static void end_line(struct buffer *buffer, struct line *line)
{
	fit(line);
	buffer_add(buffer, buffer_span(&line->text));
	mark(buffer, MARK_PLAIN);
	buffer_char(buffer, '\n');
	buffer_done(&line->text);
	buffer_done(&line->part);
}

static void label(struct line *line, const char *word)
{
	mark(&line->part, MARK_KEY);
	buffer_format(&line->part, "%-6s", word);
	mark(&line->part, MARK_PLAIN);
}

static void put_bytes(struct line *line, const char *before, int64_t bytes, const char *behind)
{
	buffer_text(&line->part, before);
	mark(&line->part, MARK_VALUE);
	number_size(&line->part, bytes);
	mark(&line->part, MARK_PLAIN);
	buffer_text(&line->part, behind);
}

/* Own cost, as for any process: its row is among the others. */
static void put_cost(struct line *line, const struct view *view)
{
	int64_t pid, percent = 0, rss = 0, self = getpid();

	for (size_t row = 0; row < view->now->count && strcmp(view->now->source, "root") != 0; row++) {
		if (!view_number(view, row, TASK_pid, &pid) || pid != self)
			continue;
		if (view_number(view, row, TASK_cpu_percent, &percent) &&
		    view_number(view, row, TASK_rss_bytes, &rss)) {
			buffer_format(&line->part, "  self %.1f%% ", (double)percent / 10000);
			number_size(&line->part, rss);
		}
		return;
	}
}

static void put_who(struct buffer *buffer, const struct screen_call *call, const struct screen_frame *frame,
                    size_t width)
{
	const struct view *view = &frame->view;
	struct line line = { .width = width };
	int64_t up, there, seen = (int64_t)frame->threads;

	mark(&line.part, MARK_KEY);
	buffer_text(&line.part, "vires ");
	mark(&line.part, MARK_PLAIN);
	if (machine_has(&view->now->machine, host_name))
		text_put(&line.part, view->now->machine.host_name, 20);
	fit(&line);
	if (view_machine(view, MACHINE_uptime_ns, &up)) {
		buffer_text(&line.part, "  up ");
		duration_up(&line.part, up);
	}
	fit(&line);
	if (machine_has(&view->now->machine, load_1min)) {
		buffer_text(&line.part, "  load ");
		load_averages_put(&line.part, view, " ");
	}
	fit(&line);
	put_cost(&line, view);
	fit(&line);
	buffer_format(&line.part, "  %zu proc %zu thr", frame->processes, frame->threads);
	fit(&line);
	buffer_format(&line.part, " %zu run", frame->running);
	fit(&line);
	if (frame->zombies)
		buffer_format(&line.part, " %zu zombie", frame->zombies);
	fit(&line);
	if (call->pid_count == 0 && view_machine(view, MACHINE_threads_total, &there) && there > seen + 1 + seen / 50)
		buffer_format(&line.part, " %lld hidden", (long long)(there - seen));
	fit(&line);
	buffer_format(&line.part, "  %gs %s", (double)call->settings.delay_ns / NS_PER_S, view->now->source);
	end_line(buffer, &line);
}

/* One height for each CPU. */
static void put_each_cpu(struct line *line, const struct screen_call *call, const struct view *view)
{
	enum { MOST = 64, WHOLE = 1000000 };
	int64_t busy[MOST + 1];
	size_t count = 0;

	for (size_t i = 0; i < view->now->cpu_count && count < MOST; i++) {
		const struct cpu *cpu = &view->now->cpus[i], *past = cpu_find(view->before, cpu->id);
		struct cpu_times before, now;
		int64_t shares[CPU_USES];
		if (past && cpu_times_of_cpu(past, &before) && cpu_times_of_cpu(cpu, &now) &&
		    cpu_times_share(&before, &now, shares))
			busy[count++] = WHOLE - shares[CPU_IDLE] - shares[CPU_IOWAIT];
	}
	if (count == 0)
		return;
	buffer_format(&line->part, "  %zu CPUs ", view->now->cpu_count);
	/* A full one that is not shown makes all heights those of a whole CPU. */
	busy[count] = WHOLE;
	struct buffer heights = { 0 };
	spark_put(&heights, busy, count + 1, count + 1, call->settings.unicode);
	text_put(&line->part, buffer_span(&heights), count);
	buffer_done(&heights);
}

static void put_cpu(struct buffer *buffer, const struct screen_call *call, const struct view *view, size_t width)
{
	struct line line = { .width = width };
	struct cpu_times before, now;
	int64_t shares[CPU_USES];

	if (!view->before || !cpu_times_of_machine(&view->before->machine, &before) ||
	    !cpu_times_of_machine(&view->now->machine, &now) || !cpu_times_share(&before, &now, shares))
		return;
	int64_t user = shares[CPU_USER] + shares[CPU_NICE], wait = shares[CPU_IOWAIT], steal = shares[CPU_STEAL];
	int64_t system = shares[CPU_SYSTEM] + shares[CPU_IRQ] + shares[CPU_SOFTIRQ];
	const struct stack_part parts[] = {
		stack_memory(PART_ANON, user, call->settings.unicode),
		stack_memory(PART_KERNEL, system, call->settings.unicode),
		stack_memory(PART_SHMEM, steal, call->settings.unicode),
		stack_memory(PART_FREE, 1000000 - user - system - steal, call->settings.unicode),
	};
	label(&line, "CPU");
	buffer_char(&line.part, ' ');
	stack_put(&line.part, 20, 1000000, parts, sizeof parts / sizeof *parts);
	fit(&line);
	buffer_format(&line.part, " %.1f%% programs %.1f%% kernel %.1f%% waits for disks %.1f%% stolen",
	              (double)user / 10000, (double)system / 10000, (double)wait / 10000, (double)steal / 10000);
	fit(&line);
	put_each_cpu(&line, call, view);
	end_line(buffer, &line);
}

struct legend {
	const char *words[3]; /* the longer, the more room there is */
	enum memory_part part;
	int64_t bytes;
};

enum { PROGRAMS, SHARED, KERNEL, HUGE_POOL, GIVABLE, UNUSED, OTHER, LEGENDS };

static int64_t *legend_of(struct legend legends[LEGENDS], const struct ledger_part *part)
{
	static const struct {
		const char *name;
		int legend;
	} places[] = {
		{ "anonymous", PROGRAMS }, { "shared_memory", SHARED }, { "hugetlb", HUGE_POOL },
		{ "free", UNUSED },        { "unaccounted", OTHER },
	};

	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		if (!strcmp(part->name, places[i].name))
			return &legends[places[i].legend].bytes;
	return &legends[part->reclaimable ? GIVABLE : KERNEL].bytes;
}

static void put_ram_bar(struct buffer *buffer, const struct view *view, const struct ledger *ledger,
                        const struct stack_part *parts, size_t width)
{
	struct line line = { .width = width }, right = { .width = width };
	int64_t left;

	label(&line, "RAM");
	put_bytes(&line, " ", ledger->total_bytes, "  ");
	fit(&line);
	if (view_machine(view, MACHINE_mem_available_bytes, &left)) {
		put_bytes(&right, "  really left ", left, "");
		buffer_format(&right.part, " (%.0f%%)", 100.0 * (double)left / (double)ledger->total_bytes);
	}
	fit(&right);
	if (line.used + right.used + 10 > width) {
		buffer_clear(&right.text);
		right.used = 0;
	}
	stack_put(&line.part, width > line.used + right.used ? width - line.used - right.used : 0, ledger->total_bytes,
	          parts, LEGENDS);
	fit(&line);
	buffer_add(&line.part, buffer_span(&right.text));
	end_line(buffer, &line);
	buffer_done(&right.text);
	buffer_done(&right.part);
}

static size_t put_legend(struct buffer *buffer, const struct legend *legends, const struct stack_part *parts, int size,
                         size_t width)
{
	struct line line = { .width = width };
	size_t needed = 0;

	for (int i = 0; i < LEGENDS; i++) {
		if (legends[i].bytes == 0)
			continue;
		mark(&line.part, parts[i].mark);
		buffer_text(&line.part, parts[i].glyph);
		mark(&line.part, MARK_PLAIN);
		buffer_format(&line.part, " %s ", legends[i].words[size]);
		number_size(&line.part, legends[i].bytes);
		buffer_text(&line.part, size == 2 ? "  " : " ");
		needed += marked_width(buffer_span(&line.part));
		fit(&line);
	}
	end_line(buffer, &line);
	return needed;
}

static void put_ram(struct buffer *buffer, const struct screen_call *call, const struct view *view, size_t width)
{
	struct legend legends[LEGENDS] = {
		[PROGRAMS] = { { "prog", "programs", "programs" }, PART_ANON, 0 },
		[SHARED] = { { "shm", "shared", "shared memory" }, PART_SHMEM, 0 },
		[KERNEL] = { { "kernel", "kernel", "kernel" }, PART_KERNEL, 0 },
		[HUGE_POOL] = { { "huge", "huge pool", "huge page pool" }, PART_KERNEL, 0 },
		[GIVABLE] = { { "givable", "givable", "can be given back" }, PART_CACHE, 0 },
		[UNUSED] = { { "free", "free", "free" }, PART_FREE, 0 },
		[OTHER] = { { "other", "other", "unaccounted" }, PART_UNKNOWN, 0 },
	};
	struct stack_part parts[LEGENDS];
	struct buffer words = { 0 };
	struct ledger ledger;

	if (ledger_make(&view->now->machine, &ledger) < 0)
		return;
	for (size_t i = 0; i < ledger.count; i++)
		*legend_of(legends, &ledger.parts[i]) += ledger.parts[i].bytes;
	for (int i = 0; i < LEGENDS; i++)
		parts[i] = stack_memory(legends[i].part, legends[i].bytes, call->settings.unicode);
	put_ram_bar(buffer, view, &ledger, parts, width);
	for (int size = 2; size >= 0; size--) {
		buffer_clear(&words);
		if (put_legend(&words, legends, parts, size, width) <= width)
			break;
	}
	buffer_add(buffer, buffer_span(&words));
	buffer_done(&words);
}

static void put_promise(struct buffer *buffer, const struct view *view, size_t width)
{
	static const char *const modes[] = { "heuristic: refuses only the absurd", "always: grants everything",
		                             "never: refuses beyond the limit" };
	struct line line = { .width = width };
	int64_t charge, limit, mode;

	if (!view_machine(view, MACHINE_committed_bytes, &charge))
		return;
	label(&line, "COMMIT");
	put_bytes(&line, " ", charge, "");
	if (view_machine(view, MACHINE_commit_limit_bytes, &limit) && limit > 0) {
		put_bytes(&line, " of ", limit, "");
		buffer_format(&line.part, " (%.0f%%)", 100.0 * (double)charge / (double)limit);
	}
	buffer_text(&line.part, " promised");
	fit(&line);
	if (view_machine(view, MACHINE_overcommit_mode, &mode) && mode >= 0 && mode < 3)
		buffer_format(&line.part, "; mode %lld, %s", (long long)mode, modes[mode]);
	end_line(buffer, &line);
}

/* "/dev/zram0" -> "zram0" */
static struct span device_name(struct span path)
{
	ptrdiff_t slash = span_last(path, '/');

	return slash < 0 ? path : span_skip(path, (size_t)slash + 1);
}

/* Each area by itself: what is compressed in RAM is no disk. */
static void put_area(struct line *line, const struct swap *area)
{
	buffer_text(&line->part, "  ");
	text_put(&line->part, device_name(area->name), 24);
	put_bytes(line, " ", area->used_bytes, "");
	put_bytes(line, "/", area->size_bytes, "");
	if (swap_has(area, stored_bytes) && swap_has(area, stored_ram_bytes) && area->stored_ram_bytes > 0) {
		put_bytes(line, " in ", area->stored_ram_bytes, " of RAM");
		buffer_format(&line->part, " (%.1fx)", (double)area->stored_bytes / (double)area->stored_ram_bytes);
	}
	fit(line);
}

static void put_swap(struct buffer *buffer, const struct screen_call *call, const struct view *view,
                     const struct screen_past *past, size_t width)
{
	struct line line = { .width = width };
	int64_t total = 0, used = 0, in, out, pool, pages;

	label(&line, "SWAP");
	if (!view_machine(view, MACHINE_swap_total_bytes, &total))
		buffer_text(&line.part, " -");
	else if (total == 0)
		buffer_text(&line.part, " none");
	else if (view_machine(view, MACHINE_swap_used_bytes, &used)) {
		put_bytes(&line, " ", used, "");
		put_bytes(&line, " of ", total, "");
	}
	fit(&line);
	for (size_t i = 0; i < view->now->swap_count; i++)
		put_area(&line, &view->now->swaps[i]);
	if (view_machine(view, MACHINE_zswap_bytes, &pool) && view_machine(view, MACHINE_zswapped_bytes, &pages) &&
	    pool > 0) {
		put_bytes(&line, "  zswap ", pages, "");
		put_bytes(&line, " in ", pool, " of RAM");
		buffer_format(&line.part, " (%.1fx)", (double)pages / (double)pool);
	}
	fit(&line);
	if (total && view_machine(view, MACHINE_swap_in_bytes_per_s, &in) &&
	    view_machine(view, MACHINE_swap_out_bytes_per_s, &out)) {
		put_bytes(&line, "  in ", in, "/s");
		put_bytes(&line, " out ", out, "/s");
	}
	fit(&line);
	if (total) {
		buffer_char(&line.part, ' ');
		spark_put(&line.part, past->swap, past->count, 8, call->settings.unicode);
	}
	end_line(buffer, &line);
}

static void put_rate(struct line *line, const char *before, int64_t thousandths, const char *behind)
{
	struct buffer text = { 0 };

	number_count(&text, (thousandths + 500) / 1000, 5);
	struct span number = span_trim(buffer_span(&text));
	buffer_text(&line->part, before);
	mark(&line->part, MARK_VALUE);
	buffer_add(&line->part, number);
	mark(&line->part, MARK_PLAIN);
	buffer_text(&line->part, behind);
	buffer_done(&text);
}

static void put_pain(struct buffer *buffer, const struct screen_call *call, const struct view *view,
                     const struct screen_past *past, size_t width)
{
	struct line line = { .width = width };
	int64_t some, full, rate;
	bool wide = width >= 100;

	label(&line, "PAIN");
	if (view_machine(view, MACHINE_memory_some_10s_percent, &some) &&
	    view_machine(view, MACHINE_memory_full_10s_percent, &full))
		buffer_format(&line.part, wide ? " stalled %.1f%% some %.1f%% full" : " some %.1f%% full %.1f%%",
		              (double)some / 10000, (double)full / 10000);
	else
		buffer_text(&line.part, wide ? " stalled: not told by this kernel (no PSI)" : " stalled: no PSI");
	fit(&line);
	if (view_machine(view, MACHINE_faults_per_s, &rate)) {
		put_rate(&line, "  faults ", rate, "/s ");
		spark_put(&line.part, past->faults, past->count, wide ? 8 : 6, call->settings.unicode);
	}
	fit(&line);
	if (view_machine(view, MACHINE_major_faults_per_s, &rate))
		put_rate(&line, " major ", rate, "/s");
	fit(&line);
	if (view_machine(view, MACHINE_steal_pages_per_s, &rate)) {
		put_rate(&line, "  reclaim ", rate, wide ? " pages/s " : "/s ");
		spark_put(&line.part, past->reclaim, past->count, wide ? 8 : 4, call->settings.unicode);
	}
	end_line(buffer, &line);
}

void screen_limit_read(struct screen_call *call)
{
	/* Some twenty small files. */
	static const int64_t every_ns = 3 * NS_PER_S;
	struct cgroup *memory = &call->limit;
	int64_t now = clock_ns(CLOCK_MONOTONIC);

	if (call->limit_read_ns && now - call->limit_read_ns < every_ns)
		return;
	call->limit_read_ns = now;
	call->limit_group = (struct span){ 0 };
	if (!call->groups || call->own_group.len == 0 ||
	    groups_tightest(call->groups, buffer_span(&call->own_group), &call->limit_group, memory) < 0 ||
	    !cgroup_has(memory, current_bytes) || !cgroup_has(memory, limit_bytes) || memory->limit_bytes <= 0)
		call->limit_group = (struct span){ 0 };
}

/* Where we are in a group with a limit, that is the machine for us. */
static void put_group(struct buffer *buffer, const struct screen_call *call, size_t width)
{
	const struct cgroup memory = call->limit;
	struct line line = { .width = width };

	if (call->limit_group.len == 0)
		return;
	double share = (double)memory.current_bytes / (double)memory.limit_bytes;
	label(&line, "LIMIT");
	put_bytes(&line, " ", memory.current_bytes, "");
	put_bytes(&line, " of ", memory.limit_bytes, "");
	mark(&line.part, share > 0.9 ? MARK_BAD : MARK_PLAIN);
	buffer_format(&line.part, " %.0f%%", 100 * share);
	mark(&line.part, MARK_PLAIN);
	buffer_text(&line.part, " in ");
	text_put(&line.part, call->limit_group, 40);
	fit(&line);
	if (cgroup_has(&memory, cache_bytes) && cgroup_has(&memory, shmem_bytes)) {
		int64_t cache = memory.cache_bytes - memory.shmem_bytes;
		const struct stack_part parts[] = {
			stack_memory(PART_ANON, memory.current_bytes - cache, call->settings.unicode),
			stack_memory(PART_CACHE, cache, call->settings.unicode),
			stack_memory(PART_FREE, memory.limit_bytes - memory.current_bytes, call->settings.unicode),
		};
		buffer_text(&line.part, "  ");
		stack_put(&line.part, 20, memory.limit_bytes, parts, 3);
		put_bytes(&line, " ", cache, " can be given back");
	}
	end_line(buffer, &line);
}

void screen_header_put(struct buffer *buffer, const struct screen_call *call, const struct screen_frame *frame,
                       const struct screen_past *past, size_t width, size_t rows)
{
	enum { ROWS_FOR_MORE = 16, ROWS_FOR_ALL = 28, MEMORY_TAB = 0 };
	const struct view *view = &frame->view;

	put_who(buffer, call, frame, width);
	put_group(buffer, call, width);
	put_ram(buffer, call, view, width);
	if (rows < ROWS_FOR_MORE)
		return;
	if (rows >= ROWS_FOR_ALL || call->settings.tab != MEMORY_TAB)
		put_cpu(buffer, call, view, width);
	put_promise(buffer, view, width);
	put_swap(buffer, call, view, past, width);
	put_pain(buffer, call, view, past, width);
}

static void push(int64_t *values, size_t count, const struct view *view, unsigned id)
{
	int64_t value = 0;

	view_machine(view, id, &value);
	if (count == SCREEN_PAST)
		memmove(values, values + 1, (SCREEN_PAST - 1) * sizeof *values);
	values[count < SCREEN_PAST ? count : SCREEN_PAST - 1] = value;
}

void screen_past_add(struct screen_past *past, const struct view *view)
{
	int64_t in = 0, out = 0;

	push(past->faults, past->count, view, MACHINE_faults_per_s);
	push(past->reclaim, past->count, view, MACHINE_steal_pages_per_s);
	push(past->swap, past->count, view, MACHINE_swap_in_bytes_per_s);
	view_machine(view, MACHINE_swap_in_bytes_per_s, &in);
	view_machine(view, MACHINE_swap_out_bytes_per_s, &out);
	past->swap[past->count < SCREEN_PAST ? past->count : SCREEN_PAST - 1] = in + out;
	past->count += past->count < SCREEN_PAST;
}
