/* A command line for the shell whose output comes to us, piece by piece. */
#ifndef BASE_COMMAND_H
#define BASE_COMMAND_H

#include <sys/types.h>

#include "base/buffer.h"

struct command {
	pid_t pid;
	int fd; /* what it writes to stdout and stderr; can be waited for with poll(2) */
};

/*
 * Starts `/bin/sh -c line` in a process group of its own, without input and with all signals as usual. -errno, and
 * there is nothing to be ended.
 */
int command_start(const char *line, struct command *ret);

/* Adds some of what there is now. How many bytes; 0 at the end; -EAGAIN when there is nothing yet; -errno. */
ssize_t command_read(const struct command *command, struct buffer *buffer);

/* Ends it and all that it has started, if they still run, and waits for it. */
void command_end(struct command *command);

#endif
