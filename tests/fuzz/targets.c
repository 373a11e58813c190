#include "targets.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "analysis/filter.h"
#include "analysis/oom_log.h"
#include "kernel/arcstats.h"
#include "kernel/boot_id.h"
#include "kernel/buddyinfo.h"
#include "kernel/cgroup_memory.h"
#include "kernel/cpu_frequency.h"
#include "kernel/diskstats.h"
#include "kernel/huge_pools.h"
#include "kernel/kmsg.h"
#include "kernel/loadavg.h"
#include "kernel/locks.h"
#include "kernel/logins.h"
#include "kernel/meminfo.h"
#include "kernel/net_dev.h"
#include "kernel/passwd.h"
#include "kernel/pid_files.h"
#include "kernel/pid_maps.h"
#include "kernel/pid_ns.h"
#include "kernel/pid_smaps.h"
#include "kernel/pressure.h"
#include "kernel/slabinfo.h"
#include "kernel/swaps.h"
#include "kernel/sysctl.h"
#include "kernel/sysctl_fs.h"
#include "kernel/system_stat.h"
#include "kernel/sysv_shm.h"
#include "kernel/thp.h"
#include "kernel/tmpfs.h"
#include "kernel/tty.h"
#include "kernel/uptime.h"
#include "kernel/vmstat.h"
#include "kernel/zram.h"

static const struct kernel_units units = { .page_bytes = 4096, .tick_ns = 10000000 };

/* Reads every byte of the text, so that a sanitizer sees where it points. */
static void touch(struct span text)
{
	static volatile char seen;

	for (size_t i = 0; i < text.len; i++)
		seen = text.at[i];
	(void)seen;
}

static int feed_pid_file(const struct fuzz_target *target, struct span bytes, struct fuzz_records *ret)
{
	return pid_files[target->from].parse(bytes, &units, &ret->task);
}

static int feed_pid_ns(const struct fuzz_target *target, struct span bytes, struct fuzz_records *ret)
{
	int64_t inode;

	(void)target;
	int r = pid_ns_parse(bytes, SPAN("pid"), &inode);
	if (r == 0)
		task_set(&ret->task, ns_pid, inode);
	return r;
}

static int feed_meminfo(const struct fuzz_target *target, struct span bytes, struct fuzz_records *ret)
{
	(void)target;
	return meminfo_parse(bytes, &ret->machine);
}

static int feed_vmstat(const struct fuzz_target *target, struct span bytes, struct fuzz_records *ret)
{
	(void)target;
	return vmstat_parse(bytes, &ret->machine);
}

static int feed_loadavg(const struct fuzz_target *target, struct span bytes, struct fuzz_records *ret)
{
	(void)target;
	return loadavg_parse(bytes, &ret->machine);
}

static int feed_uptime(const struct fuzz_target *target, struct span bytes, struct fuzz_records *ret)
{
	(void)target;
	return uptime_parse(bytes, &ret->machine);
}

static int feed_system_stat(const struct fuzz_target *target, struct span bytes, struct fuzz_records *ret)
{
	(void)target;
	return system_stat_parse(bytes, &units, &ret->machine, ret->cpus, FUZZ_LIST);
}

static int feed_swaps(const struct fuzz_target *target, struct span bytes, struct fuzz_records *ret)
{
	(void)target;
	return swaps_parse(bytes, &ret->arena, ret->areas, FUZZ_LIST);
}

static int feed_buddyinfo(const struct fuzz_target *target, struct span bytes, struct fuzz_records *ret)
{
	struct buddy buddy;

	(void)target, (void)ret;
	int r = buddyinfo_parse(bytes, &buddy);
	for (int i = 0; r == 0 && i < buddy.orders; i++)
		if (buddy.blocks[i] < 0)
			abort();
	return r;
}

