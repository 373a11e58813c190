#include "kernel/cgroup_memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "kernel/pressure.h"

/* v1 counts its limits in pages and prints the largest such number for none. */
static const int64_t NO_LIMIT = INT64_MAX - 65536;

static bool copy(struct span text, char *into)
{
	if (text.len >= CGROUP_PATH_BYTES)
		return false;
	memcpy(into, text.at, text.len);
	into[text.len] = '\0';
	return true;
}

/* Whether "a,b,c" has that member. */
static bool list_has(struct span list, const char *member)
{
	struct span one;

	while (span_until(&list, ',', &one))
		if (span_is(one, member))
			return true;
	return span_is(list, member);
}

/* "id parent dev root mountpoint options ... - type source options": its version, or 0. */
static int parse_mount(struct span line, const char *controller, struct cgroup_mount *ret)
{
	struct span word, root, point, type, options;

	for (int i = 0; i < 3; i++)
		if (!span_word(&line, &word))
			return 0;
	if (!span_word(&line, &root) || !span_word(&line, &point) || point.len < 2)
		return 0;
	while (span_word(&line, &word) && !span_is(word, "-"))
		;
	if (!span_word(&line, &type) || !span_word(&line, &word) || !span_word(&line, &options))
		return 0;
	bool has = list_has(options, controller);
	ret->version = span_is(type, "cgroup2") ? 2 : span_is(type, "cgroup") && has ? 1 : 0;
	return copy(span_skip(point, 1), ret->path) && copy(root, ret->subtree) ? ret->version : 0;
}

int cgroup_mount_parse(struct span mountinfo, const char *controller, struct cgroup_mount *ret)
{
	struct cgroup_mount found = { 0 }, one;
	struct span line;

	while (found.version != 1 && span_whole_line(&mountinfo, &line)) {
		int version = parse_mount(line, controller, &one);
		if (version == 1 || (version == 2 && found.version == 0))
			found = one;
	}
	if (found.version == 0)
		return -ENOENT;
	*ret = found;
	return 0;
}

int cgroup_mount_read(int root_dirfd, const char *controller, struct cgroup_mount *ret)
{
	enum { MOST = 4 * 1024 * 1024 };
	struct buffer buffer = { 0 };
	struct span bytes;

	int r = file_slurp(root_dirfd, "proc/self/mountinfo", MOST, &buffer, &bytes);
	if (r == 0)
		r = cgroup_mount_parse(bytes, controller, ret);
	buffer_done(&buffer);
	return r;
}

int cgroup_own_read(int root_dirfd, const struct cgroup_mount *mount, char *buf, size_t size, struct span *ret)
{
	struct span bytes;

	int r = file_read(root_dirfd, "proc/self/cgroup", buf, size, &bytes);
	return r < 0 ? r : cgroup_of(mount, bytes, ret) ? 0 : -ENOENT;
}

bool cgroup_of(const struct cgroup_mount *mount, struct span pid_cgroup, struct span *ret)
{
	struct span line, id, controllers;

	while (span_line(&pid_cgroup, &line)) {
		if (!span_until(&line, ':', &id) || !span_until(&line, ':', &controllers))
			continue;
		bool match = mount->version == 2 ? span_is(id, "0") : list_has(controllers, "memory");
		if (match) {
			*ret = line;
			return true;
		}
	}
	return false;
}

static const char *key_of(int version, unsigned id)
{
	return version == 1 ? cgroup_v1_keys[id] : cgroup_fields[id].key;
}

/* Whether the key is in that file; what is behind the colon, if anything, is the line. */
static bool in_file(const char *key, const char *file, struct span *ret_line)
{
	struct span rest = span_of(key), name;

	if (!span_until(&rest, ':', &name)) {
		name = rest;
		rest.len = 0;
	}
	*ret_line = rest;
	return span_is(name, file);
}

static bool line_value(struct span bytes, struct span wanted, struct span *ret)
{
	struct span line, key;

	while (span_whole_line(&bytes, &line))
		if (span_until(&line, ' ', &key) && span_equal(key, wanted)) {
			*ret = line;
			return true;
		}
	return false;
}

/* What a key wants of its file's bytes: "line name" is a value of PSI, "line" the number on it, "" the whole file. */
static bool value_of(struct span bytes, struct span wanted, enum unit unit, int64_t *ret)
{
	struct span value, kind;

	if (span_until(&wanted, ' ', &kind))
		return pressure_find(bytes, kind, wanted, unit, ret);
	if (wanted.len ? !line_value(bytes, wanted, &value) : !span_whole_line(&bytes, &value))
		return false;
	return span_i64(&value, ret) && *ret < NO_LIMIT;
}

void cgroup_memory_parse(int version, const char *file, struct span bytes, struct cgroup *cgroup)
{
	for (unsigned id = 0; id < CGROUP_FIELDS; id++) {
		struct span wanted;
		int64_t number;
		if (in_file(key_of(version, id), file, &wanted) &&
		    value_of(bytes, wanted, cgroup_fields[id].unit, &number))
			record_set(&cgroup_fields[id], cgroup, number);
	}
}

static int open_group(int root_dirfd, const struct cgroup_mount *mount, struct span group)
{
	struct span subtree = span_of(mount->subtree);
	char path[2 * CGROUP_PATH_BYTES];

	if (span_is(group, "/..") || span_starts(group, SPAN("/../")))
		return -ENOENT; /* outside of our cgroup namespace */
	if (!span_is(subtree, "/")) {
		if (!span_starts(group, subtree) || (group.len > subtree.len && group.at[subtree.len] != '/'))
			return -ENOENT;
		group = span_skip(group, subtree.len);
	}
	int len = snprintf(path, sizeof path, "%s/%.*s", mount->path, (int)group.len, group.at);
	if (len < 0 || (size_t)len >= sizeof path)
		return -ENAMETOOLONG;
	int fd = openat(root_dirfd, path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

static void read_file(int dirfd, int version, const char *file, struct cgroup *cgroup)
{
	char buf[16 * 1024];
	struct span bytes;

	if (file_read(dirfd, file, buf, sizeof buf, &bytes) == 0)
		cgroup_memory_parse(version, file, bytes, cgroup);
}

int cgroup_memory_read(int root_dirfd, const struct cgroup_mount *mount, struct span group, struct cgroup *ret)
{
	struct cgroup cgroup = { 0 };
	struct span name, rest;
	char last[64] = "";

	int dirfd = open_group(root_dirfd, mount, group);
	if (dirfd < 0)
		return dirfd;
	/* Rows of one file stand together, memory.stat's apart by one: each file is read once or twice. */
	for (unsigned id = 0; id < CGROUP_FIELDS; id++) {
		rest = span_of(key_of(mount->version, id));
		name = rest;
		span_until(&rest, ':', &name);
		if (name.len == 0 || name.len >= sizeof last || span_is(name, last))
			continue;
		memcpy(last, name.at, name.len);
		last[name.len] = '\0';
		read_file(dirfd, mount->version, last, &cgroup);
	}
	close(dirfd);
	*ret = cgroup;
	return 0;
}
