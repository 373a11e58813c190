#include "kernel/passwd.h"

#include "base/file.h"

enum { LIMIT = 64 * 1024 * 1024 };

static bool parse_line(struct span line, struct passwd_entry *ret)
{
	struct span name, password, number;

	if (!span_until(&line, ':', &name) || !span_until(&line, ':', &password))
		return false;
	if (name.len == 0 || name.at[0] == '#' || name.at[0] == '+' || name.at[0] == '-')
		return false;
	if (!span_until(&line, ':', &number))
		number = line;
	if (!span_i64(&number, &ret->id) || ret->id < 0 || ret->id > UINT32_MAX)
		return false;
	ret->name = name;
	return true;
}

bool passwd_next(struct span *rest, struct passwd_entry *ret)
{
	struct passwd_entry entry;
	struct span line;

	while (span_line(rest, &line)) {
		if (parse_line(line, &entry)) {
			*ret = entry;
			return true;
		}
	}
	return false;
}

bool passwd_name(struct span file, int64_t id, struct span *ret_name)
{
	struct passwd_entry entry;

	while (passwd_next(&file, &entry)) {
		if (entry.id == id) {
			*ret_name = entry.name;
			return true;
		}
	}
	return false;
}

bool passwd_id(struct span file, struct span name, int64_t *ret_id)
{
	struct passwd_entry entry;

	while (passwd_next(&file, &entry)) {
		if (span_equal(entry.name, name)) {
			*ret_id = entry.id;
			return true;
		}
	}
	return false;
}

int passwd_read(int root_dirfd, struct buffer *buffer, struct span *ret)
{
	return file_slurp(root_dirfd, "etc/passwd", LIMIT, buffer, ret);
}

int group_read(int root_dirfd, struct buffer *buffer, struct span *ret)
{
	return file_slurp(root_dirfd, "etc/group", LIMIT, buffer, ret);
}
