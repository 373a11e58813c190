/* The parts of vires pstree. */
#ifndef TOOLS_PSTREE_H
#define TOOLS_PSTREE_H

#include "model/view.h"
#include "tools/run.h"

#define NOBODY UINT32_MAX /* in place of a branch */

enum { PSTREE_NAMESPACES = 8, ROOT_PID = 1 };

/* A process, a thread, or a parent that is not there. */
struct branch {
	struct span name; /* as it is shown but for escapes: threads in braces */
	struct span arguments;
	struct span user;  /* name of `uid`; empty: it has none */
	struct span label; /* of the security module */
	int64_t pid, parent_pid, pgid, uid, started_ns;
	int64_t namespaces[PSTREE_NAMESPACES]; /* 0: unknown */
	uint32_t row;                          /* in the view; NOBODY for what is not there */
	uint32_t parent, first, next;          /* other branches, or NOBODY */
	uint32_t last;                         /* child */
	bool is_thread, highlighted;
};

struct pstree {
	const struct tool *tool;
	struct shared shared;
	bool arguments, pids, pgids, users, by_pid, parents, no_threads, thread_names, namespaces, labels, ages;
	bool not_compact, not_cut;
	enum { PSTREE_ASCII, PSTREE_UTF8, PSTREE_VT100 } lines;
	int64_t highlight; /* a pid; 0: none */
	struct buffer bold, plain;
	int sort_namespace; /* place in pstree_namespaces, or -1 */
	int64_t pid;        /* where to begin */
	bool chose_pid;
	const char *user; /* only trees of this user; NULL: any */
	int64_t uid;
	size_t width;

	/* the forest */
	struct branch *branches;
	size_t count;
	struct buffer names; /* of threads */
};

/* "cgroup", "ipc", ... and the task fields of their numbers. */
extern const struct pstree_namespace {
	const char *name;
	uint8_t id;
} pstree_namespaces[PSTREE_NAMESPACES];

/* Makes the forest: every row, and a branch "?" for each parent that has none. -ENOMEM. */
int pstree_grow(struct pstree *pstree, const struct view *view);

/* The branch of a process, or NOBODY. */
uint32_t pstree_find(const struct pstree *pstree, int64_t pid);

/* Leaves one child to each ancestor of a branch: the one on the way to it. Gives the first ancestor. */
uint32_t pstree_trim(struct pstree *pstree, uint32_t branch);

/* The tree below a branch. `boot_ns` is now, for ages. */
void pstree_put(struct pstree *pstree, struct buffer *buffer, uint32_t branch, int64_t above_uid, int64_t boot_ns);

/*
 * A tree for each namespace of the chosen kind, under its number, from the one of `root` on. Takes the forest apart.
 * False, nothing put, when no such namespace is known.
 */
bool pstree_put_namespaces(struct pstree *pstree, struct buffer *buffer, uint32_t root, int64_t boot_ns);

#endif
