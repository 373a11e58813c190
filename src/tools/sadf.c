/* vires sadf: sar's views for programs, as tables, lines, JSON and XML. */
#include "tools/sadf.h"

#include <ctype.h>
#include <time.h>

#include "base/clock.h"

static const struct option_row option_rows[] = {
	{ 'd', NULL, ALONE, NULL, "a line a moment, semicolons between", 0 },
	{ 'p', NULL, ALONE, NULL, "a line a number, tabs between: the format when no other is chosen", 0 },
	{ 'j', NULL, ALONE, NULL, "JSON", 0 },
	{ 'x', NULL, ALONE, NULL, "XML", 0 },
	{ 'r', NULL, ALONE, NULL, "the kernel's own numbers: levels, and counters at both ends of the interval", 0 },
	{ 'h', NULL, ALONE, NULL, "with -d: all views of a moment on one line", 0 },
	{ 'T', NULL, ALONE, NULL, "local times", 0 },
	{ 't', NULL, ALONE, NULL, "times of the machine that is looked at: local ones", 0 },
	{ 'U', NULL, ALONE, NULL, "times in seconds since 1970", 0 },
	{ 'P', NULL, TAKES, "LIST|ALL", "CPUs: 0,2-4, all (together), ALL (together and each)", 0 },
	{ 0, "dev", TAKES, "LIST", "only these disks", SAR_DEVICES },
	OPTIONS_DATA,
	OPTIONS_SOURCE,
	{ 0, "help", ALONE, NULL, "this text", OPTION_HELP },
	{ 'V', "version", ALONE, NULL, "version", OPTION_VERSION },
	/* of recorded files, and formats that are not there */
	{ 'C', NULL, ALONE, NULL, NULL, 0 },
	{ 'H', NULL, ALONE, NULL, NULL, 0 },
	{ 'c', NULL, ALONE, NULL, NULL, 0 },
	{ 's', NULL, MAY_TAKE, "time", NULL, 0 },
	{ 'e', NULL, MAY_TAKE, "time", NULL, 0 },
	{ 'g', NULL, ALONE, NULL, NULL, 0 },
	{ 'l', NULL, ALONE, NULL, NULL, 0 },
	{ 'O', NULL, TAKES, "list", NULL, 0 },
	{ 0, "fs", TAKES, "list", NULL, SAR_NOT_HERE },
	{ 0, "iface", TAKES, "list", NULL, SAR_NOT_HERE },
	{ 0, "int", TAKES, "list", NULL, SAR_NOT_HERE },
};

/* What may follow behind --. */
static const struct option_row view_rows[] = { SAR_VIEW_OPTIONS };

static const char notes[] =
	"Prints what sadf of sysstat 12.6.1 (Debian 12) prints of a file, of what happens now: *sadf -d 1 5 -- -r* "
	"takes a sample a second. The options behind -- choose views as those of *sar* do; without any, CPUs.\n\n"
	"The first line of each view in *-d* names its columns; CPU -1 is all of them. Tables and lines come view by "
	"view, so those of a second view wait until the last sample, or Ctrl-C; *-h*, *-j* and *-x* write each sample "
	"at once.\n\n"
	"It differs:++\n"
	"- Recorded files cannot be read yet: it says so, status 2. SVG (*-g*) and PCP (*-l*) are no formats: status "
	"1.++\n"
	"- What the kernel does not say is null in JSON and empty elsewhere, not 0.";

void sadf_put_value(struct buffer *buffer, const struct sar_item *item, const struct sar_column *column,
                    const char *absent)
{
	struct figure_style style;
	int64_t value;

	figure_style_init(&style);
	if (!sar_value(item, column, &value)) {
		buffer_text(buffer, absent);
		return;
	}
	size_t start = buffer->len;
	figure_put_bare(buffer, &style, column->figure, value);
	for (size_t i = start; i < buffer->len; i++)
		if (!isdigit((unsigned char)buffer->at[i]) && buffer->at[i] != '-')
			buffer->at[i] = '.';
}

int64_t sadf_interval(const struct view *view)
{
	int64_t ns = 0;

	view_machine(view, MACHINE_interval_ns, &ns);
	return (ns + NS_PER_S / 2) / NS_PER_S;
}

void sadf_put_moment(struct buffer *buffer, int64_t wall_ns, bool local, const char *format)
{
	time_t at = (time_t)(wall_ns / NS_PER_S);
	char text[64];
	struct tm tm;

	if ((local ? localtime_r(&at, &tm) : gmtime_r(&at, &tm)) && strftime(text, sizeof text, format, &tm))
		buffer_text(buffer, text);
}

void sadf_put_time(struct buffer *buffer, const struct sadf *sadf, int64_t wall_ns)
{
	if (sadf->times == SADF_EPOCH)
		buffer_i64(buffer, wall_ns / NS_PER_S, 0);
	else
		sadf_put_moment(buffer, wall_ns, sadf->times == SADF_LOCAL,
		                sadf->times == SADF_LOCAL ? "%Y-%m-%d %H:%M:%S" : "%Y-%m-%d %H:%M:%S UTC");
}

static int set_format(struct sadf *sadf, enum sadf_format format, unsigned *seen)
{
	sadf->format = format;
	*seen |= 1U << format;
	return *seen & (*seen - 1) ? usage(sadf->sar.sysstat.samples.tool, 1) : GO_ON;
}

