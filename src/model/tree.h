/* The forest of processes: who is whose child. */
#ifndef MODEL_TREE_H
#define MODEL_TREE_H

#include "model/view.h"

struct tree_row {
	uint32_t row;
	uint32_t parent; /* place in the tree's rows, or TREE_ROOT */
	uint16_t depth;
	bool last; /* the last child of its parent */
};

#define TREE_ROOT UINT32_MAX

/*
 * Orders `count` rows of a view so that each stands behind its parent, children in the order in which `rows` has them.
 * A row whose parent is not among them is a root; a loop of parents (seen when pids are reused while we read) is cut.
 * Gives an array of `count`, the caller's to free. -ENOMEM.
 */
int tree_new(const struct view *view, const uint32_t *rows, size_t count, struct tree_row **ret);

#endif
