/* pidstat's headings and lines. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "model/rate.h"
#include "render/text.h"
#include "tools/pidstat.h"

/* What is being printed. */
struct page {
	struct pidstat *pidstat;
	struct buffer *buffer;
	const struct view *view;
	unsigned report; /* or REPORTS: all chosen ones on one line */
	bool average;
};

static bool has_report(const struct page *page, unsigned report)
{
	return (page->report == REPORTS || page->report == report) && page->pidstat->reports >> report & 1;
}

static void put_heading(const struct page *page)
{
	const struct pidstat *pidstat = page->pidstat;
	struct buffer *buffer = page->buffer;
	int64_t before_ns = page->view->now->wall_ns;

	if (page->view->before && !pidstat->sysstat.samples.since_boot)
		before_ns = page->view->before->wall_ns;
	buffer_char(buffer, '\n');
	if (pidstat->one_line)
		buffer_text(buffer, "# Time     ");
	else
		sysstat_put_time(&pidstat->sysstat, buffer, page->average ? SYSSTAT_AVERAGE : before_ns);
	buffer_text(buffer, pidstat->names ? "     USER" : "   UID");
	buffer_text(buffer, pidstat->threads ? "      TGID       TID" : "       PID");
	for (unsigned report = 0; report < REPORTS; report++)
		for (size_t i = 0; has_report(page, report) && i < pidstat_reports[report].column_count; i++)
			buffer_format(buffer, " %s", pidstat_reports[report].columns[i].title);
	buffer_text(buffer, "  Command\n");
}

static bool is_process_shown(const struct page *page, size_t row)
{
	size_t process = pidstat_process(page->view, row);
	int64_t tgid = -1, pid = -2;

	view_number(page->view, row, TASK_tgid, &tgid);
	view_number(page->view, process, TASK_pid, &pid);
	return process != row && pid == tgid && pidstat_chooses(page->pidstat, page->view, process, page->report);
}

static void put_item(const struct page *page, size_t width, bool known, int64_t number)
{
	char text[32] = "-";

	if (known)
		snprintf(text, sizeof text, "%lld", (long long)number);
	figure_put_word(page->buffer, &page->pidstat->sysstat.style, COLOUR_ITEM, width, span_of(text));
}

static void put_ids(const struct page *page, size_t row)
{
	int64_t uid = 0, pid = 0, tgid = 0, is_thread = 0;
	struct span user = SPAN("-");

	bool known = view_number(page->view, row, TASK_ruid, &uid);
	view_number(page->view, row, TASK_pid, &pid);
	view_number(page->view, row, TASK_tgid, &tgid);
	view_number(page->view, row, TASK_is_thread, &is_thread);
	if (page->pidstat->names) {
		view_text(page->view, row, TASK_ruser, &user);
		figure_put_word(page->buffer, &page->pidstat->sysstat.style, COLOUR_ITEM, 8, user);
	} else {
		put_item(page, 5, known, uid);
	}
	if (!page->pidstat->threads) {
		put_item(page, 9, true, pid);
		return;
	}
	char process[32] = "-", both[64];
	if (!is_thread || !is_process_shown(page, row))
		snprintf(process, sizeof process, "%lld", (long long)tgid);
	if (is_thread)
		snprintf(both, sizeof both, "%s %9lld", process, (long long)pid);
	else
		snprintf(both, sizeof both, "%s         -", process);
	figure_put_word(page->buffer, &page->pidstat->sysstat.style, COLOUR_ITEM, 19, span_of(both));
}

static void put_command(const struct page *page, size_t row)
{
	const struct figure_style *style = &page->pidstat->sysstat.style;
	struct span text = SPAN(""), leader = SPAN("");
	int64_t is_thread = 0;

	view_text(page->view, row, TASK_comm, &text);
	view_number(page->view, row, TASK_is_thread, &is_thread);
	if (style->colour)
		buffer_format(page->buffer, "\033[%sm", style->sgr[is_thread ? COLOUR_ZERO : COLOUR_NUMBER]);
	buffer_text(page->buffer, "  ");
	if (is_thread && is_process_shown(page, row)) {
		buffer_text(page->buffer, "|__");
	} else if (is_thread) {
		view_text(page->view, pidstat_process(page->view, row), TASK_comm, &leader);
		buffer_char(page->buffer, '(');
		text_put(page->buffer, leader, SIZE_MAX);
		buffer_text(page->buffer, ")__");
	}
	if (page->pidstat->command_line && view_text(page->view, row, TASK_cmdline, &text) && text.len) {
		struct buffer joined = { 0 };
		text_arguments(&joined, text);
		text_put(page->buffer, buffer_span(&joined), SIZE_MAX);
		buffer_done(&joined);
	} else {
		view_text(page->view, row, TASK_comm, &text);
		text_put(page->buffer, text, SIZE_MAX);
	}
	buffer_text(page->buffer, style->colour ? "\n\033[0m" : "\n");
}

/* Counts since the moment before are, at the end, means of a sample. */
static bool is_gain(unsigned id)
{
	return id == TASK_user_total_new_ns || id == TASK_system_total_new_ns || id == TASK_guest_total_new_ns ||
	       id == TASK_minor_faults_total_new || id == TASK_major_faults_total_new || id == TASK_block_io_new_ns;
}

