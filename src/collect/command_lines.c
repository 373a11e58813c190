#include "collect/command_lines.h"

#include <errno.h>
#include <stdlib.h>

#include "base/memory.h"

static int make_room(struct command_lines *lines, size_t records)
{
	*lines = (struct command_lines){ .program = lines->program };
	lines->line_of = calloc(records + 1, sizeof *lines->line_of);
	lines->at = calloc(records + 1, sizeof *lines->at);
	if (lines->at)
		memory_expect(lines->at, records * sizeof *lines->at);
	return lines->line_of && lines->at ? 0 : -ENOMEM;
}

/* The line of the same process. Both lists are in the order of their births, so that it can only be further on. */
static const struct command_line *find(const struct command_lines *old, const struct command_line *now, size_t *from)
{
	for (size_t i = *from; i < old->count; i++)
		if (old->at[i].tgid == now->tgid && old->at[i].started_ns == now->started_ns) {
			*from = i + 1;
			return &old->at[i];
		}
	return NULL;
}

static bool has_slept(const struct command_line *old, const struct command_line *now)
{
	return old->answer.status != ARGUMENT_ASKED && old->cpu_ns == now->cpu_ns;
}

static void keep(struct command_lines *lines, struct command_line *line, const struct command_lines *old,
                 const struct command_line *was)
{
	line->answer = was->answer;
	if (was->answer.status != ARGUMENT_READ)
		return;
	line->answer.at = (unsigned)lines->texts.len;
	buffer_add(&lines->texts, (struct span){ old->texts.at + was->answer.at, was->answer.len });
}

/* A line for each process; threads, whose records follow, share it. */
static void list(struct command_lines *lines, const struct task_records *records, const struct command_lines *old,
                 uint64_t offset_ns)
{
	size_t from = 0;

	for (size_t i = 0; i < records->count; i++) {
		const struct task_record *record = task_record_at(records, i);
		const struct record_identity *id = &record->identity;
		int tgid = record->details.tgid;
		if ((id->has & IS_THREAD) && lines->count && lines->at[lines->count - 1].tgid == tgid) {
			lines->line_of[i] = (uint32_t)lines->count - 1;
			continue;
		}
		struct command_line *line = &lines->at[lines->count];
		*line = (struct command_line){ .tgid = tgid,
			                       .started_ns = id->started_ns,
			                       .cpu_ns = record->sums.cpu_ns,
			                       .answer = { .host_pid = (unsigned)record->details.host_pid,
			                                   .boot_ns = id->started_ns - offset_ns,
			                                   .task = id->task } };
		lines->line_of[i] = (uint32_t)lines->count++;
		const struct command_line *was = old ? find(old, line, &from) : NULL;
		if (was && has_slept(was, line))
			keep(lines, line, old, was);
	}
}

/* Asks for those that are not known yet. */
static int ask(struct command_lines *lines)
{
	struct argument *asked = calloc(lines->count + 1, sizeof *asked);
	size_t count = 0;

	if (!asked)
		return -ENOMEM;
	for (size_t i = 0; i < lines->count; i++)
		if (lines->at[i].answer.status == ARGUMENT_ASKED)
			asked[count++] = lines->at[i].answer;
	int r = arguments_read(lines->program, asked, count, &lines->texts);
	count = 0;
	for (size_t i = 0; r == 0 && i < lines->count; i++)
		if (lines->at[i].answer.status == ARGUMENT_ASKED)
			lines->at[i].answer = asked[count++];
	free(asked);
	return r;
}

int command_lines_take(struct command_lines *lines, const struct task_records *records, bool again, uint64_t offset_ns)
{
	struct command_lines old = *lines;
	struct why why, note;

	if (lines->unusable)
		return -ENOSYS;
	int r = make_room(lines, records->count);
	if (r == 0 && !lines->program)
		r = arguments_open(&lines->program, &why, &note);
	if (r == 0) {
		list(lines, records, again ? &old : NULL, offset_ns);
		r = lines->texts.failed ? -ENOMEM : ask(lines);
	}
	free(old.at);
	free(old.line_of);
	buffer_done(&old.texts);
	if (r < 0) {
		command_lines_done(lines);
		lines->unusable = r != -ENOMEM;
	}
	return r;
}

static const struct argument *answer_of(const struct command_lines *lines, size_t record)
{
	return &lines->at[lines->line_of[record]].answer;
}

bool command_lines_know(const struct command_lines *lines, size_t record)
{
	unsigned status = answer_of(lines, record)->status;

	return status == ARGUMENT_READ || status == ARGUMENT_NONE;
}

void command_lines_fill(const struct command_lines *lines, size_t record, struct task *task)
{
	const struct argument *answer = answer_of(lines, record);

	if (answer->status == ARGUMENT_READ)
		task_set(task, cmdline, ((struct span){ lines->texts.at + answer->at, answer->len }));
}

void command_lines_done(struct command_lines *lines)
{
	arguments_close(lines->program);
	free(lines->at);
	free(lines->line_of);
	buffer_done(&lines->texts);
	*lines = (struct command_lines){ .unusable = lines->unusable };
}
