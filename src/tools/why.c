/* vires why PID: what the memory of one process is, in plain sentences with numbers. */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "analysis/oom.h"
#include "analysis/why.h"
#include "render/text.h"
#include "tools/run.h"
#include "tools/words.h"

static const struct option_row option_rows[] = {
	{ 'h', "help", ALONE, NULL, "this text", OPTION_HELP },
	{ 0, "json", ALONE, NULL, "JSON for programs", OPTION_JSON },
	OPTIONS_SOURCE,
};

static const char notes[] =
	"Explains VIRT (what was promised, by kind, and how much of it was never touched), RES (what is in RAM), PSS "
	"and USS (its fair share, and what would come back if it ended), what the kernel holds for it outside RES, its "
	"page faults, and its place among those who die when memory runs out.\n\n"
	"Reads smaps of the one process, which takes its mmap lock for a few milliseconds a GiB. Of other users' "
	"processes only the sums are known without CAP_SYS_PTRACE.";

enum { COLUMNS = 80, INDENT = 6 };

struct call {
	const struct tool *tool;
	struct shared shared;
	int64_t pid;
};

/* Only the one process is read in depth; the others are there for the order in which they would die. */
static void choose(void *context, const struct snapshot *snapshot, bool *chosen)
{
	const struct call *call = context;
	int64_t pid;

	for (size_t row = 0; row < snapshot->count; row++)
		chosen[row] = snapshot_number(snapshot, row, TASK_pid, &pid) && pid == call->pid;
}

static void ask(struct call *call, struct request *request)
{
	for (size_t i = 0; i < oom_field_count; i++)
		request_field(request, &request->fields, oom_fields[i]);
	for (size_t i = 0; i < why_field_count; i++)
		request_field(request, &request->details, why_fields[i]);
	request_field(request, &request->details, TASK_exe);
	request_machine(request, MACHINE_mem_total_bytes);
	request_machine(request, MACHINE_swap_total_bytes);
	request->choose = choose;
	request->context = call;
}

static bool find_row(const struct snapshot *snapshot, int64_t pid, uint32_t *ret)
{
	for (size_t row = 0; row < snapshot->count; row++) {
		int64_t value;
		if (snapshot_number(snapshot, row, TASK_pid, &value) && value == pid) {
			*ret = (uint32_t)row;
			return true;
		}
	}
	return false;
}

static int place_in_order(struct why *why)
{
	size_t count = why->view->now->count;
	struct oom_candidate *candidates = calloc(count + 1, sizeof *candidates);

	if (!candidates)
		return -ENOMEM;
	oom_order(why->view, oom_total_bytes(&why->view->now->machine), NULL, candidates);
	for (size_t i = 0; i < count; i++) {
		if (candidates[i].exempt != OOM_MAY_DIE)
			continue;
		why->oom_count++;
		if (candidates[i].row == why->row)
			why->oom_place = i + 1;
	}
	free(candidates);
	return 0;
}

static int add_mapping(void *context, const struct mapping *mapping)
{
	space_add(context, mapping);
	return 0;
}

static void put_head(struct buffer *buffer, const struct why *why, int64_t pid)
{
	struct span text = { 0 };

	view_text(why->view, why->row, TASK_comm, &text);
	text_put(buffer, text, 64);
	buffer_format(buffer, "   pid %lld", (long long)pid);
	if (view_text(why->view, why->row, TASK_user, &text)) {
		buffer_text(buffer, "   user ");
		text_put(buffer, text, 32);
	}
	buffer_text(buffer, "\n\n");
}

