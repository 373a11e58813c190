/* pidstat's reports: their columns, and what makes a task worth a line in them. */
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

void pidstat_request(struct pidstat *pidstat)
{
	struct request *request = &pidstat->sysstat.samples.request;
	static const uint8_t always[] = { TASK_pid,        TASK_tgid, TASK_is_thread, TASK_read_ns,
		                          TASK_started_ns, TASK_ruid, TASK_comm };
	static const uint8_t levels[] = { TASK_virt_bytes, TASK_rss_bytes,          TASK_threads,
		                          TASK_fd_count,   TASK_stack_mapped_bytes, TASK_stack_referenced_bytes };

	for (size_t i = 0; i < sizeof always; i++)
		request_field(request, &request->fields, always[i]);
	memcpy(pidstat->mean.ids, levels, sizeof levels);
	pidstat->mean.id_count = sizeof levels;
	if (pidstat->names || pidstat->user)
		request_field(request, &request->fields, TASK_ruser);
	if (pidstat->command_line)
		request_field(request, &request->fields, TASK_cmdline);
	for (int report = 0; report < REPORTS; report++) {
		if (!(pidstat->reports >> report & 1))
			continue;
		for (size_t i = 0; i < pidstat_reports[report].column_count; i++)
			request_field(request, &request->fields, pidstat_reports[report].columns[i].id);
	}
	request->threads = pidstat->threads ? THREADS_TOO : NO_THREADS;
	request->pids = pidstat->pids;
	request->pid_count = pidstat->pid_count;
}

static int64_t level_before(const struct view *view, size_t row, unsigned id)
{
	int64_t value = 0;

	if (view->before && view->match[row] != VIEW_NEW)
		snapshot_number(view->before, view->match[row], id, &value);
	return value;
}

/* Whether anything that the report shows has changed since the moment before. */
static bool is_active(const struct view *view, size_t row, const struct pidstat_report *report)
{
	int64_t now, before, elapsed;

	for (const uint8_t *id = report->counters; *id != TASK_FIELDS; id++)
		if (view_number(view, row, *id, &now) && view_past(view, row, *id, &before, &elapsed) && now != before)
			return true;
	for (const uint8_t *id = report->levels; *id != TASK_FIELDS; id++)
		if (view_number(view, row, *id, &now) && now != level_before(view, row, *id))
			return true;
	return false;
}

static bool matches(const regex_t *regex, struct span text)
{
	struct buffer copy = { 0 };

	buffer_add(&copy, text);
	bool matched = regexec(regex, buffer_cstr(&copy), 0, NULL, 0) == 0;
	buffer_done(&copy);
	return matched;
}

/* The row of the process that a row belongs to; its own when that is not there. */
static size_t process_of(const struct view *view, size_t row)
{
	int64_t is_thread;

	for (size_t r = row;; r--) {
		if (view_number(view, r, TASK_is_thread, &is_thread) && !is_thread)
			return r;
		if (r == 0)
			return row;
	}
}

static bool has_right_name(const struct pidstat *pidstat, const struct view *view, size_t row)
{
	struct span comm = SPAN(""), user = SPAN("");

	if (pidstat->no_match)
		return false;
	view_text(view, row, TASK_comm, &comm);
	if (pidstat->by_command && !matches(&pidstat->command, comm))
		return false;
	view_text(view, process_of(view, row), TASK_comm, &comm);
	if (pidstat->by_process && !matches(&pidstat->process, comm))
		return false;
	return !pidstat->user || (view_text(view, row, TASK_ruser, &user) && span_is(user, pidstat->user));
}

bool pidstat_chooses(const struct pidstat *pidstat, const struct view *view, size_t row, unsigned report)
{
	bool active = pidstat->listed;

	for (unsigned r = 0; r < REPORTS && !active; r++)
		if ((report == REPORTS || r == report) && pidstat->reports >> r & 1)
			active = is_active(view, row, &pidstat_reports[r]);
	return active && has_right_name(pidstat, view, row);
}
