/* vires status PID: /proc/PID/status made readable. */
#include <errno.h>
#include <stdlib.h>

#include "tools/explain.h"
#include "tools/heading.h"
#include "tools/look.h"
#include "tools/words.h"

static const struct option_row option_rows[] = {
	{ 'h', "help", ALONE, NULL, "this text", OPTION_HELP },
	OPTIONS_DATA,
	OPTIONS_SOURCE,
};

static const char notes[] =
	"Shows every value of /proc/PID/status with its unit and one sentence of what it is; of masks of "
	"signals also which ones they are. Lines that the kernel leaves out, as those of memory for its own "
	"threads, are left out here too, and are null in JSON. The kernel writes kB and means KiB.";

#define T(name) TASK_##name

static const struct explain_group groups[] = {
	EXPLAIN_GROUP("Who it is", T(comm), T(state), T(tgid), T(pid), T(ppid), T(tracer_pid), T(numa_group),
	              T(threads), T(kernel_thread)),
	EXPLAIN_GROUP("Whose rights it has", T(ruid), T(euid), T(suid), T(fsuid), T(rgid), T(egid), T(sgid), T(fsgid),
	              T(groups), T(umask), T(caps_inheritable), T(caps_permitted), T(caps_effective), T(caps_bounding),
	              T(caps_ambient), T(no_new_privileges), T(seccomp), T(seccomp_filters)),
	EXPLAIN_GROUP("Memory that it was promised", T(virt_bytes), T(virt_peak_bytes), T(heap_data_bytes),
	              T(stack_bytes), T(exe_bytes), T(lib_bytes)),
	EXPLAIN_GROUP("Memory that it really holds", T(rss_bytes), T(rss_peak_bytes), T(anon_bytes), T(file_bytes),
	              T(shmem_bytes), T(swap_bytes), T(locked_bytes), T(pinned_bytes), T(page_table_bytes),
	              T(hugetlb_bytes), T(thp_allowed), T(core_dumping), T(address_mask)),
	EXPLAIN_GROUP("Signals", T(signals_queued), T(signals_queue_limit), T(signals_pending_thread),
	              T(signals_pending), T(signals_blocked), T(signals_ignored), T(signals_caught)),
	EXPLAIN_GROUP("Where it may run", T(cpus_allowed), T(cpus_allowed_mask), T(nodes_allowed),
	              T(nodes_allowed_mask), T(voluntary_switches), T(involuntary_switches),
	              T(speculation_store_bypass), T(speculation_indirect_branch), T(x86_features),
	              T(x86_features_locked)),
	EXPLAIN_GROUP("Files", T(fd_slots)),
	EXPLAIN_GROUP("Its numbers in PID namespaces", T(ns_pids), T(ns_tgids), T(ns_pgids), T(ns_sids)),
};

enum { GROUPS = sizeof groups / sizeof *groups };

/* The names that the file has for rows that are read elsewhere too, or are one of several numbers in a line. */
static const char *label_of(const struct field *field)
{
	static const char *const labels[TASK_FIELDS] = {
		[TASK_comm] = "Name",
		[TASK_state] = "State",
		[TASK_tgid] = "Tgid",
		[TASK_pid] = "Pid",
		[TASK_ppid] = "PPid",
		[TASK_ruid] = "Uid (real)",
		[TASK_euid] = "Uid (effective)",
		[TASK_suid] = "Uid (saved)",
		[TASK_fsuid] = "Uid (files)",
		[TASK_rgid] = "Gid (real)",
		[TASK_egid] = "Gid (effective)",
		[TASK_sgid] = "Gid (saved)",
		[TASK_fsgid] = "Gid (files)",
		[TASK_signals_queue_limit] = "SigQ (limit)",
	};

	return labels[field->id] ? labels[field->id] : field->key;
}

struct call {
	const struct tool *tool;
	struct shared shared;
	int64_t *pids; /* owned */
	size_t count;
	struct look look;
	struct buffer out;
};

static struct order_value value_of(const struct view *view, uint32_t row, const struct field *field)
{
	struct order_value value = { .is = ABSENT };

