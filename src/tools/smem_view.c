/* The views of vires smem but for that of mappings: what is read, and the rows that come of it. */
#include <errno.h>
#include <stdlib.h>

#include "render/text.h"
#include "tools/smem.h"

enum { PID, USER, NAME, COMMAND, MAPS, SWAP, USS, RSS, PSS, VSS };

static const struct smem_column process_columns[] = {
	[PID] = { "pid", "PID", SMEM_RIGHT, 5, false, SMEM_ROWS, "process ID" },
	[USER] = { "user", "User", SMEM_LEFT, 8, false, SMEM_DISTINCT, "owner of process" },
	[NAME] = { "name", "Name", SMEM_LEFT, 24, true, SMEM_NO_TOTAL, "name of process" },
	[COMMAND] = { "command", "Command", SMEM_LEFT, 27, true, SMEM_NO_TOTAL, "process command line" },
	[MAPS] = { "maps", "Maps", SMEM_RIGHT, 5, false, SMEM_SUM, "total number of mappings" },
	[SWAP] = { "swap", "Swap", SMEM_AMOUNT, 8, false, SMEM_SUM,
	           "amount of swap space consumed (ignoring sharing)" },
	[USS] = { "uss", "USS", SMEM_AMOUNT, 8, false, SMEM_SUM, "unique set size" },
	[RSS] = { "rss", "RSS", SMEM_AMOUNT, 8, false, SMEM_SUM, "resident set size (ignoring sharing)" },
	[PSS] = { "pss", "PSS", SMEM_AMOUNT, 8, false, SMEM_SUM, "proportional set size (including sharing)" },
	[VSS] = { "vss", "VSS", SMEM_AMOUNT, 8, false, SMEM_SUM, "virtual set size (total virtual memory mapped)" },
};

const struct smem_view smem_processes = {
	"processes", process_columns, VSS + 1, "pid user command swap uss pss rss", "pss",
};

enum { OWNER, COUNT, USER_SWAP, USER_USS, USER_RSS, USER_PSS, USER_VSS };

static const struct smem_column user_columns[] = {
	[OWNER] = { "user", "User", SMEM_LEFT, 8, false, SMEM_NO_TOTAL, "user name or ID" },
	[COUNT] = { "count", "Count", SMEM_RIGHT, 5, false, SMEM_SUM, "number of processes" },
	[USER_SWAP] = { "swap", "Swap", SMEM_AMOUNT, 8, false, SMEM_SUM,
	                "amount of swapspace consumed (ignoring sharing)" },
	[USER_USS] = { "uss", "USS", SMEM_AMOUNT, 8, false, SMEM_SUM, "unique set size" },
	[USER_RSS] = { "rss", "RSS", SMEM_AMOUNT, 8, false, SMEM_SUM, "resident set size (ignoring sharing)" },
	[USER_PSS] = { "pss", "PSS", SMEM_AMOUNT, 8, false, SMEM_SUM, "proportional set size (including sharing)" },
	[USER_VSS] = { "vss", "VSS", SMEM_AMOUNT, 8, false, SMEM_SUM,
	               "virtual set size (total virtual memory mapped)" },
};

const struct smem_view smem_users = {
	"users", user_columns, USER_VSS + 1, "user count swap uss pss rss", "pss",
};

enum { ORDER, AREA, USED, CACHE, NONCACHE };

static const struct smem_column system_columns[] = {
	[ORDER] = { "order", "Order", SMEM_RIGHT, 1, false, SMEM_NO_TOTAL, "hierarchical order" },
	[AREA] = { "area", "Area", SMEM_LEFT, 24, false, SMEM_NO_TOTAL, "memory area" },
	[USED] = { "used", "Used", SMEM_AMOUNT, 10, false, SMEM_SUM, "area in use" },
	[CACHE] = { "cache", "Cache", SMEM_AMOUNT, 10, false, SMEM_SUM, "area used as reclaimable cache" },
	[NONCACHE] = { "noncache", "Noncache", SMEM_AMOUNT, 10, false, SMEM_SUM, "area not reclaimable" },
};

const struct smem_view smem_system = {
	"areas", system_columns, NONCACHE + 1, "area used cache noncache", "order",
};

/* Kernel threads and zombies have no command line; the rest is what the filters say. */
static bool wanted(struct smem *smem, const struct snapshot *now, size_t row)
{
	struct span text = { 0 }, comm = { 0 };
	struct buffer line = { 0 };

	if (!snapshot_text(now, row, TASK_cmdline, &text) || text.len < 2)
		return false;
	bool keep = true;
	if (smem->process.on) {
		text_arguments(&line, text);
		snapshot_text(now, row, TASK_comm, &comm);
		keep = smem_match(&smem->process, comm) || smem_match(&smem->process, buffer_span(&line));
		buffer_done(&line);
	}
	if (keep && smem->user.on)
		keep = snapshot_text(now, row, TASK_user, &text) && smem_match(&smem->user, text);
	return keep;
}

