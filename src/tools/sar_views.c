/* sar's views: what stands in which column, for people and for programs. */
#include "tools/sar.h"

#include <stdio.h>

static const struct sar_column cpu[] = {
	{ "%user", "user", FIGURE_PERCENT, SAR_USER, NULL },
	{ "%nice", "nice", FIGURE_PERCENT, SAR_NICE, NULL },
	{ "%system", "system", FIGURE_PERCENT, SAR_SYSTEM, NULL },
	{ "%iowait", "iowait", FIGURE_PERCENT, SAR_IOWAIT, NULL },
	{ "%steal", "steal", FIGURE_PERCENT, SAR_STEAL, NULL },
	{ "%idle", "idle", FIGURE_PERCENT, SAR_IDLE, NULL },
};
static const struct sar_column cpu_all[] = {
	{ "%usr", "usr", FIGURE_PERCENT, SAR_USR, NULL },
	{ "%nice", "nice", FIGURE_PERCENT, SAR_NICE_ALONE, NULL },
	{ "%sys", "sys", FIGURE_PERCENT, SAR_SYS, NULL },
	{ "%iowait", "iowait", FIGURE_PERCENT, SAR_IOWAIT, NULL },
	{ "%steal", "steal", FIGURE_PERCENT, SAR_STEAL, NULL },
	{ "%irq", "irq", FIGURE_PERCENT, SAR_IRQ, NULL },
	{ "%soft", "soft", FIGURE_PERCENT, SAR_SOFT, NULL },
	{ "%guest", "guest", FIGURE_PERCENT, SAR_GUEST, NULL },
	{ "%gnice", "gnice", FIGURE_PERCENT, SAR_GNICE, NULL },
	{ "%idle", "idle", FIGURE_PERCENT, SAR_IDLE, NULL },
};
static const struct sar_column switches[] = {
	{ "proc/s", "proc", FIGURE_PER_S, MACHINE_forks_per_s, NULL },
	{ "cswch/s", "cswch", FIGURE_PER_S, MACHINE_context_switches_per_s, NULL },
};
static const struct sar_column swapping[] = {
	{ "pswpin/s", "pswpin", FIGURE_PER_S, MACHINE_swap_in_pages_per_s, NULL },
	{ "pswpout/s", "pswpout", FIGURE_PER_S, MACHINE_swap_out_pages_per_s, NULL },
};
static const struct sar_column paging[] = {
	{ "pgpgin/s", "pgpgin", FIGURE_PLAIN_KIB_PER_S, MACHINE_paged_in_bytes_per_s, NULL },
	{ "pgpgout/s", "pgpgout", FIGURE_PLAIN_KIB_PER_S, MACHINE_paged_out_bytes_per_s, NULL },
	{ "fault/s", "fault", FIGURE_PER_S, MACHINE_faults_per_s, NULL },
	{ "majflt/s", "majflt", FIGURE_PER_S, MACHINE_major_faults_per_s, NULL },
	{ "pgfree/s", "pgfree", FIGURE_PER_S, MACHINE_pages_freed_per_s, NULL },
	{ "pgscank/s", "pgscank", FIGURE_PER_S, MACHINE_scan_kswapd_pages_per_s, NULL },
	{ "pgscand/s", "pgscand", FIGURE_PER_S, MACHINE_scan_direct_pages_per_s, NULL },
	{ "pgsteal/s", "pgsteal", FIGURE_PER_S, MACHINE_steal_pages_per_s, NULL },
	{ "%vmeff", "vmeff-percent", FIGURE_PERCENT, MACHINE_reclaim_hit_percent, NULL },
};
static const struct sar_column io[] = {
	{ "tps", "tps", FIGURE_PER_S, DISK_requests_per_s, NULL },
	{ "rtps", "rtps", FIGURE_PER_S, DISK_reads_per_s, "io-reads" },
	{ "wtps", "wtps", FIGURE_PER_S, DISK_writes_per_s, "io-writes" },
	{ "dtps", "dtps", FIGURE_PER_S, DISK_discards_per_s, "io-discard" },
	{ "bread/s", "bread", FIGURE_SECTORS_PER_S, DISK_read_bytes_per_s, "io-reads" },
	{ "bwrtn/s", "bwrtn", FIGURE_SECTORS_PER_S, DISK_written_bytes_per_s, "io-writes" },
	{ "bdscd/s", "bdscd", FIGURE_SECTORS_PER_S, DISK_discarded_bytes_per_s, "io-discard" },
};
static const struct sar_column memory[] = {
	{ "kbmemfree", "memfree", FIGURE_KIB, MACHINE_mem_free_bytes, NULL },
	{ "kbavail", "avail", FIGURE_KIB, MACHINE_mem_gettable_bytes, NULL },
	{ "kbmemused", "memused", FIGURE_KIB, MACHINE_mem_used_without_slab_bytes, NULL },
	{ "%memused", "memused-percent", FIGURE_PERCENT, MACHINE_mem_used_without_slab_percent, NULL },
	{ "kbbuffers", "buffers", FIGURE_KIB, MACHINE_buffers_bytes, NULL },
	{ "kbcached", "cached", FIGURE_KIB, MACHINE_cached_bytes, NULL },
	{ "kbcommit", "commit", FIGURE_KIB, MACHINE_committed_bytes, NULL },
	{ "%commit", "commit-percent", FIGURE_PERCENT, MACHINE_committed_percent, NULL },
	{ "kbactive", "active", FIGURE_KIB, MACHINE_active_bytes, NULL },
	{ "kbinact", "inactive", FIGURE_KIB, MACHINE_inactive_bytes, NULL },
	{ "kbdirty", "dirty", FIGURE_KIB, MACHINE_dirty_bytes, NULL },
	/* with ALL */
	{ "kbanonpg", "anonpg", FIGURE_KIB, MACHINE_anon_pages_bytes, NULL },
	{ "kbslab", "slab", FIGURE_KIB, MACHINE_slab_bytes, NULL },
	{ "kbkstack", "kstack", FIGURE_KIB, MACHINE_kernel_stack_bytes, NULL },
	{ "kbpgtbl", "pgtbl", FIGURE_KIB, MACHINE_page_tables_bytes, NULL },
	{ "kbvmused", "vmused", FIGURE_KIB, MACHINE_vmalloc_used_bytes, NULL },
};
static const struct sar_column swap[] = {
	{ "kbswpfree", "swpfree", FIGURE_KIB, MACHINE_swap_free_bytes, NULL },
	{ "kbswpused", "swpused", FIGURE_KIB, MACHINE_swap_used_bytes, NULL },
	{ "%swpused", "swpused-percent", FIGURE_PERCENT, MACHINE_swap_used_percent, NULL },
	{ "kbswpcad", "swpcad", FIGURE_KIB, MACHINE_swap_cached_bytes, NULL },
	{ "%swpcad", "swpcad-percent", FIGURE_PERCENT, MACHINE_swap_cached_percent, NULL },
};
static const struct sar_column huge[] = {
	{ "kbhugfree", "hugfree", FIGURE_KIB, MACHINE_hugetlb_free_bytes, NULL },
	{ "kbhugused", "hugused", FIGURE_KIB, MACHINE_hugetlb_used_bytes, NULL },
	{ "%hugused", "hugused-percent", FIGURE_PERCENT, MACHINE_hugetlb_used_percent, NULL },
	{ "kbhugrsvd", "hugrsvd", FIGURE_KIB, MACHINE_hugetlb_reserved_bytes, NULL },
	{ "kbhugsurp", "hugsurp", FIGURE_KIB, MACHINE_hugetlb_surplus_bytes, NULL },
};
static const struct sar_column tables[] = {
	{ "dentunusd", "dentunusd", FIGURE_COUNT, MACHINE_dentries_unused, NULL },
	{ "file-nr", "file-nr", FIGURE_COUNT, MACHINE_files_open, NULL },
	{ "inode-nr", "inode-nr", FIGURE_COUNT, MACHINE_inodes_used, NULL },
	{ "pty-nr", "pty-nr", FIGURE_COUNT, MACHINE_ptys, NULL },
};
static const struct sar_column queue[] = {
	{ "runq-sz", "runq-sz", FIGURE_COUNT, MACHINE_others_runnable, NULL },
	{ "plist-sz", "plist-sz", FIGURE_COUNT, MACHINE_threads_total, NULL },
	{ "ldavg-1", "ldavg-1", FIGURE_PER_S, MACHINE_load_1min, NULL },
	{ "ldavg-5", "ldavg-5", FIGURE_PER_S, MACHINE_load_5min, NULL },
	{ "ldavg-15", "ldavg-15", FIGURE_PER_S, MACHINE_load_15min, NULL },
	{ "blocked", "blocked", FIGURE_COUNT, MACHINE_tasks_blocked, NULL },
};
static const struct sar_column disks[] = {
	{ "tps", "tps", FIGURE_PER_S, DISK_requests_per_s, NULL },
	{ NULL, "rd_sec", FIGURE_SECTORS_PER_S, DISK_read_bytes_per_s, NULL },
	{ NULL, "wr_sec", FIGURE_SECTORS_PER_S, DISK_written_bytes_per_s, NULL },
	{ NULL, "dc_sec", FIGURE_SECTORS_PER_S, DISK_discarded_bytes_per_s, NULL },
	{ "rkB/s", "rkB", FIGURE_KIB_PART, DISK_read_bytes_per_s, NULL },
	{ "wkB/s", "wkB", FIGURE_KIB_PART, DISK_written_bytes_per_s, NULL },
	{ "dkB/s", "dkB", FIGURE_KIB_PART, DISK_discarded_bytes_per_s, NULL },
	{ NULL, "avgrq-sz", FIGURE_SECTORS_PER_S, DISK_request_bytes, NULL },
	{ "areq-sz", "areq-sz", FIGURE_KIB_PART, DISK_request_bytes, NULL },
	{ NULL, "avgqu-sz", FIGURE_PER_S, DISK_queue_length, NULL },
	{ "aqu-sz", "aqu-sz", FIGURE_PER_S, DISK_queue_length, NULL },
	{ "await", "await", FIGURE_MS_PART, DISK_request_ns, NULL },
	{ "%util", "util-percent", FIGURE_PERCENT, DISK_busy_percent, NULL },
};
static const struct sar_column psi_cpu[] = {
	{ "%scpu-10", "some_avg10", FIGURE_PERCENT, MACHINE_cpu_some_10s_percent, NULL },
	{ "%scpu-60", "some_avg60", FIGURE_PERCENT, MACHINE_cpu_some_60s_percent, NULL },
	{ "%scpu-300", "some_avg300", FIGURE_PERCENT, MACHINE_cpu_some_300s_percent, NULL },
	{ "%scpu", "some_avg", FIGURE_PERCENT, MACHINE_cpu_some_percent, NULL },
};
static const struct sar_column psi_io[] = {
	{ "%sio-10", "some_avg10", FIGURE_PERCENT, MACHINE_io_some_10s_percent, NULL },
	{ "%sio-60", "some_avg60", FIGURE_PERCENT, MACHINE_io_some_60s_percent, NULL },
	{ "%sio-300", "some_avg300", FIGURE_PERCENT, MACHINE_io_some_300s_percent, NULL },
	{ "%sio", "some_avg", FIGURE_PERCENT, MACHINE_io_some_percent, NULL },
	{ "%fio-10", "full_avg10", FIGURE_PERCENT, MACHINE_io_full_10s_percent, NULL },
	{ "%fio-60", "full_avg60", FIGURE_PERCENT, MACHINE_io_full_60s_percent, NULL },
	{ "%fio-300", "full_avg300", FIGURE_PERCENT, MACHINE_io_full_300s_percent, NULL },
	{ "%fio", "full_avg", FIGURE_PERCENT, MACHINE_io_full_percent, NULL },
};
static const struct sar_column psi_memory[] = {
	{ "%smem-10", "some_avg10", FIGURE_PERCENT, MACHINE_memory_some_10s_percent, NULL },
	{ "%smem-60", "some_avg60", FIGURE_PERCENT, MACHINE_memory_some_60s_percent, NULL },
	{ "%smem-300", "some_avg300", FIGURE_PERCENT, MACHINE_memory_some_300s_percent, NULL },
	{ "%smem", "some_avg", FIGURE_PERCENT, MACHINE_memory_some_percent, NULL },
	{ "%fmem-10", "full_avg10", FIGURE_PERCENT, MACHINE_memory_full_10s_percent, NULL },
	{ "%fmem-60", "full_avg60", FIGURE_PERCENT, MACHINE_memory_full_60s_percent, NULL },
	{ "%fmem-300", "full_avg300", FIGURE_PERCENT, MACHINE_memory_full_300s_percent, NULL },
	{ "%fmem", "full_avg", FIGURE_PERCENT, MACHINE_memory_full_percent, NULL },
};