static int feed_cpuinfo(const struct fuzz_target *target, struct span bytes, struct fuzz_records *ret)
{
	struct cpu cpus[FUZZ_LIST] = { 0 };
	struct field_set given = { 0 };

	(void)target;
	field_set_add(&given, CPU_id);
	for (int i = 0; i < FUZZ_LIST; i++)
		cpu_set(&cpus[i], id, i);
	int r = cpuinfo_parse(bytes, cpus, FUZZ_LIST);
	for (int i = 0; i < FUZZ_LIST; i++) {
		cpus[i].have = field_set_without(cpus[i].have, &given);
		ret->cpus[i] = cpus[i];
	}
	return r;
}

static int feed_diskstats(const struct fuzz_target *target, struct span bytes, struct fuzz_records *ret)
{
	(void)target;
	return diskstats_parse(bytes, &ret->arena, ret->disks, FUZZ_LIST);
}

static int feed_slabinfo(const struct fuzz_target *target, struct span bytes, struct fuzz_records *ret)
{
	(void)target;
	return slabinfo_parse(bytes, &units, &ret->arena, ret->slabs, FUZZ_LIST);
}

static int feed_pressure(const struct fuzz_target *target, struct span bytes, struct fuzz_records *ret)
{
	(void)target;
	return pressure_parse(bytes, SPAN("memory"), &ret->machine);
}

static int feed_sysctl(const struct fuzz_target *target, struct span bytes, struct fuzz_records *ret)
{
	(void)target;
	return sysctl_parse(bytes, &machine_fields[MACHINE_min_free_bytes], &ret->machine);
}

static int feed_sysctl_word(const struct fuzz_target *target, struct span bytes, struct fuzz_records *ret)
{
	struct span word;

	(void)target;
	int r = sysctl_word(bytes, &word);
	if (r == 0)
		machine_set(&ret->machine, os_release, word);
	return r;
}

static int feed_sysctl_fs(const struct fuzz_target *target, struct span bytes, struct fuzz_records *ret)
{
	(void)target;
	return sysctl_fs_parse(bytes, MACHINE_inodes_used, &ret->machine);
}

static int feed_arcstats(const struct fuzz_target *target, struct span bytes, struct fuzz_records *ret)
{
	(void)target;
	return arcstats_parse(bytes, &ret->machine);
}

static int feed_net_dev(const struct fuzz_target *target, struct span bytes, struct fuzz_records *ret)
{
	(void)target;
	return net_dev_parse(bytes, &ret->machine);
}

static int feed_thp(const struct fuzz_target *target, struct span bytes, struct fuzz_records *ret)
{
	struct span word;

	(void)target;
	int r = thp_parse(bytes, &word);
	if (r == 0)
		machine_set(&ret->machine, thp_enabled, word);
	return r;
}

static int feed_boot_id(const struct fuzz_target *target, struct span bytes, struct fuzz_records *ret)
{
	struct boot_id id;

	(void)target, (void)ret;
	int r = boot_id_parse(bytes, &id);
	if (r == 0 && strlen(id.text) != sizeof id.text - 1)
		abort();
	return r;
}

static int feed_units(const struct fuzz_target *target, struct span bytes, struct fuzz_records *ret)
{
	struct kernel_units parsed = { 0 };

	(void)target, (void)ret;
	int r = kernel_units_parse(bytes, &parsed);
	if (r == 0 ? parsed.page_bytes <= 0 || parsed.tick_ns <= 0 : parsed.page_bytes || parsed.tick_ns)
		abort();
	return r;
}

static int feed_sysv_shm(const struct fuzz_target *target, struct span bytes, struct fuzz_records *ret)
{
	static struct sysv_shm segments[FUZZ_LIST];

	(void)target, (void)ret;
	return sysv_shm_parse(bytes, segments, FUZZ_LIST);
}

static int feed_locks(const struct fuzz_target *target, struct span bytes, struct fuzz_records *ret)
{
	struct file_lock lock;
	size_t count = 0;

	(void)target, (void)ret;
	while (lock_next(&bytes, &lock))
		count++;
	return count ? 0 : -EBADMSG;
}

