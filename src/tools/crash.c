#include "tools/crash.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const int faults[] = { SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGSYS };

enum { FAULTS = sizeof faults / sizeof *faults, LINE_BYTES = 256 };

/* Made beforehand: nothing can be made in a signal handler. */
static char lines[FAULTS][LINE_BYTES];

static void (*before)(void);

void crash_first(void (*first)(void))
{
	before = first;
}

static void handle(int number)
{
	if (before)
		before();
	for (size_t i = 0; i < FAULTS; i++)
		if (faults[i] == number && write(STDERR_FILENO, lines[i], strlen(lines[i])) < 0)
			_exit(1);
	raise(number); /* SA_RESETHAND: as if there had been no handler */
}

void crash_report(const struct tool *tool)
{
	struct sigaction action = { .sa_handler = handle, .sa_flags = (int)SA_RESETHAND | SA_NODEFER }, old;

	for (size_t i = 0; i < FAULTS; i++) {
		const char *name = sigabbrev_np(faults[i]);
		snprintf(lines[i], LINE_BYTES, "Signal %d (%s) caught by %s (%s).\n%s: please report this bug\n",
		         faults[i], name ? name : "?", tool->name, VIRES_VERSION, tool->name);
		if (sigaction(faults[i], NULL, &old) == 0 && old.sa_handler == SIG_DFL)
			sigaction(faults[i], &action, NULL);
	}
}
