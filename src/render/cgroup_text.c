#include "render/cgroup_text.h"

/* Cuts the next line of a group other than the root off the front, with the parts it is made of. */
static bool next_group(struct span *lines, struct span *ret_line, struct span *ret_names, struct span *ret_path)
{
	struct span line;

	while (span_line(lines, &line)) {
		struct span rest = line, number;
		if (!span_until(&rest, ':', &number) || !span_until(&rest, ':', ret_names) || span_is(rest, "/"))
			continue;
		*ret_line = line;
		*ret_path = rest;
		return true;
	}
	return false;
}

void cgroup_text_all(struct buffer *buffer, struct span lines)
{
	struct span line, names, path;
	bool first = true;

	while (next_group(&lines, &line, &names, &path)) {
		if (!first)
			buffer_char(buffer, ',');
		buffer_add(buffer, line);
		first = false;
	}
}

struct span cgroup_text_path(struct span lines)
{
	struct span line, names, path, named = { 0 }, first = { 0 };

	while (next_group(&lines, &line, &names, &path)) {
		if (names.len == 0)
			return path;
		if (span_starts(names, SPAN("name=")))
			named = path;
		if (!first.len)
			first = line;
	}
	return named.len ? named : first;
}

/* What follows `mark` up to one of `ends`, in any path. */
static struct span after(struct span lines, struct span mark, const char *ends)
{
	struct span line, names, path;

	while (next_group(&lines, &line, &names, &path)) {
		for (; path.len >= mark.len; path = span_skip(path, 1)) {
			if (!span_starts(path, mark))
				continue;
			struct span name = span_skip(path, mark.len);
			size_t len = 0;
			while (len < name.len && !strchr(ends, name.at[len]))
				len++;
			if (len)
				return (struct span){ name.at, len };
		}
	}
	return (struct span){ 0 };
}

struct span cgroup_text_lxc(struct span lines)
{
	static const char *const marks[] = { "lxc.payload.", "lxc.payload/", "/lxc/" };
	struct span name = { 0 };

	for (size_t i = 0; !name.len && i < sizeof marks / sizeof *marks; i++)
		name = after(lines, span_of(marks[i]), "/");
	return name;
}

struct span cgroup_text_docker(struct span lines)
{
	enum { SHORT_ID = 12 };
	static const char *const marks[] = { "/docker-", "/docker/" };
	struct span id = { 0 };

	for (size_t i = 0; !id.len && i < sizeof marks / sizeof *marks; i++)
		id = after(lines, span_of(marks[i]), "/.");
	id.len = id.len < SHORT_ID ? id.len : SHORT_ID;
	return id;
}
