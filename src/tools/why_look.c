#include "tools/why_look.h"

#include <errno.h>
#include <stdlib.h>

#include "analysis/oom.h"
#include "render/marked.h"
#include "render/text.h"

/* Only the one process is read in depth; the others are there for the order in which they would die. */
static void choose(void *context, const struct snapshot *snapshot, bool *chosen)
{
	const struct why_wanted *wanted = context;
	int64_t pid;

	for (size_t row = 0; row < snapshot->count; row++)
		chosen[row] = snapshot_number(snapshot, row, TASK_pid, &pid) && pid == wanted->pid;
}

static void ask(const struct why_wanted *wanted, struct request *request)
{
	for (size_t i = 0; i < oom_field_count; i++)
		request_field(request, &request->fields, oom_fields[i]);
	for (size_t i = 0; i < why_field_count; i++)
		request_field(request, &request->details, why_fields[i]);
	for (size_t i = 0; i < wanted->more_count; i++)
		request_field(request, &request->details, wanted->more[i]);
	request_field(request, &request->details, TASK_exe);
	request_field(request, &request->details, TASK_cmdline);
	if (wanted->sharing)
		request_field(request, &request->fields, TASK_comm);
	request_machine(request, MACHINE_mem_total_bytes);
	request_machine(request, MACHINE_swap_total_bytes);
	request->choose = choose;
	request->context = (void *)wanted;
	if (wanted->without_mappings) /* and without the shares, which cost as much */
		request->share_part = request->share_longest_ns = 1;
}

static int find_row(struct why_look *look, int64_t pid)
{
	for (uint32_t row = 0; row < look->now.count; row++) {
		int64_t value;
		if (view_number(&look->view, row, TASK_pid, &value) && value == pid) {
			look->why.row = row;
			return 0;
		}
	}
	return -ESRCH;
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

struct walk {
	const struct why_wanted *wanted;
	struct space *space;
	struct sharing *sharing;
};

static int add_mapping(void *context, const struct mapping *mapping)
{
	const struct walk *walk = context;
	enum space_class class = space_add(walk->space, mapping);

	if (walk->wanted->visit)
		walk->wanted->visit(walk->wanted->context, class, mapping);
	return walk->wanted->sharing ? sharing_add_own(walk->sharing, mapping) : 0;
}

struct others {
	struct sharing *sharing;
	int64_t self;
};

static int add_other(void *context, int64_t pid, const struct mapping *mapping)
{
	const struct others *others = context;

	if (pid != others->self)
		sharing_add_other(others->sharing, pid, mapping);
	return 0;
}

static void look_at_others(struct why_look *look, int64_t pid)
{
	struct others others = { &look->sharing, pid };

	sharing_order(&look->sharing);
	if (source_mapped_files(look->source, add_other, &others) == 0)
		look->why.sharing = &look->sharing;
}

static int look_closer(const struct why_wanted *wanted, struct why_look *look)
{
	struct walk walk = { wanted, &look->space, &look->sharing };
	struct field_set fields = { 0 };
	struct span exe = { 0 };

	look->why = (struct why){ .view = &look->view,
		                  .kernel_stack_bytes = 16 * 1024,
		                  .captured = wanted->place.root != NULL,
		                  .spared = wanted->without_mappings };
	int r = find_row(look, wanted->pid);
	if (r == 0)
		r = place_in_order(&look->why);
	if (r < 0)
		return r;
	view_text(&look->view, look->why.row, TASK_exe, &exe);
	space_init(&look->space, exe);
	space_ask(&fields);
	if (wanted->visit) {
		field_set_add(&fields, MAPPING_perms);
		field_set_add(&fields, MAPPING_name);
	}
	if (wanted->sharing)
		sharing_ask(&fields);
	look->mappings_error = wanted->without_mappings ?
	                               -EAGAIN :
	                               source_mappings(look->source, wanted->pid, &fields, add_mapping, &walk);
	look->why.space = look->mappings_error == 0 ? &look->space : NULL;
	if (wanted->sharing && look->why.space)
		look_at_others(look, wanted->pid);
	return 0;
}

int why_look_take(const struct why_wanted *wanted, struct why_look *ret)
{
	struct request request = { .tasks = true };

	*ret = (struct why_look){ 0 };
	ask(wanted, &request);
	int r = place_open(&wanted->place, false, &ret->source);
	if (r < 0)
		return r;
	for (size_t i = 0; r == 0 && i < wanted->step; i++) {
		struct snapshot passed;
		r = source_take(ret->source, &(struct request){ 0 }, &passed);
		if (r == 0)
			snapshot_done(&passed);
	}
	if (r == 0)
		r = source_take(ret->source, &request, &ret->now);
	if (r == 0)
		r = view_init(&ret->view, &ret->now, NULL, NULL);
	if (r == 0)
		r = look_closer(wanted, ret);
	if (r < 0)
		why_look_done(ret);
	return r;
}

void why_head_put(struct buffer *buffer, const struct why *why, int64_t pid, size_t columns)
{
	struct buffer command = { 0 };
	struct span text = { 0 };

	mark(buffer, MARK_KEY);
	view_text(why->view, why->row, TASK_comm, &text);
	text_put(buffer, text, 40);
	mark(buffer, MARK_PLAIN);
	buffer_format(buffer, "   pid %lld", (long long)pid);
	if (view_text(why->view, why->row, TASK_user, &text)) {
		buffer_text(buffer, "   user ");
		text_put(buffer, text, 32);
	}
	buffer_char(buffer, '\n');
	if (view_text(why->view, why->row, TASK_cmdline, &text) && text.len) {
		text_arguments(&command, text);
		text_put(buffer, buffer_span(&command), columns);
		buffer_char(buffer, '\n');
	}
	buffer_char(buffer, '\n');
	buffer_done(&command);
}

void why_look_done(struct why_look *look)
{
	space_done(&look->space);
	sharing_done(&look->sharing);
	view_done(&look->view);
	snapshot_done(&look->now);
	source_free(look->source);
	*look = (struct why_look){ 0 };
}