static void choose(void *context, const struct snapshot *now, bool *chosen)
{
	for (size_t row = 0; row < now->count; row++)
		chosen[row] = wanted(context, now, row);
}

static void ask(struct smem *smem, struct request *request)
{
	static const unsigned rollup[] = { TASK_pss_bytes, TASK_smaps_rss_bytes, TASK_uss_bytes,
		                           TASK_smaps_swap_bytes };
	static const unsigned meminfo[] = {
		MACHINE_mem_total_bytes,        MACHINE_swap_total_bytes, MACHINE_mem_free_bytes,
		MACHINE_anon_pages_bytes,       MACHINE_mapped_bytes,     MACHINE_buffers_bytes,
		MACHINE_slab_reclaimable_bytes, MACHINE_cached_bytes,
	};

	for (size_t i = 0; i < sizeof meminfo / sizeof *meminfo; i++)
		request_machine(request, meminfo[i]);
	if (smem->view == &smem_system)
		return;
	request_field(request, &request->fields, TASK_pid);
	request_field(request, &request->fields, TASK_cmdline);
	if (smem->process.on || smem_uses(smem, "name"))
		request_field(request, &request->fields, TASK_comm);
	if (smem->user.on || smem_uses(smem, "user"))
		request_field(request, &request->fields, TASK_user);
	if (smem_uses(smem, "vss") && smem->view != &smem_mappings)
		request_field(request, &request->fields, TASK_virt_bytes);
	for (size_t i = 0; smem->view != &smem_mappings && !smem->map.on && i < sizeof rollup / sizeof *rollup; i++)
		request_field(request, &request->details, rollup[i]);
	request->choose = choose;
	request->context = smem;
	request->only_chosen = true;
}

/* The sums of smaps_rollup, where it could be read. */
static bool rolled_up(const struct view *view, size_t row, struct smem_sums *ret)
{
	*ret = (struct smem_sums){ 0 };
	view_number(view, row, TASK_smaps_swap_bytes, &ret->swap);
	return view_number(view, row, TASK_pss_bytes, &ret->pss) &&
	       view_number(view, row, TASK_smaps_rss_bytes, &ret->rss) &&
	       view_number(view, row, TASK_uss_bytes, &ret->private);
}

/*
 * What one process holds. False when it is not to be shown: it has ended, none of its mappings passes the filter, or it
 * may not be looked at, which is counted.
 */
static bool sums_of(struct smem *smem, const struct view *view, size_t row, int64_t pid, struct smem_sums *ret)
{
	struct smem_sums walked;
	bool whole = !smem->map.on && rolled_up(view, row, ret);

	smem->asked++;
	if (whole && !smem_uses(smem, "maps"))
		return view_number(view, row, TASK_virt_bytes, &ret->size) || true;
	int r = smem_walk(smem, pid, whole, &walked);
	if (r < 0) {
		smem->unreadable += r != -ENOENT && r != -ESRCH;
		return false;
	}
	if (whole) {
		view_number(view, row, TASK_virt_bytes, &ret->size);
		ret->count = walked.count;
	} else {
		*ret = walked;
	}
	return walked.count > 0;
}

static struct order_value user_cell(struct smem *smem, const struct view *view, size_t row)
{
	struct order_value value = { .is = ABSENT };
	struct span name;

	if (smem->numeric && view_number(view, row, TASK_euid, &value.number))
		value.is = NUMBER;
	else if (!smem->numeric && view_text(view, row, TASK_user, &name))
		value = smem_words(smem, name);
	return value;
}

static int put_process(struct smem *smem, const struct view *view, size_t row, const struct smem_sums *sums)
{
	struct order_value *cells = smem_row(smem);
	struct buffer line = { 0 };
	struct span text;
	int64_t pid = 0;

	if (!cells)
		return -ENOMEM;
	view_number(view, row, TASK_pid, &pid);
	cells[PID] = smem_number(pid);
	cells[USER] = user_cell(smem, view, row);
	if (view_text(view, row, TASK_comm, &text))
		cells[NAME] = smem_words(smem, text);
	if (view_text(view, row, TASK_cmdline, &text)) {
		text_arguments(&line, text);
		cells[COMMAND] = smem_words(smem, buffer_span(&line));
		buffer_done(&line);
	}
	cells[MAPS] = smem_number(sums->count);
	cells[SWAP] = smem_number(sums->swap);
	cells[USS] = smem_number(sums->private);
	cells[RSS] = smem_number(sums->rss);
	cells[PSS] = smem_number(sums->pss);
	cells[VSS] = smem_number(sums->size);
	return 0;
}

