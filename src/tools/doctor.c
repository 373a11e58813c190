/* vires doctor: the machine's verdict in one page. Looks twice, and says only what it has evidence for. */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "analysis/doctor.h"
#include "base/clock.h"
#include "collect/groups.h"
#include "model/derive.h"
#include "tools/samples.h"
#include "tools/words.h"

static const struct option_row option_rows[] = {
	{ 'h', "help", ALONE, NULL, "this text", OPTION_HELP },
	{ 'w', "watch", TAKES, "SECONDS", "time between the two looks (1); from 10 on growth is judged too", 0 },
	{ 0, "json", ALONE, NULL, "JSON for programs", OPTION_JSON },
	OPTIONS_SOURCE,
};

static const char notes[] =
	"Takes two looks at the machine and holds them against rules: memory really left, the commit limit (only in "
	"overcommit mode 2, which enforces it), memory pressure, swap traffic, kills, kernel memory, unused huge page "
	"pools, process numbers, the limit of its own control group, zombies, processes stuck in state D, growth and "
	"file descriptors. Each finding has its numbers and the threshold that they crossed; a healthy machine gets "
	"one line.\n\n"
	"Exit status: 0 nothing but notes, 1 something found, 4 the machine could not be looked at.";

struct doctor {
	struct samples samples;
	struct groups *groups;
};

static bool own_group(const struct doctor *doctor, const struct view *view, struct span *ret_name, struct cgroup *ret)
{
	struct span text, group;
	int64_t pid;

	for (size_t row = 0; doctor->groups && row < view->now->count; row++)
		if (view_number(view, row, TASK_pid, &pid) && pid == getpid())
			return view_text(view, row, TASK_cgroup, &text) && groups_of(doctor->groups, text, &group) &&
			       groups_tightest(doctor->groups, group, ret_name, ret) == 0;
	return false;
}

static void put_finding(struct buffer *buffer, const struct finding *finding)
{
	buffer_format(buffer, "%-8s  %s: %.*s\n", severity_name(finding->severity), finding->rule,
	              (int)finding->evidence.len, finding->evidence.at);
	buffer_format(buffer, "          %s\n", finding->meaning);
	if (finding->pid_count) {
		buffer_text(buffer, "          pids:");
		for (size_t i = 0; i < finding->pid_count; i++)
			buffer_format(buffer, " %lld", (long long)finding->pids[i]);
		if (finding->meant > finding->pid_count)
			buffer_format(buffer, " and %zu more", finding->meant - finding->pid_count);
		buffer_char(buffer, '\n');
	}
	buffer_format(buffer, "          more: %s\n", finding->more);
}

static void put_text(struct buffer *buffer, const struct diagnosis *diagnosis, const struct view *view)
{
	int64_t available = 0, total = 0;

	for (size_t i = 0; i < diagnosis->count; i++)
		put_finding(buffer, &diagnosis->findings[i]);
	if (diagnosis->count)
		return;
	view_machine(view, MACHINE_mem_available_bytes, &available);
	view_machine(view, MACHINE_mem_total_bytes, &total);
	buffer_format(buffer, "healthy: %lld of %lld MiB really left, nothing found by %zu rules\n",
	              (long long)(available >> 20), (long long)(total >> 20), diagnosis->rules);
}

static void put_json(struct buffer *buffer, const struct diagnosis *diagnosis, const struct view *view)
{
	data_begin(buffer, "doctor", view->now);
	buffer_format(buffer, "\"rules\":%zu,\"findings\":[", diagnosis->rules);
	for (size_t i = 0; i < diagnosis->count; i++) {
		const struct finding *finding = &diagnosis->findings[i];
		buffer_format(buffer, "%s{\"rule\":\"%s\",\"severity\":\"%s\",\"evidence\":", i ? "," : "",
		              finding->rule, severity_name(finding->severity));
		data_json_text(buffer, finding->evidence);
		buffer_text(buffer, ",\"meaning\":");
		data_json_text(buffer, span_of(finding->meaning));
		buffer_format(buffer, ",\"more\":\"%s\",\"meant\":%zu,\"pids\":[", finding->more, finding->meant);
		for (size_t p = 0; p < finding->pid_count; p++)
			buffer_format(buffer, "%s%lld", p ? "," : "", (long long)finding->pids[p]);
		buffer_text(buffer, "]}");
	}
	buffer_char(buffer, ']');
	data_end(buffer);
}

static int put(struct samples *samples, struct buffer *buffer, const struct view *view)
{
	const struct doctor *doctor = (const struct doctor *)samples;
	struct diagnosis diagnosis;
	struct cgroup group;
	struct patient patient = { .view = view, .page_bytes = sysconf(_SC_PAGESIZE) };
	int status = STATUS_OK;

	if (samples->repeat.taken == 1)
		return GO_ON;
	patient.elapsed_ns = view->now->monotonic_ns - view->before->monotonic_ns;
	if (own_group(doctor, view, &patient.group_name, &group))
		patient.group = &group;
	if (doctor_examine(&patient, &diagnosis) < 0)
		return complain(samples->tool, STATUS_NOT_POSSIBLE, "%s", strerror(ENOMEM));
	(samples->shared.data == DATA_JSON ? put_json : put_text)(buffer, &diagnosis, view);
	for (size_t i = 0; i < diagnosis.count; i++)
		if (diagnosis.findings[i].severity > SEVERITY_NOTE)
			status = STATUS_FOUND;
	diagnosis_done(&diagnosis);
	return status;
}

static int set(void *context, int id, const char *argument)
{
	struct doctor *doctor = context;
	int64_t *interval_ns = &doctor->samples.repeat.interval_ns;

	if (id != 'w')
		return shared_option(doctor->samples.tool, STATUS_USAGE, &doctor->samples.shared, id, argument);
	if (word_seconds(argument, interval_ns) && *interval_ns > 0)
		return GO_ON;
	return complain(doctor->samples.tool, STATUS_USAGE, "--watch takes seconds, not '%s'", argument);
}

static int run(const struct tool *tool, int argc, char **argv)
{
	struct doctor doctor = { .samples = { .tool = tool,
		                              .put = put,
		                              .failed = STATUS_NOT_POSSIBLE,
		                              .repeat = { .interval_ns = NS_PER_S, .count = 2 } } };
	struct request *request = &doctor.samples.request;

	int status = options_read(tool, argc, argv, set, &doctor);
	if (status == GO_ON && optind < argc)
		status = usage(tool, STATUS_USAGE);
	if (status != GO_ON)
		return status;
	doctor_ask(request);
	request_field(request, &request->fields, TASK_cgroup);
	if (groups_new(doctor.samples.shared.place.root, &doctor.groups) < 0)
		doctor.groups = NULL;
	status = samples_run(&doctor.samples);
	groups_free(doctor.groups);
	return status;
}

TOOL(doctor, {
		     .name = "doctor",
		     .summary = "what is wrong with the memory of this machine, with evidence",
		     .usage = "[options]",
		     TOOL_OPTIONS(option_rows),
		     .notes = notes,
		     .run = run,
	     });
