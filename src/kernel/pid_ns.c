#include "kernel/pid_ns.h"

#include <errno.h>
#include <stdio.h>

#include "base/file.h"

int pid_ns_parse(struct span link, struct span name, int64_t *ret_inode)
{
	struct span kind, number;

	if (!span_until(&link, ':', &kind) || !span_equal(kind, name) || !span_until(&link, '[', &kind) || kind.len)
		return -EBADMSG;
	if (!span_until(&link, ']', &number) || link.len || !span_i64(&number, ret_inode))
		return -EBADMSG;
	return 0;
}

static int read_one(int pid_dirfd, const struct field *field, struct task *task)
{
	char path[32], text[64];
	struct span link;
	int64_t inode;

	snprintf(path, sizeof path, "ns/%s", field->key);
	int r = file_link(pid_dirfd, path, text, sizeof text, &link);
	if (r == 0)
		r = pid_ns_parse(link, span_of(field->key), &inode);
	if (r == 0)
		record_set(field, task, inode);
	return r;
}

int pid_ns_read(int pid_dirfd, struct task *task)
{
	int first = 0;
	bool any = false;

	for (unsigned id = TASK_ns_cgroup; id <= TASK_ns_uts; id++) {
		int r = read_one(pid_dirfd, &task_fields[id], task);
		any |= r == 0;
		if (first == 0)
			first = r;
	}
	return any ? 0 : first;
}
