/* pstree -N: a tree for each namespace. */
#include <stdlib.h>

#include "tools/pstree.h"

struct tops {
	uint32_t *branches; /* those that are in another namespace than their parent, parents first */
	size_t count;
	int kind;
};

static void find_tops(const struct pstree *pstree, uint32_t at, struct tops *tops)
{
	const struct branch *branch = &pstree->branches[at];
	const struct branch *parent = branch->parent == NOBODY ? NULL : &pstree->branches[branch->parent];

	if (!parent || parent->namespaces[tops->kind] != branch->namespaces[tops->kind])
		tops->branches[tops->count++] = at;
	for (uint32_t child = branch->first; child != NOBODY; child = pstree->branches[child].next)
		find_tops(pstree, child, tops);
}

static void detach(struct pstree *pstree, uint32_t at)
{
	struct branch *branch = &pstree->branches[at];

	if (branch->parent == NOBODY)
		return;
	uint32_t *link = &pstree->branches[branch->parent].first;
	while (*link != at)
		link = &pstree->branches[*link].next;
	*link = branch->next;
	branch->next = branch->parent = NOBODY;
}

static bool put_groups(struct pstree *pstree, struct buffer *buffer, const struct tops *tops, int64_t boot_ns)
{
	bool any = false;

	for (size_t i = 0; i < tops->count; i++)
		detach(pstree, tops->branches[i]);
	for (size_t i = 0; i < tops->count; i++) {
		int64_t number = pstree->branches[tops->branches[i]].namespaces[tops->kind];
		bool said = false;
		for (size_t k = 0; k < i && !said; k++)
			said = pstree->branches[tops->branches[k]].namespaces[tops->kind] == number;
		any |= number != 0;
		if (said)
			continue;
		buffer_format(buffer, "[%lld]\n", (long long)number);
		for (size_t k = i; k < tops->count; k++)
			if (pstree->branches[tops->branches[k]].namespaces[tops->kind] == number)
				pstree_put(pstree, buffer, tops->branches[k], 0, boot_ns);
	}
	return any;
}

bool pstree_put_namespaces(struct pstree *pstree, struct buffer *buffer, uint32_t root, int64_t boot_ns)
{
	struct tops tops = { .branches = calloc(pstree->count + 1, sizeof *tops.branches),
		             .kind = pstree->sort_namespace };

	if (!tops.branches) {
		buffer->failed = true;
		return true;
	}
	find_tops(pstree, root, &tops);
	bool any = put_groups(pstree, buffer, &tops, boot_ns);
	if (!any)
		buffer_clear(buffer);
	free(tops.branches);
	return any;
}
