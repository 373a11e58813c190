/* pstree's forest: who is below whom, in which order. */
#include <errno.h>
#include <stdlib.h>

#include "tools/pstree.h"

const struct pstree_namespace pstree_namespaces[PSTREE_NAMESPACES] = {
	{ "cgroup", TASK_ns_cgroup }, { "ipc", TASK_ns_ipc },   { "mnt", TASK_ns_mnt }, { "net", TASK_ns_net },
	{ "pid", TASK_ns_pid },       { "user", TASK_ns_user }, { "uts", TASK_ns_uts }, { "time", TASK_ns_time },
};

static struct branch empty_branch(int64_t pid)
{
	return (struct branch){ .name = SPAN("?"),
		                .pid = pid,
		                .row = NOBODY,
		                .parent_pid = -1,
		                .parent = NOBODY,
		                .first = NOBODY,
		                .next = NOBODY,
		                .last = NOBODY };
}

static void set_numbers(struct branch *branch, const struct view *view, uint32_t row)
{
	view_number(view, row, TASK_pgid, &branch->pgid);
	view_number(view, row, TASK_euid, &branch->uid);
	view_number(view, row, TASK_started_ns, &branch->started_ns);
	view_text(view, row, TASK_user, &branch->user);
	view_text(view, row, TASK_security_label, &branch->label);
	for (int i = 0; i < PSTREE_NAMESPACES; i++)
		view_number(view, row, pstree_namespaces[i].id, &branch->namespaces[i]);
}

static void set_process(struct pstree *pstree, struct branch *branch, const struct view *view, uint32_t row)
{
	*branch = empty_branch(-1);
	branch->row = row;
	view_number(view, row, TASK_pid, &branch->pid);
	view_number(view, row, TASK_ppid, &branch->parent_pid);
	if (branch->parent_pid == branch->pid)
		branch->parent_pid = 0;
	view_text(view, row, TASK_comm, &branch->name);
	set_numbers(branch, view, row);
	if (pstree->arguments)
		view_text(view, row, TASK_cmdline, &branch->arguments);
}

/* Names of threads are put behind one another while `names` still grows: `at` says where, their spans come later. */
static void set_thread(struct pstree *pstree, struct branch *branch, const struct view *view, uint32_t row,
                       const struct branch *process)
{
	struct span name = process->name;
	int64_t pid = -1;

	view_number(view, row, TASK_pid, &pid);
	if (pstree->thread_names)
		view_text(view, row, TASK_comm, &name);
	*branch = *process;
	branch->pid = pid;
	branch->parent_pid = process->pid;
	branch->is_thread = true;
	branch->row = row;
	branch->arguments = SPAN("");
	size_t at = pstree->names.len;
	buffer_char(&pstree->names, '{');
	buffer_add(&pstree->names, name);
	buffer_char(&pstree->names, '}');
	branch->name = (struct span){ NULL, pstree->names.len - at };
}

static void name_threads(struct pstree *pstree)
{
	size_t at = 0;

	for (size_t i = 0; i < pstree->count; i++) {
		struct branch *branch = &pstree->branches[i];
		if (!branch->is_thread)
			continue;
		branch->name.at = pstree->names.at + at;
		at += branch->name.len;
	}
}

/* Processes stand by pid, each in front of its threads; those that are not there behind them, as they came up. */
uint32_t pstree_find(const struct pstree *pstree, int64_t pid)
{
	for (size_t i = pstree->count; i-- > 0 && pstree->branches[i].row == NOBODY;)
		if (pstree->branches[i].pid == pid)
			return (uint32_t)i;
	size_t low = 0, high = pstree->count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		const struct branch *branch = &pstree->branches[middle];
		int64_t at = branch->is_thread ? branch->parent_pid : branch->pid;
		if (branch->row == NOBODY || at > pid || (at == pid && branch->is_thread))
			high = middle;
		else if (at < pid)
			low = middle + 1;
		else
			return (uint32_t)middle;
	}
	return NOBODY;
}

static uint32_t find_parent(struct pstree *pstree, int64_t pid)
{
	uint32_t found = pstree_find(pstree, pid);

	if (found != NOBODY)
		return found;
	pstree->branches[pstree->count] = empty_branch(pid);
	return (uint32_t)pstree->count++;
}