static int touch_tmpfs(void *context, const struct tmpfs *mount)
{
	(void)context;
	touch(mount->point);
	return 0;
}

static int feed_tmpfs(const struct fuzz_target *target, struct span bytes, struct fuzz_records *ret)
{
	(void)target;
	return tmpfs_parse(bytes, &ret->arena, touch_tmpfs, NULL);
}

static int feed_kmsg(const struct fuzz_target *target, struct span bytes, struct fuzz_records *ret)
{
	struct kmsg_record record;

	(void)target, (void)ret;
	if (!kmsg_parse(bytes, &record))
		return -EBADMSG;
	touch(record.text);
	return 0;
}

static int feed_oom_log(const struct fuzz_target *target, struct span bytes, struct fuzz_records *ret)
{
	struct oom_log log;
	struct span line;

	(void)target, (void)ret;
	oom_log_init(&log, units.page_bytes);
	while (span_line(&bytes, &line)) {
		int64_t time = oom_log_time(&line);
		oom_log_line(&log, time, line);
	}
	for (size_t i = 0; i < log.count; i++) {
		touch(log.kills[i].name);
		touch(log.kills[i].group);
		for (size_t k = 0; k < log.kills[i].holder_count; k++)
			touch(log.kills[i].holders[k].name);
	}
	oom_log_done(&log);
	return 0;
}

static int feed_utmp(const struct fuzz_target *target, struct span bytes, struct fuzz_records *ret)
{
	(void)target;
	return utmp_parse(bytes, &ret->machine);
}

static int feed_session(const struct fuzz_target *target, struct span bytes, struct fuzz_records *ret)
{
	(void)target, (void)ret;
	return session_is_user(bytes) ? 0 : -1;
}

/* Each entry's name and number must be found again. */
static int feed_passwd(const struct fuzz_target *target, struct span bytes, struct fuzz_records *ret)
{
	enum { ENOUGH = 16 }; /* the search is linear */
	struct passwd_entry entry;
	struct span rest = bytes, name;
	int64_t id;

	(void)target, (void)ret;
	for (int i = 0; i < ENOUGH && passwd_next(&rest, &entry); i++)
		if (!passwd_name(bytes, entry.id, &name) || !passwd_id(bytes, entry.name, &id))
			abort();
	return 0;
}

/* The mounts and the groups of a process in one go, with a group that may be cut out of the mount by its path. */
static int feed_cgroup_mount(const struct fuzz_target *target, struct span bytes, struct fuzz_records *ret)
{
	struct cgroup_mount mount;
	struct span group;

	(void)target;
	int r = cgroup_mount_parse(bytes, "memory", &mount);
	if (r < 0)
		return r;
	if ((mount.version != 1 && mount.version != 2) || strnlen(mount.path, CGROUP_PATH_BYTES) == CGROUP_PATH_BYTES ||
	    strnlen(mount.subtree, CGROUP_PATH_BYTES) == CGROUP_PATH_BYTES)
		abort();
	if (cgroup_of(&mount, bytes, &group))
		task_set(&ret->task, cgroup, group);
	return 0;
}

static int feed_cgroup_memory(const struct fuzz_target *target, struct span bytes, struct fuzz_records *ret)
{
	(void)target;
	cgroup_memory_parse(2, "memory.stat", bytes, &ret->cgroup);
	cgroup_memory_parse(2, "memory.max", bytes, &ret->cgroup);
	return 0;
}

/* The first eight bytes are the device, the rest is the file: few inputs would ask for a device that is in it. */
static int feed_tty(const struct fuzz_target *target, struct span bytes, struct fuzz_records *ret)
{
	static char buf[TTY_NAME_BYTES];
	int64_t device = 0;

	(void)target;
	if (bytes.len)
		memcpy(&device, bytes.at, bytes.len < sizeof device ? bytes.len : sizeof device);
	task_set(&ret->task, tty, tty_name(span_skip(bytes, sizeof device), device, buf));
	return 0;
}

