/*
 * The command lines of what a walk has found, by a program of their own, and kept: only what has run since can have
 * changed its own.
 */
#ifndef COLLECT_COMMAND_LINES_H
#define COLLECT_COMMAND_LINES_H

#include "base/buffer.h"
#include "fields/task.h"
#include "kernel/bpf/arguments.h"
#include "kernel/bpf/tasks.h"

struct command_line {
	int32_t tgid;
	unsigned long long started_ns, cpu_ns;
	struct argument answer;
};

struct command_lines {
	struct arguments *program; /* owned; NULL: not loaded */
	bool unusable;             /* it cannot be had, so it is not tried again */
	struct command_line *at;   /* owned, one for each process, in the order of the records */
	size_t count;
	struct buffer texts;
	uint32_t *line_of; /* owned, for each record: which of `at` */
};

/*
 * Takes those of the processes and threads in `records`. With `again` what is known of the last time, of those that
 * have used no CPU since, is believed: then the records must hold HAS_SUMS. `offset_ns`: see task_list_walks(). -errno,
 * and then none are known.
 */
int command_lines_take(struct command_lines *lines, const struct task_records *records, bool again, uint64_t offset_ns);

/* Whether that of one of the records of the last time is known; else only its file tells it. */
bool command_lines_know(const struct command_lines *lines, size_t record);

/* Sets cmdline, when there is one and it is known. */
void command_lines_fill(const struct command_lines *lines, size_t record, struct task *task);

void command_lines_done(struct command_lines *lines);

#endif
