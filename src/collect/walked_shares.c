#include "collect/walked_shares.h"

#include <sys/sysinfo.h>

#include "kernel/bpf/settings.h"

static bool is_swap_in_use(void)
{
	struct sysinfo info;

	return sysinfo(&info) < 0 || info.freeswap < info.totalswap;
}

bool walked_shares_tell(const struct field_set *wanted)
{
	struct task told = { .have = { { 0 } } };
	bool any = false;

	page_sum_fill(&(struct page_sum){ 0 }, &told);
	for (unsigned id = 0; id < TASK_FIELDS; id++) {
		bool is_read = task_fields[id].from == FROM_SMAPS_ROLLUP && task_fields[id].key[0];
		if (!is_read || !field_set_has(wanted, id))
			continue;
		if (!record_has(&told, id) && (id != TASK_smaps_swap_bytes || is_swap_in_use()))
			return false;
		any = true;
	}
	return any;
}

static bool can_walk(struct walked_shares *shares)
{
	struct why why;

	if (!shares->walk && !shares->unusable)
		shares->unusable = !may_trace_all() || page_walk_open(&shares->walk, &why) < 0;
	return !shares->unusable;
}

bool walked_shares_read(struct walked_shares *shares, uint32_t host_pid, uint64_t boot_ns, struct task *task)
{
	struct page_sum sum = { .host_pid = host_pid, .boot_ns = boot_ns, .end = ADDRESSES_END };

	if (!can_walk(shares))
		return false;
	if (page_walk_read(shares->walk, &sum, 1) < 0)
		shares->unusable = true;
	if (shares->unusable || sum.status != PAGES_COUNTED)
		return false;
	page_sum_fill(&sum, task);
	if (!is_swap_in_use())
		task_set(task, smaps_swap_bytes, 0);
	return true;
}

void walked_shares_done(struct walked_shares *shares)
{
	page_walk_close(shares->walk);
	*shares = (struct walked_shares){ 0 };
}
