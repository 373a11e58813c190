#include "kernel/pid_number.h"

#include <errno.h>

static int parse(struct span line, enum task_id id, struct task *task)
{
	int64_t number;

	if (!span_i64(&line, &number) || span_trim(line).len)
		return -EBADMSG;
	record_set(&task_fields[id], task, number);
	return 0;
}

int pid_oom_score_parse(struct span bytes, const struct kernel_units *units, struct task *task)
{
	struct span line;

	(void)units;
	return span_whole_line(&bytes, &line) ? parse(line, TASK_oom_score, task) : -EBADMSG;
}

int pid_oom_score_adj_parse(struct span bytes, const struct kernel_units *units, struct task *task)
{
	struct span line;

	(void)units;
	return span_whole_line(&bytes, &line) ? parse(line, TASK_oom_score_adj, task) : -EBADMSG;
}

int pid_loginuid_parse(struct span bytes, const struct kernel_units *units, struct task *task)
{
	(void)units;
	return parse(bytes, TASK_login_uid, task);
}
