/* sadf -r: the kernel's own numbers, counters at both moments, in what the kernel counts in. */
#include "model/derive.h"
#include "render/text.h"
#include "tools/sadf.h"

enum { TICKS = 0, MOST = 3, NO_ID = UINT8_MAX };

struct raw {
	const char *title;
	uint8_t ids[MOST], count; /* added up; of machine_table, cpu_table or disk_table */
	uint8_t less;             /* taken off, or NO_ID */
	bool level;               /* one number, not two */
	int64_t unit;             /* what they are divided by; TICKS: by what CPU times count in */
};

#define COUNTER(title, unit, ...) \
	{ \
		title, { __VA_ARGS__ }, sizeof((const uint8_t[]){ __VA_ARGS__ }), NO_ID, false, unit \
	}
#define LEVEL(title, unit, ...) \
	{ \
		title, { __VA_ARGS__ }, sizeof((const uint8_t[]){ __VA_ARGS__ }), NO_ID, true, unit \
	}
#define LESS(title, unit, id, other) \
	{ \
		title, { id }, 1, other, false, unit \
	}

static const struct raw cpu[] = {
	COUNTER("%user", TICKS, CPU_user_ns),
	COUNTER("%nice", TICKS, CPU_nice_ns),
	COUNTER("%system", TICKS, CPU_system_ns, CPU_irq_ns, CPU_softirq_ns),
	COUNTER("%iowait", TICKS, CPU_iowait_ns),
	COUNTER("%steal", TICKS, CPU_steal_ns),
	COUNTER("%idle", TICKS, CPU_idle_ns),
};
static const struct raw cpu_all[] = {
	LESS("%usr", TICKS, CPU_user_ns, CPU_guest_ns), LESS("%nice", TICKS, CPU_nice_ns, CPU_guest_nice_ns),
	COUNTER("%sys", TICKS, CPU_system_ns),          COUNTER("%iowait", TICKS, CPU_iowait_ns),
	COUNTER("%steal", TICKS, CPU_steal_ns),         COUNTER("%irq", TICKS, CPU_irq_ns),
	COUNTER("%soft", TICKS, CPU_softirq_ns),        COUNTER("%guest", TICKS, CPU_guest_ns),
	COUNTER("%gnice", TICKS, CPU_guest_nice_ns),    COUNTER("%idle", TICKS, CPU_idle_ns),
};
static const struct raw switches[] = {
	COUNTER("proc/s", 1, MACHINE_forks),
	COUNTER("cswch/s", 1, MACHINE_context_switches),
};
static const struct raw swapping[] = {
	COUNTER("pswpin/s", 1, MACHINE_swap_in_pages),
	COUNTER("pswpout/s", 1, MACHINE_swap_out_pages),
};
static const struct raw paging[] = {
	COUNTER("pgpgin/s", 1024, MACHINE_paged_in_bytes),
	COUNTER("pgpgout/s", 1024, MACHINE_paged_out_bytes),
	COUNTER("fault/s", 1, MACHINE_faults),
	COUNTER("majflt/s", 1, MACHINE_major_faults),
	COUNTER("pgfree/s", 1, MACHINE_pages_freed),
	COUNTER("pgscank/s", 1, MACHINE_scan_kswapd_pages),
	COUNTER("pgscand/s", 1, MACHINE_scan_direct_pages),
	COUNTER("pgsteal/s", 1, MACHINE_steal_anon_pages, MACHINE_steal_file_pages),
};
static const struct raw io[] = {
	COUNTER("tps", 1, DISK_reads, DISK_writes, DISK_discards),
	COUNTER("rtps", 1, DISK_reads),
	COUNTER("wtps", 1, DISK_writes),
	COUNTER("dtps", 1, DISK_discards),
	COUNTER("bread/s", 512, DISK_read_bytes),
	COUNTER("bwrtn/s", 512, DISK_written_bytes),
	COUNTER("bdscd/s", 512, DISK_discarded_bytes),
};
static const struct raw memory[] = {
	LEVEL("kbmemfree", 1024, MACHINE_mem_free_bytes),
	LEVEL("kbavail", 1024, MACHINE_mem_gettable_bytes),
	LEVEL("kbttlmem", 1024, MACHINE_mem_total_bytes),
	LEVEL("kbbuffers", 1024, MACHINE_buffers_bytes),
	LEVEL("kbcached", 1024, MACHINE_cached_bytes),
	LEVEL("kbcommit", 1024, MACHINE_committed_bytes),
	LEVEL("kbactive", 1024, MACHINE_active_bytes),
	LEVEL("kbinact", 1024, MACHINE_inactive_bytes),
	LEVEL("kbdirty", 1024, MACHINE_dirty_bytes),
	/* with ALL */
	LEVEL("kbanonpg", 1024, MACHINE_anon_pages_bytes),
	LEVEL("kbslab", 1024, MACHINE_slab_bytes),
	LEVEL("kbkstack", 1024, MACHINE_kernel_stack_bytes),
	LEVEL("kbpgtbl", 1024, MACHINE_page_tables_bytes),
	LEVEL("kbvmused", 1024, MACHINE_vmalloc_used_bytes),
};
static const struct raw swap[] = {
	LEVEL("kbswpfree", 1024, MACHINE_swap_free_bytes),
	LEVEL("kbttlswp", 1024, MACHINE_swap_total_bytes),
	LEVEL("kbswpcad", 1024, MACHINE_swap_cached_bytes),
};
static const struct raw huge[] = {
	LEVEL("kbhugfree", 1024, MACHINE_hugetlb_free_bytes),
	LEVEL("hugtotal", 1024, MACHINE_hugetlb_free_bytes, MACHINE_hugetlb_used_bytes),
	LEVEL("kbhugrsvd", 1024, MACHINE_hugetlb_reserved_bytes),
	LEVEL("kbhugsurp", 1024, MACHINE_hugetlb_surplus_bytes),
};
static const struct raw tables[] = {
	LEVEL("dentunusd", 1, MACHINE_dentries_unused),
	LEVEL("file-nr", 1, MACHINE_files_open),
	LEVEL("inode-nr", 1, MACHINE_inodes_used),
	LEVEL("pty-nr", 1, MACHINE_ptys),
};
static const struct raw queue[] = {
	LEVEL("runq-sz", 1, MACHINE_others_runnable), LEVEL("plist-sz", 1, MACHINE_threads_total),
	LEVEL("ldavg-1", 10, MACHINE_load_1min),      LEVEL("ldavg-5", 10, MACHINE_load_5min),
	LEVEL("ldavg-15", 10, MACHINE_load_15min),    LEVEL("blocked", 1, MACHINE_tasks_blocked),
};
static const struct raw disks[] = {
	LEVEL("major", 1, DISK_major),
	LEVEL("minor", 1, DISK_minor),
	{ "DEV", { 0 }, 0, NO_ID, true, 1 },
	COUNTER("tps", 1, DISK_reads, DISK_writes, DISK_discards),
	COUNTER("rkB/s", 512, DISK_read_bytes),
	COUNTER("wkB/s", 512, DISK_written_bytes),
	COUNTER("dkB/s", 512, DISK_discarded_bytes),
	COUNTER("rd_ticks", 1000000, DISK_read_ns),
	COUNTER("wr_ticks", 1000000, DISK_write_ns),
	COUNTER("dc_ticks", 1000000, DISK_discard_ns),
	COUNTER("tot_ticks", 1000000, DISK_busy_ns),
	COUNTER("aqu-sz", 1000000, DISK_waited_ns),
};

