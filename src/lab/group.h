/*
 * Control groups of an experiment: memory, pids and freezer, on v1 (a hierarchy each, below its top) and v2 (beside our
 * own group). Needs the right to make them: root, mostly.
 */
#ifndef LAB_GROUP_H
#define LAB_GROUP_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum group_number {
	GROUP_MEMORY_LIMIT, /* written: bytes, -1 for none */
	GROUP_SWAP_LIMIT,   /* written: bytes of swap beside that; -1 for none. On v1 the memory limit first */
	GROUP_MEMORY_USED,
	GROUP_MEMORY_MOST, /* the most that was ever used */
	GROUP_SWAPPINESS,  /* written; v1 only */
	GROUP_RECLAIM,     /* written: bytes to reclaim now; v1 can only reclaim all */
	GROUP_OOM_KILLS,
	GROUP_ANON,
	GROUP_FILE,
	GROUP_SWAP,
	GROUP_KERNEL,
	GROUP_REFAULTS_FILE, /* pages */
	GROUP_REFAULTS_ANON,
	GROUP_STALLED_NS, /* v2 only */
	GROUP_PIDS_LIMIT, /* written; -1 for none */
	GROUP_PIDS,
	GROUP_FROZEN, /* written: 1 freezes, 0 thaws */
	GROUP_NUMBERS
};

enum group_controller { GROUP_MEMORY, GROUP_PIDS_CONTROLLER, GROUP_FREEZER, GROUP_CONTROLLERS };

struct group {
	int version[GROUP_CONTROLLERS]; /* 1 or 2; 0: not to be had */
	char path[GROUP_CONTROLLERS][PATH_MAX];
};

/* Makes groups of that name (no slash) in each hierarchy that has one of the controllers. -errno when none has. */
int group_make(const char *name, struct group *ret);

/* Where groups of that name are, or would be. */
int group_locate(const char *name, struct group *ret);

/* Kills who is left in it, waits until they have gone, and removes it. -errno. */
int group_remove(const struct group *group);

int group_enter(const struct group *group, pid_t pid);

/* -EOPNOTSUPP: no such controller, or no such number in this version. */
int group_number_write(const struct group *group, enum group_number number, int64_t value);
int group_number_read(const struct group *group, enum group_number number, int64_t *ret);

#endif
