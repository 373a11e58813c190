#include "render/cgroup.h"

/* Cuts the next line; gives the line, its controllers and its path. */
static bool next(struct span *lines, struct span *ret_line, struct span *ret_controllers, struct span *ret_path)
{
	struct span line, number;

	while (span_line(lines, &line)) {
		*ret_line = line;
		if (!span_until(&line, ':', &number) || !span_until(&line, ':', ret_controllers))
			continue;
		*ret_path = line;
		return true;
	}
	return false;
}

void cgroup_joined(struct buffer *buffer, struct span lines)
{
	struct span line, controllers, path;
	bool first = true;

	while (next(&lines, &line, &controllers, &path)) {
		if (span_is(path, "/"))
			continue;
		if (!first)
			buffer_char(buffer, ',');
		buffer_add(buffer, line);
		first = false;
	}
}

/* The path in the hierarchy that systemd uses: the named one, or that of version 2. */
static bool systemd_path(struct span lines, struct span *ret)
{
	struct span line, controllers, path;
	bool found = false;

	while (next(&lines, &line, &controllers, &path)) {
		if (!span_is(controllers, "name=systemd") && (controllers.len || found))
			continue;
		*ret = path;
		found = true;
	}
	return found;
}

static bool ends(struct span name, const char *with)
{
	size_t len = strlen(with);

	return name.len > len && !memcmp(name.at + name.len - len, with, len);
}

static bool is_unit(struct span name)
{
	return ends(name, ".service") || ends(name, ".scope") || ends(name, ".socket") || ends(name, ".mount") ||
	       ends(name, ".swap");
}

/* Cuts the next folder off the front of a path. */
static bool folder(struct span *path, struct span *ret)
{
	while (path->len && path->at[0] == '/')
		*path = span_skip(*path, 1);
	if (!path->len)
		return false;
	if (!span_until(path, '/', ret)) {
		*ret = *path;
		path->len = 0;
	}
	return true;
}

/* Cuts all slices off the front of a path; gives the last one. */
static bool slices(struct span *path, struct span *ret)
{
	struct span rest = *path, name;
	bool any = false;

	while (folder(&rest, &name) && ends(name, ".slice")) {
		*ret = name;
		*path = rest;
		any = true;
	}
	return any;
}

static bool between(struct span name, const char *start, const char *end, struct span *ret)
{
	struct span first = span_of(start);

	if (!span_starts(name, first) || !ends(name, end) || name.len <= first.len + strlen(end))
		return false;
	*ret = (struct span){ name.at + first.len, name.len - first.len - strlen(end) };
	return true;
}

static bool user_unit(struct span path, struct span *ret)
{
	struct span name, ignored;

	slices(&path, &name);
	if (!folder(&path, &name) ||
	    (!between(name, "user@", ".service", &ignored) && !between(name, "session-", ".scope", &ignored)))
		return false;
	slices(&path, &ignored);
	if (!folder(&path, &name) || !is_unit(name))
		return false;
	*ret = name;
	return true;
}

bool cgroup_part(struct span lines, enum cgroup_part part, struct span *ret)
{
	struct span path, slice = SPAN("-.slice"), name;

	if (!systemd_path(lines, &path))
		return false;
	if (part == CGROUP_USER_UNIT)
		return user_unit(path, ret);
	slices(&path, &slice);
	if (part == CGROUP_OWNER)
		return between(slice, "user-", ".slice", ret);
	if (part == CGROUP_SLICE) {
		*ret = slice;
		return true;
	}
	if (!folder(&path, &name) || !is_unit(name))
		return false;
	if (part == CGROUP_SESSION)
		return between(name, "session-", ".scope", ret);
	*ret = name;
	return true;
}

static bool is_hex(struct span text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!strchr("0123456789abcdef", text.at[i]) || !text.at[i])
			return false;
	return true;
}

static bool find(struct span path, const char *mark, struct span *ret_behind)
{
	size_t len = strlen(mark);
	const char *at = path.len ? memmem(path.at, path.len, mark, len) : NULL;

	if (!at)
		return false;
	*ret_behind = span_skip(path, (size_t)(at - path.at) + len);
	return true;
}

bool cgroup_named(struct span joined, struct span *ret)
{
	return find(joined, ":name=", ret);
}

/* The first 12 digits of an ID behind one of the marks. */
static bool container_id(struct span lines, const char *const *marks, struct span *ret)
{
	enum { SHORT_ID = 12 };
	struct span line, controllers, path, behind;

	while (next(&lines, &line, &controllers, &path))
		for (size_t i = 0; marks[i]; i++) {
			if (!find(path, marks[i], &behind) || behind.len < SHORT_ID ||
			    !is_hex((struct span){ behind.at, SHORT_ID }))
				continue;
			*ret = (struct span){ behind.at, SHORT_ID };
			return true;
		}
	return false;
}

static const char *const docker_marks[] = { "/docker-", "/docker/", NULL };
static const char *const other_marks[] = { "/libpod-", "cri-containerd-", "crio-", NULL };

bool cgroup_docker(struct span lines, struct span *ret)
{
	return container_id(lines, docker_marks, ret);
}

bool cgroup_container(struct span lines, struct span *ret)
{
	return container_id(lines, docker_marks, ret) || container_id(lines, other_marks, ret) ||
	       cgroup_lxc(lines, ret);
}

bool cgroup_lxc(struct span lines, struct span *ret)
{
	struct span line, controllers, path, behind;

	while (next(&lines, &line, &controllers, &path)) {
		if (!find(path, "lxc.payload.", &behind) && !find(path, "lxc.payload/", &behind) &&
		    !find(path, "/lxc/", &behind))
			continue;
		if (folder(&behind, ret))
			return true;
	}
	return false;
}
