#include "lab/group.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "kernel/cgroup_memory.h"

static const char *const controllers[GROUP_CONTROLLERS] = { "memory", "pids", "freezer" };

/* Where each number stands. A key: that line of the file; without one the file is the number. */
static const struct {
	enum group_controller controller;
	const char *v1, *v1_key, *v2, *v2_key;
} numbers[GROUP_NUMBERS] = {
	[GROUP_MEMORY_LIMIT] = { GROUP_MEMORY, "memory.limit_in_bytes", NULL, "memory.max" },
	[GROUP_SWAP_LIMIT] = { GROUP_MEMORY, "memory.memsw.limit_in_bytes", NULL, "memory.swap.max" },
	[GROUP_MEMORY_USED] = { GROUP_MEMORY, "memory.usage_in_bytes", NULL, "memory.current" },
	[GROUP_MEMORY_MOST] = { GROUP_MEMORY, "memory.max_usage_in_bytes", NULL, "memory.peak" },
	[GROUP_SWAPPINESS] = { GROUP_MEMORY, "memory.swappiness" },
	[GROUP_RECLAIM] = { GROUP_MEMORY, "memory.force_empty", NULL, "memory.reclaim" },
	[GROUP_OOM_KILLS] = { GROUP_MEMORY, "memory.oom_control", "oom_kill", "memory.events", "oom_kill" },
	[GROUP_ANON] = { GROUP_MEMORY, "memory.stat", "rss", "memory.stat", "anon" },
	[GROUP_FILE] = { GROUP_MEMORY, "memory.stat", "cache", "memory.stat", "file" },
	[GROUP_SWAP] = { GROUP_MEMORY, "memory.stat", "swap", "memory.swap.current" },
	[GROUP_KERNEL] = { GROUP_MEMORY, "memory.kmem.usage_in_bytes", NULL, "memory.stat", "kernel" },
	[GROUP_REFAULTS_FILE] = { GROUP_MEMORY, "memory.stat", "workingset_refault_file", "memory.stat",
	                          "workingset_refault_file" },
	[GROUP_REFAULTS_ANON] = { GROUP_MEMORY, "memory.stat", "workingset_refault_anon", "memory.stat",
	                          "workingset_refault_anon" },
	[GROUP_STALLED_NS] = { GROUP_MEMORY, NULL, NULL, "memory.pressure", "total" },
	[GROUP_PIDS_LIMIT] = { GROUP_PIDS_CONTROLLER, "pids.max", NULL, "pids.max" },
	[GROUP_PIDS] = { GROUP_PIDS_CONTROLLER, "pids.current", NULL, "pids.current" },
	[GROUP_FROZEN] = { GROUP_FREEZER, "freezer.state", NULL, "cgroup.freeze" },
};

static int join(char ret[PATH_MAX], const char *folder, const char *name)
{
	int len = snprintf(ret, PATH_MAX, "%s/%s", folder, name);

	return len < 0 || len >= PATH_MAX ? -ENAMETOOLONG : 0;
}

static int put(const char *folder, const char *file, const char *text)
{
	char path[PATH_MAX];

	int r = join(path, folder, file);
	if (r < 0)
		return r;
	r = file_set(AT_FDCWD, path, text);
	return r == -ENOENT ? -EOPNOTSUPP : r;
}

/* On v2 a group beside our own one, when its parent hands the controller down. */
static int place_v2(const struct cgroup_mount *mount, const char *controller, char ret[PATH_MAX])
{
	char bytes[4096], path[PATH_MAX];
	struct span group, text, word;
	int root = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	int r = root < 0 ? -errno : cgroup_own_read(root, mount, bytes, sizeof bytes, &group);

	close(root);
	if (r < 0)
		return r;
	ptrdiff_t slash = span_last(group, '/');
	int len = snprintf(ret, PATH_MAX, "/%s%.*s", mount->path, slash > 0 ? (int)slash : 0, group.at);
	if (len < 0 || len + 64 > PATH_MAX)
		return -ENAMETOOLONG;
	if (!strcmp(controller, "freezer"))
		return 0; /* belongs to every group but the root */
	r = join(path, ret, "cgroup.subtree_control");
	if (r == 0)
		r = file_read(AT_FDCWD, path, bytes, sizeof bytes, &text);
	while (r == 0 && span_word(&text, &word))
		if (span_is(word, controller))
			return 0;
	return r < 0 ? r : -EOPNOTSUPP;
}

/* The folder in which the group is made. */
static int place(enum group_controller controller, int *ret_version, char ret[PATH_MAX])
{
	struct cgroup_mount mount;
	int root = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	int r = root < 0 ? -errno : cgroup_mount_read(root, controllers[controller], &mount);

	close(root);
	if (r < 0)
		return r;
	*ret_version = mount.version;
	if (mount.version == 2)
		return place_v2(&mount, controllers[controller], ret);
	snprintf(ret, PATH_MAX, "/%s", mount.path);
	return 0;
}

