/* The lines above the table of top. */
#include <stdio.h>

#include "model/rate.h"
#include "render/bar.h"
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

/* What is left for each where some stand abreast, with two blanks between them. */
static size_t part_width(const struct top_settings *settings, size_t width)
{
	size_t between = 2 * (settings->abreast - 1);

	return width > between ? (width - between) / settings->abreast : 0;
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

/* What one line, or half of one, shows of some CPUs. */
struct cpu_line {
	char label[32];
	bool known;
	int64_t shares[CPU_USES];
};

static void put_cpu_text(struct buffer *buffer, const struct cpu_line *line)
{
	static const char *const words[] = { "us,", "sy,", "ni,", "id,", "wa,", "hi,", "si,", "st " };

	buffer_text(buffer, line->label);
	for (int use = 0; use < CPU_USES; use++) {
		mark(buffer, MARK_VALUE);
		put_share(buffer, line->known, line->shares[use]);
		mark(buffer, MARK_PLAIN);
		buffer_text(buffer, words[use]);
	}
}

static void put_cpu_bar(struct buffer *buffer, const struct cpu_line *line, char glyph, size_t width)
{
	int64_t user = line->shares[CPU_USER] + line->shares[CPU_NICE];
	int64_t system = line->shares[CPU_SYSTEM] + line->shares[CPU_IRQ] + line->shares[CPU_SOFTIRQ];
	size_t start = buffer->len;

	buffer_text(buffer, line->label);
	mark(buffer, MARK_VALUE);
	buffer_format(buffer, "%5.1f/%-5.1f %3.0f", (double)user / 10000, (double)system / 10000,
	              (double)(user + system) / 10000);
	mark(buffer, MARK_PLAIN);
	size_t used = marked_width((struct span){ buffer->at + start, buffer->len - start });
	bar_put(buffer, used < width ? width - used : 0, (int64_t[BAR_PARTS]){ user, system }, glyph);
}

static void put_cpu(struct buffer *buffer, const struct top_settings *settings, const struct cpu_line *line,
                    size_t width)
{
	if (settings->cpu_graph == GRAPH_TEXT)
		put_cpu_text(buffer, line);
	else
		put_cpu_bar(buffer, line, settings->cpu_graph == GRAPH_BARS ? '|' : ' ', width);
}

static void put_all_cpus(struct buffer *buffer, const struct top_settings *settings, const struct view *view,
                         size_t width)
{
	struct cpu_line line = { .label = "%Cpu(s):" };
	struct cpu_times before, now;

	line.known = view->before && cpu_times_of_machine(&view->before->machine, &before) &&
	             cpu_times_of_machine(&view->now->machine, &now) && cpu_times_share(&before, &now, line.shares);
	put_cpu(buffer, settings, &line, width);
	buffer_char(buffer, '\n');
}

static void put_each_cpu(struct buffer *buffer, const struct top_settings *settings, const struct view *view,
                         size_t width)
{
	for (size_t i = 0; i < view->now->cpu_count; i++) {
		const struct cpu *cpu = &view->now->cpus[i];
		const struct cpu *past = view->before ? cpu_find(view->before, cpu->id) : NULL;
		struct cpu_line line = { 0 };
		struct cpu_times before, now;

		line.known = past && cpu_times_of_cpu(past, &before) && cpu_times_of_cpu(cpu, &now) &&
		             cpu_times_share(&before, &now, line.shares);
		snprintf(line.label, sizeof line.label, "%%Cpu%-3lld:", (long long)cpu->id);
		put_cpu(buffer, settings, &line, part_width(settings, width));
		bool last = i + 1 == view->now->cpu_count || (i + 1) % settings->abreast == 0;
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

static const char *const units[] = { "KiB", "MiB", "GiB", "TiB", "PiB", "EiB" };

static void put_memory_parts(struct buffer *buffer, const struct view *view, unsigned unit, const char *label,
                             const uint8_t ids[4], const char *const words[4])
{
	buffer_format(buffer, "%s %s", units[unit], label);
	for (int i = 0; i < 4; i++) {
		put_memory(buffer, view, unit, ids[i]);
		buffer_text(buffer, words[i]);
	}
}

/* "MiB Mem :  4.2/24105.6  [|||   ]": the used share, and what caches could give back. */
static void put_memory_bar(struct buffer *buffer, const struct view *view, const struct top_settings *settings,
                           const char *label, const uint8_t ids[3], size_t width)
{
	int64_t total = 0, parts[BAR_PARTS] = { 0 }, amount;
	size_t start = buffer->len;
	char size[64];

	view_machine(view, ids[0], &total);
	for (int i = 1; i < 3; i++)
		if (ids[i] && view_machine(view, ids[i], &amount))
			share(amount, total, &parts[i - 1]);
	snprintf(size, sizeof size, settings->summary_unit ? "%#.1f" : "%.0f",
	         (double)total / (double)(INT64_C(1024) << 10 * settings->summary_unit));
	buffer_format(buffer, "%s %s", units[settings->summary_unit], label);
	mark(buffer, MARK_VALUE);
	buffer_format(buffer, "%5.1f/%-9.9s", (double)parts[0] / 10000, size);
	mark(buffer, MARK_PLAIN);
	size_t used = marked_width((struct span){ buffer->at + start, buffer->len - start });
	bar_put(buffer, used < width ? width - used : 0, parts, settings->memory_graph == GRAPH_BARS ? '|' : ' ');
}

static void put_all_memory(struct buffer *buffer, const struct view *view, const struct top_settings *settings,
                           size_t width)
{
	static const uint8_t ram[] = { MACHINE_mem_total_bytes, MACHINE_mem_free_bytes, MACHINE_mem_used_bytes,
		                       MACHINE_buff_cache_bytes };
	static const uint8_t swap[] = { MACHINE_swap_total_bytes, MACHINE_swap_free_bytes, MACHINE_swap_used_bytes,
		                        MACHINE_mem_gettable_bytes };
	static const char *const ram_words[] = { "total, ", "free, ", "used, ", "buff/cache     " };
	static const char *const swap_words[] = { "total, ", "free, ", "used. ", "avail Mem " };
	static const uint8_t ram_bar[] = { MACHINE_mem_total_bytes, MACHINE_mem_used_bytes, MACHINE_givable_bytes };
	static const uint8_t swap_bar[] = { MACHINE_swap_total_bytes, MACHINE_swap_used_bytes, 0 };
	bool abreast = settings->abreast > 1 && settings->each_cpu, bars = settings->memory_graph != GRAPH_TEXT;

	if (abreast)
		width = part_width(settings, width);
	if (bars)
		put_memory_bar(buffer, view, settings, "Mem :", ram_bar, width);
	else
		put_memory_parts(buffer, view, settings->summary_unit, "Mem : ", ram, ram_words);
	buffer_text(buffer, abreast ? "  " : "\n");
	if (bars)
		put_memory_bar(buffer, view, settings, "Swap:", swap_bar, width);
	else
		put_memory_parts(buffer, view, settings->summary_unit, "Swap: ", swap, swap_words);
	buffer_char(buffer, '\n');
}

/* "Real" and "Prom": what is used, what caches could give back, and what was promised. Parts without room are left out
 * whole. */
struct part {
	const char *before;
	unsigned id;
	const char *behind;
};

static void put_parts(struct buffer *buffer, const struct view *view, unsigned unit, size_t width,
                      const struct part *parts, size_t count)
{
	size_t used = 0;

	for (size_t i = 0; i < count; i++) {
		struct buffer part = { 0 };
		buffer_text(&part, parts[i].before);
		if (parts[i].id < MACHINE_FIELDS)
			put_memory(&part, view, unit, parts[i].id);
		buffer_text(&part, parts[i].behind);
		size_t need = marked_width(buffer_span(&part));
		if (used + need <= width)
			buffer_add(buffer, buffer_span(&part));
		used += need;
		buffer_done(&part);
	}
	buffer_char(buffer, '\n');
}

static const char *overcommit_words(const struct view *view)
{
	static const char *const words[] = { "; heuristic: refuses only the absurd", "; always: grants everything",
		                             "; never: refuses beyond the limit" };
	int64_t mode;

	return view_machine(view, MACHINE_overcommit_mode, &mode) && mode >= 0 && mode < 3 ? words[mode] : "";
}

static void put_promise(struct buffer *buffer, const struct view *view, unsigned unit, size_t width)
{
	char real[16], promised[16];
	const struct part lines[2][3] = {
		{ { real, MACHINE_mem_used_bytes, "really used," },
		  { "", MACHINE_givable_bytes, "can be given back," },
		  { "", MACHINE_mem_free_bytes, "free" } },
		{ { promised, MACHINE_committed_bytes, "promised," },
		  { "", MACHINE_commit_limit_bytes, "limit" },
		  { "", MACHINE_FIELDS, overcommit_words(view) } },
	};

	snprintf(real, sizeof real, "%s Real: ", units[unit]);
	snprintf(promised, sizeof promised, "%s Prom: ", units[unit]);
	for (size_t i = 0; i < 2; i++)
		put_parts(buffer, view, unit, width, lines[i], 3);
}

void top_summary_put(struct buffer *buffer, const struct top *top, const struct top_frame *frame, size_t width)
{
	const struct top_settings *settings = &top->settings;

	if (settings->load)
		put_load(buffer, &frame->view);
	if (settings->cpu_graph != GRAPH_HIDDEN) {
		put_tasks(buffer, top, frame);
		(settings->each_cpu ? put_each_cpu : put_all_cpus)(buffer, settings, &frame->view, width);
	}
	if (settings->memory_graph != GRAPH_HIDDEN)
		put_all_memory(buffer, &frame->view, settings, width);
	if (settings->promise)
		put_promise(buffer, &frame->view, settings->summary_unit, width);
}
