/* One subcommand of tests/live/known. */
#ifndef LIVE_KNOWN_H
#define LIVE_KNOWN_H

#include <stddef.h>
#include <sys/types.h>

struct known {
	const char *name;
	const char *arguments;                     /* for the usage line */
	int least, most;                           /* how many arguments */
	const char *makes;                         /* what it makes, and the keys of its "ready" line beside pid */
	void (*make)(char **arguments, int count); /* returns when it is made; the process then sleeps */
};

extern const struct known known_memory[], known_tasks[], known_names[]; /* each ends with a row without a name */

/* Writes "ready pid=PID " and the rest of the line, at once. */
void known_ready(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Waits `milliseconds`, or for a SIGUSR1 where that is 0. */
void known_wait(size_t milliseconds);

/* The child that has to be ended and waited for when the process itself is told to end. */
extern pid_t known_child;

/* Forks and sets known_child; the child dies with its parent. Gives back 0 in the child. */
pid_t known_fork(void);

/* Two hex digits a byte -> the bytes with a NUL behind, in new memory; their number goes to `length`. Else exit 2. */
char *known_bytes(const char *hex, size_t *length);

#endif
