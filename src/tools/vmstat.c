/* vires vmstat: how busy memory, swap, disks and CPUs are, a line a moment. */
#include <time.h>

#include "base/clock.h"
#include "render/duration.h"
#include "tools/vmstat.h"
#include "tools/words.h"

static const struct option_row option_rows[] = {
	{ 'a', "active", ALONE, NULL, "active/inactive memory", 0 },
	{ 'f', "forks", ALONE, NULL, "number of forks since boot", 0 },
	{ 'm', "slabs", ALONE, NULL, "slabinfo", 0 },
	{ 'n', "one-header", ALONE, NULL, "do not redisplay header", 0 },
	{ 's', "stats", ALONE, NULL, "event counter statistics", 0 },
	{ 'd', "disk", ALONE, NULL, "disk statistics", 0 },
	{ 'D', "disk-sum", ALONE, NULL, "summarize disk statistics", 0 },
	{ 'p', "partition", TAKES, "dev", "partition specific statistics", 0 },
	{ 'S', "unit", TAKES, "char", "define display unit", 0 },
	{ 'w', "wide", ALONE, NULL, "wide output", 0 },
	{ 't', "timestamp", ALONE, NULL, "show timestamp", 0 },
	{ 'y', "no-first", ALONE, NULL, "skips first line of output", 0 },
	OPTIONS_DATA,
	OPTIONS_SOURCE,
	{ 'h', "help", ALONE, NULL, "display this help and exit", OPTION_HELP },
	{ 'V', "version", ALONE, NULL, "output version information and exit", OPTION_VERSION },
};

static const char notes[] =
	"Prints what vmstat of procps-ng 4.0.2 (Debian 12) prints. The first line holds means since boot (but for "
	"*procs* and *memory*), every other one what happened since the line before.\n\n"
	"*swpd* is swap in use, *cache* page cache with kernel objects that can be given back, *si* and *so* memory "
	"swapped in and out a second, *bi* and *bo* KiB read from and written to block devices a second (*-S* does not "
	"change them), *in* and *cs* interrupts and context switches a second. *r* counts threads that run or want to, "
	"vmstat itself among them; *b* those that wait for a disk. CPU time is in percent of that of all CPUs.\n\n"
	"It differs where the number would be wrong:++\n"
	"- Rates since boot are counts by uptime. The old tool divides by the time of all CPUs together, which on two "
	"CPUs is twice as long.++\n"
	"- Memory is exact. The old tool calculates with 24 bits.++\n"
	"- Rates are by the time that has really passed, not by the delay that was asked for.++\n"
	"- *-d* shows how many requests are in flight under *cur*, and *-D* shows milliseconds where it says so. The "
	"old tool divides them by 1000.++\n"
	"- What the kernel does not say is -, not 0.";

static int set_unit(struct vmstat *vmstat, const char *word)
{
	static const struct {
		const char *letter;
		int64_t bytes;
	} units[] = { { "b", 1 }, { "B", 1 }, { "k", 1000 }, { "K", 1024 }, { "m", 1000000 }, { "M", 1024 * 1024 } };

	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		if (word[0] == units[i].letter[0]) {
			vmstat->unit = units[i].letter;
			vmstat->unit_bytes = units[i].bytes;
			return GO_ON;
		}
	}
	return complain(vmstat->samples.tool, 1, "-S requires k, K, m or M (default is KiB)");
}

/* -f alone goes with others: it wins. */
static int set_mode(struct vmstat *vmstat, enum vmstat_mode mode)
{
	if (vmstat->mode != MODE_TABLE && vmstat->mode != mode)
		vmstat->mixed = true;
	vmstat->mode = mode;
	return GO_ON;
}

static int set(void *context, int id, const char *argument)
{
	struct vmstat *vmstat = context;

	switch (id) {
	case 'a':
		return option_flag(&vmstat->active);
	case 'w':
		return option_flag(&vmstat->wide);
	case 't':
		return option_flag(&vmstat->timestamp);
	case 'y':
		return option_flag(&vmstat->no_first);
	case 'n':
		return option_flag(&vmstat->one_header);
	case 'f':
		return option_flag(&vmstat->forks);
	case 'm':
		return set_mode(vmstat, MODE_SLABS);
	case 's':
		return set_mode(vmstat, MODE_STATS);
	case 'd':
		return set_mode(vmstat, MODE_DISKS);
	case 'D':
		return set_mode(vmstat, MODE_DISK_SUM);
	case 'p':
		vmstat->partition = strncmp(argument, "/dev/", 5) ? argument : argument + 5;
		return set_mode(vmstat, MODE_PARTITION);
	case 'S':
		return set_unit(vmstat, argument);
	default:
		return shared_option(vmstat->samples.tool, 1, &vmstat->samples.shared, id, argument);
	}
}

