#include "kernel/pid_autogroup.h"

#include <errno.h>
#include <stdio.h>

#include "base/file.h"

int pid_autogroup_parse(struct span bytes, const struct kernel_units *units, struct task *task)
{
	static const struct span start = { "/autogroup-", sizeof "/autogroup-" - 1 };
	struct span line, word;
	int64_t id, nice;

	(void)units;
	if (bytes.len == 0)
		return 0;
	if (!span_whole_line(&bytes, &line) || !span_starts(line, start))
		return -EBADMSG;
	line = span_skip(line, start.len);
	if (!span_i64(&line, &id) || !span_word(&line, &word) || !span_is(word, "nice") || !span_i64(&line, &nice))
		return -EBADMSG;
	task_set(task, autogroup_id, id);
	task_set(task, autogroup_nice, nice);
	return 0;
}

int pid_autogroup_write(int pid_dirfd, int nice)
{
	char text[16];

	snprintf(text, sizeof text, "%d", nice);
	return file_set(pid_dirfd, "autogroup", text);
}