#define ALL_OF(name) name, sizeof name / sizeof *name

enum { MEMORY_SHORT = 11 };

const struct sar_view sar_views[SAR_VIEWS] = {
	[SAR_CPU] = { SAR_EACH_CPU, "CPU", ALL_OF(cpu), NULL, "cpu-load", "", false },
	[SAR_CPU_ALL] = { SAR_EACH_CPU, "CPU", ALL_OF(cpu_all), NULL, "cpu-load", "", false },
	[SAR_SWITCHES] = { SAR_MACHINE, NULL, ALL_OF(switches), NULL, "process-and-context-switch", " per=\"second\"",
	                   false },
	[SAR_SWAPPING] = { SAR_MACHINE, NULL, ALL_OF(swapping), NULL, "swap-pages", " per=\"second\"", false },
	[SAR_PAGING] = { SAR_MACHINE, NULL, ALL_OF(paging), NULL, "paging", " per=\"second\"", false },
	[SAR_IO] = { SAR_ALL_DISKS, NULL, ALL_OF(io), NULL, "io", " per=\"second\"", true },
	[SAR_MEMORY] = { SAR_MACHINE, NULL, memory, MEMORY_SHORT, NULL, "memory", " unit=\"kB\"", true },
	[SAR_MEMORY_ALL] = { SAR_MACHINE, NULL, ALL_OF(memory), NULL, "memory", " unit=\"kB\"", true },
	[SAR_SWAP] = { SAR_MACHINE, NULL, ALL_OF(swap), NULL, "memory", " unit=\"kB\"", true },
	[SAR_HUGE] = { SAR_MACHINE, NULL, ALL_OF(huge), NULL, "hugepages", " unit=\"kB\"", true },
	[SAR_TABLES] = { SAR_MACHINE, NULL, ALL_OF(tables), NULL, "kernel", "", false },
	[SAR_QUEUE] = { SAR_MACHINE, NULL, ALL_OF(queue), NULL, "queue", "", false },
	[SAR_DISKS] = { SAR_EACH_DISK, "DEV", ALL_OF(disks), NULL, "disk", " per=\"second\"", false },
	[SAR_PSI_CPU] = { SAR_MACHINE, NULL, ALL_OF(psi_cpu), "psi", "psi-cpu", "", false },
	[SAR_PSI_IO] = { SAR_MACHINE, NULL, ALL_OF(psi_io), "psi", "psi-io", "", false },
	[SAR_PSI_MEMORY] = { SAR_MACHINE, NULL, ALL_OF(psi_memory), "psi", "psi-mem", "", false },
};