/* The whole file, mapping by mapping, must be taken; the first ones are kept. */
static int feed_mappings(const struct fuzz_target *target, struct span bytes, struct fuzz_records *ret)
{
	struct field_set wanted = { 0 };
	struct smaps_layout layout = { 0 };
	struct mapping more;
	int r = 1;

	for (unsigned id = 0; id < MAPPING_FIELDS; id++)
		field_set_add(&wanted, id);
	for (unsigned i = 0; r > 0; i++) {
		struct mapping *mapping = i < FUZZ_LIST ? &ret->mappings[i] : &more;
		r = target->from == FROM_SMAPS ? pid_smaps_next(&bytes, true, &wanted, &layout, mapping) :
		                                 pid_maps_next(&bytes, mapping);
		if (r <= 0)
			mapping->have = (struct field_set){ 0 };
	}
	for (unsigned i = 0; r < 0 && i < FUZZ_LIST; i++)
		ret->mappings[i].have = (struct field_set){ 0 };
	return r;
}

static int feed_zram(const struct fuzz_target *target, struct span bytes, struct fuzz_records *ret)
{
	(void)target;
	return zram_parse(bytes, &ret->areas[0]);
}

static int feed_huge_pool(const struct fuzz_target *target, struct span bytes, struct fuzz_records *ret)
{
	(void)target;
	return huge_pool_parse(bytes, &huge_pool_fields[HUGE_POOL_free_pages], &ret->pool);
}

/* What was understood must point nowhere but into itself, and can be asked about a process. */
static int feed_filter(const struct fuzz_target *target, struct span bytes, struct fuzz_records *ret)
{
	struct snapshot snapshot = { 0 };
	struct view view = { .now = &snapshot };
	struct field_set fields = { 0 };
	struct filter_error error;
	struct filter filter;
	size_t row;

	(void)target;
	int r = filter_parse(bytes, &filter, &error);
	if (r < 0 && (error.at > bytes.len || !error.words[0]))
		abort();
	if (r < 0)
		return r;
	for (size_t i = 0; i < filter.count; i++) {
		const struct filter_node *node = &filter.nodes[i];
		bool inner = node->kind == FILTER_AND || node->kind == FILTER_OR || node->kind == FILTER_NOT;
		if ((inner && (node->left >= i || (node->kind != FILTER_NOT && node->right >= i))) ||
		    (size_t)node->at + node->len > strlen(filter.text) || node->id >= TASK_FIELDS)
			abort();
	}
	field_set_add(&fields, TASK_comm);
	field_set_add(&fields, TASK_rss_bytes);
	shape_make(&fields, &snapshot.shape);
	task_set(&ret->task, comm, SPAN("name"));
	if (snapshot_add(&snapshot, &row) == 0 && snapshot_fill(&snapshot, row, &ret->task) == 0)
		filter_fits(&filter, &view, row);
	snapshot_done(&snapshot);
	ret->task.have = (struct field_set){ 0 };
	return 0;
}