static bool value_of(const struct page *page, size_t row, unsigned id, int64_t *ret)
{
	const struct pidstat *pidstat = page->pidstat;
	int64_t samples = pidstat->sysstat.samples.repeat.taken - 1;

	if (page->average && mean_task(&pidstat->mean, row, id, ret))
		return true;
	if (page->average && id == TASK_rss_percent) {
		int64_t rss, total;
		return mean_task(&pidstat->mean, row, TASK_rss_bytes, &rss) &&
		       view_machine(page->view, MACHINE_mem_total_bytes, &total) && share(rss, total, ret);
	}
	if (!view_number(page->view, row, id, ret))
		return false;
	if (page->average && is_gain(id) && samples > 0)
		*ret /= samples;
	if (id == TASK_cpu_percent && pidstat->solaris && pidstat->sysstat.cpus > 0)
		*ret /= pidstat->sysstat.cpus;
	return true;
}

static const char *policy_name(int64_t policy)
{
	static const char *const names[] = { "NORMAL", "FIFO", "RR", "BATCH", "ISO", "IDLE", "DEADLN" };

	return policy >= 0 && policy < (int64_t)(sizeof names / sizeof *names) ? names[policy] : "?";
}

static void put_cell(const struct page *page, size_t row, const struct pidstat_column *column)
{
	const struct figure_style *style = &page->pidstat->sysstat.style;
	size_t width = strlen(column->title);
	int64_t value, ruid;
	bool known = value_of(page, row, column->id, &value);

	if (column->id == TASK_cpu_last)
		put_item(page, width, known && !page->average, value);
	else if (column->id == TASK_policy && known)
		figure_put_word(page->buffer, style, COLOUR_NUMBER, width, span_of(policy_name(value)));
	else if (known)
		figure_put(page->buffer, style, column->figure, width, value);
	else if (column->absent == BLANK_MINUS)
		figure_put_word(page->buffer, style, COLOUR_NUMBER, width,
		                span_of(column->figure == FIGURE_COUNT ? "-1" : "-1.00"));
	else if (column->absent == BLANK_ZERO && view_number(page->view, row, TASK_ruid, &ruid))
		figure_put(page->buffer, style, column->figure, width,
		           0); /* no address space: kernel threads, zombies */
	else
		figure_put_word(page->buffer, style, COLOUR_NUMBER, width, SPAN("-"));
}

static void put_row(const struct page *page, size_t row)
{
	sysstat_put_time(&page->pidstat->sysstat, page->buffer,
	                 page->average ? SYSSTAT_AVERAGE : page->view->now->wall_ns);
	put_ids(page, row);
	for (unsigned report = 0; report < REPORTS; report++)
		for (size_t i = 0; has_report(page, report) && i < pidstat_reports[report].column_count; i++)
			put_cell(page, row, &pidstat_reports[report].columns[i]);
	put_command(page, row);
}

static void put_page(const struct page *page)
{
	struct pidstat *pidstat = page->pidstat;
	bool single = pidstat->pid_count == 1 && __builtin_popcount(pidstat->reports) == 1;

	pidstat->heading.every = isatty(STDOUT_FILENO) && screen_rows() > 2 ? screen_rows() - 2 : 0;
	if (single ? !page->average && heading_due(&pidstat->heading) : true)
		put_heading(page);
	for (size_t row = 0; row < page->view->now->count; row++)
		if (pidstat_chooses(pidstat, page->view, row, page->report))
			put_row(page, row);
}

void pidstat_put(struct pidstat *pidstat, struct buffer *buffer, const struct view *view, bool average)
{
	struct page page = { pidstat, buffer, view, REPORTS, average };

	if (pidstat->one_line) {
		put_page(&page);
		return;
	}
	for (page.report = 0; page.report < REPORTS; page.report++)
		if (pidstat->reports >> page.report & 1)
			put_page(&page);
}

/* Ids and name, then what the chosen reports show. */
static size_t data_fields(const struct pidstat *pidstat, uint8_t *ids)
{
	static const uint8_t always[] = { TASK_pid, TASK_tgid, TASK_is_thread, TASK_ruid, TASK_comm };
	size_t count = sizeof always;

	memcpy(ids, always, sizeof always);
	if (pidstat->command_line)
		ids[count++] = TASK_cmdline;
	for (unsigned report = 0; report < REPORTS; report++)
		for (size_t i = 0; pidstat->reports >> report & 1 && i < pidstat_reports[report].column_count; i++)
			ids[count++] = pidstat_reports[report].columns[i].id;
	return count;
}

void pidstat_put_data(struct pidstat *pidstat, struct buffer *buffer, const struct view *view)
{
	const struct samples *samples = &pidstat->sysstat.samples;
	uint32_t *rows = calloc(view->now->count + 1, sizeof *rows);
	uint8_t ids[TASK_FIELDS];
	size_t id_count = data_fields(pidstat, ids), count = 0;

	if (!rows) {
		buffer->failed = true;
		return;
	}
	for (size_t row = 0; row < view->now->count; row++)
		if (pidstat_chooses(pidstat, view, row, REPORTS))
			rows[count++] = (uint32_t)row;
	if (samples->shared.data == DATA_JSON) {
		data_begin(buffer, "pidstat", view->now);
		data_tasks(buffer, "tasks", view, rows, count, ids, id_count);
		data_end(buffer);
	} else {
		if (samples->repeat.taken <= (samples->since_boot ? 1 : 2))
			data_csv_header(buffer, &task_table, ids, id_count);
		data_csv_tasks(buffer, view, rows, count, ids, id_count);
	}
	free(rows);
}
