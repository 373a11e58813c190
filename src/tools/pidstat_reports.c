/* pidstat's reports: their columns, and what they need to be known. */
#include "tools/pidstat.h"

static const struct pidstat_column cpu[] = {
	{ "   %usr", FIGURE_PERCENT, TASK_user_percent, BLANK_DASH },
	{ "%system", FIGURE_PERCENT, TASK_system_percent, BLANK_DASH },
	{ " %guest", FIGURE_PERCENT, TASK_guest_percent, BLANK_DASH },
	{ "  %wait", FIGURE_PERCENT, TASK_run_wait_percent, BLANK_DASH },
	{ "   %CPU", FIGURE_PERCENT, TASK_cpu_percent, BLANK_DASH },
	{ "  CPU", FIGURE_COUNT, TASK_cpu_last, BLANK_DASH },
};
static const struct pidstat_column cpu_child[] = {
	{ "   usr-ms", FIGURE_MS, TASK_user_total_new_ns, BLANK_DASH },
	{ "system-ms", FIGURE_MS, TASK_system_total_new_ns, BLANK_DASH },
	{ " guest-ms", FIGURE_MS, TASK_guest_total_new_ns, BLANK_DASH },
};
static const struct pidstat_column memory[] = {
	{ " minflt/s", FIGURE_PER_S, TASK_minor_faults_per_s, BLANK_DASH },
	{ " majflt/s", FIGURE_PER_S, TASK_major_faults_per_s, BLANK_DASH },
	{ "    VSZ", FIGURE_KIB, TASK_virt_bytes, BLANK_ZERO },
	{ "    RSS", FIGURE_KIB, TASK_rss_bytes, BLANK_ZERO },
	{ "  %MEM", FIGURE_PERCENT, TASK_rss_percent, BLANK_ZERO },
};
static const struct pidstat_column memory_child[] = {
	{ "minflt-nr", FIGURE_COUNT, TASK_minor_faults_total_new, BLANK_DASH },
	{ "majflt-nr", FIGURE_COUNT, TASK_major_faults_total_new, BLANK_DASH },
};
static const struct pidstat_column stack[] = {
	{ "StkSize", FIGURE_KIB, TASK_stack_mapped_bytes, BLANK_ZERO },
	{ " StkRef", FIGURE_KIB, TASK_stack_referenced_bytes, BLANK_ZERO },
};
static const struct pidstat_column io[] = {
	{ "  kB_rd/s", FIGURE_KIB_PER_S, TASK_read_bytes_per_s, BLANK_MINUS },
	{ "  kB_wr/s", FIGURE_KIB_PER_S, TASK_written_bytes_per_s, BLANK_MINUS },
	{ "kB_ccwr/s", FIGURE_KIB_PER_S, TASK_cancelled_bytes_per_s, BLANK_MINUS },
	{ "iodelay", FIGURE_TICKS, TASK_block_io_new_ns, BLANK_DASH },
};
static const struct pidstat_column switches[] = {
	{ "  cswch/s", FIGURE_PER_S, TASK_voluntary_switches_per_s, BLANK_DASH },
	{ "nvcswch/s", FIGURE_PER_S, TASK_involuntary_switches_per_s, BLANK_DASH },
};
static const struct pidstat_column kernel[] = {
	{ "threads", FIGURE_COUNT, TASK_threads, BLANK_DASH },
	{ "  fd-nr", FIGURE_COUNT, TASK_fd_count, BLANK_MINUS },
};
static const struct pidstat_column realtime[] = {
	{ "prio", FIGURE_COUNT, TASK_rt_priority, BLANK_DASH },
	{ "policy", FIGURE_COUNT, TASK_policy, BLANK_DASH },
};

#define COLUMNS(name) name, sizeof name / sizeof *name
#define IDS(...)      ((const uint8_t[]){ __VA_ARGS__ __VA_OPT__(, ) TASK_FIELDS })

