/* Writes settings of top in the form of procps 4.0.2: its top reads the file, and takes what is ours alone for
 * comments. */
#include "base/clock.h"
#include "render/number.h"
#include "tools/top.h"
#include "tools/top_toprc.h"

/* All that procps knows in our order, and then the places that it keeps for later. */
static void put_fields(struct buffer *buffer, const struct top *top, const struct top_window *window)
{
	enum { A_LINE = 20 };
	size_t count = 0;

	for (size_t i = 0; i < top->columns.count; i++)
		count += window->order[i] < TOPRC_KNOWN;
	buffer_format(buffer, "%s\tfieldscur=", window->name);
	size_t at = 0, later = count;
	for (size_t i = 0; i < TOPRC_PLACES; i++) {
		while (i < count && window->order[at] >= TOPRC_KNOWN)
			at++;
		size_t field = i < count ? window->order[at++] : later++;
		bool shown = i < count && window->shown[field];
		buffer_format(buffer, "%4zu ", (TOPRC_BASE + field) * 2 + shown);
		if ((i + 1) % A_LINE == 0)
			buffer_text(buffer, i + 1 < TOPRC_PLACES ? "\n\t\t" : "\n");
	}
}

static unsigned flags_of(const struct top_window *window)
{
	const struct {
		bool on;
		unsigned flag;
	} flags[] = {
		{ window->visible, TOPRC_VISIBLE_ROWS },
		{ window->forest, TOPRC_FOREST },
		{ !window->sorts[0].ascending, TOPRC_DESCENDING },
		{ !window->bold, TOPRC_NO_BOLD },
		{ window->idle, TOPRC_IDLE },
		{ window->children_time, TOPRC_CHILDREN },
		{ window->command_line, TOPRC_COMMAND_LINE },
		{ window->show_running, TOPRC_SHOW_RUNNING },
		{ window->show_sort, TOPRC_SHOW_SORT },
		{ !window->reverse, TOPRC_NOT_REVERSE },
		{ window->colour, TOPRC_COLOUR },
		{ window->memory_graph != GRAPH_HIDDEN, TOPRC_MEMORY },
		{ window->cpu_graph != GRAPH_HIDDEN, TOPRC_STATES },
		{ window->load, TOPRC_LOAD },
		{ window->cpus != CPUS_EACH, TOPRC_CPU_SUM },
		{ !window->numbers_left, TOPRC_NUMBERS_RIGHT },
		{ window->texts_right, TOPRC_TEXTS_RIGHT },
		{ window->coordinates, TOPRC_COORDINATES },
		{ window->cpus >= CPUS_NODES, TOPRC_NODES },
	};
	unsigned sum = 0;

	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
		sum |= flags[i].on ? flags[i].flag : 0;
	return sum;
}

/* What procps sorts by where it does not know ours. */
static unsigned sort_of(const struct top *top, const struct top_window *window)
{
	unsigned sort = window->sorts[0].column;

	return sort < TOPRC_KNOWN ? sort : (unsigned)top_column_find(&top->columns, SPAN("%CPU"));
}

static void put_window(struct buffer *buffer, const struct top *top, const struct top_window *window)
{
	put_fields(buffer, top, window);
	buffer_format(buffer,
	              "\twinflags=%u, sortindx=%u, maxtasks=%zu, graph_cpus=%d, graph_mems=%d, double_up=%u, "
	              "combine_cpus=%u, core_types=0\n",
	              flags_of(window), sort_of(top, window), window->tasks_most, window->cpu_graph % GRAPH_HIDDEN,
	              window->memory_graph % GRAPH_HIDDEN, window->abreast - 1, window->combined - 1);
	buffer_format(buffer, "\tsummclr=%d, msgsclr=%d, headclr=%d, taskclr=%d\n", window->colours[PART_SUMMARY],
	              window->colours[PART_MESSAGES], window->colours[PART_HEADS], window->colours[PART_TASKS]);
}

static void put_filters_of(struct buffer *buffer, const struct top *top, size_t which)
{
	const struct top_window *window = top_window_of(top, which);
	size_t known = 0;

	for (size_t i = 0; i < window->filter_count; i++)
		known += window->filters[i].column < TOPRC_KNOWN;
	if (!known)
		return;
	buffer_format(buffer, "window #%zu, osel_tot=%zu\n", which, known);
	for (size_t i = 0; i < window->filter_count; i++) {
		if (window->filters[i].column >= TOPRC_KNOWN)
			continue;
		buffer_format(buffer, "\ttype=%d,\tfilter=", window->filters[i].case_matters ? 'O' : 'o');
		top_filter_put(buffer, top, &window->filters[i]);
		buffer_char(buffer, '\n');
	}
}

