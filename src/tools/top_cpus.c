/* The lines of top on what the CPUs do: all in one, each, some combined, or by memory nodes. */
#include <stdio.h>

#include "render/bar.h"
#include "render/digits.h"
#include "tools/top.h"

enum { NODES_MOST = 1024 };

/* What one line, or half of one, shows of some CPUs. */
struct line {
	char label[32];
	bool known;
	int64_t shares[CPU_USES];
};

/* The lines so far: how many of them stand on the one that is being written. */
struct lines {
	struct buffer *buffer;
	const struct top_window *window;
	size_t length; /* of bars */
	unsigned abreast, count;
};

/* "%5.1f" of a share, or '-' when no time has passed. */
static void put_share(struct buffer *buffer, bool known, int64_t percent)
{
	char text[DIGITS_MOST] = "-";
	size_t len = known ? digits_tenths(text, percent, 10000) : 1;

	digits_right(buffer, text, len, 5);
	buffer_char(buffer, ' ');
}

static void put_text(struct buffer *buffer, const struct line *line)
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

size_t top_bar_length(unsigned abreast, size_t width)
{
	enum { ALL_WORDS = 25, FEW_WORDS = 12, BEHIND = 2, BETWEEN = 2, LEAST = 10, MOST = 100 };
	size_t words = abreast < TOP_NARROW_ABREAST ? ALL_WORDS : FEW_WORDS;
	size_t used = abreast * (words + BEHIND) + (abreast - 1) * BETWEEN;
	size_t length = width > used ? (width - used) / abreast : 0;

	return length < LEAST ? LEAST : length > MOST ? MOST : length;
}

static void put_bar(struct buffer *buffer, const struct line *line, bool narrow, const char *glyphs, size_t length)
{
	int64_t user = line->shares[CPU_USER] + line->shares[CPU_NICE];
	int64_t system = line->shares[CPU_SYSTEM] + line->shares[CPU_IRQ] + line->shares[CPU_SOFTIRQ];

	buffer_text(buffer, line->label);
	mark(buffer, MARK_VALUE);
	if (!narrow)
		buffer_format(buffer, "%6.1f/%-5.1f ", (double)user / 10000, (double)system / 10000);
	buffer_format(buffer, "%3.0f", (double)(user + system) / 10000);
	mark(buffer, MARK_PLAIN);
	bar_put(buffer, length + 2, (int64_t[BAR_PARTS]){ user, system }, glyphs);
	buffer_char(buffer, ' ');
}

static void put_line(struct lines *lines, const struct line *line)
{
	enum top_graph graph = lines->window->cpu_graph;

	if (lines->count % lines->abreast)
		buffer_text(lines->buffer, "  ");
	else if (lines->count)
		buffer_char(lines->buffer, '\n');
	if (graph == GRAPH_TEXT)
		put_text(lines->buffer, line);
	else
		put_bar(lines->buffer, line, lines->abreast >= TOP_NARROW_ABREAST, graph == GRAPH_BARS ? "|||" : "   ",
		        lines->length);
	lines->count++;
}

static void put_all(struct lines *lines, const struct view *view)
{
	struct line line = { .label = "%Cpu(s):" };
	struct cpu_times before, now;

	line.known = view->before && cpu_times_of_machine(&view->before->machine, &before) &&
	             cpu_times_of_machine(&view->now->machine, &now) && cpu_times_share(&before, &now, line.shares);
	put_line(lines, &line);
}

static bool is_of_node(const struct cpu *cpu, int64_t node)
{
	return node < 0 || (cpu_has(cpu, node) && cpu->node == node);
}

/* The CPUs from `first` on, of a node or with -1 of any, `most` at most, taken together. Gives back where they end. */
static size_t put_some(struct lines *lines, const struct view *view, size_t first, size_t most, int64_t node,
                       const char *label)
{
	struct cpu_times before = { 0 }, now = { 0 }, one;
	struct line line = { 0 };
	size_t count = 0, i;
	int64_t from = 0, to = 0;

	for (i = first; i < view->now->cpu_count && count < most; i++) {
		const struct cpu *cpu = &view->now->cpus[i];
		const struct cpu *past = view->before ? cpu_find(view->before, cpu->id) : NULL;
		if (!is_of_node(cpu, node))
			continue;
		from = count++ ? from : cpu->id;
		to = cpu->id;
		if (!past || !cpu_times_of_cpu(past, &one))
			continue;
		cpu_times_add(&before, &one);
		if (cpu_times_of_cpu(cpu, &one))
			cpu_times_add(&now, &one);
	}
	if (!count)
		return i;
	if (label)
		snprintf(line.label, sizeof line.label, "%s", label);
	else if (lines->window->combined > 1)
		snprintf(line.label, sizeof line.label, "%lld-%lld", (long long)from, (long long)to);
	else
		snprintf(line.label, sizeof line.label, "%%Cpu%lld", (long long)from);
	size_t len = strlen(line.label);
	snprintf(line.label + len, sizeof line.label - len, "%*s:", len < 7 ? (int)(7 - len) : 0, "");
	line.known = cpu_times_share(&before, &now, line.shares);
	put_line(lines, &line);
	return i;
}

static void put_each(struct lines *lines, const struct view *view, int64_t node)
{
	size_t at = 0;

	while (at < view->now->cpu_count)
		at = put_some(lines, view, at, lines->window->combined, node, NULL);
}

static void put_node(struct lines *lines, const struct view *view, int64_t node)
{
	char label[32];

	snprintf(label, sizeof label, "%%Node%lld", (long long)node);
	put_some(lines, view, 0, SIZE_MAX, node, label);
}

/* Nodes by number: those that any CPU is near to. */
static void put_nodes(struct lines *lines, const struct view *view)
{
	int64_t most = -1;

	for (size_t i = 0; i < view->now->cpu_count; i++)
		if (cpu_has(&view->now->cpus[i], node) && view->now->cpus[i].node > most)
			most = view->now->cpus[i].node;
	for (int64_t node = 0; node <= most && node < NODES_MOST; node++)
		put_node(lines, view, node);
}

void top_cpus_put(struct buffer *buffer, const struct top_window *window, const struct view *view, size_t width)
{
	unsigned abreast = window->cpus == CPUS_EACH ? window->abreast : 1;
	struct lines lines = { buffer, window, top_bar_length(abreast, width), abreast, 0 };

	switch (window->cpus) {
	case CPUS_EACH:
		put_each(&lines, view, -1);
		break;
	case CPUS_NODE:
		put_node(&lines, view, window->node);
		put_each(&lines, view, window->node);
		break;
	case CPUS_NODES:
		put_all(&lines, view);
		put_nodes(&lines, view);
		break;
	case CPUS_ALL:
		put_all(&lines, view);
	}
	if (lines.count)
		buffer_char(buffer, '\n');
}
