/* vires why PID: what the memory of one process is, in plain sentences with numbers. */
#include <errno.h>

#include "render/marked.h"
#include "render/text.h"
#include "tools/why_look.h"
#include "tools/words.h"

static const struct option_row option_rows[] = {
	{ 'h', "help", ALONE, NULL, "this text", OPTION_HELP },
	{ 0, "json", ALONE, NULL, "JSON for programs", OPTION_JSON },
	OPTIONS_SOURCE,
};

static const char notes[] =
	"Explains VIRT (what was promised, by kind, and how much of it was never touched), RES (what is in RAM), PSS "
	"and USS (its fair share, and what would come back if it ended), what the kernel holds for it outside RES, "
	"its page faults, and its place among those who die when memory runs out.\n\n"
	"*with* names what it shares and how many other processes map the same files; their mappings are looked "
	"through for that, as far as this user may.\n\n"
	"Reads smaps of the one process, which takes its mmap lock for a few milliseconds a GiB. Of other users' "
	"processes only the sums are known without CAP_SYS_PTRACE.";

enum { COLUMNS = 80, INDENT = 6 };

struct call {
	const struct tool *tool;
	struct shared shared;
	int64_t pid;
};

/* Without what stands out on a screen. */
static void put_head(struct buffer *buffer, const struct why *why, int64_t pid)
{
	struct buffer head = { 0 };
	struct span rest, line;

	why_head_put(&head, why, pid, COLUMNS);
	for (rest = buffer_span(&head); span_line(&rest, &line);) {
		marked_put(buffer, line, SIZE_MAX);
		buffer_char(buffer, '\n');
	}
	buffer_done(&head);
}

static void put_json_sharing(struct buffer *buffer, const struct why *why)
{
	const struct sharing *sharing = why->sharing;

	buffer_text(buffer, ",\"sharing\":");
	if (!sharing) {
		buffer_text(buffer, "null");
		return;
	}
	buffer_format(buffer, "{\"anon_bytes\":%lld,\"files\":[", (long long)sharing->anon_bytes);
	for (size_t i = 0; i < sharing->count; i++) {
		const struct shared_thing *thing = &sharing->things[i];
		buffer_text(buffer, i ? ",{\"name\":" : "{\"name\":");
		data_json_text(buffer, thing->name);
		buffer_format(buffer, ",\"shared_bytes\":%lld,\"others\":%zu,\"pids\":[",
		              (long long)thing->shared_bytes, thing->others);
		for (size_t k = 0; k < thing->others && k < SHARING_NAMED; k++)
			buffer_format(buffer, k ? ",%lld" : "%lld", (long long)thing->pids[k]);
		buffer_text(buffer, "]}");
	}
	buffer_text(buffer, "]}");
}

static void put_json(struct buffer *buffer, const struct why *why)
{
	int64_t value = 0;

	data_begin(buffer, "why", why->view->now);
	data_tasks(buffer, "processes", why->view, &why->row, 1, why_fields, why_field_count);
	buffer_format(buffer, "\"oom_place\":%zu,\"oom_count\":%zu,\"kernel_stack_bytes\":%lld,\"untouched_bytes\":",
	              why->oom_place, why->oom_count, (long long)why->kernel_stack_bytes);
	bool known = why_untouched(why, &value);
	buffer_format(buffer, known ? "%lld" : "null", (long long)value);
	bool shared = why_sharers(why, &value);
	buffer_format(buffer, shared ? ",\"sharers_mean\":%lld.%lld" : ",\"sharers_mean\":null",
	              (long long)(value / 10), (long long)(value % 10));
	buffer_text(buffer, ",\"address_space\":");
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
	put_json_sharing(buffer, why);
	data_end(buffer);
}

static void explain(const struct call *call, const struct why *why)
{
	struct buffer buffer = { 0 }, text = { 0 };

	if (call->shared.data == DATA_JSON) {
		put_json(&buffer, why);
	} else {
		put_head(&buffer, why, call->pid);
		why_text(why, &text);
		text_wrap(&buffer, buffer_span(&text), COLUMNS, INDENT);
	}
	say(call->tool, &buffer);
	buffer_done(&text);
	buffer_done(&buffer);
}

static int look(struct call *call)
{
	const struct why_wanted wanted = { .place = call->shared.place, .pid = call->pid, .sharing = true };
	struct why_look look;

	int r = why_look_take(&wanted, &look);
	if (r == -ESRCH)
		return complain(call->tool, STATUS_FOUND, "no process %lld", (long long)call->pid);
	if (r < 0)
		return place_complain(call->tool, STATUS_NOT_POSSIBLE, &call->shared.place, r);
	explain(call, &look.why);
	why_look_done(&look);
	return STATUS_OK;
}

static int run(const struct tool *tool, int argc, char **argv)
{
	struct call call = { .tool = tool };

	int status = shared_options(tool, STATUS_USAGE, argc, argv, &call.shared);
	if (status == GO_ON)
		status = words_pid_wanted(tool, argc, argv, &call.pid);
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