static bool same_user(const struct order_value *a, const struct order_value *b)
{
	return a->is == b->is && (a->is == WORDS ? span_equal(a->words, b->words) : a->number == b->number);
}

static int put_user(struct smem *smem, const struct view *view, size_t row, const struct smem_sums *sums)
{
	struct order_value user = user_cell(smem, view, row), *cells = NULL;

	for (size_t i = 0; i < smem->rows; i++)
		if (same_user(&smem->cells[i * smem->view->column_count + OWNER], &user))
			cells = &smem->cells[i * smem->view->column_count];
	if (!cells) {
		cells = smem_row(smem);
		if (!cells)
			return -ENOMEM;
		for (unsigned i = COUNT; i <= USER_VSS; i++)
			cells[i] = smem_number(0);
		cells[OWNER] = user;
	}
	cells[COUNT].number++;
	cells[USER_SWAP].number += sums->swap;
	cells[USER_USS].number += sums->private;
	cells[USER_RSS].number += sums->rss;
	cells[USER_PSS].number += sums->pss;
	cells[USER_VSS].number += sums->size;
	return 0;
}

static int gather_processes(struct smem *smem, const struct snapshot *now)
{
	struct smem_sums sums;
	struct view view;

	int r = view_init(&view, now, NULL, NULL);
	if (r < 0)
		return r;
	for (size_t row = 0; r == 0 && row < now->count; row++) {
		int64_t pid = 0;
		view_number(&view, row, TASK_pid, &pid);
		if (sums_of(smem, &view, row, pid, &sums))
			r = (smem->view == &smem_users ? put_user : put_process)(smem, &view, row, &sums);
	}
	view_done(&view);
	return r;
}

/* Numbers that a kernel does not say make the rows that need them absent. */
static bool add(const struct machine *machine, unsigned id, int sign, int64_t *sum)
{
	int64_t value;

	if (!record_number(&machine_fields[id], machine, &value))
		return false;
	*sum += sign * value;
	return true;
}

static int put_area(struct smem *smem, const char *name, bool known, int64_t used, int64_t cache)
{
	struct order_value *cells = smem_row(smem);

	if (!cells)
		return -ENOMEM;
	cells[ORDER] = smem_number((int64_t)smem->rows - 1);
	cells[AREA] = smem_words(smem, span_of(name));
	if (known) {
		cells[USED] = smem_number(used);
		cells[CACHE] = smem_number(cache);
		cells[NONCACHE] = smem_number(used - cache);
	}
	return 0;
}

static int gather_areas(struct smem *smem, const struct machine *m)
{
	int64_t total = 0, unused = 0, mapped = 0, user = 0, kernel = 0, cache = 0;
	bool totals = add(m, MACHINE_mem_total_bytes, 1, &total);
	bool frees = add(m, MACHINE_mem_free_bytes, 1, &unused);
	bool users = add(m, MACHINE_mapped_bytes, 1, &mapped) && add(m, MACHINE_anon_pages_bytes, 1, &user);
	bool caches = add(m, MACHINE_buffers_bytes, 1, &cache) && add(m, MACHINE_slab_reclaimable_bytes, 1, &cache) &&
	              add(m, MACHINE_cached_bytes, 1, &cache);

	user += mapped;
	kernel = total - unused - user;
	int64_t ram = smem->ram_bytes ? smem->ram_bytes : total, image = smem->kernel_bytes;
	int64_t firmware = ram - total - image > 0 ? ram - total - image : 0;
	int r = put_area(smem, "firmware/hardware", totals, firmware, 0);
	if (r == 0)
		r = put_area(smem, "kernel image", true, image, 0);
	if (r == 0)
		r = put_area(smem, "kernel dynamic memory", totals && frees && users && caches, kernel, cache - mapped);
	if (r == 0)
		r = put_area(smem, "userspace memory", users, user, mapped);
	if (r == 0)
		r = put_area(smem, "free memory", frees, unused, unused);
	return r;
}

int smem_gather(struct smem *smem, struct snapshot *ret)
{
	struct request request = { 0 };

	ask(smem, &request);
	int r = source_take(smem->source, &request, ret);
	if (r < 0)
		return r;
	smem->now = ret;
	smem->mem_total = smem->ram_bytes;
	if (!smem->ram_bytes)
		add(&ret->machine, MACHINE_mem_total_bytes, 1, &smem->mem_total);
	add(&ret->machine, MACHINE_swap_total_bytes, 1, &smem->swap_total);
	if (smem->view == &smem_system)
		r = gather_areas(smem, &ret->machine);
	else if (smem->view == &smem_mappings)
		r = smem_gather_mappings(smem);
	else
		r = gather_processes(smem, ret);
	if (r < 0)
		snapshot_done(ret);
	return r;
}
