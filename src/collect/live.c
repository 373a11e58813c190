#include "collect/live.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/clock.h"
#include "collect/lists.h"
#include "collect/mappings.h"
#include "collect/tasks.h"
#include "kernel/boot_id.h"
#include "kernel/system_files.h"
#include "kernel/uptime.h"

enum { SPARE_DESCRIPTORS = 64 };

struct live {
	struct source source;
	int top_fd;                 /* what `root` names */
	struct system_files system; /* below where proc/ lies: the same, or one step below it */
	int step;                   /* of a tree in time steps; -1 for one without */
	bool captured;
	struct boot_id boot_id;
	struct lists lists;
	struct tasks tasks;
};

/* A captured tree has its own clock: what uptime said when it was made. */
static void set_times(struct live *live, struct snapshot *snapshot)
{
	snapshot->source = live->captured ? "root" : "proc";
	snapshot->monotonic_ns = clock_ns(CLOCK_MONOTONIC);
	snapshot->boot_ns = clock_ns(CLOCK_BOOTTIME);
	snapshot->wall_ns = clock_ns(CLOCK_REALTIME);
	/* While we run it stays; each step of a tree may be of another boot. */
	if ((live->captured || !live->boot_id.text[0]) && boot_id_read(live->system.files.dirfd, &live->boot_id) < 0)
		live->boot_id.text[0] = '\0';
	memcpy(snapshot->boot_id, live->boot_id.text, sizeof live->boot_id.text);
	if (!live->captured)
		return;
	struct machine machine = { 0 };
	struct field_set wanted = { 0 };
	struct kernel_units *units = &live->tasks.reader.units;
	field_set_add(&wanted, MACHINE_uptime_ns);
	field_set_add(&wanted, MACHINE_booted_s);
	kernel_units_read(live->system.files.dirfd, units); /* of a tree that does not say: those of this kernel */
	snapshot->monotonic_ns = snapshot->boot_ns = snapshot->wall_ns = 0;
	if (system_file_read(FROM_UPTIME, &live->system, units, &wanted, &snapshot->arena, &machine) == 0)
		snapshot->monotonic_ns = snapshot->boot_ns = machine.uptime_ns;
	if (system_file_read(FROM_SYSTEM_STAT, &live->system, units, &wanted, &snapshot->arena, &machine) == 0 &&
	    machine_has(&machine, booted_s))
		snapshot->wall_ns = machine.booted_s * NS_PER_S + snapshot->boot_ns;
}

/* A file that cannot be read leaves its fields absent; only a lack of memory is an error. */
static int take_machine(struct live *live, const struct request *request, struct snapshot *snapshot)
{
	sources from = plan_table(&machine_table, &request->machine);
	struct kernel_units *units = &live->tasks.reader.units;

	int r = lists_take(&live->lists, &live->system.files, units, request, snapshot);
	if (request->cpus)
		from &= ~(UINT64_C(1) << FROM_SYSTEM_STAT);
	for (; from && r != -ENOMEM; from &= from - 1)
		r = system_file_read((enum source_id)__builtin_ctzll(from), &live->system, units, &request->machine,
		                     &snapshot->arena, &snapshot->machine);
	return r == -ENOMEM ? r : 0;
}