static void put_filters(struct buffer *buffer, const struct top *top)
{
	struct buffer all = { 0 };

	for (size_t i = 0; i < TOP_WINDOWS; i++)
		put_filters_of(&all, top, i);
	if (all.len) {
		buffer_text(buffer, "\n" TOPRC_FILTERS_BEGIN "\n");
		buffer_add(buffer, buffer_span(&all));
		buffer_text(buffer, TOPRC_FILTERS_END "\n");
	}
	buffer_done(&all);
}

static void put_columns(struct buffer *buffer, const struct top *top, size_t which)
{
	const struct top_window *window = top_window_of(top, which);
	bool ours = false;

	for (size_t i = TOPRC_KNOWN; i < top->columns.count; i++)
		ours |= window->shown[i];
	if (!ours)
		return;
	buffer_format(buffer, TOPRC_OURS "window %zu columns", which);
	for (size_t i = 0; i < top->columns.count; i++)
		if (window->shown[window->order[i]])
			buffer_format(buffer, " %s", top->columns.at[window->order[i]].header);
	buffer_char(buffer, '\n');
}

/* What procps has no place for. */
static void put_ours(struct buffer *buffer, const struct top *top, size_t which)
{
	const struct top_window *window = top_window_of(top, which);

	put_columns(buffer, top, which);
	if (!window->promise)
		buffer_format(buffer, TOPRC_OURS "window %zu promise off\n", which);
	if (window->sort_count > 1 || window->sorts[0].column >= TOPRC_KNOWN) {
		buffer_format(buffer, TOPRC_OURS "window %zu sort", which);
		for (size_t i = 0; i < window->sort_count; i++)
			buffer_format(buffer, " %c%s", window->sorts[i].ascending ? '-' : '+',
			              top->columns.at[window->sorts[i].column].header);
		buffer_char(buffer, '\n');
	}
	if (window->colours[PART_MARKED] != window->colours[PART_TASKS])
		buffer_format(buffer, TOPRC_OURS "window %zu marked %d\n", which, window->colours[PART_MARKED]);
	for (size_t i = 0; i < window->filter_count; i++) {
		if (window->filters[i].column < TOPRC_KNOWN)
			continue;
		buffer_format(buffer, TOPRC_OURS "window %zu other type=%d, filter=", which,
		              window->filters[i].case_matters ? 'O' : 'o');
		top_filter_put(buffer, top, &window->filters[i]);
		buffer_char(buffer, '\n');
	}
}

/* Seconds with one decimal, or as many as it takes. */
static void put_delay(struct buffer *buffer, int64_t ns)
{
	unsigned decimals = 1;

	for (int64_t unit = NS_PER_S / 10; decimals < 9 && ns % unit; unit /= 10)
		decimals++;
	buffer_format(buffer, "%.*f", (int)decimals, (double)ns / NS_PER_S);
}

void top_toprc_write(struct buffer *buffer, const struct top *top)
{
	const struct top_settings *settings = &top->settings;

	buffer_format(buffer,
	              "top's Config File (Linux processes with windows)\nId:k, Mode_altscr=%d, Mode_irixps=%d, "
	              "Delay_time=",
	              settings->alternate, settings->irix);
	put_delay(buffer, settings->delay_ns);
	buffer_format(buffer, ", Curwin=%d\n", settings->current);
	for (size_t i = 0; i < TOP_WINDOWS; i++)
		put_window(buffer, top, &settings->windows[i]);
	buffer_format(buffer, "Fixed_widest=%d, Summ_mscale=%u, Task_mscale=%u, Zero_suppress=%d, Tics_scaled=%u\n",
	              settings->widening, settings->summary_unit, settings->task_unit, settings->zeros_blank,
	              settings->time_unit);
	put_filters(buffer, top);
	buffer_char(buffer, '\n');
	if (settings->threads)
		buffer_text(buffer, TOPRC_OURS "threads on\n");
	for (size_t i = 0; i < TOP_WINDOWS; i++)
		put_ours(buffer, top, i);
	buffer_text(buffer, top->inspect ? top->inspect : "");
}