const struct fuzz_target fuzz_targets[] = {
	{ "pid_stat", feed_pid_file, FROM_STAT, true },
	{ "pid_statm", feed_pid_file, FROM_STATM, true },
	{ "pid_status", feed_pid_file, FROM_STATUS, true },
	{ "pid_cmdline", feed_pid_file, FROM_CMDLINE, false },
	{ "pid_comm", feed_pid_file, FROM_COMM, true },
	{ "pid_io", feed_pid_file, FROM_IO, true },
	{ "pid_schedstat", feed_pid_file, FROM_SCHEDSTAT, true },
	{ "pid_cgroup", feed_pid_file, FROM_CGROUP, false },
	{ "pid_oom_score", feed_pid_file, FROM_OOM_SCORE, true },
	{ "pid_oom_score_adj", feed_pid_file, FROM_OOM_SCORE_ADJ, true },
	{ "pid_wchan", feed_pid_file, FROM_WCHAN, false },
	{ "pid_loginuid", feed_pid_file, FROM_LOGINUID, false },
	{ "pid_exe", feed_pid_file, FROM_EXE, false },
	{ "pid_cwd", feed_pid_file, FROM_CWD, false },
	{ "pid_environ", feed_pid_file, FROM_ENVIRON, false },
	{ "pid_ns", feed_pid_ns, FROM_NS, true },
	{ "pid_autogroup", feed_pid_file, FROM_AUTOGROUP, true },
	{ "pid_limits", feed_pid_file, FROM_LIMITS, true },
	{ "pid_attr", feed_pid_file, FROM_ATTR, false },
	{ "pid_maps", feed_mappings, FROM_MAPS, true },
	{ "pid_smaps", feed_mappings, FROM_SMAPS, true },
	{ "pid_smaps_rollup", feed_pid_file, FROM_SMAPS_ROLLUP, true },
	{ "meminfo", feed_meminfo, FROM_MEMINFO, true },
	{ "system_stat", feed_system_stat, FROM_SYSTEM_STAT, true },
	{ "loadavg", feed_loadavg, FROM_LOADAVG, true },
	{ "uptime", feed_uptime, FROM_UPTIME, true },
	{ "vmstat", feed_vmstat, FROM_VMSTAT, true },
	{ "swaps", feed_swaps, FROM_SWAPS, true },
	{ "buddyinfo", feed_buddyinfo, FROM_NOWHERE, true },
	{ "cpuinfo", feed_cpuinfo, FROM_CPU_FREQUENCY, true },
	{ "diskstats", feed_diskstats, FROM_DISKSTATS, true },
	{ "slabinfo", feed_slabinfo, FROM_SLABINFO, true },
	{ "pressure", feed_pressure, FROM_PRESSURE, true },
	{ "sysctl", feed_sysctl, FROM_SYSCTL_VM, true },
	{ "sysctl_word", feed_sysctl_word, FROM_SYSCTL_KERNEL, true },
	{ "sysctl_fs", feed_sysctl_fs, FROM_SYSCTL_FS, true },
	{ "arcstats", feed_arcstats, FROM_ARCSTATS, true },
	{ "net_dev", feed_net_dev, FROM_NET_DEV, false },
	{ "thp", feed_thp, FROM_THP, true },
	{ "units", feed_units, FROM_NOWHERE, true },
	{ "locks", feed_locks, FROM_NOWHERE, true },
	{ "sysv_shm", feed_sysv_shm, FROM_NOWHERE, true },
	{ "tmpfs", feed_tmpfs, FROM_NOWHERE, true },
	{ "kmsg", feed_kmsg, FROM_NOWHERE, true },
	{ "oom_log", feed_oom_log, FROM_NOWHERE, true },
	{ "utmp", feed_utmp, FROM_LOGINS, false },
	{ "session", feed_session, FROM_LOGINS, true },
	{ "boot_id", feed_boot_id, FROM_NOWHERE, true },
	{ "passwd", feed_passwd, FROM_NOWHERE, true },
	{ "cgroup_mount", feed_cgroup_mount, FROM_CGROUP, false },
	{ "cgroup_memory", feed_cgroup_memory, FROM_CGROUP_MEMORY, true },
	{ "tty", feed_tty, FROM_TTY, false },
	{ "zram", feed_zram, FROM_ZRAM, true },
	{ "huge_pool", feed_huge_pool, FROM_HUGE_POOLS, true },
	{ "filter", feed_filter, FROM_NOWHERE, false },
};

const unsigned fuzz_target_count = sizeof fuzz_targets / sizeof *fuzz_targets;