int group_locate(const char *name, struct group *ret)
{
	struct group group = { 0 };
	int first = -EOPNOTSUPP;
	bool any = false;

	for (int c = 0; c < GROUP_CONTROLLERS; c++) {
		char folder[PATH_MAX];
		int r = place((enum group_controller)c, &group.version[c], folder);
		if (r == 0)
			r = join(group.path[c], folder, name);
		if (r < 0) {
			group.version[c] = 0;
			first = first == -EOPNOTSUPP ? r : first;
		}
		any |= r == 0;
	}
	if (!any)
		return first;
	*ret = group;
	return 0;
}

int group_make(const char *name, struct group *ret)
{
	struct group group;
	bool any = false;
	int r = group_locate(name, &group), failed = 0;

	if (r < 0)
		return r;
	for (int c = 0; c < GROUP_CONTROLLERS; c++) {
		if (group.version[c] && mkdir(group.path[c], 0755) < 0 && errno != EEXIST) {
			failed = -errno;
			group.version[c] = 0;
		}
		any |= group.version[c] != 0;
	}
	if (!any)
		return failed;
	*ret = group;
	return 0;
}

/* Kills all that are in it. True once nobody is. */
static bool is_empty(const char *path)
{
	char procs[PATH_MAX], bytes[4096];
	struct span text;
	int64_t pid;

	if (join(procs, path, "cgroup.procs") < 0 || file_read(AT_FDCWD, procs, bytes, sizeof bytes, &text) < 0)
		return true;
	bool empty = text.len == 0;
	while (span_i64(&text, &pid))
		if (pid > 0)
			kill((pid_t)pid, SIGKILL);
	return empty;
}

int group_remove(const struct group *group)
{
	enum { PATIENCE = 400 };
	const struct timespec pause = { .tv_nsec = 5000000 };
	int r = 0;

	if (group->version[GROUP_FREEZER])
		group_number_write(group, GROUP_FROZEN, 0);
	for (int c = 0; c < GROUP_CONTROLLERS; c++) {
		int left = PATIENCE;
		if (group->version[c] == 0)
			continue;
		/* the dead leave their groups a moment later */
		while ((!is_empty(group->path[c]) || (rmdir(group->path[c]) < 0 && errno == EBUSY)) && --left > 0)
			nanosleep(&pause, NULL);
		if (left == 0)
			r = -EBUSY;
	}
	return r;
}

int group_enter(const struct group *group, pid_t pid)
{
	char text[16];
	int r = 0;

	snprintf(text, sizeof text, "%d", (int)pid);
	for (int c = 0; r == 0 && c < GROUP_CONTROLLERS; c++)
		if (group->version[c])
			r = put(group->path[c], "cgroup.procs", text);
	return r;
}

int group_number_write(const struct group *group, enum group_number number, int64_t value)
{
	char text[24];

	if ((unsigned)number >= GROUP_NUMBERS)
		return -EINVAL;
	enum group_controller controller = numbers[number].controller;
	const char *file = group->version[controller] == 1 ? numbers[number].v1 : numbers[number].v2;
	if (group->version[controller] == 0 || !file)
		return -EOPNOTSUPP;
	snprintf(text, sizeof text, "%" PRId64, value);
	if (group->version[controller] == 2 && value < 0)
		snprintf(text, sizeof text, "max");
	if (number == GROUP_PIDS_LIMIT && value < 0)
		snprintf(text, sizeof text, "max");
	if (number == GROUP_FROZEN && group->version[controller] == 1)
		snprintf(text, sizeof text, "%s", value ? "FROZEN" : "THAWED");
	if (number == GROUP_RECLAIM && group->version[controller] == 1)
		snprintf(text, sizeof text, "0");
	return put(group->path[controller], file, text);
}

/* "key value" or "some avg10=... total=value": the line, and in it what stands behind the key. */
static bool number_in(struct span text, const char *key, int64_t *ret)
{
	struct span line, word, name;

	if (!key)
		return span_i64(&text, ret);
	while (span_line(&text, &line)) {
		struct span rest = line;
		if (span_word(&rest, &word) && span_is(word, key))
			return span_i64(&rest, ret);
		while (span_word(&rest, &word))
			if (span_until(&word, '=', &name) && span_is(name, key))
				return span_i64(&word, ret);
	}
	return false;
}

int group_number_read(const struct group *group, enum group_number number, int64_t *ret)
{
	char path[PATH_MAX], bytes[16384];
	struct span text;
	int64_t value;

	if ((unsigned)number >= GROUP_NUMBERS)
		return -EINVAL;
	enum group_controller controller = numbers[number].controller;
	bool v1 = group->version[controller] == 1;
	const char *file = v1 ? numbers[number].v1 : numbers[number].v2;
	if (group->version[controller] == 0 || !file)
		return -EOPNOTSUPP;
	int r = join(path, group->path[controller], file);
	if (r == 0)
		r = file_read(AT_FDCWD, path, bytes, sizeof bytes, &text);
	if (r < 0)
		return r == -ENOENT ? -EOPNOTSUPP : r;
	if (number == GROUP_FROZEN && v1) {
		*ret = span_starts(text, SPAN("FROZEN"));
		return 0;
	}
	if (!number_in(text, v1 ? numbers[number].v1_key : numbers[number].v2_key, &value))
		return -EOPNOTSUPP;
	*ret = number == GROUP_STALLED_NS ? value * 1000 : value;
	return 0;
}
