/* Subcommands of known: processes and threads in known states. */
#include <errno.h>
#include <linux/sched.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "known.h"
#include "make.h"

static const size_t most = 1 << 20;

static void *sleep_on(void *unused)
{
	(void)unused;
	make_idle();
}

static void threads(char **arguments, int count)
{
	size_t wanted = make_number(arguments[0], most);
	pthread_attr_t small;
	pthread_t thread;

	(void)count;
	pthread_attr_init(&small);
	pthread_attr_setstacksize(&small, 64 << 10);
	for (size_t i = 1; i < wanted; i++)
		if ((errno = pthread_create(&thread, &small, sleep_on, NULL)))
			make_fail("pthread_create");
	known_ready("threads=%zu", wanted ? wanted : 1);
}

static void zombie(char **arguments, int count)
{
	siginfo_t how;
	pid_t child = known_fork();

	(void)arguments, (void)count;
	if (!child)
		_exit(0);
	if (waitid(P_PID, (id_t)child, &how, WEXITED | WNOWAIT))
		make_fail("waitid");
	known_ready("child=%d", child);
}

static void stopped(char **arguments, int count)
{
	pid_t child = known_fork();

	(void)arguments, (void)count;
	if (!child) {
		raise(SIGSTOP);
		make_idle();
	}
	if (waitpid(child, NULL, WUNTRACED) != child)
		make_fail("waitpid");
	known_ready("child=%d", child);
}

/* Comes back once the process is in state D: a moment after its vfork, when its child already runs. */
static void wait_for_disk_sleep(pid_t pid)
{
	char path[32], stat[256];

	snprintf(path, sizeof path, "/proc/%d/stat", pid);
	for (;;) {
		FILE *stream = fopen(path, "re");
		if (!stream || !fgets(stat, sizeof stat, stream))
			make_fail(path);
		fclose(stream);
		if (strstr(stat, ") D "))
			return;
		known_wait(1);
	}
}

/* A process waits uninterruptibly for the child of its vfork, which never calls exec: state D. */
static void disk(char **arguments, int count)
{
	(void)arguments, (void)count;
	if (known_fork())
		return;
	pid_t waiting = getpid();
	if (syscall(SYS_clone, CLONE_VFORK | SIGCHLD, NULL, NULL, NULL, NULL))
		make_fail("clone");
	make_die_with(waiting);
	wait_for_disk_sleep(waiting);
	known_ready("child=%d", waiting);
	make_idle();
}

static void fork_storm(char **arguments, int count)
{
	size_t rate = count ? make_number(arguments[0], 100000) : 100;
	struct timespec pause_time = { .tv_nsec = 999999999 / (long)(rate ? rate : 1) };

	signal(SIGCHLD, SIG_IGN);
	known_ready("rate=%zu", rate);
	for (;;) {
		if (!known_fork()) {
			make_name("storm");
			_exit(0);
		}
		nanosleep(&pause_time, NULL);
	}
}

static void spin(char **arguments, int count)
{
	size_t wanted_ns = count ? make_number(arguments[0], most) * 1000000 : 0, used_ns = 0;
	struct timespec used;

	if (!count)
		known_ready("cpu_ns=%zu", used_ns);
	while (!count || used_ns < wanted_ns) {
		for (volatile int turns = 0; turns < 10000; turns++)
			;
		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
		used_ns = (size_t)used.tv_sec * 1000000000 + (size_t)used.tv_nsec;
	}
	known_ready("cpu_ns=%zu", used_ns);
}

/* A new process under a pid that another had. Needs CAP_CHECKPOINT_RESTORE (Linux 5.9) or root. */
static pid_t with_pid(pid_t pid)
{
	pid_t parent = getpid();
	struct clone_args arguments = {
		.exit_signal = SIGCHLD,
		.set_tid = pid ? (uintptr_t)&pid : 0,
		.set_tid_size = pid ? 1 : 0,
	};
	/* The child is born with the name: it may be looked at before it has run. */
	make_name(pid ? "second" : "first");
	long child = syscall(SYS_clone3, &arguments, sizeof arguments);

	if (child < 0)
		make_fail("clone3");
	if (!child) {
		signal(SIGTERM, SIG_DFL);
		make_die_with(parent);
		make_idle();
	}
	make_name("known");
	return known_child = (pid_t)child;
}

static void reuse(char **arguments, int count)
{
	pid_t child = with_pid(0);

	(void)arguments, (void)count;
	known_ready("child=%d", child);
	known_wait(0);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	printf("step child=%d\n", with_pid(child));
	fflush(stdout);
}

const struct known known_tasks[] = {
	{ "threads", "N", 1, 1, "N threads asleep: threads", threads },
	{ "zombie", "", 0, 0, "a child that has ended and is not waited for: child", zombie },
	{ "stopped", "", 0, 0, "a stopped child: child", stopped },
	{ "disk", "", 0, 0, "a child in uninterruptible sleep (pid is the process it waits for): child", disk },
	{ "fork-storm", "[RATE]", 0, 1, "RATE (100) processes a second that end at once: rate", fork_storm },
	{ "spin", "[MS]", 0, 1, "busy for ever, or for MS of CPU time and then asleep: cpu_ns", spin },
	{ "reuse", "", 0, 0, "a child, and after SIGUSR1 another one with the same pid: child; one step", reuse },
	{ 0 },
};
