/* vires sar: what the machine did in intervals, and how much of what it had. */
#include <stdio.h>

#include "tools/sar.h"

static const struct option_row option_rows[] = {
	SAR_VIEW_OPTIONS,
	{ 'h', NULL, ALONE, NULL, "the same as --human --pretty", 0 },
	{ 'p', "pretty", ALONE, NULL, "names of disks at the end of their lines", 0 },
	SYSSTAT_OPTIONS,
	{ 't', NULL, ALONE, NULL, "times of the machine that is looked at, as always without a file", 0 },
	{ 0, "sadc", ALONE, NULL, "who takes the samples", SAR_COLLECTOR },
	/* of recorded files */
	{ 'f', NULL, MAY_TAKE, "file", NULL, 0 },
	{ 'o', NULL, MAY_TAKE, "file", NULL, 0 },
	{ 's', NULL, MAY_TAKE, "time", NULL, 0 },
	{ 'e', NULL, MAY_TAKE, "time", NULL, 0 },
	{ 'i', NULL, TAKES, "seconds", NULL, 0 },
	{ 'C', NULL, ALONE, NULL, NULL, 0 },
	{ 'D', NULL, ALONE, NULL, NULL, 0 },
	/* views that are not there */
	{ 'F', NULL, MAY_TAKE, "MOUNT", NULL, 0 },
	{ 'I', NULL, TAKES, "list", NULL, 0 },
	{ 'j', NULL, TAKES, "kind", NULL, 0 },
	{ 'm', NULL, TAKES, "list", NULL, 0 },
	{ 'n', NULL, TAKES, "list", NULL, 0 },
	{ 'y', NULL, ALONE, NULL, NULL, 0 },
	{ 0, "fs", TAKES, "list", NULL, SAR_NOT_HERE },
	{ 0, "iface", TAKES, "list", NULL, SAR_NOT_HERE },
	{ 0, "int", TAKES, "list", NULL, SAR_NOT_HERE },
	OPTIONS_DATA,
	OPTIONS_SOURCE,
	{ 0, "help", ALONE, NULL, "this text", OPTION_HELP },
	{ 'V', "version", ALONE, NULL, "version", OPTION_VERSION },
};

static const char notes[] =
	"Prints what sar of sysstat 12.6.1 (Debian 12) prints, with an interval in seconds and maybe a count: a line "
	"of each view in each interval, and the means at the end or at Ctrl-C. With interval 0, means since boot. "
	"S_TIME_FORMAT, S_COLORS and S_COLORS_SGR are obeyed.\n\n"
	"Rates are by the time that has really passed. The time in a heading is that of the sample before. *%memused* "
	"and *kbmemused* leave out all page cache and all kernel objects, as sar did before 12.7.8; memory that could "
	"be had is *kbavail*. *%commit* may be above 100. *fault/s* counts minor and major faults. *-b* counts "
	"hardware, not what is made of it (dm, md, loop).\n\n"
	"It differs:++\n"
	"- Recorded files (*-f*, *-o*, *-s*, *-e*, *-i*, *-1*, or no interval) cannot be read or made yet: it says "
	"so, or that there is none, status 2.++\n"
	"- *-A* shows all views that there are. File systems, interrupts, networks, power and serial lines are none: "
	"asking for one says so, status 1.++\n"
	"- *pgsteal/s* counts each page once. The old tool counts most pages twice on newer kernels, and its *%vmeff* "
	"is twice what it should be.++\n"
	"- What the kernel does not say is -, not 0.";

static int set(void *context, int id, const char *argument)
{
	struct sar *sar = context;

	switch (id) {
	case 'h':
		sar->pretty = true;
		return sysstat_option(&sar->sysstat, SYSSTAT_HUMAN, NULL);
	case 't':
		return GO_ON; /* there is no other zone than that of the machine */
	case 'f':
		return sar_no_file(argument, "sar -r 1 5");
	case 'o':
	case 'C':
	case 'D':
	case 'i':
		return sar_no_files("sar -r 1 5");
	case 's':
	case 'e':
		sar->from_time = true;
		return GO_ON;
	case SAR_COLLECTOR:
		printf("Data collector: none. sar takes the samples itself.\n");
		return 0;
	default:
		return sar_option(sar, id, argument);
	}
}

static int put(struct samples *samples, struct buffer *buffer, const struct view *view)
{
	struct sar *sar = (struct sar *)samples;

	if (samples->repeat.taken == 1) {
		if (!sar_check(sar, view->now))
			return sysstat_complain(1, "Requested activities not available");
		int status = sar_check_data(sar);
		if (status != GO_ON)
			return status;
		if (!samples->shared.data)
			sysstat_put_banner(&sar->sysstat, buffer, view->now);
	}
	if (!view->before)
		return GO_ON;
	if (mean_add(&sar->mean, view) < 0)
		return complain(samples->tool, 4, "out of memory");
	if (samples->shared.data)
		sar_put_data(sar, buffer, view);
	else
		sar_put(sar, buffer, view);
	return GO_ON;
}

static void put_averages(struct samples *samples, struct buffer *buffer, const struct view *whole)
{
	if (samples->shared.data)
		return;
	if (repeat_was_interrupted())
		buffer_char(buffer, '\n'); /* the terminal shows ^C there */
	sar_put_average((struct sar *)samples, buffer, whole);
}

/* The words behind the options; what stands for a recorded file, in all its forms. */
static int set_words(struct sar *sar, int count, char **words)
{
	for (int i = 0; i < count; i++)
		if (words[i][0] == '-')
			return sar_no_files("sar -r 1 5");
	if (count == 0)
		return sar_no_file(NULL, "sar -r 1 5");
	if (sar->from_time)
		return sysstat_complain(1, "Not reading from a system activity file (use -f option)");
	if (count == 2 && !strcmp(words[0], "0"))
		return usage(sar->sysstat.samples.tool, 1);
	return sysstat_words(&sar->sysstat, count, words);
}

static int run_words(struct sar *sar, const struct tool *tool, int argc, char **argv)
{
	int status = options_read(tool, argc, argv, set, sar);

	if (status == GO_ON)
		status = set_words(sar, argc - optind, argv + optind);
	if (status != GO_ON)
		return status;
	sar_request(sar);
	sar->sysstat.samples.put = put;
	sar->sysstat.samples.at_end = put_averages;
	return samples_run(&sar->sysstat.samples);
}

static int run(const struct tool *tool, int argc, char **argv)
{
	struct sar sar = { 0 };
	char **words;

	if (sar_split_words(argc, argv, &words, &argc) < 0)
		return complain(tool, 4, "out of memory");
	sysstat_init(&sar.sysstat, tool);
	int status = run_words(&sar, tool, argc, words);
	sar_free_words(words);
	cpu_set_done(&sar.cpus);
	mean_done(&sar.mean);
	return status;
}

TOOL(sar, {
		  .name = "sar",
		  .summary = "memory, paging, swap, CPUs, load and disks, in intervals",
		  .usage = "[options] [interval [count]]",
		  TOOL_OPTIONS(option_rows),
		  .notes = notes,
		  .run = run,
	  });
