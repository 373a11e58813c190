#include "analysis/oom.h"

#include <stdlib.h>

#include "model/derive.h"

const uint8_t oom_fields[] = { TASK_rss_bytes, TASK_swap_bytes, TASK_page_table_bytes, TASK_oom_score_adj };
const size_t oom_field_count = sizeof oom_fields / sizeof *oom_fields;

enum { ADJ_NEVER = -1000 };

int64_t oom_total_bytes(const struct machine *machine)
{
	int64_t ram = 0, swap = 0;

	machine_number(machine, MACHINE_mem_total_bytes, &ram);
	machine_number(machine, MACHINE_swap_total_bytes, &swap);
	return ram + swap;
}

static bool adj_of(const struct view *view, uint32_t row, const struct oom_pretence *pretence, int64_t *ret)
{
	int64_t pid;

	if (pretence && view_number(view, row, TASK_pid, &pid) && pid == pretence->pid) {
		*ret = pretence->adj;
		return true;
	}
	return view_number(view, row, TASK_oom_score_adj, ret);
}

static struct oom_candidate candidate_of(const struct view *view, uint32_t row, int64_t within_bytes,
                                         const struct oom_pretence *pretence)
{
	struct oom_candidate c = { .row = row, .exempt = OOM_MAY_DIE };
	int64_t pid, rss, swap = 0, tables = 0;

	if (view_number(view, row, TASK_pid, &pid) && pid == 1)
		c.exempt = OOM_INIT;
	if (!view_number(view, row, TASK_rss_bytes, &rss)) {
		c.exempt = OOM_KERNEL;
		return c;
	}
	view_number(view, row, TASK_swap_bytes, &swap);
	view_number(view, row, TASK_page_table_bytes, &tables);
	c.held_bytes = rss + swap + tables;
	if (!adj_of(view, row, pretence, &c.adj))
		c.exempt = OOM_UNKNOWN;
	else if (c.adj == ADJ_NEVER)
		c.exempt = OOM_ADJUSTED_OUT;
	if (c.exempt == OOM_MAY_DIE)
		c.points = c.held_bytes + within_bytes / 1000 * c.adj;
	return c;
}

static int compare(const void *left, const void *right)
{
	const struct oom_candidate *a = left, *b = right;

	if ((a->exempt == OOM_MAY_DIE) != (b->exempt == OOM_MAY_DIE))
		return a->exempt == OOM_MAY_DIE ? -1 : 1;
	if (a->points != b->points)
		return a->points > b->points ? -1 : 1;
	return a->row > b->row ? -1 : a->row < b->row;
}

void oom_order(const struct view *view, int64_t within_bytes, const struct oom_pretence *pretence,
               struct oom_candidate *ret)
{
	for (uint32_t row = 0; row < view->now->count; row++)
		ret[row] = candidate_of(view, row, within_bytes, pretence);
	if (view->now->count)
		qsort(ret, view->now->count, sizeof *ret, compare);
}

void oom_reason(const struct oom_candidate *c, int64_t within_bytes, struct buffer *buffer)
{
	static const char *const exempt[] = {
		[OOM_INIT] = "never: process 1",
		[OOM_KERNEL] = "never: a kernel thread or a zombie, it has no memory to give back",
		[OOM_ADJUSTED_OUT] = "never: oom_score_adj is -1000",
		[OOM_UNKNOWN] = "unknown: its oom_score_adj could not be read",
	};

	if (c->exempt != OOM_MAY_DIE) {
		buffer_text(buffer, exempt[c->exempt]);
		return;
	}
	int64_t tenths = within_bytes > 0 ? c->held_bytes * 1000 / within_bytes : 0;
	buffer_format(buffer, "holds %lld kB, %lld.%lld %%", (long long)(c->held_bytes / 1024),
	              (long long)(tenths / 10), (long long)(tenths % 10));
	if (c->adj)
		buffer_format(buffer, "; oom_score_adj %lld %s %lld kB", (long long)c->adj,
		              c->adj > 0 ? "adds" : "takes off",
		              (long long)(within_bytes / 1000 * (c->adj > 0 ? c->adj : -c->adj) / 1024));
}
