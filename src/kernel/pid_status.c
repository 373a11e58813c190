#include "kernel/pid_status.h"

#include <errno.h>

#include "kernel/keyed.h"

static struct keyed status = {
	.table = &task_table, .from = FROM_STATUS, .mark = ':', .bytes_in_unit = 1, .once = ONCE_FLAG_INIT
};

/* "Uid:\treal\teffective\tsaved\tfile system"; the table has one row for each, in that order. */
static void set_four(struct span value, unsigned first_id, struct task *task)
{
	int64_t id[4];

	if (span_numbers(&value, id, 4) < 4)
		return;
	for (unsigned i = 0; i < 4; i++)
		record_set(&task_fields[first_id + i], task, id[i]);
}

/* "SigQ:\tqueued/limit" */
static void set_queue(struct span value, struct task *task)
{
	struct span queued;
	int64_t number;

	value = span_trim(value);
	if (!span_until(&value, '/', &queued))
		return;
	if (span_i64(&queued, &number))
		task_set(task, signals_queued, number);
	if (span_i64(&value, &number))
		task_set(task, signals_queue_limit, number);
}

static void set_line(const struct field *field, struct span value, struct task *task)
{
	switch (field->id) {
	case TASK_ruid:
		set_four(value, TASK_ruid, task);
		break;
	case TASK_rgid:
		set_four(value, TASK_rgid, task);
		break;
	case TASK_signals_queued:
		set_queue(value, task);
		break;
	default:
		if (field->kind == TEXT)
			keyed_text(field, value, task);
		else
			keyed_number(&status, field, value, task);
	}
}

int pid_status_parse(struct span bytes, const struct kernel_units *units, struct task *task)
{
	const struct field *field;
	struct span value;

	(void)units;
	if (!span_starts(bytes, SPAN("Name:\t")))
		return -EBADMSG;
	keyed_start(&status);
	while ((field = keyed_next(&status, &bytes, &value)))
		set_line(field, value, task);
	int64_t sum;
	if (task_has(task, file_bytes) && task_has(task, shmem_bytes) &&
	    !__builtin_add_overflow(task->file_bytes, task->shmem_bytes, &sum))
		task_set(task, shared_bytes, sum);
	if (task_has(task, heap_data_bytes) && task_has(task, stack_bytes) &&
	    !__builtin_add_overflow(task->heap_data_bytes, task->stack_bytes, &sum))
		task_set(task, data_bytes, sum);
	return 0;
}

int pid_status_process(struct span bytes, int64_t *ret)
{
	struct span line;

	while (span_whole_line(&bytes, &line)) {
		if (!span_starts(line, SPAN("Tgid:")))
			continue;
		line = span_skip(line, 5);
		return span_i64(&line, ret) ? 0 : -EBADMSG;
	}
	return -EBADMSG;
}
