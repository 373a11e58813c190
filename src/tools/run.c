#include "tools/run.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "collect/live.h"
#include "tools/options.h"

int place_open(const struct place *place, bool keep, struct source **ret)
{
	return live_new(place->root, keep, ret);
}

int place_complain(const struct tool *tool, int status, const struct place *place, int r)
{
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
	default:
		return usage(tool, wrong);
	}
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