static void put_json(struct buffer *buffer, const struct why *why)
{
	data_begin(buffer, "why", why->view->now);
	data_tasks(buffer, "processes", why->view, &why->row, 1, why_fields, why_field_count);
	buffer_format(buffer, "\"oom_place\":%zu,\"oom_count\":%zu,\"kernel_stack_bytes\":%lld,\"address_space\":",
	              why->oom_place, why->oom_count, (long long)why->kernel_stack_bytes);
	if (!why->space)
		buffer_text(buffer, "null");
	for (int class = 0; why->space && class < SPACE_CLASSES; class ++) {
		const struct space_sum *sum = &why->space->classes[class];
		buffer_format(buffer, "%s{\"class\":\"%s\",\"mappings\":%lld,\"size_bytes\":%lld,\"rss_bytes\":%lld,",
		              class ? "," : "[", space_name((enum space_class) class), (long long)sum->mappings,
		              (long long)sum->size_bytes, (long long)sum->rss_bytes);
		buffer_format(buffer, "\"pss_bytes\":%lld,\"private_bytes\":%lld,\"swap_bytes\":%lld}%s",
		              (long long)sum->pss_bytes, (long long)sum->private_bytes, (long long)sum->swap_bytes,
		              class == SPACE_CLASSES - 1 ? "]" : "");
	}
	data_end(buffer);
}

static int explain(const struct call *call, struct source *source, const struct view *view)
{
	struct why why = { .view = view, .kernel_stack_bytes = 16 * 1024 };
	struct field_set wanted = { 0 };
	struct buffer buffer = { 0 };
	struct span exe = { 0 };
	struct space space;

	if (!find_row(view->now, call->pid, &why.row))
		return complain(call->tool, STATUS_FOUND, "no process %lld", (long long)call->pid);
	int r = place_in_order(&why);
	if (r < 0)
		return complain(call->tool, STATUS_NOT_POSSIBLE, "%s", strerror(-r));
	view_text(view, why.row, TASK_exe, &exe);
	space_init(&space, exe);
	space_ask(&wanted);
	r = source_mappings(source, call->pid, &wanted, add_mapping, &space);
	why.space = r == 0 ? &space : NULL;
	if (call->shared.data == DATA_JSON) {
		put_json(&buffer, &why);
	} else {
		struct buffer text = { 0 };
		put_head(&text, &why, call->pid);
		why_text(&why, &text);
		text_wrap(&buffer, buffer_span(&text), COLUMNS, INDENT);
		buffer_done(&text);
	}
	say(call->tool, &buffer);
	buffer_done(&buffer);
	space_done(&space);
	return STATUS_OK;
}

static int look(struct call *call)
{
	struct request request = { 0 };
	struct source *source;
	struct snapshot now;
	struct view view;

	ask(call, &request);
	int r = place_open(&call->shared.place, false, &source);
	if (r < 0)
		return place_complain(call->tool, STATUS_NOT_POSSIBLE, &call->shared.place, r);
	r = source_take(source, &request, &now);
	if (r == 0) {
		r = view_init(&view, &now, NULL, NULL);
		if (r == 0) {
			r = explain(call, source, &view);
			view_done(&view);
		}
		snapshot_done(&now);
	}
	source_free(source);
	return r < 0 ? complain(call->tool, STATUS_NOT_POSSIBLE, "cannot read the process table: %s", strerror(-r)) : r;
}

static int set(void *context, int id, const char *argument)
{
	struct call *call = context;

	return shared_option(call->tool, STATUS_USAGE, &call->shared, id, argument);
}

static int run(const struct tool *tool, int argc, char **argv)
{
	struct call call = { .tool = tool };

	int status = options_read(tool, argc, argv, set, &call);
	if (status == GO_ON && optind != argc - 1)
		status = usage(tool, STATUS_USAGE);
	if (status == GO_ON && (!word_integer(argv[optind], &call.pid) || call.pid <= 0))
		status = complain(tool, STATUS_USAGE, "'%s' is no process ID", argv[optind]);
	return status == GO_ON ? look(&call) : status;
}

TOOL(why, {
		  .name = "why",
		  .summary = "what the memory of one process is, in plain sentences",
		  .usage = "[options] PID",
		  TOOL_OPTIONS(option_rows),
		  .notes = notes,
		  .run = run,
	  });
