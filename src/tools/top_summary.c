/* The lines above the table of top. */
#include <stdio.h>

#include "model/rate.h"
#include "render/bar.h"
#include "render/digits.h"
#include "render/marked.h"
#include "render/text.h"
#include "render/uptime_line.h"
#include "tools/top.h"

/* Where all windows can be seen, the name of the current one is there; it does not stand out when that one is hidden.
 */
static void put_load(struct buffer *buffer, const struct top *top, const struct view *view)
{
	const struct top_window *window = top_window_of(top, top->settings.current);
	int64_t up = -1;

	view_machine(view, MACHINE_uptime_ns, &up);
	if (top->settings.alternate) {
		mark(buffer, window->visible ? MARK_VALUE : MARK_PLAIN);
		buffer_format(buffer, "%d:", top->settings.current + 1);
		text_put(buffer, span_of(window->name), TOP_NAME - 1);
		mark(buffer, MARK_PLAIN);
		buffer_text(buffer, " -");
	} else {
		buffer_text(buffer, "top -");
	}
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
		buffer_char(buffer, ' ');
		buffer_u64(buffer, parts[i].count, 3);
		buffer_char(buffer, ' ');
		mark(buffer, MARK_PLAIN);
		buffer_text(buffer, parts[i].word);
	}
	buffer_char(buffer, '\n');
}

/* "%#.1f " in nine columns, or in KiB "%.0f "; what is too long is cut and ends in '+'. */
static void put_memory(struct buffer *buffer, const struct view *view, unsigned unit, unsigned id)
{
	enum { WIDTH = 9 };
	char text[DIGITS_MOST + 32] = "-";
	size_t len = 1;
	int64_t bytes;

	if (view_machine(view, id, &bytes))
		len = unit              ? digits_tenths(text, bytes, INT64_C(1024) << 10 * unit) :
		      bytes % 1024 == 0 ? digits_whole(text, bytes / 1024) :
		                          (size_t)snprintf(text, sizeof text, "%.0f", (double)bytes / 1024);
	text[len++] = ' ';
	if (len > WIDTH) {
		text[WIDTH - 1] = '+';
		len = WIDTH;
	}
	mark(buffer, MARK_VALUE);
	digits_right(buffer, text, len, WIDTH);
	mark(buffer, MARK_PLAIN);
}

static const char *const units[] = { "KiB", "MiB", "GiB", "TiB", "PiB", "EiB" };

static void put_memory_parts(struct buffer *buffer, const struct view *view, unsigned unit, const char *label,
                             const uint8_t ids[4], const char *const words[4])
{
	buffer_text(buffer, units[unit]);
	buffer_char(buffer, ' ');
	buffer_text(buffer, label);
	for (int i = 0; i < 4; i++) {
		put_memory(buffer, view, unit, ids[i]);
		buffer_text(buffer, words[i]);
	}
}

/* "MiB Mem :  4.2/24105.6  [|||   ]": the used share, and on a screen, where it looks otherwise, what caches could give
 * back. */
static void put_memory_bar(struct buffer *buffer, const struct view *view, const struct top *top, const char *label,
                           const uint8_t ids[3], unsigned abreast, size_t width)
{
	unsigned unit = top->settings.summary_unit;
	bool bars = top_window_of(top, top->settings.current)->memory_graph == GRAPH_BARS;
	int64_t total = 0, parts[BAR_PARTS] = { 0 }, amount;
	char size[64];

	view_machine(view, ids[0], &total);
	for (int i = 1; i < (top->batch ? 2 : 3); i++)
		if (ids[i] && view_machine(view, ids[i], &amount))
			share(amount, total, &parts[i - 1]);
	snprintf(size, sizeof size, unit ? "%#.1f" : "%.0f", (double)total / (double)(INT64_C(1024) << 10 * unit));
	buffer_format(buffer, "%s %s", units[unit], label);
	mark(buffer, MARK_VALUE);
	if (abreast < TOP_NARROW_ABREAST)
		buffer_format(buffer, ":%5.1f/%-9.9s", (double)parts[0] / 10000, size);
	else
		buffer_format(buffer, "%3.0f", (double)parts[0] / 10000);
	mark(buffer, MARK_PLAIN);
	bar_put(buffer, top_bar_length(abreast, width) + 2, parts, bars ? "|:." : "   ");
	buffer_char(buffer, ' ');
}

static void put_all_memory(struct buffer *buffer, const struct view *view, const struct top *top, size_t width)
{
	const struct top_window *window = top_window_of(top, top->settings.current);
	static const uint8_t ram[] = { MACHINE_mem_total_bytes, MACHINE_mem_free_bytes, MACHINE_mem_used_bytes,
		                       MACHINE_buff_cache_bytes };
	static const uint8_t swap[] = { MACHINE_swap_total_bytes, MACHINE_swap_free_bytes, MACHINE_swap_used_bytes,
		                        MACHINE_mem_gettable_bytes };
	static const char *const ram_words[] = { "total, ", "free, ", "used, ", "buff/cache     " };
	static const char *const swap_words[] = { "total, ", "free, ", "used. ", "avail Mem " };
	static const uint8_t ram_bar[] = { MACHINE_mem_total_bytes, MACHINE_mem_used_bytes, MACHINE_givable_bytes };
	static const uint8_t swap_bar[] = { MACHINE_swap_total_bytes, MACHINE_swap_used_bytes, 0 };
	unsigned abreast = window->cpus == CPUS_EACH ? window->abreast : 1;
	bool bars = window->memory_graph != GRAPH_TEXT;

	if (bars)
		put_memory_bar(buffer, view, top, "Mem ", ram_bar, abreast, width);
	else
		put_memory_parts(buffer, view, top->settings.summary_unit, "Mem : ", ram, ram_words);
	buffer_text(buffer, abreast > 1 ? "  " : "\n");
	if (bars)
		put_memory_bar(buffer, view, top, "Swap", swap_bar, abreast, width);
	else
		put_memory_parts(buffer, view, top->settings.summary_unit, "Swap: ", swap, swap_words);
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
	const struct top_window *window = top_window_of(top, top->settings.current);

	if (window->load)
		put_load(buffer, top, &frame->view);
	if (window->cpu_graph != GRAPH_HIDDEN) {
		put_tasks(buffer, top, frame);
		top_cpus_put(buffer, window, &frame->view, width);
	}
	if (window->memory_graph != GRAPH_HIDDEN)
		put_all_memory(buffer, &frame->view, top, width);
	if (window->promise)
		put_promise(buffer, &frame->view, top->settings.summary_unit, width);
}
