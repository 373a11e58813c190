/* The lines above the table of the vires screen: promise, payment, pain. */
#include <unistd.h>

#include "base/clock.h"
#include "model/cpu_times.h"
#include "render/duration.h"
#include "render/number.h"
#include "render/stack.h"
#include "render/text.h"
#include "render/uptime_line.h"
#include "tools/screen_lines.h"
#include "tools/screen_meters.h"

void screen_label(struct fitted *line, const char *word)
{
	mark(&line->part, MARK_KEY);
	buffer_format(&line->part, "%-6s", word);
	mark(&line->part, MARK_PLAIN);
}

void screen_bytes(struct fitted *line, const char *before, int64_t bytes, const char *behind)
{
	buffer_text(&line->part, before);
	mark(&line->part, MARK_VALUE);
	number_size(&line->part, bytes);
	mark(&line->part, MARK_PLAIN);
	buffer_text(&line->part, behind);
}

void screen_line_end(struct fitted *line, struct buffer *buffer)
{
	fitted_end(line, buffer);
	buffer_char(buffer, '\n');
}

/* Own cost, as for any process: its row is among the others. */
static void put_cost(struct fitted *line, const struct view *view)
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
	struct fitted line = { .width = width };
	int64_t up, there, seen = (int64_t)frame->threads;

	mark(&line.part, MARK_KEY);
	buffer_text(&line.part, "vires ");
	mark(&line.part, MARK_PLAIN);
	if (machine_has(&view->now->machine, host_name))
		text_put(&line.part, view->now->machine.host_name, 20);
	fitted_part(&line);
	if (view_machine(view, MACHINE_uptime_ns, &up)) {
		buffer_text(&line.part, "  up ");
		duration_up(&line.part, up);
	}
	fitted_part(&line);
	if (machine_has(&view->now->machine, load_1min)) {
		buffer_text(&line.part, "  load ");
		load_averages_put(&line.part, view, " ");
	}
	fitted_part(&line);
	put_cost(&line, view);
	fitted_part(&line);
	buffer_format(&line.part, "  %zu proc", frame->processes);
	fitted_part(&line);
	buffer_format(&line.part, " %zu thr", frame->threads);
	fitted_part(&line);
	buffer_format(&line.part, " %zu run", frame->running);
	fitted_part(&line);
	if (frame->zombies)
		buffer_format(&line.part, " %zu zombie", frame->zombies);
	fitted_part(&line);
	if (call->pid_count == 0 && view_machine(view, MACHINE_threads_total, &there) && there > seen + 1 + seen / 50)
		buffer_format(&line.part, " %lld hidden", (long long)(there - seen));
	fitted_part(&line);
	buffer_format(&line.part, "  %gs %s", (double)call->settings.delay_ns / NS_PER_S, view->now->source);
	screen_line_end(&line, buffer);
}

/* One height for each CPU. */
static void put_each_cpu(struct fitted *line, const struct screen_call *call, const struct view *view)
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
	struct fitted line = { .width = width };
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
	screen_label(&line, "CPU");
	buffer_char(&line.part, ' ');
	stack_put(&line.part, 20, 1000000, parts, sizeof parts / sizeof *parts);
	fitted_part(&line);
	buffer_format(&line.part, " %.1f%% programs %.1f%% kernel %.1f%% waits for disks %.1f%% stolen",
	              (double)user / 10000, (double)system / 10000, (double)wait / 10000, (double)steal / 10000);
	fitted_part(&line);
	put_each_cpu(&line, call, view);
	screen_line_end(&line, buffer);
}

