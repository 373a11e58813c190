#include "tools/run.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "collect/live.h"
#include "tools/options.h"

static const char *const source_names[] = { [TABLE_AUTO] = "auto", [TABLE_PROC] = "proc", [TABLE_BPF] = "bpf" };

/* Why the last place could not be opened, when there is more to say than its error. */
static struct why place_why;

/* The option counts more than VIRES_SOURCE. */
static int source_kind(const struct place *place, enum table_kind *ret)
{
	const char *name = place->source ? place->source : getenv("VIRES_SOURCE");

	if (!name || !*name)
		return 0;
	for (size_t i = 0; i < sizeof source_names / sizeof *source_names; i++) {
		if (strcmp(name, source_names[i]) != 0)
			continue;
		*ret = (enum table_kind)i;
		return 0;
	}
	return why_not(&place_why, -EINVAL, "no source '%s'; there are auto, bpf and proc", name);
}

static void print_note(const char *line)
{
	fprintf(stderr, "vires: %s\n", line);
}

int place_open(const struct place *place, bool keep, struct source **ret)
{
	const char *verbose = getenv("VIRES_VERBOSE");
	struct live_options options = { .root = place->root, .keep = keep };

	place_why.text[0] = '\0';
	int r = source_kind(place, &options.kind);
	if (r == 0 && place->root && place->source && options.kind == TABLE_BPF)
		r = why_not(&place_why, -EOPNOTSUPP, "--root shows a captured machine");
	if (verbose && *verbose)
		options.note = print_note;
	return r < 0 ? r : live_open(&options, ret, &place_why);
}

int place_complain(const struct tool *tool, int status, const struct place *place, int r)
{
	if (place_why.text[0])
		return complain(tool, status, r == -EINVAL ? "%s" : "no eBPF here: %s", place_why.text);
	if (!place->root)
		return complain(tool, status, "cannot read /proc: %s", strerror(-r));
	return complain(tool, status, "no captured machine in '%s': %s", place->root, strerror(-r));
}

int shared_option(const struct tool *tool, int wrong, struct shared *shared, int id, const char *argument)
{
	switch (id) {
	case OPTION_HELP:
		return usage(tool, 0);
	case OPTION_VERSION:
		return version(tool);
	case OPTION_JSON:
		shared->data = DATA_JSON;
		return GO_ON;
	case OPTION_CSV:
		shared->data = DATA_CSV;
		return GO_ON;
	case OPTION_ROOT:
		shared->place.root = argument;
		return GO_ON;
	case OPTION_SOURCE:
		shared->place.source = argument;
		return GO_ON;
	default:
		return usage(tool, wrong);
	}
}

struct shared_call {
	const struct tool *tool;
	int wrong;
	struct shared *shared;
};

static int set(void *context, int id, const char *argument)
{
	const struct shared_call *call = context;

	return shared_option(call->tool, call->wrong, call->shared, id, argument);
}

int shared_options(const struct tool *tool, int wrong, int argc, char **argv, struct shared *ret)
{
	struct shared_call call = { tool, wrong, ret };

	return options_read(tool, argc, argv, set, &call);
}

int place_explain(const struct place *place, struct buffer *buffer)
{
	struct request request = { .tasks = true };
	struct snapshot now;
	struct source *source;

	request_field(&request, &request.fields, TASK_rss_bytes);
	int r = place_open(place, true, &source);
	if (r < 0)
		return r;
	r = source_take(source, &request, &now);
	if (r == 0) {
		const char *why = live_why(source), *how = live_how(source);
		buffer_format(buffer, "%s%s%s%s%s", now.source, how ? ", " : "", how ? how : "",
		              *why ? ", because: " : "", why);
		snapshot_done(&now);
	}
	source_free(source);
	return r;
}

void say(const struct tool *tool, struct buffer *buffer)
{
	size_t done = 0;

	if (buffer->failed)
		exit(complain(tool, 1, "%s", strerror(ENOMEM)));
	while (done < buffer->len) {
		ssize_t n = write(STDOUT_FILENO, buffer->at + done, buffer->len - done);
		if (n >= 0) {
			done += (size_t)n;
			continue;
		}
		if (errno == EINTR)
			continue;
		if (errno == EPIPE)
			exit(0);
		if (tool->bare_write_error)
			exit(complain(tool, 1, "write error"));
		exit(complain(tool, 1, "write error: %s", strerror(errno)));
	}
	buffer_clear(buffer);
}

static void (*pipe_signal_was)(int) = SIG_DFL;

void signals_take(void)
{
	pipe_signal_was = signal(SIGPIPE, SIG_IGN);
}

void signals_give_back(void)
{
	signal(SIGPIPE, pipe_signal_was);
}

int complain(const struct tool *tool, int status, const char *format, ...)
{
	va_list args;

	fprintf(stderr, "%s: ", tool->name);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	return status;
}

int usage(const struct tool *tool, int status)
{
	struct buffer text = { 0 };

	options_usage(&text, tool);
	if (status == 0) {
		say(tool, &text);
	} else {
		fputs(buffer_cstr(&text), stderr);
	}
	buffer_done(&text);
	return status;
}

int version(const struct tool *tool)
{
	struct buffer text = { 0 };

	buffer_format(&text, "%s from vires %s\n", tool->name, VIRES_VERSION);
	say(tool, &text);
	buffer_done(&text);
	return 0;
}