/* Goes one step on in a tree that was captured in steps; the last one stays. */
static int next_step(struct live *live)
{
	char name[16];

	if (live->step < 0)
		return 0;
	snprintf(name, sizeof name, "%d", live->step);
	int fd = openat(live->top_fd, name, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return live->step ? 0 : -errno;
	int proc_fd = openat(fd, "proc", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (proc_fd < 0) {
		close(fd);
		return -errno;
	}
	if (live->system.files.dirfd != live->top_fd)
		close(live->system.files.dirfd);
	if (live->tasks.reader.proc_fd >= 0)
		close(live->tasks.reader.proc_fd);
	live->system.files.dirfd = fd;
	live->tasks.reader.proc_fd = proc_fd;
	live->step++;
	return 0;
}

static int live_take(struct source *source, const struct request *request, struct snapshot *ret)
{
	struct live *live = (struct live *)source;
	struct snapshot taken = { 0 };

	int r = next_step(live);
	if (r < 0)
		return r;
	set_times(live, &taken);
	r = take_machine(live, request, &taken);
	if (r == 0 && request->tasks)
		r = tasks_take(&live->tasks, request, &taken);
	if (r < 0)
		snapshot_done(&taken);
	else
		*ret = taken;
	return r;
}

static int live_mappings(struct source *source, int64_t pid, const struct field_set *wanted, mapping_visit *visit,
                         void *context)
{
	struct live *live = (struct live *)source;

	return mappings_walk(live->tasks.reader.proc_fd, live->tasks.options.kind, pid, wanted, visit, context);
}

static int live_mapped_files(struct source *source, mapped_file_visit *visit, void *context)
{
	struct live *live = (struct live *)source;

	return mapped_files_walk(live->tasks.reader.proc_fd, live->tasks.options.kind, visit, context);
}

static void live_free(struct source *source)
{
	struct live *live = (struct live *)source;

	tasks_done(&live->tasks);
	names_free(live->tasks.names);
	system_files_done(&live->system);
	if (live->system.files.dirfd >= 0 && live->system.files.dirfd != live->top_fd)
		close(live->system.files.dirfd);
	if (live->top_fd >= 0)
		close(live->top_fd);
	free(live);
}

/* Descriptors to keep: as many as the hard limit allows, less some for everybody else. */
static size_t descriptor_budget(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) < 0)
		return 0;
	if (limit.rlim_cur < limit.rlim_max) {
		limit.rlim_cur = limit.rlim_max;
		if (setrlimit(RLIMIT_NOFILE, &limit) < 0 && getrlimit(RLIMIT_NOFILE, &limit) < 0)
			return 0;
	}
	/* Less than what `doctor` would warn of. */
	rlim_t spare = limit.rlim_cur / 8 > SPARE_DESCRIPTORS ? limit.rlim_cur / 8 : SPARE_DESCRIPTORS;
	return limit.rlim_cur > spare ? limit.rlim_cur - spare : 0;
}

static int open_root(struct live *live, const char *root)
{
	live->top_fd = live->system.files.dirfd = open(root ? root : "/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (live->top_fd < 0)
		return -errno;
	live->tasks.reader.proc_fd = openat(live->top_fd, "proc", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (live->tasks.reader.proc_fd < 0 && (!root || faccessat(live->top_fd, "0/proc", F_OK, 0) < 0))
		return -errno;
	if (live->tasks.reader.proc_fd < 0)
		live->step = 0;
	live->tasks.names = names_new(&live->system.files.dirfd, !live->captured);
	return live->tasks.names ? 0 : -ENOMEM;
}

/* Who insists shall hear at once when it cannot be. */
static int open_table(struct live *live, struct why *why)
{
	struct tasks *tasks = &live->tasks;

	if (tasks->options.kind != TABLE_BPF)
		return 0;
	return table_new(&tasks->options, tasks->reader.proc_fd, NULL, &tasks->table, why);
}

int live_open(const struct live_options *options, struct source **ret, struct why *why)
{
	struct live *live = malloc(sizeof *live);

	why->text[0] = '\0';
	if (!live)
		return -ENOMEM;
	bool captured = options->root != NULL;
	*live = (struct live){
		.source = { live_take, live_free, live_mappings, live_mapped_files },
		.top_fd = -1,
		.system = { .files = { .dirfd = -1 } },
		.step = -1,
		.captured = captured,
		.tasks = { .reader = { .proc_fd = -1, .units = kernel_units_live() }, .captured = captured },
	};
	live->tasks.keep = options->keep && !captured;
	live->tasks.options = (struct table_options){ .kind = captured ? TABLE_PROC : options->kind,
		                                      .keep = live->tasks.keep,
		                                      .way = options->way,
		                                      .note = options->note };
	if (live->tasks.keep)
		live->tasks.reader.open_limit = descriptor_budget();
	live->system.files.keep = live->tasks.reader.open_limit > 0;
	int r = open_root(live, options->root);
	if (r == 0)
		r = open_table(live, why);
	if (r < 0)
		live_free(&live->source);
	else
		*ret = &live->source;
	return r;
}

int live_new(const char *root, bool keep, struct source **ret)
{
	struct live_options options = { .root = root, .keep = keep, .kind = TABLE_PROC };
	struct why why;

	return live_open(&options, ret, &why);
}

const char *live_why(const struct source *source)
{
	return ((const struct live *)source)->tasks.why.text;
}

const char *live_how(const struct source *source)
{
	const struct table *table = ((const struct live *)source)->tasks.table;

	return table ? table->how : NULL;
}