static void put_rate(struct fitted *line, const char *before, int64_t thousandths, const char *behind)
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
	struct fitted line = { .width = width };
	int64_t some, full, rate;
	bool wide = width >= 100;

	screen_label(&line, "PAIN");
	if (view_machine(view, MACHINE_memory_some_10s_percent, &some) &&
	    view_machine(view, MACHINE_memory_full_10s_percent, &full))
		buffer_format(&line.part, wide ? " stalled %.1f%% some %.1f%% full" : " some %.1f%% full %.1f%%",
		              (double)some / 10000, (double)full / 10000);
	else
		buffer_text(&line.part, wide ? " stalled: not told by this kernel (no PSI)" : " stalled: no PSI");
	fitted_part(&line);
	if (view_machine(view, MACHINE_faults_per_s, &rate)) {
		put_rate(&line, "  faults ", rate, "/s ");
		spark_put(&line.part, past->faults, past->count, wide ? 8 : 6, call->settings.unicode);
	}
	fitted_part(&line);
	if (view_machine(view, MACHINE_major_faults_per_s, &rate))
		put_rate(&line, " major ", rate, "/s");
	fitted_part(&line);
	if (view_machine(view, MACHINE_steal_pages_per_s, &rate)) {
		put_rate(&line, "  reclaim ", rate, wide ? " pages/s " : "/s ");
		spark_put(&line.part, past->reclaim, past->count, wide ? 8 : 4, call->settings.unicode);
	}
	screen_line_end(&line, buffer);
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
	struct fitted line = { .width = width };

	if (call->limit_group.len == 0)
		return;
	double share = (double)memory.current_bytes / (double)memory.limit_bytes;
	screen_label(&line, "LIMIT");
	screen_bytes(&line, " ", memory.current_bytes, "");
	screen_bytes(&line, " of ", memory.limit_bytes, "");
	mark(&line.part, share > 0.9 ? MARK_BAD : MARK_PLAIN);
	buffer_format(&line.part, " %.0f%%", 100 * share);
	mark(&line.part, MARK_PLAIN);
	buffer_text(&line.part, " in ");
	text_put(&line.part, call->limit_group, 40);
	fitted_part(&line);
	int64_t cache;
	if (cgroup_file_cache(&memory, &cache)) {
		const struct stack_part parts[] = {
			stack_memory(PART_ANON, memory.current_bytes - cache, call->settings.unicode),
			stack_memory(PART_CACHE, cache, call->settings.unicode),
			stack_memory(PART_FREE, memory.limit_bytes - memory.current_bytes, call->settings.unicode),
		};
		buffer_text(&line.part, "  ");
		stack_put(&line.part, 20, memory.limit_bytes, parts, 3);
		screen_bytes(&line, " ", cache, " can be given back");
	}
	screen_line_end(&line, buffer);
}

static void put_summary(struct buffer *buffer, const struct screen_call *call, const struct screen_frame *frame,
                        const struct screen_past *past, size_t width, size_t rows)
{
	enum { ROWS_FOR_MORE = 16, ROWS_FOR_ALL = 28, MEMORY_TAB = 0 };
	const struct view *view = &frame->view;

	put_who(buffer, call, frame, width);
	put_group(buffer, call, width);
	screen_ram_put(buffer, call, view, width);
	if (rows < ROWS_FOR_MORE)
		return;
	if (rows >= ROWS_FOR_ALL || call->settings.tab != MEMORY_TAB)
		put_cpu(buffer, call, view, width);
	screen_promise_put(buffer, view, width);
	screen_swap_put(buffer, call, view, past, width);
	put_pain(buffer, call, view, past, width);
}

void screen_header_put(struct buffer *buffer, const struct screen_call *call, const struct screen_frame *frame,
                       const struct screen_past *past, size_t width, size_t rows)
{
	if (call->settings.summary)
		put_summary(buffer, call, frame, past, width, rows);
	meters_put(buffer, call, frame, past, width, rows / 2);
}

void screen_past_push(int64_t *values, size_t count, int64_t value)
{
	if (count == SCREEN_PAST)
		memmove(values, values + 1, (SCREEN_PAST - 1) * sizeof *values);
	values[count < SCREEN_PAST ? count : SCREEN_PAST - 1] = value;
}

static void push(int64_t *values, size_t count, const struct view *view, unsigned id)
{
	int64_t value = 0;

	view_machine(view, id, &value);
	screen_past_push(values, count, value);
}

void screen_past_add(struct screen_past *past, const struct screen_call *call, const struct snapshot *now,
                     const struct snapshot *before)
{
	/* Of the machine, not of rows: none need be matched. */
	const struct view view = { .now = now, .before = before };
	int64_t in = 0, out = 0;

	push(past->faults, past->count, &view, MACHINE_faults_per_s);
	push(past->reclaim, past->count, &view, MACHINE_steal_pages_per_s);
	push(past->swap, past->count, &view, MACHINE_swap_in_bytes_per_s);
	view_machine(&view, MACHINE_swap_in_bytes_per_s, &in);
	view_machine(&view, MACHINE_swap_out_bytes_per_s, &out);
	past->swap[past->count < SCREEN_PAST ? past->count : SCREEN_PAST - 1] = in + out;
	meters_past_add(past, call, &view);
	past->count += past->count < SCREEN_PAST;
}