#define PRESSURE(letter, name, kind) \
	LEVEL("%" letter name "-10", 100, MACHINE_##kind##_10s_percent), \
		LEVEL("%" letter name "-60", 100, MACHINE_##kind##_60s_percent), \
		LEVEL("%" letter name "-300", 100, MACHINE_##kind##_300s_percent), \
		COUNTER("%" letter name, 1000, MACHINE_##kind##_ns)

static const struct raw psi_cpu[] = { PRESSURE("s", "cpu", cpu_some) };
static const struct raw psi_io[] = { PRESSURE("s", "io", io_some), PRESSURE("f", "io", io_full) };
static const struct raw psi_memory[] = { PRESSURE("s", "mem", memory_some), PRESSURE("f", "mem", memory_full) };

#define ALL_OF(name) name, sizeof name / sizeof *name

enum { MEMORY_SHORT = 9 };

static const struct {
	const struct raw *columns;
	size_t count;
} raw_views[SAR_VIEWS] = {
	[SAR_CPU] = { ALL_OF(cpu) },
	[SAR_CPU_ALL] = { ALL_OF(cpu_all) },
	[SAR_SWITCHES] = { ALL_OF(switches) },
	[SAR_SWAPPING] = { ALL_OF(swapping) },
	[SAR_PAGING] = { ALL_OF(paging) },
	[SAR_IO] = { ALL_OF(io) },
	[SAR_MEMORY] = { memory, MEMORY_SHORT },
	[SAR_MEMORY_ALL] = { ALL_OF(memory) },
	[SAR_SWAP] = { ALL_OF(swap) },
	[SAR_HUGE] = { ALL_OF(huge) },
	[SAR_TABLES] = { ALL_OF(tables) },
	[SAR_QUEUE] = { ALL_OF(queue) },
	[SAR_DISKS] = { ALL_OF(disks) },
	[SAR_PSI_CPU] = { ALL_OF(psi_cpu) },
	[SAR_PSI_IO] = { ALL_OF(psi_io) },
	[SAR_PSI_MEMORY] = { ALL_OF(psi_memory) },
};

/* One moment of an item: of several records where it is about all CPUs or all disks. */
struct moment {
	const struct sar_item *item;
	const struct snapshot *snapshot;
};

static bool number_in(const struct moment *moment, size_t record, unsigned id, int64_t *ret)
{
	const struct snapshot *snapshot = moment->snapshot;

	switch (moment->item->of->of) {
	case SAR_EACH_CPU:
		return record_number(&cpu_fields[id], &snapshot->cpus[record], ret);
	case SAR_MACHINE:
		return machine_number(&snapshot->machine, id, ret);
	default:
		return record_number(&disk_fields[id], &snapshot->disks[record], ret);
	}
}

static bool belongs(const struct moment *moment, size_t record)
{
	const struct sar_item *item = moment->item;

	switch (item->of->of) {
	case SAR_EACH_CPU:
		return !item->cpu || moment->snapshot->cpus[record].id == item->cpu->id;
	case SAR_EACH_DISK:
		return span_equal(moment->snapshot->disks[record].name, item->disk->name);
	case SAR_ALL_DISKS:
		return pair_disk_counts(&moment->snapshot->disks[record]);
	default:
		return true;
	}
}

static size_t record_count(const struct moment *moment)
{
	switch (moment->item->of->of) {
	case SAR_EACH_CPU:
		return moment->snapshot->cpu_count;
	case SAR_MACHINE:
		return 1;
	default:
		return moment->snapshot->disk_count;
	}
}

/* False where the kernel says none of it. */
static bool add_up(const struct moment *moment, const struct raw *raw, int64_t *ret)
{
	int64_t value, sum = 0;
	bool any = false;

	for (size_t record = 0; record < record_count(moment); record++) {
		if (!belongs(moment, record))
			continue;
		for (size_t i = 0; i < raw->count; i++) {
			if (!number_in(moment, record, raw->ids[i], &value))
				continue;
			sum += value;
			any = true;
		}
		if (raw->less != NO_ID && number_in(moment, record, raw->less, &value))
			sum -= value;
	}
	*ret = sum;
	return any;
}

static void put_number(struct buffer *buffer, const struct moment *moment, const struct raw *raw)
{
	int64_t value, unit = raw->unit;

	if (unit == TICKS && !record_number(&machine_fields[MACHINE_tick_ns], &moment->snapshot->machine, &unit))
		unit = 10000000;
	buffer_char(buffer, ' ');
	if (add_up(moment, raw, &value))
		buffer_i64(buffer, value / unit, 0);
	buffer_char(buffer, ';');
}

static void put_item(struct buffer *buffer, const struct sar_item *item, enum sar_view_id id)
{
	const struct moment now = { item, item->view->now }, before = { item, item->view->before };

	if (item->of->of == SAR_EACH_CPU)
		buffer_format(buffer, " CPU; %lld;", item->cpu ? (long long)item->cpu->id : -1);
	for (size_t i = 0; i < raw_views[id].count; i++) {
		const struct raw *raw = &raw_views[id].columns[i];
		buffer_format(buffer, " %s;", raw->title);
		if (raw->count == 0) {
			buffer_char(buffer, ' ');
			text_put(buffer, item->disk->name, SIZE_MAX);
			buffer_char(buffer, ';');
			continue;
		}
		if (!raw->level)
			put_number(buffer, &before, raw);
		put_number(buffer, &now, raw);
	}
	buffer_char(buffer, '\n');
}

void sadf_put_raw(struct sadf *sadf, struct buffer *buffer, const struct view *view, enum sar_view_id id)
{
	struct sar_item item;

	for (size_t place = 0; sar_next_item(&sadf->sar, view, id, &place, &item);) {
		if (sadf->times == SADF_EPOCH)
			sadf_put_time(buffer, sadf, view->now->wall_ns);
		else
			sadf_put_moment(buffer, view->now->wall_ns, sadf->times == SADF_LOCAL,
			                sadf->times == SADF_LOCAL ? "%H:%M:%S" : "%H:%M:%S UTC");
		buffer_char(buffer, ';');
		put_item(buffer, &item, id);
	}
}

void sadf_request_raw(struct sadf *sadf)
{
	struct request *request = &sadf->sar.sysstat.samples.request;

	request_machine(request, MACHINE_tick_ns);
	for (unsigned id = 0; id < SAR_VIEWS; id++)
		for (size_t i = 0;
		     sadf->sar.views >> id & 1 && sar_views[id].of == SAR_MACHINE && i < raw_views[id].count; i++)
			for (size_t k = 0; k < raw_views[id].columns[i].count; k++)
				request_machine(request, raw_views[id].columns[i].ids[k]);
}