static int set_times(struct sadf *sadf, int times)
{
	if (sadf->times != SADF_UTC && (int)sadf->times != times)
		return usage(sadf->sar.sysstat.samples.tool, 1);
	sadf->times = times;
	return GO_ON;
}

struct words {
	struct sadf *sadf;
	unsigned formats; /* seen so far */
};

static int set(void *context, int id, const char *argument)
{
	struct words *words = context;
	struct sadf *sadf = words->sadf;

	switch (id) {
	case 'd':
		return set_format(sadf, SADF_TABLE, &words->formats);
	case 'p':
		return set_format(sadf, SADF_LINES, &words->formats);
	case 'j':
		return set_format(sadf, SADF_JSON, &words->formats);
	case 'x':
		return set_format(sadf, SADF_XML, &words->formats);
	case 'r':
		return set_format(sadf, SADF_RAW, &words->formats);
	case 'h':
		sadf->one_line = true;
		return GO_ON;
	case 'T':
	case 't':
		return set_times(sadf, SADF_LOCAL);
	case 'U':
		return set_times(sadf, SADF_EPOCH);
	case 'C':
	case 'H':
	case 'c':
	case 's':
	case 'e':
		return sar_no_files("sadf -d 1 5 -- -r");
	case 'g':
	case 'l':
	case 'O':
		return sysstat_complain(1, "-%c: vires has no such format; there are -d, -p, -j, -x and -r", id);
	default:
		return sar_option(&sadf->sar, id, argument);
	}
}

static int set_view(void *context, int id, const char *argument)
{
	return sar_option(context, id, argument);
}

static int put(struct samples *samples, struct buffer *buffer, const struct view *view)
{
	struct sadf *sadf = (struct sadf *)samples;
	bool tree = sadf->format == SADF_JSON || sadf->format == SADF_XML;

	if (samples->repeat.taken == 1) {
		if (!sar_check(&sadf->sar, view->now))
			return sysstat_complain(1, "Requested activities not available");
		int status = sar_check_data(&sadf->sar);
		if (status != GO_ON)
			return status;
		if (tree && !samples->shared.data)
			sadf_begin_tree(sadf, buffer, view->now);
	}
	if (!view->before)
		return GO_ON;
	if (samples->shared.data)
		sar_put_data(&sadf->sar, buffer, view);
	else if (tree)
		sadf_put_tree(sadf, buffer, view);
	else
		sadf_put_tables(sadf, buffer, view);
	return GO_ON;
}

/* Interval and count; a file in their place or behind them is one that cannot be read. */
static int set_words(struct sadf *sadf, int count, char **words)
{
	for (int i = 0; i < count; i++)
		if (!isdigit((unsigned char)words[i][0]))
			return sar_no_file(words[i], "sadf -d 1 5 -- -r");
	if (count == 0)
		return sar_no_file(NULL, "sadf -d 1 5 -- -r");
	if (!strcmp(words[0], "0"))
		return usage(sadf->sar.sysstat.samples.tool, 1);
	return sysstat_words(&sadf->sar.sysstat, count, words);
}

static int read_words(struct sadf *sadf, const struct tool *tool, int argc, char **argv)
{
	const struct tool views = { .name = tool->name, .usage = tool->usage, TOOL_OPTIONS(view_rows) };
	struct words words = { .sadf = sadf };
	int own = 0;

	while (own < argc && strcmp(argv[own], "--") != 0)
		own++;
	int status = options_read(tool, own, argv, set, &words);
	if (status == GO_ON)
		status = set_words(sadf, own - optind, argv + optind);
	if (status != GO_ON || own == argc)
		return status;
	status = options_read(&views, argc - own, argv + own, set_view, &sadf->sar);
	return status == GO_ON && argc - own > optind ? usage(tool, 1) : status;
}

static int run_words(struct sadf *sadf, const struct tool *tool, int argc, char **argv)
{
	struct samples *samples = &sadf->sar.sysstat.samples;
	struct buffer rest = { 0 };

	int status = read_words(sadf, tool, argc, argv);
	if (status != GO_ON)
		return status;
	sar_request(&sadf->sar);
	sadf_request_raw(sadf);
	samples->put = put;
	status = samples_run(samples);
	if (status == 0 && !samples->shared.data && sadf->format != SADF_JSON && sadf->format != SADF_XML)
		sadf_end_tables(sadf, &rest);
	else if (status == 0 && !samples->shared.data)
		sadf_end_tree(sadf, &rest);
	say(tool, &rest);
	buffer_done(&rest);
	return status;
}

static int run(const struct tool *tool, int argc, char **argv)
{
	struct sadf sadf = { 0 };
	char **words;

	if (sar_split_words(argc, argv, &words, &argc) < 0)
		return complain(tool, 4, "out of memory");
	sysstat_init(&sadf.sar.sysstat, tool);
	int status = run_words(&sadf, tool, argc, words);
	for (unsigned id = 0; id < SAR_VIEWS; id++)
		buffer_done(&sadf.tables[id]);
	sar_free_words(words);
	cpu_set_done(&sadf.sar.cpus);
	return status;
}

TOOL(sadf, {
		   .name = "sadf",
		   .summary = "what sar shows, for programs",
		   .usage = "[options] interval [count] [-- sar options]",
		   TOOL_OPTIONS(option_rows),
		   .notes = notes,
		   .run = run,
	   });
