/* What a process belongs to when rows are put together. */
#include "render/cgroup.h"
#include "render/cgroup_text.h"
#include "tools/screen.h"

/* The file that is run; the name where we may not see that. */
static struct span program_of(const struct view *view, size_t row)
{
	struct span text = { 0 };

	if (view_text(view, row, TASK_exe, &text) && text.len)
		return text;
	view_text(view, row, TASK_comm, &text);
	return text;
}

static struct span unit_of(struct span lines)
{
	struct span part = { 0 };

	if (cgroup_part(lines, CGROUP_USER_UNIT, &part) || cgroup_part(lines, CGROUP_UNIT, &part) ||
	    cgroup_part(lines, CGROUP_SLICE, &part))
		return part;
	return (struct span){ 0 };
}

void screen_roll_key(enum screen_roll roll, const struct view *view, size_t row, struct buffer *ret)
{
	struct span lines = { 0 }, key = { 0 };

	view_text(view, row, TASK_cgroup, &lines);
	switch (roll) {
	case ROLL_PROGRAM:
		key = program_of(view, row);
		break;
	case ROLL_USER:
		view_text(view, row, TASK_user, &key);
		break;
	case ROLL_CGROUP:
		key = cgroup_text_path(lines);
		break;
	case ROLL_UNIT:
		key = unit_of(lines);
		break;
	case ROLL_CONTAINER:
		cgroup_container(lines, &key);
		break;
	default:
		break;
	}
	buffer_add(ret, key.len ? key : SPAN("(none)"));
}
