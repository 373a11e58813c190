#include "collect/table.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <sys/sysinfo.h>

#include "collect/bpf.h"
#include "collect/listing.h"
#include "collect/plan.h"

static int list_proc(struct table *table, int proc_fd, const struct request *request, struct listing *ret)
{
	(void)table;
	return listing_read(proc_fd, request, ret);
}

static void fill_nothing(struct table *table, const struct entry *entry, struct task *task)
{
	(void)table;
	(void)entry;
	(void)task;
}

static void free_nothing(struct table *table)
{
	(void)table;
}

struct table table_proc = { .name = "proc", .list = list_proc, .fill = fill_nothing, .free = free_nothing };

void table_free(struct table *table)
{
	if (table)
		table->free(table);
}

/* Microseconds that reading a file of one process takes, as measured; 0 for what no table gives anyway. */
static unsigned file_us(enum source_id from)
{
	static const uint8_t us[SOURCES] = {
		[FROM_OWNER] = 2, [FROM_STAT] = 8,      [FROM_STATM] = 5,         [FROM_STATUS] = 12,
		[FROM_IO] = 6,    [FROM_SCHEDSTAT] = 5, [FROM_OOM_SCORE_ADJ] = 5, [FROM_CMDLINE] = 4
	};

	return us[from];
}

/* What is saved by walking the page tables of large processes: 8 ms for each GiB, if a quarter of what is used is
 * theirs. */
static uint64_t shares_us(const struct request *request)
{
	enum { US_FOR_GIB = 2000 };
	struct field_set all = request->fields;
	struct sysinfo info;

	field_set_join(&all, &request->details);
	if (request->pids || !(plan_tasks(&all) >> FROM_SMAPS_ROLLUP & 1) || sysinfo(&info) < 0)
		return 0;
	return (info.totalram - info.freeram) * info.mem_unit * US_FOR_GIB >> 30;
}

/* Whether what a program saves of one sample is more than what it costs: to begin, and then 0.6 us a process. */
static bool is_worth_loading(const struct table_options *options, int proc_fd, const struct request *request)
{
	struct field_set gives = { { 0 } };
	struct stat status;
	unsigned us = 0;

	if (fstat(proc_fd, &status) < 0)
		return false;
	uint64_t count = request->pids ? request->pid_count : status.st_nlink;
	table_bpf_fields(&gives);
	struct field_set rest = field_set_without(request->fields, &gives);
	for (sources from = plan_tasks(&request->fields) & ~plan_tasks(&rest); from; from &= from - 1)
		us += file_us((enum source_id)__builtin_ctzll(from));
	if (options->keep && !request->pids)
		return us > 0;
	return count * us + shares_us(request) > table_bpf_start_us() + status.st_nlink * 6 / 10;
}

/* What only the program can tell. */
static bool needs_bpf(const struct request *request)
{
	struct field_set all = request->fields;

	field_set_join(&all, &request->details);
	return plan_tasks(&all) >> FROM_BPF & 1;
}

int table_new(const struct table_options *options, int proc_fd, const struct request *request, struct table **ret,
              struct why *why)
{
	int r = -ENOSYS;

	why->text[0] = '\0';
	if (options->kind == TABLE_BPF)
		return table_bpf_new(options, proc_fd, request, ret, why);
	if (options->kind == TABLE_PROC)
		why_not(why, 0, "--source=proc");
	else if (table_bpf_allowed(why) == 0) {
		if (needs_bpf(request) || is_worth_loading(options, proc_fd, request))
			r = table_bpf_new(options, proc_fd, request, ret, why);
		else
			why_not(why, 0, "/proc is cheaper for so little");
	}
	if (r < 0)
		*ret = &table_proc;
	return 0;
}
