#include "model/tree.h"

#include <errno.h>
#include <stdlib.h>

struct node {
	int64_t pid, ppid;
	uint32_t row;
	uint32_t parent, first, last, next; /* other nodes: parent, first and last child, next sibling */
	uint32_t at;                        /* its place in the tree; TREE_ROOT before it has one */
};

struct forest {
	struct node *nodes;
	uint32_t *by_pid;
	size_t count;
};

static int compare_pids(const void *left, const void *right, void *nodes)
{
	uint32_t i = *(const uint32_t *)left, j = *(const uint32_t *)right;
	const struct node *a = (const struct node *)nodes + i, *b = (const struct node *)nodes + j;

	if (a->pid != b->pid)
		return a->pid < b->pid ? -1 : 1;
	return i < j ? -1 : 1;
}

static uint32_t find(const struct forest *forest, int64_t pid)
{
	size_t low = 0, high = forest->count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		if (forest->nodes[forest->by_pid[middle]].pid < pid)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == forest->count || forest->nodes[forest->by_pid[low]].pid != pid)
		return TREE_ROOT;
	return forest->by_pid[low];
}

static void number_nodes(const struct view *view, const uint32_t *rows, struct forest *forest)
{
	for (uint32_t i = 0; i < forest->count; i++) {
		struct node *node = &forest->nodes[i];
		*node = (struct node){ -1, -1, rows[i], TREE_ROOT, TREE_ROOT, TREE_ROOT, TREE_ROOT, TREE_ROOT };
		view_number(view, rows[i], TASK_pid, &node->pid);
		view_number(view, rows[i], TASK_ppid, &node->ppid);
		forest->by_pid[i] = i;
	}
	qsort_r(forest->by_pid, forest->count, sizeof *forest->by_pid, compare_pids, forest->nodes);
}

static void link_children(struct forest *forest)
{
	for (uint32_t i = 0; i < forest->count; i++) {
		struct node *node = &forest->nodes[i];
		node->parent = find(forest, node->ppid);
		if (node->parent == i)
			node->parent = TREE_ROOT;
		if (node->parent == TREE_ROOT)
			continue;
		struct node *parent = &forest->nodes[node->parent];
		if (parent->first == TREE_ROOT)
			parent->first = i;
		else
			forest->nodes[parent->last].next = i;
		parent->last = i;
	}
}

static uint32_t put(struct forest *forest, uint32_t i, struct tree_row *tree, uint32_t at)
{
	struct node *node = &forest->nodes[i];
	uint32_t above = node->parent == TREE_ROOT ? TREE_ROOT : forest->nodes[node->parent].at;
	bool root = above == TREE_ROOT;

	node->at = at;
	tree[at] = (struct tree_row){ node->row, above, root ? 0 : (uint16_t)(tree[above].depth + 1),
		                      node->next == TREE_ROOT };
	return at + 1;
}

/* A root and all below it, each parent before its children. */
static uint32_t put_all(struct forest *forest, uint32_t root, struct tree_row *tree, uint32_t at)
{
	uint32_t i = root;

	for (;;) {
		at = put(forest, i, tree, at);
		if (forest->nodes[i].first != TREE_ROOT) {
			i = forest->nodes[i].first;
			continue;
		}
		while (i != root && forest->nodes[i].next == TREE_ROOT)
			i = forest->nodes[i].parent;
		if (i == root)
			return at;
		i = forest->nodes[i].next;
	}
}

static void plant(struct forest *forest, struct tree_row *tree)
{
	uint32_t at = 0;

	for (uint32_t i = 0; i < forest->count; i++)
		if (forest->nodes[i].parent == TREE_ROOT)
			at = put_all(forest, i, tree, at);
	for (uint32_t i = 0; i < forest->count; i++) /* no root reaches a loop of parents */
		if (forest->nodes[i].at == TREE_ROOT)
			tree[at++] = (struct tree_row){ forest->nodes[i].row, TREE_ROOT, 0, true };
}

int tree_new(const struct view *view, const uint32_t *rows, size_t count, struct tree_row **ret)
{
	struct forest forest = { calloc(count + 1, sizeof *forest.nodes), calloc(count + 1, sizeof *forest.by_pid),
		                 count };
	struct tree_row *tree = calloc(count + 1, sizeof *tree);
	bool enough = forest.nodes && forest.by_pid && tree;

	if (enough) {
		number_nodes(view, rows, &forest);
		link_children(&forest);
		plant(&forest, tree);
		*ret = tree;
	} else {
		free(tree);
	}
	free(forest.nodes);
	free(forest.by_pid);
	return enough ? 0 : -ENOMEM;
}
