#include "collect/groups.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "collect/root.h"
#include "kernel/cgroup_memory.h"

struct groups {
	int root_fd;
	struct cgroup_mount mount;
};

int groups_new(const char *root, struct groups **ret)
{
	struct groups *groups = malloc(sizeof *groups);

	if (!groups)
		return -ENOMEM;
	groups->root_fd = root_open_first(root);
	int r = groups->root_fd < 0 ? -errno : cgroup_mount_read(groups->root_fd, "memory", &groups->mount);
	if (r < 0)
		groups_free(groups);
	else
		*ret = groups;
	return r;
}

void groups_free(struct groups *groups)
{
	if (!groups)
		return;
	if (groups->root_fd >= 0)
		close(groups->root_fd);
	free(groups);
}

bool groups_of(const struct groups *groups, struct span pid_cgroup, struct span *ret)
{
	return cgroup_of(&groups->mount, pid_cgroup, ret);
}

int groups_read(const struct groups *groups, struct span group, struct cgroup *ret)
{
	return cgroup_memory_read(groups->root_fd, &groups->mount, group, ret);
}

bool group_within(struct span group, struct span above)
{
	if (span_is(above, "/"))
		return true;
	return span_starts(group, above) && (group.len == above.len || group.at[above.len] == '/');
}

/* The group one level up; false at the top. */
static bool step_up(struct span *group)
{
	ptrdiff_t slash = span_last(*group, '/');

	if (slash < 0 || group->len <= 1)
		return false;
	group->len = slash == 0 ? 1 : (size_t)slash;
	return true;
}

int groups_tightest(const struct groups *groups, struct span group, struct span *ret_group, struct cgroup *ret)
{
	int64_t least = INT64_MAX;

	do {
		struct cgroup one;
		if (groups_read(groups, group, &one) < 0 || !cgroup_has(&one, limit_bytes) ||
		    !cgroup_has(&one, current_bytes))
			continue;
		int64_t room = one.limit_bytes - one.current_bytes;
		if (room >= least)
			continue;
		least = room;
		*ret_group = group;
		*ret = one;
	} while (step_up(&group));
	return least < INT64_MAX ? 0 : -ENODATA;
}
