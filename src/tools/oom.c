/* vires oom: who dies next when memory runs out, in order, and why; and who was killed. */
#include <errno.h>
#include <stdlib.h>

#include "analysis/oom.h"
#include "collect/groups.h"
#include "render/data.h"
#include "render/number.h"
#include "render/text.h"
#include "tools/oom_past.h"
#include "tools/samples.h"
#include "tools/words.h"

enum { OPTION_GROUP = 1, OPTION_ADJ, OPTION_LIMIT, OPTION_ALL, OPTION_PAST, OPTION_LOG };

static const struct option_row option_rows[] = {
	{ 'h', "help", ALONE, NULL, "this text", OPTION_HELP },
	{ 'n', "count", TAKES, "N", "how many to show (20)", 0 },
	{ 'g', "cgroup", TAKES, "GROUP", "within this control group and its limit, not the whole machine",
	  OPTION_GROUP },
	{ 0, "adj", TAKES, "PID=ADJ", "as if oom_score_adj of PID were ADJ", OPTION_ADJ },
	{ 0, "limit", TAKES, "BYTES", "as if the group's limit were BYTES", OPTION_LIMIT },
	{ 'a', "all", ALONE, NULL, "also those that never die", OPTION_ALL },
	{ 0, "past", ALONE, NULL, "what was killed, by the kernel's log and numbers; status 1: nothing", OPTION_PAST },
	{ 0, "log", TAKES, "FILE", "the same, from a file that dmesg has written", OPTION_LOG },
	{ 0, "json", ALONE, NULL, "JSON for programs", OPTION_JSON },
	OPTIONS_SOURCE,
};

struct oom {
	struct samples samples;
	const char *group;
	struct span group_span;
	int64_t limit_bytes;
	struct oom_pretence pretence;
	int64_t most;
	bool all, with_adj, past;
	const char *log;
	struct groups *groups;
};

/* Only the rows of the group, when one is asked for. */
static void choose(void *context, const struct snapshot *snapshot, bool *chosen)
{
	const struct oom *oom = context;
	struct span text, group;

	for (size_t row = 0; row < snapshot->count; row++)
		chosen[row] = snapshot_text(snapshot, row, TASK_cgroup, &text) &&
		              groups_of(oom->groups, text, &group) && group_within(group, oom->group_span);
}

static void put_row(struct buffer *buffer, const struct view *view, const struct oom_candidate *c, int64_t within)
{
	int64_t pid = 0, score;
	struct span text = { 0 };

	view_number(view, c->row, TASK_pid, &pid);
	buffer_i64(buffer, pid, 7);
	buffer_char(buffer, ' ');
	if (view_number(view, c->row, TASK_oom_score, &score))
		buffer_i64(buffer, score, 6);
	else
		buffer_text(buffer, "     -");
	buffer_i64(buffer, c->adj, 6);
	buffer_char(buffer, ' ');
	number_memory(buffer, c->held_bytes, 8, 0);
	buffer_text(buffer, "  ");
	view_text(view, c->row, TASK_comm, &text);
	text_cell(buffer, text, 16, false);
	buffer_char(buffer, ' ');
	oom_reason(c, within, buffer);
	buffer_char(buffer, '\n');
}

static void put_json_row(struct buffer *buffer, const struct view *view, const struct oom_candidate *c, int64_t within)
{
	struct buffer reason = { 0 };
	int64_t number;
	struct span text;

	buffer_text(buffer, "{\"pid\":");
	if (view_number(view, c->row, TASK_pid, &number))
		buffer_i64(buffer, number, 0);
	buffer_text(buffer, ",\"comm\":");
	if (view_text(view, c->row, TASK_comm, &text))
		data_json_text(buffer, text);
	else
		buffer_text(buffer, "null");
	buffer_text(buffer, ",\"score\":");
	if (view_number(view, c->row, TASK_oom_score, &number))
		buffer_i64(buffer, number, 0);
	else
		buffer_text(buffer, "null");
	oom_reason(c, within, &reason);
	buffer_format(buffer,
	              ",\"oom_score_adj\":%lld,\"held_bytes\":%lld,\"points_bytes\":%lld,\"may_die\":%s,\"reason\":",
	              (long long)c->adj, (long long)c->held_bytes, (long long)c->points,
	              c->exempt == OOM_MAY_DIE ? "true" : "false");
	data_json_text(buffer, buffer_span(&reason));
	buffer_char(buffer, '}');
	buffer_done(&reason);
}

static void put_all(struct buffer *buffer, const struct oom *oom, const struct view *view,
                    const struct oom_candidate *candidates, int64_t within)
{
	int64_t shown = 0;
	bool json = oom->samples.shared.data == DATA_JSON;

	if (json)
		data_begin(buffer, "oom", view->now);
	if (json)
		buffer_format(buffer, "\"within_bytes\":%lld,\"order\":[", (long long)within);
	else
		buffer_format(buffer,
		              "When %s of %lld kB %s, the kernel kills in this order:\n"
		              "    PID  SCORE   ADJ     HELD  COMMAND          WHY\n",
		              oom->group ? "the limit" : "RAM and swap", (long long)(within / 1024),
		              oom->group ? "is met" : "run out");
	for (size_t i = 0; i < view->now->count && shown < oom->most; i++) {
		if (candidates[i].exempt != OOM_MAY_DIE && !oom->all)
			continue;
		if (json && shown)
			buffer_char(buffer, ',');
		(json ? put_json_row : put_row)(buffer, view, &candidates[i], within);
		shown++;
	}
	if (json) {
		buffer_char(buffer, ']');
		data_end(buffer);
	}
}

