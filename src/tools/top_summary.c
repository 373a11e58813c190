/* The lines above the table of top. */
#include <stdio.h>

#include "render/marked.h"
#include "render/uptime_line.h"
#include "tools/top.h"

/* "%5.1f" of a share, or '-' when no time has passed. */
static void put_share(struct buffer *buffer, bool known, int64_t percent)
{
	if (known)
		buffer_format(buffer, "%5.1f ", (double)percent / 10000);
	else
		buffer_text(buffer, "    - ");
}

static void put_load(struct buffer *buffer, const struct view *view)
{
	int64_t up = -1;

	view_machine(view, MACHINE_uptime_ns, &up);
	buffer_text(buffer, "top -");
	uptime_line_put(buffer, view, up);
	buffer_char(buffer, '\n');
}

static void put_tasks(struct buffer *buffer, const struct top *top, const struct top_frame *frame)
{
	const struct {
		size_t count;
		const char *word;
	} parts[] = {
		{ frame->total, "total," },     { frame->running, "running," }, { frame->sleeping, "sleeping," },
		{ frame->stopped, "stopped," }, { frame->zombie, "zombie" },
	};

	buffer_text(buffer, top->settings.threads ? "Threads:" : "Tasks:");
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		mark(buffer, MARK_VALUE);
		buffer_format(buffer, " %3zu ", parts[i].count);
		mark(buffer, MARK_PLAIN);
		buffer_text(buffer, parts[i].word);
	}
	buffer_char(buffer, '\n');
}

static void put_cpu(struct buffer *buffer, const char *label, const struct cpu_times *before,
                    const struct cpu_times *now)
{
	static const char *const words[] = { "us,", "sy,", "ni,", "id,", "wa,", "hi,", "si,", "st " };
	int64_t shares[CPU_USES] = { 0 };
	bool known = before && now && cpu_times_share(before, now, shares);

	buffer_text(buffer, label);
	for (int use = 0; use < CPU_USES; use++) {
		mark(buffer, MARK_VALUE);
		put_share(buffer, known, shares[use]);
		mark(buffer, MARK_PLAIN);
		buffer_text(buffer, words[use]);
	}
}

static void put_all_cpus(struct buffer *buffer, const struct view *view)
{
	struct cpu_times before, now;
	bool known = view->before && cpu_times_of_machine(&view->before->machine, &before) &&
	             cpu_times_of_machine(&view->now->machine, &now);

	put_cpu(buffer, "%Cpu(s):", known ? &before : NULL, &now);
	buffer_char(buffer, '\n');
}

static void put_each_cpu(struct buffer *buffer, const struct view *view, unsigned abreast)
{
	for (size_t i = 0; i < view->now->cpu_count; i++) {
		const struct cpu *cpu = &view->now->cpus[i];
		const struct cpu *past = view->before ? cpu_find(view->before, cpu->id) : NULL;
		struct cpu_times before, now;
		char label[32];

		bool known = past && cpu_times_of_cpu(past, &before) && cpu_times_of_cpu(cpu, &now);
		snprintf(label, sizeof label, "%%Cpu%-3lld:", (long long)cpu->id);
		put_cpu(buffer, label, known ? &before : NULL, &now);
		bool last = i + 1 == view->now->cpu_count || (i + 1) % abreast == 0;
		buffer_text(buffer, last ? "\n" : "  ");
	}
}

/* "%#.1f " in nine columns, or in KiB "%.0f "; what is too long is cut and ends in '+'. */
static void put_memory(struct buffer *buffer, const struct view *view, unsigned unit, unsigned id)
{
	enum { WIDTH = 9 };
	char text[64] = "- ";
	int64_t bytes;

	if (view_machine(view, id, &bytes))
		snprintf(text, sizeof text, unit ? "%#.1f " : "%.0f ",
		         (double)bytes / (double)(INT64_C(1024) << 10 * unit));
	if (strlen(text) > WIDTH)
		memcpy(text + WIDTH - 1, "+", 2);
	mark(buffer, MARK_VALUE);
	buffer_format(buffer, "%*s", WIDTH, text);
	mark(buffer, MARK_PLAIN);
}

static void put_memory_parts(struct buffer *buffer, const struct view *view, unsigned unit, const char *label,
                             const uint8_t ids[4], const char *const words[4])
{
	static const char *const units[] = { "KiB", "MiB", "GiB", "TiB", "PiB", "EiB" };

	buffer_format(buffer, "%s %s", units[unit], label);
	for (int i = 0; i < 4; i++) {
		put_memory(buffer, view, unit, ids[i]);
		buffer_text(buffer, words[i]);
	}
}

static void put_all_memory(struct buffer *buffer, const struct view *view, const struct top_settings *settings)
{
	static const uint8_t ram[] = { MACHINE_mem_total_bytes, MACHINE_mem_free_bytes, MACHINE_mem_used_bytes,
		                       MACHINE_buff_cache_bytes };
	static const uint8_t swap[] = { MACHINE_swap_total_bytes, MACHINE_swap_free_bytes, MACHINE_swap_used_bytes,
		                        MACHINE_mem_gettable_bytes };
	static const char *const ram_words[] = { "total, ", "free, ", "used, ", "buff/cache     " };
	static const char *const swap_words[] = { "total, ", "free, ", "used. ", "avail Mem " };

	put_memory_parts(buffer, view, settings->summary_unit, "Mem : ", ram, ram_words);
	buffer_text(buffer, settings->abreast > 1 && settings->each_cpu ? "  " : "\n");
	put_memory_parts(buffer, view, settings->summary_unit, "Swap: ", swap, swap_words);
	buffer_char(buffer, '\n');
}

void top_summary_put(struct buffer *buffer, const struct top *top, const struct top_frame *frame, size_t width)
{
	const struct top_settings *settings = &top->settings;

	(void)width;
	if (settings->load)
		put_load(buffer, &frame->view);
	if (settings->cpu_graph != GRAPH_HIDDEN) {
		put_tasks(buffer, top, frame);
		if (settings->each_cpu)
			put_each_cpu(buffer, &frame->view, settings->abreast);
		else
			put_all_cpus(buffer, &frame->view);
	}
	if (settings->memory_graph != GRAPH_HIDDEN)
		put_all_memory(buffer, &frame->view, settings);
}