static int set_words(struct vmstat *vmstat, int count, char **words)
{
	const struct tool *tool = vmstat->samples.tool;
	int64_t number;

	vmstat->samples.repeat.interval_ns = NS_PER_S;
	vmstat->lines = 1;
	for (int i = 0; i < count && i < 2; i++) {
		if (!word_integer(words[i], &number))
			return word_complain(tool, "failed to parse argument", words[i]);
		if (i == 0 && number < 1)
			return complain(tool, 1, "delay must be positive integer");
		if (i == 0 && number > UINT32_MAX)
			return complain(tool, 1, "too large delay value");
		if (i == 0)
			vmstat->samples.repeat.interval_ns = number * NS_PER_S;
		vmstat->lines = i == 0 || number < 0 ? ENDLESS : number;
	}
	return count > 2 ? usage(tool, 1) : GO_ON;
}

static void choose_mode(struct vmstat *vmstat)
{
	static int (*const puts[])(struct samples *, struct buffer *, const struct view *) = {
		[MODE_TABLE] = vmstat_table_put,       [MODE_DISKS] = vmstat_disks_put,
		[MODE_DISK_SUM] = vmstat_disk_sum_put, [MODE_PARTITION] = vmstat_partition_put,
		[MODE_SLABS] = vmstat_slabs_put,       [MODE_STATS] = vmstat_stats_put,
	};
	struct samples *samples = &vmstat->samples;
	bool once = vmstat->forks || vmstat->mode == MODE_STATS || vmstat->mode == MODE_DISK_SUM;

	samples->repeat.count = vmstat->lines ? vmstat->lines : 1;
	samples->put = vmstat->forks ? vmstat_forks_put : puts[vmstat->mode];
	if (vmstat->forks || vmstat->mode == MODE_STATS) {
		vmstat_stats_request(&samples->request);
	} else if (vmstat->mode == MODE_TABLE) {
		vmstat_table_request(&samples->request);
		samples->since_boot = true;
		samples->repeat.count = vmstat->no_first ? vmstat->lines + 1 : samples->repeat.count;
	}
	samples->request.disks = !vmstat->forks && vmstat->mode >= MODE_DISKS && vmstat->mode <= MODE_PARTITION;
	samples->request.slabs = !vmstat->forks && vmstat->mode == MODE_SLABS;
	if (once)
		samples->repeat.count = 1;
	if (vmstat->lines == ENDLESS)
		samples->repeat.count = once;
	vmstat->heading.every = vmstat->one_header ? 0 : screen_rows() > 3 ? screen_rows() - 3 : 22;
}

static int run(const struct tool *tool, int argc, char **argv)
{
	struct vmstat vmstat = { .samples = { .tool = tool }, .unit = "K", .unit_bytes = 1024 };

	int status = options_read(tool, argc, argv, set, &vmstat);
	if (status == GO_ON && !vmstat.forks)
		status = set_words(&vmstat, argc - optind, argv + optind);
	if (status == GO_ON && !vmstat.forks && vmstat.mixed)
		status = usage(tool, 1);
	if (status != GO_ON)
		return status;
	choose_mode(&vmstat);
	if (vmstat.lines == 0 && (vmstat.samples.request.disks || vmstat.samples.request.slabs))
		return 0;
	return samples_run(&vmstat.samples);
}

void vmstat_put_time(struct buffer *buffer, const struct vmstat *vmstat, const struct view *view)
{
	if (!vmstat->timestamp)
		return;
	buffer_char(buffer, ' ');
	moment_iso(buffer, view->now->wall_ns / NS_PER_S);
}

void vmstat_put_time_heading(struct buffer *buffer, const struct vmstat *vmstat)
{
	buffer_text(buffer, vmstat->timestamp ? " -----timestamp-----\n" : "\n");
}

void vmstat_put_zone(struct buffer *buffer, const struct vmstat *vmstat, const struct view *view)
{
	time_t now = (time_t)(view->now->wall_ns / NS_PER_S);
	struct tm tm;

	if (vmstat->timestamp && localtime_r(&now, &tm))
		buffer_format(buffer, "%*s", 20, tm.tm_zone);
	buffer_char(buffer, '\n');
}

TOOL(vmstat, {
		     .name = "vmstat",
		     .summary = "memory, swap, disks and CPUs, a line a moment",
		     .usage = "[options] [delay [count]]",
		     TOOL_OPTIONS(option_rows),
		     .bare_write_error = true,
		     .notes = notes,
		     .run = run,
	     });
