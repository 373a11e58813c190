/* Processes with known memory, states and names, for the tests to watch.
 *
 *	known SUBCOMMAND [ARGUMENT...]
 *
 * `known` alone lists the subcommands. When everything is made it writes one line, "ready pid=PID KEY=VALUE...", with
 * what was really made (bytes, not MiB), and sleeps until it is killed; it and its children die with its parent, and
 * after ten minutes in any case. What takes steps writes one line "step KEY=VALUE..." for each, and takes an interval
 * in milliseconds; with 0 it takes one step for each SIGUSR1, so that a test decides what lies between two samples.
 * SIGTERM ends it with its children, and leaves no zombie. Huge pages are off in it: RSS grows by the pages that were
 * touched, and by nothing else. A process has some memory before it makes anything: compare with `known anon 0`.
 */
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "parts/known.h"
#include "parts/make.h"

static const struct known *const tables[] = { known_memory, known_tasks, known_names };

void known_ready(const char *format, ...)
{
	va_list values;

	printf("ready pid=%d ", getpid());
	va_start(values, format);
	vprintf(format, values);
	va_end(values);
	putchar('\n');
	fflush(stdout);
}

void known_wait(size_t milliseconds)
{
	sigset_t wanted;
	struct timespec time = { (time_t)(milliseconds / 1000), (long)(milliseconds % 1000) * 1000000 };

	sigemptyset(&wanted);
	sigaddset(&wanted, SIGUSR1);
	if (milliseconds)
		nanosleep(&time, NULL);
	else
		sigwaitinfo(&wanted, NULL);
}

pid_t known_child;

pid_t known_fork(void)
{
	pid_t parent = getpid();

	known_child = fork();
	if (known_child < 0)
		make_fail("fork");
	if (!known_child) {
		signal(SIGTERM, SIG_DFL);
		make_die_with(parent);
	}
	return known_child;
}

/* Leaves no zombie to a process 1 that may not look after it: containers have such. */
static void end(int number)
{
	(void)number;
	if (known_child > 0)
		kill(known_child, SIGKILL);
	while (wait(NULL) > 0)
		;
	_exit(0);
}

char *known_bytes(const char *hex, size_t *length)
{
	static const char digits[] = "0123456789abcdef";
	size_t count = strlen(hex);
	char *bytes = calloc(count / 2 + 1, 1);

	if (!bytes)
		make_fail("calloc");
	if (count % 2 || strspn(hex, digits) != count) {
		fprintf(stderr, "'%s' is not hex: two of 0-9a-f for each byte\n", hex);
		exit(2);
	}
	for (size_t i = 0; i < count; i++)
		bytes[i / 2] = (char)((unsigned char)bytes[i / 2] << 4 | (strchr(digits, hex[i]) - digits));
	*length = count / 2;
	return bytes;
}

static int usage(void)
{
	fputs("usage: known SUBCOMMAND [ARGUMENT...]\n\n", stderr);
	for (size_t t = 0; t < sizeof tables / sizeof *tables; t++)
		for (const struct known *known = tables[t]; known->name; known++)
			fprintf(stderr, "  %-10s %-18s %s\n", known->name, known->arguments, known->makes);
	return 2;
}

int main(int argc, char **argv)
{
	sigset_t steps;

	if (prctl(PR_SET_PDEATHSIG, SIGKILL))
		make_fail("PR_SET_PDEATHSIG");
	if (prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0))
		make_fail("PR_SET_THP_DISABLE");
	if (prctl(PR_SET_CHILD_SUBREAPER, 1))
		make_fail("PR_SET_CHILD_SUBREAPER");
	alarm(600);
	signal(SIGALRM, end);
	signal(SIGTERM, end);
	signal(SIGPIPE, SIG_IGN);
	sigemptyset(&steps);
	sigaddset(&steps, SIGUSR1);
	sigprocmask(SIG_BLOCK, &steps, NULL);
	/* The second life of `args`, which could not say so in its arguments. */
	if (getenv("KNOWN_ARGS")) {
		known_ready("args=%d", argc);
		make_idle();
	}
	for (size_t t = 0; argc > 1 && t < sizeof tables / sizeof *tables; t++)
		for (const struct known *known = tables[t]; known->name; known++) {
			if (strcmp(known->name, argv[1]) || argc - 2 < known->least || argc - 2 > known->most)
				continue;
			known->make(argv + 2, argc - 2);
			make_idle();
		}
	return usage();
}
