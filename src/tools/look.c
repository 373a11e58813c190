#include "tools/look.h"

int look_take(const struct tool *tool, int status, const struct place *place, const struct request *request,
              struct look *ret)
{
	*ret = (struct look){ 0 };
	int r = place_open(place, false, &ret->source);
	if (r < 0)
		return place_complain(tool, status, place, r);
	r = source_take(ret->source, request, &ret->now);
	if (r == 0)
		r = view_init(&ret->view, &ret->now, NULL, NULL);
	return r < 0 ? complain(tool, status, "cannot read the process table: %s", strerror(-r)) : GO_ON;
}

void look_done(struct look *look)
{
	view_done(&look->view);
	snapshot_done(&look->now);
	source_free(look->source);
}

uint32_t look_row(const struct look *look, int64_t pid)
{
	int64_t number;

	for (uint32_t row = 0; row < look->now.count; row++)
		if (view_number(&look->view, row, TASK_pid, &number) && number == pid)
			return row;
	return UINT32_MAX;
}
