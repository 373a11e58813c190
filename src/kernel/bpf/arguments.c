#include "kernel/bpf/arguments.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kernel/bpf/cache.h"
#include "kernel/bpf/program.h"
#include "kernel/bpf/ram_search.h"

struct arguments {
	struct program program;
	struct argument *records;         /* mapped */
	struct argument_control *control; /* mapped */
	uint64_t word;                    /* to find RAM by */
};

static int load(struct arguments *arguments, struct why *why, struct why *note)
{
	struct program *program = &arguments->program;

	int r = program_start("arguments", ARGUMENTS_AT_ONCE, program, why, note);
	if (r < 0)
		return r;
	arguments->records = program_map(program, MAP_RECORDS, ARGUMENTS_AT_ONCE * sizeof *arguments->records);
	arguments->control = program_map(program, MAP_CONTROL, sizeof *arguments->control);
	if (!arguments->records || !arguments->control)
		return why_not(why, -errno, "cannot map the command lines");
	struct why unfound;
	ram_search(&arguments->word, &arguments->control->ram, &unfound); /* all can be fetched, only not as fast */
	return 0;
}

int arguments_open(struct arguments **ret, struct why *why, struct why *note)
{
	struct arguments *arguments = calloc(1, sizeof *arguments);

	if (!arguments)
		return why_not(why, -ENOMEM, "%s", strerror(ENOMEM));
	program_init(&arguments->program);
	int r = load(arguments, why, note);
	if (r < 0)
		arguments_close(arguments);
	else
		*ret = arguments;
	return r;
}

/* One call of the program. How many of the first `count` are answered, or -errno. */
static int answer_some(struct arguments *arguments, struct argument *asked, size_t count, struct buffer *texts)
{
	union bpf_attr attr = { .test.prog_fd = (uint32_t)arguments->program.fd };
	size_t base = texts->len, done = 0;

	memcpy(arguments->records, asked, count * sizeof *asked);
	arguments->control->count = (unsigned)count;
	arguments->control->used = 0;
	int r = bpf_call(BPF_PROG_TEST_RUN, &attr);
	if (r < 0)
		return r;
	if (base + ARGUMENT_TEXTS > UINT32_MAX)
		return -E2BIG;
	buffer_add(texts, (struct span){ arguments->control->texts, arguments->control->used });
	if (texts->failed)
		return -ENOMEM;
	for (; done < count && arguments->records[done].status != ARGUMENT_NO_ROOM; done++) {
		asked[done] = arguments->records[done];
		asked[done].at += (unsigned)base;
	}
	return (int)done;
}

int arguments_read(struct arguments *arguments, struct argument *asked, size_t count, struct buffer *texts)
{
	for (size_t at = 0; at < count;) {
		size_t rest = count - at;
		int done =
			answer_some(arguments, asked + at, rest < ARGUMENTS_AT_ONCE ? rest : ARGUMENTS_AT_ONCE, texts);
		if (done <= 0)
			return done < 0 ? done : -EBADMSG;
		at += (size_t)done;
	}
	return 0;
}

void arguments_close(struct arguments *arguments)
{
	if (!arguments)
		return;
	program_close(&arguments->program);
	free(arguments);
}