static int compare_text(struct span a, struct span b)
{
	size_t shared = a.len < b.len ? a.len : b.len;
	int order = shared ? memcmp(a.at, b.at, shared) : 0;

	return order ? order : (a.len > b.len) - (a.len < b.len);
}

/* Children of one parent, by name and user or by pid. Of those that are not there, the last to come up is the first. */
static int compare(const void *left, const void *right, void *context)
{
	const struct pstree *pstree = context;
	uint32_t i = *(const uint32_t *)left, j = *(const uint32_t *)right;
	const struct branch *a = &pstree->branches[i], *b = &pstree->branches[j];

	if (a->parent != b->parent)
		return a->parent < b->parent ? -1 : 1;
	int order = pstree->by_pid ? (a->pid > b->pid) - (a->pid < b->pid) : compare_text(a->name, b->name);
	if (order == 0 && !pstree->by_pid)
		order = (a->uid > b->uid) - (a->uid < b->uid);
	if (order)
		return order;
	if (a->row == NOBODY && b->row == NOBODY)
		return i > j ? -1 : 1;
	return i < j ? -1 : 1;
}

static int link_children(struct pstree *pstree)
{
	uint32_t *order = calloc(pstree->count + 1, sizeof *order);

	if (!order)
		return -ENOMEM;
	for (uint32_t i = 0; i < pstree->count; i++)
		order[i] = i;
	qsort_r(order, pstree->count, sizeof *order, compare, pstree);
	for (size_t k = 0; k < pstree->count; k++) {
		struct branch *branch = &pstree->branches[order[k]];
		if (branch->parent == NOBODY)
			continue;
		struct branch *parent = &pstree->branches[branch->parent];
		if (parent->first == NOBODY)
			parent->first = order[k];
		else
			pstree->branches[parent->last].next = order[k];
		parent->last = order[k];
	}
	free(order);
	return 0;
}

/* A loop of parents, seen when pids are used again while we read, is cut at its smallest pid. */
static void cut_loops(struct pstree *pstree)
{
	for (uint32_t i = 0; i < pstree->count; i++) {
		uint32_t above = pstree->branches[i].parent;
		for (size_t steps = 0; above != NOBODY && above != i && steps < pstree->count; steps++)
			above = pstree->branches[above].parent;
		if (above == i)
			pstree->branches[i].parent = NOBODY;
	}
}

int pstree_grow(struct pstree *pstree, const struct view *view)
{
	size_t rows = view->now->count, process = 0;
	int64_t is_thread;

	pstree->branches = calloc(2 * rows + 2, sizeof *pstree->branches);
	if (!pstree->branches)
		return -ENOMEM;
	for (uint32_t row = 0; row < rows; row++) {
		is_thread = 0;
		view_number(view, row, TASK_is_thread, &is_thread);
		struct branch *branch = &pstree->branches[pstree->count];
		if (!is_thread)
			set_process(pstree, &pstree->branches[process = pstree->count], view, row);
		else
			set_thread(pstree, branch, view, row, &pstree->branches[process]);
		pstree->count++;
	}
	if (pstree->names.failed)
		return -ENOMEM;
	name_threads(pstree);
	size_t all = pstree->count;
	for (size_t i = 0; i < all; i++)
		if (pstree->branches[i].parent_pid >= 0) /* else the kernel did not say */
			pstree->branches[i].parent = find_parent(pstree, pstree->branches[i].parent_pid);
	uint32_t root = find_parent(pstree, ROOT_PID);
	for (uint32_t i = 0; i < pstree->count; i++)
		if (pstree->branches[i].parent == NOBODY && i != root && pstree->branches[i].pid != 0)
			pstree->branches[i].parent = root;
	cut_loops(pstree);
	return link_children(pstree);
}

uint32_t pstree_trim(struct pstree *pstree, uint32_t branch)
{
	while (pstree->branches[branch].parent != NOBODY) {
		uint32_t parent = pstree->branches[branch].parent;
		pstree->branches[branch].next = NOBODY;
		pstree->branches[parent].first = pstree->branches[parent].last = branch;
		if (pstree->branches[branch].pid == ROOT_PID)
			return branch;
		branch = parent;
	}
	return branch;
}