/* What a part of the points of an adjustment is a thousandth of: the limit of the group, or RAM and swap. */
static int within_bytes(const struct oom *oom, const struct machine *machine, int64_t *ret)
{
	struct span tightest;
	struct cgroup cgroup;

	*ret = oom->limit_bytes;
	if (oom->limit_bytes > 0)
		return 0;
	*ret = oom_total_bytes(machine);
	if (!oom->group)
		return 0;
	int r = groups_tightest(oom->groups, oom->group_span, &tightest, &cgroup);
	if (r == 0 && cgroup.limit_bytes < *ret)
		*ret = cgroup.limit_bytes;
	return r == -ENODATA ? 0 : r;
}

static int put(struct samples *samples, struct buffer *buffer, const struct view *view)
{
	const struct oom *oom = (const struct oom *)samples;
	struct oom_candidate *candidates = calloc(view->now->count + 1, sizeof *candidates);
	int64_t within;

	if (!candidates)
		return complain(samples->tool, STATUS_NOT_POSSIBLE, "%s", strerror(ENOMEM));
	int r = within_bytes(oom, &view->now->machine, &within);
	if (r == 0) {
		oom_order(view, within, oom->with_adj ? &oom->pretence : NULL, candidates);
		put_all(buffer, oom, view, candidates, within);
	}
	free(candidates);
	if (r < 0)
		return complain(samples->tool, STATUS_NOT_POSSIBLE, "cannot read group %s: %s", oom->group,
		                strerror(-r));
	return GO_ON;
}

static void ask(struct oom *oom, struct request *request)
{
	for (size_t i = 0; i < oom_field_count; i++)
		request_field(request, &request->fields, oom_fields[i]);
	request_field(request, &request->fields, TASK_comm);
	request_field(request, &request->fields, TASK_oom_score);
	request_machine(request, MACHINE_mem_total_bytes);
	request_machine(request, MACHINE_swap_total_bytes);
	if (!oom->group)
		return;
	request_field(request, &request->fields, TASK_cgroup);
	request->choose = choose;
	request->context = oom;
	request->only_chosen = true;
}

static bool parse_adj(const char *text, struct oom *oom)
{
	struct span rest = span_of(text), pid;

	return span_until(&rest, '=', &pid) && span_i64(&pid, &oom->pretence.pid) && pid.len == 0 &&
	       span_i64(&rest, &oom->pretence.adj) && rest.len == 0 && oom->pretence.adj >= -1000 &&
	       oom->pretence.adj <= 1000 && (oom->with_adj = true);
}

static int set(void *context, int id, const char *argument)
{
	struct oom *oom = context;
	const struct tool *tool = oom->samples.tool;
	bool fine = true;

	switch (id) {
	case 'n':
		fine = word_integer(argument, &oom->most) && oom->most > 0;
		break;
	case OPTION_GROUP:
		oom->group = argument;
		oom->group_span = span_of(argument);
		fine = argument[0] == '/';
		break;
	case OPTION_ADJ:
		fine = parse_adj(argument, oom);
		break;
	case OPTION_LIMIT:
		fine = word_integer(argument, &oom->limit_bytes) && oom->limit_bytes > 0;
		break;
	case OPTION_PAST:
		oom->past = true;
		break;
	case OPTION_LOG:
		oom->past = true;
		oom->log = argument;
		break;
	case OPTION_ALL:
		oom->all = true;
		break;
	default:
		return shared_option(tool, STATUS_USAGE, &oom->samples.shared, id, argument);
	}
	return fine ? GO_ON : complain(tool, STATUS_USAGE, "'%s' is no value for this option; see --help", argument);
}

static int run(const struct tool *tool, int argc, char **argv)
{
	struct oom oom = { .samples = { .tool = tool, .put = put, .repeat = { .count = 1 } }, .most = 20 };

	int status = options_read(tool, argc, argv, set, &oom);
	if (status == GO_ON && optind < argc)
		status = usage(tool, STATUS_USAGE);
	if (status != GO_ON)
		return status;
	if (oom.past)
		return oom_past(tool, &oom.samples.shared, oom.log, oom.most);
	int r = oom.group ? groups_new(oom.samples.shared.place.root, &oom.groups) : 0;
	if (r < 0)
		return complain(tool, STATUS_NOT_POSSIBLE, "no control groups with a memory controller here: %s",
		                strerror(-r));
	ask(&oom, &oom.samples.request);
	status = samples_run(&oom.samples);
	groups_free(oom.groups);
	return status;
}

TOOL(oom, {
		  .name = "oom",
		  .summary = "who dies next when memory runs out, in order, and why; and who was killed",
		  .usage = "[options]",
		  TOOL_OPTIONS(option_rows),
		  .run = run,
	  });