	if (field->kind == TEXT && view_text(view, row, field->id, &value.words) && value.words.len)
		value.is = WORDS;
	else if (field->kind != TEXT && view_number(view, row, field->id, &value.number))
		value.is = NUMBER;
	return value;
}

static void put_json(struct call *call, int64_t pid, bool first, const struct explain *explain)
{
	buffer_format(&call->out, "%s{\"pid\":%lld,\"values\":", first ? "" : ",\n", (long long)pid);
	explain_put_json(&call->out, explain);
	buffer_char(&call->out, '}');
}

static void put_csv(struct call *call, int64_t pid, const struct explain *explain)
{
	struct buffer start = { 0 };

	data_csv_begin(&start, &call->look.now);
	buffer_format(&start, ",%lld", (long long)pid);
	explain_put_csv(&call->out, explain, buffer_span(&start));
	buffer_done(&start);
}

static void put_process(struct call *call, int64_t pid, uint32_t row, bool first)
{
	struct explain explain = { 0 };

	for (size_t g = 0; g < GROUPS; g++) {
		for (size_t i = 0; i < groups[g].count; i++) {
			const struct field *field = &task_fields[groups[g].ids[i]];
			explain_add(&explain, groups[g].title, label_of(field), field,
			            value_of(&call->look.view, row, field));
		}
	}
	if (call->shared.data == DATA_JSON) {
		put_json(call, pid, first, &explain);
	} else if (call->shared.data == DATA_CSV) {
		put_csv(call, pid, &explain);
	} else {
		buffer_text(&call->out, first ? "" : "\n\n");
		explain_put_text(&call->out, &explain, screen_columns());
	}
	explain_done(&explain);
}

static int put_all(struct call *call)
{
	int status = STATUS_OK;
	size_t shown = 0;

	if (call->shared.data == DATA_JSON) {
		data_begin(&call->out, "status", &call->look.now);
		buffer_text(&call->out, "\"processes\":[");
	} else if (call->shared.data == DATA_CSV) {
		explain_csv_header(&call->out, ",pid");
	}
	for (size_t i = 0; i < call->count; i++) {
		uint32_t row = look_row(&call->look, call->pids[i]);
		if (row == UINT32_MAX)
			status = complain(call->tool, STATUS_FOUND, "no process %lld", (long long)call->pids[i]);
		else
			put_process(call, call->pids[i], row, shown++ == 0);
	}
	if (call->shared.data == DATA_JSON) {
		buffer_text(&call->out, "],");
		data_end(&call->out);
	}
	say(call->tool, &call->out);
	return status;
}

static int show(struct call *call)
{
	struct request request = { .pids = call->pids, .pid_count = call->count };

	for (size_t g = 0; g < GROUPS; g++)
		for (size_t i = 0; i < groups[g].count; i++)
			request_field(&request, &request.fields, groups[g].ids[i]);
	int status = look_take(call->tool, STATUS_NOT_POSSIBLE, &call->shared.place, &request, &call->look);
	if (status == GO_ON)
		status = put_all(call);
	look_done(&call->look);
	return status;
}

static int take_pids(struct call *call, int count, char **words)
{
	if (count < 1)
		return usage(call->tool, STATUS_USAGE);
	call->pids = calloc((size_t)count, sizeof *call->pids);
	if (!call->pids)
		return complain(call->tool, STATUS_NOT_POSSIBLE, "%s", strerror(ENOMEM));
	int status = GO_ON;
	for (; status == GO_ON && call->count < (size_t)count; call->count++)
		status = word_pid_wanted(call->tool, words[call->count], &call->pids[call->count]);
	return status;
}

static int run(const struct tool *tool, int argc, char **argv)
{
	struct call call = { .tool = tool };

	int status = shared_options(tool, STATUS_USAGE, argc, argv, &call.shared);
	if (status == GO_ON)
		status = take_pids(&call, argc - optind, argv + optind);
	if (status == GO_ON)
		status = show(&call);
	free(call.pids);
	buffer_done(&call.out);
	return status;
}

TOOL(status, {
		     .name = "status",
		     .summary = "/proc/PID/status made readable: every value with its unit and meaning",
		     .usage = "[options] PID...",
		     TOOL_OPTIONS(option_rows),
		     .notes = notes,
		     .run = run,
	     });