_Static_assert(TASK_FIELDS <= UINT8_MAX, "TASK_FIELDS ends lists of ids");

const struct pidstat_report pidstat_reports[REPORTS] = {
	[REPORT_CPU] = { 'u', COLUMNS(cpu), IDS(TASK_user_ns, TASK_system_ns), IDS() },
	[REPORT_CPU_CHILD] = { 'u', COLUMNS(cpu_child),
	                       IDS(TASK_user_ns, TASK_system_ns, TASK_children_user_ns, TASK_children_system_ns),
	                       IDS() },
	[REPORT_MEMORY] = { 'r', COLUMNS(memory), IDS(TASK_minor_faults, TASK_major_faults),
	                    IDS(TASK_virt_bytes, TASK_rss_bytes) },
	[REPORT_MEMORY_CHILD] = { 'r', COLUMNS(memory_child),
	                          IDS(TASK_minor_faults, TASK_major_faults, TASK_children_minor_faults,
	                              TASK_children_major_faults),
	                          IDS() },
	[REPORT_STACK] = { 's', COLUMNS(stack), IDS(), IDS(TASK_stack_mapped_bytes, TASK_stack_referenced_bytes) },
	[REPORT_IO] = { 'd', COLUMNS(io),
	                IDS(TASK_read_bytes, TASK_written_bytes, TASK_cancelled_bytes, TASK_block_io_ns), IDS() },
	[REPORT_SWITCHES] = { 'w', COLUMNS(switches), IDS(TASK_voluntary_switches, TASK_involuntary_switches), IDS() },
	[REPORT_KERNEL] = { 'v', COLUMNS(kernel), IDS(), IDS(TASK_threads, TASK_fd_count) },
	[REPORT_REALTIME] = { 'R', COLUMNS(realtime), IDS(), IDS(TASK_rt_priority, TASK_policy) },
};

/* What tasks count while they run; of who has not run since the last sample it is known without a look. */
enum {
	PATIENCE = 8,
	OWN_DOING = 1 << REPORT_CPU | 1 << REPORT_CPU_CHILD | 1 << REPORT_MEMORY | 1 << REPORT_MEMORY_CHILD |
	            1 << REPORT_IO | 1 << REPORT_SWITCHES
};

void pidstat_request(struct pidstat *pidstat)
{
	struct request *request = &pidstat->sysstat.samples.request;
	static const uint8_t always[] = { TASK_pid, TASK_tgid, TASK_is_thread, TASK_read_ns, TASK_started_ns };
	static const uint8_t levels[] = { TASK_virt_bytes, TASK_rss_bytes,          TASK_threads,
		                          TASK_fd_count,   TASK_stack_mapped_bytes, TASK_stack_referenced_bytes };

	for (size_t i = 0; i < sizeof always; i++)
		request_field(request, &request->fields, always[i]);
	for (int report = 0; report < REPORTS; report++) {
		if (!(pidstat->reports >> report & 1))
			continue;
		for (size_t i = 0; i < pidstat_reports[report].column_count; i++)
			request_field(request, &request->fields, pidstat_reports[report].columns[i].id);
	}
	for (size_t i = 0; i < sizeof levels; i++)
		if (field_set_has(&request->fields, levels[i]))
			pidstat->mean.ids[pidstat->mean.id_count++] = levels[i];
	request_field(request, &request->details, TASK_ruid);
	request_field(request, &request->details, TASK_comm);
	if (pidstat->names || pidstat->user)
		request_field(request, &request->details, TASK_ruser);
	if (pidstat->command_line)
		request_field(request, &request->details, TASK_cmdline);
	request->patience = pidstat->reports & ~(unsigned)OWN_DOING ? 0 : PATIENCE;
	request->threads = pidstat->threads ? THREADS_TOO : NO_THREADS;
	request->pids = pidstat->pids;
	request->pid_count = pidstat->pid_count;
}