const struct fuzz_target *fuzz_target_find(struct span name)
{
	for (unsigned i = 0; i < fuzz_target_count; i++)
		if (span_is(name, fuzz_targets[i].name))
			return &fuzz_targets[i];
	return NULL;
}

struct part {
	const struct field_table *table;
	const void *record;
};

/* The records one after the other; false at the end. */
static bool part_of(const struct fuzz_records *records, unsigned index, struct part *ret)
{
	if (index == 0)
		*ret = (struct part){ &task_table, &records->task };
	else if (index == 1)
		*ret = (struct part){ &machine_table, &records->machine };
	else if (index == 2)
		*ret = (struct part){ &cgroup_table, &records->cgroup };
	else if (index < 3 + FUZZ_LIST)
		*ret = (struct part){ &cpu_table, &records->cpus[index - 3] };
	else if (index < 3 + 2 * FUZZ_LIST)
		*ret = (struct part){ &swap_table, &records->areas[index - 3 - FUZZ_LIST] };
	else if (index < 3 + 3 * FUZZ_LIST)
		*ret = (struct part){ &mapping_table, &records->mappings[index - 3 - 2 * FUZZ_LIST] };
	else if (index < 3 + 4 * FUZZ_LIST)
		*ret = (struct part){ &disk_table, &records->disks[index - 3 - 3 * FUZZ_LIST] };
	else if (index < 3 + 5 * FUZZ_LIST)
		*ret = (struct part){ &slab_table, &records->slabs[index - 3 - 4 * FUZZ_LIST] };
	else if (index == 3 + 5 * FUZZ_LIST)
		*ret = (struct part){ &huge_pool_table, &records->pool };
	else
		return false;
	return true;
}

static void broken(const struct fuzz_target *target, const char *rule, const char *name)
{
	fprintf(stderr, "%s: %s%s\n", target->name, rule, name);
	abort();
}

static void check_field(const struct fuzz_target *target, const struct field *field, const struct part *part)
{
	bool also = (part->table == &task_table && task_field_also(field->id) == target->from) ||
	            (target->from == FROM_SMAPS && field->from == FROM_MAPS);
	struct span text;

	if (field->kind == TEXT) {
		if (record_text(field, part->record, &text))
			touch(text);
	} else if (record_has(part->record, field->id) && field->from != target->from && !also) {
		broken(target, "sets a row of another source: ", field->name);
	}
}

int fuzz_feed(const struct fuzz_target *target, struct span bytes, struct fuzz_records *ret)
{
	struct part part;

	*ret = (struct fuzz_records){ 0 };
	int r = target->parse(target, bytes, ret);
	for (unsigned i = 0; part_of(ret, i, &part); i++) {
		if (r < 0 && !field_set_empty(part.record))
			broken(target, "failed and set something in ", part.table->name);
		for (unsigned id = 0; id < part.table->count; id++)
			check_field(target, &part.table->fields[id], &part);
	}
	return r;
}

static bool same(const struct field *field, const void *part, const void *whole)
{
	struct span text_a, text_b;
	int64_t number_a, number_b;

	if (!record_has(part, field->id))
		return true;
	if (field->kind == TEXT)
		return record_text(field, part, &text_a) && record_text(field, whole, &text_b) &&
		       span_equal(text_a, text_b);
	return record_number(field, part, &number_a) && record_number(field, whole, &number_b) && number_a == number_b;
}

bool fuzz_records_within(const struct fuzz_records *part, const struct fuzz_records *whole)
{
	struct part a, b;

	for (unsigned i = 0; part_of(part, i, &a) && part_of(whole, i, &b); i++)
		for (unsigned id = 0; id < a.table->count; id++)
			if (!same(&a.table->fields[id], a.record, b.record))
				return false;
	return true;
}

void fuzz_records_done(struct fuzz_records *records)
{
	arena_done(&records->arena);
}
