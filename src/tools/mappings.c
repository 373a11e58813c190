#include "tools/mappings.h"

#include <errno.h>

#include "render/command.h"

static int visit(void *context, const struct mapping *mapping)
{
	struct mappings *mappings = context;

	return mappings->visit(mappings, space_add(&mappings->space, mapping), mapping);
}

static int failed(const struct mappings *mappings, int r)
{
	if (r == -EACCES || r == -EPERM)
		return complain(mappings->tool, STATUS_NOT_PERMITTED,
		                "the mappings of %lld may not be seen; who may: %s", (long long)mappings->pid,
		                field_sources[FROM_MAPS].access);
	if (r == -ENOENT || r == -ESRCH)
		return complain(mappings->tool, STATUS_FOUND, "no process %lld", (long long)mappings->pid);
	return complain(mappings->tool, STATUS_NOT_POSSIBLE, "%lld: %s", (long long)mappings->pid, strerror(-r));
}

int mappings_show(struct mappings *mappings)
{
	static const unsigned ids[] = { TASK_comm, TASK_cmdline, TASK_state, TASK_exe };
	struct request request = { .pids = &mappings->pid, .pid_count = 1 };
	struct span program = { 0 };

	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
		request_field(&request, &request.fields, ids[i]);
	field_set_join(&request.fields, &mappings->details);
	int status = look_take(mappings->tool, STATUS_NOT_POSSIBLE, &mappings->shared.place, &request, &mappings->look);
	if (status != GO_ON)
		return status;
	mappings->row = look_row(&mappings->look, mappings->pid);
	if (mappings->row == UINT32_MAX)
		return failed(mappings, -ESRCH);
	view_text(&mappings->look.view, mappings->row, TASK_exe, &program);
	space_init(&mappings->space, program);
	if (mappings->begin)
		mappings->begin(mappings);
	int r = source_mappings(mappings->look.source, mappings->pid, &mappings->wanted, visit, mappings);
	return r < 0 ? failed(mappings, r) : GO_ON;
}

void mappings_done(struct mappings *mappings)
{
	space_done(&mappings->space);
	look_done(&mappings->look);
	buffer_done(&mappings->out);
}

void mappings_begin_json(struct mappings *mappings)
{
	struct span comm = { 0 };

	view_text(&mappings->look.view, mappings->row, TASK_comm, &comm);
	data_begin(&mappings->out, mappings->tool->name, &mappings->look.now);
	buffer_format(&mappings->out, "\"pid\":%lld,\"comm\":", (long long)mappings->pid);
	data_json_text(&mappings->out, comm);
	buffer_char(&mappings->out, ',');
}

void mappings_put_title(struct mappings *mappings)
{
	buffer_format(&mappings->out, "%lld  ", (long long)mappings->pid);
	command_put(&mappings->out, &mappings->look.view, mappings->row);
	buffer_char(&mappings->out, '\n');
}
