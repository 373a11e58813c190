/* Control groups by name: the memory of one, and the tightest limit above it. */
#ifndef COLLECT_GROUPS_H
#define COLLECT_GROUPS_H

#include "base/buffer.h"
#include "fields/cgroup.h"

struct groups;

/* Of the running machine, or of the tree below `root`, at its first moment where that has time steps.
 * -ENOENT when no hierarchy has the memory controller. */
int groups_new(const char *root, struct groups **ret);
void groups_free(struct groups *groups);

/* The group of a process, from the text of its `cgroup` field. False when it has none in the memory hierarchy. */
bool groups_of(const struct groups *groups, struct span pid_cgroup, struct span *ret);

/* The memory of one group. -errno. */
int groups_read(const struct groups *groups, struct span group, struct cgroup *ret);

/* Whether `group` is `above` or lies below it. */
bool group_within(struct span group, struct span above);

/*
 * Of `group` and those above it the one with the least room below its limit, and its memory. -ENODATA: no limit at all.
 */
int groups_tightest(const struct groups *groups, struct span group, struct span *ret_group, struct cgroup *ret);

#endif
