/* Processes made for a test. They die with it. */
#ifndef TESTS_CHILD_H
#define TESTS_CHILD_H

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* A child that has done `be` (NULL: nothing) and waits since; -1 when there is none, or it did not get that far. */
static inline pid_t child_start(void (*be)(void))
{
	int ready[2];
	char byte;

	if (pipe(ready) < 0)
		return -1;
	pid_t pid = fork();
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (be)
			be();
		(void)!write(ready[1], "", 1);
		for (;;)
			pause();
	}
	close(ready[1]);
	ssize_t len = read(ready[0], &byte, 1);
	close(ready[0]);
	return len == 1 ? pid : -1;
}

/* Nothing for a child that never was. */
static inline void child_end(pid_t pid)
{
	if (pid <= 0)
		return;
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

#endif
