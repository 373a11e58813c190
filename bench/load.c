/* The loads that the benches measure under: a known number of processes of a known shape.
 *
 *	load idle N            N sleepers, each with its own comm and 4 mappings more than the program has
 *	load threads P T [busy]  P processes of T threads, asleep or busy
 *	load maps P M MIB      P processes of M mappings more and MIB resident: half private, half one shared segment
 *	load one M             1 process of M mappings more, one page each, all resident
 *	load big P MIB [huge]  P processes of MIB private and resident, in huge pages if so asked
 *
 * When everything is there it prints "ready processes=N first=PID" and sleeps; it dies with its parent. Run it as
 * process 1 of its own pid namespace, so that what runs inside sees N processes whatever else the machine does, and
 * so that killing it takes the whole load away:
 *
 *	unshare -p -m -f --kill-child --mount-proc load idle 3000
 *	nsenter -t PID_OF_LOAD -m -p ps -ef
 */
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "../tests/live/parts/make.h"

struct shape {
	size_t processes, threads, mappings, bytes;
	bool busy, huge;
	unsigned char *shared; /* one segment for all processes of `maps` */
};

static void sleeper(const struct shape *shape, size_t index)
{
	char name[16];
	size_t page = (size_t)sysconf(_SC_PAGESIZE);

	(void)shape;
	snprintf(name, sizeof name, "idle-%zu", index);
	make_name(name);
	/* Different rights side by side: the kernel cannot merge them into fewer mappings. */
	make_split(make_memory(8 * page, MAP_PRIVATE), 8 * page, 4);
}

static void *thread_body(void *busy)
{
	if (!busy)
		make_idle();
	for (volatile unsigned long turns = 0;; turns++)
		;
}

static void threaded(const struct shape *shape, size_t index)
{
	pthread_attr_t small;
	pthread_t thread;

	(void)index;
	make_name("threaded");
	pthread_attr_init(&small);
	pthread_attr_setstacksize(&small, 64 << 10);
	for (size_t i = 1; i < shape->threads; i++) {
		int error = pthread_create(&thread, &small, thread_body, shape->busy ? &thread : NULL);
		if (error) {
			fprintf(stderr, "thread %zu: %s\n", i, strerror(error));
			_exit(1);
		}
	}
}

static void mapper(const struct shape *shape, size_t index)
{
	size_t half = shape->bytes / 2, page = (size_t)sysconf(_SC_PAGESIZE);

	(void)index;
	make_name("mapper");
	unsigned char *own = make_memory(half, MAP_PRIVATE);
	make_touch(own, half);
	for (size_t at = 0; at < half; at += page)
		(void)*(volatile unsigned char *)(shape->shared + at);
	make_split(own, half, shape->mappings / 2);
	make_split(shape->shared, half, shape->mappings - shape->mappings / 2);
}

static void many_mappings(const struct shape *shape, size_t index)
{
	(void)index;
	make_name("manymaps");
	unsigned char *start = make_memory(shape->bytes, MAP_PRIVATE);
	make_touch(start, shape->bytes);
	make_split(start, shape->bytes, shape->mappings);
}

static void big(const struct shape *shape, size_t index)
{
	(void)index;
	make_name("big");
	unsigned char *start = make_memory(shape->bytes, MAP_PRIVATE);
	if (shape->huge && madvise(start, shape->bytes, MADV_HUGEPAGE))
		make_fail("MADV_HUGEPAGE");
	make_touch(start, shape->bytes);
}

/* Forks all processes, waits until each has its shape, and gives back the pid of the first. */
static pid_t make_all(const struct shape *shape, void (*become)(const struct shape *, size_t))
{
	int done[2];
	pid_t first = 0, parent = getpid();

	if (pipe(done))
		make_fail("pipe");
	for (size_t i = 0; i < shape->processes; i++) {
		pid_t child = fork();
		if (child < 0)
			make_fail("fork");
		if (!child) {
			make_die_with(parent);
			close(done[0]);
			become(shape, i);
			if (write(done[1], "", 1) != 1)
				make_fail("write");
			close(done[1]);
			thread_body(shape->busy ? &done : NULL);
		}
		first = first ? first : child;
	}
	close(done[1]);
	for (size_t i = 0; i < shape->processes; i++) {
		char one;
		if (read(done[0], &one, 1) != 1) {
			fprintf(stderr, "only %zu of %zu processes were made\n", i, shape->processes);
			_exit(1);
		}
	}
	close(done[0]);
	return first;
}

static int usage(void)
{
	fputs("usage: load idle N | threads P T [busy] | maps P M MIB | one M | big P MIB [huge]\n", stderr);
	return 2;
}

int main(int argc, char **argv)
{
	const size_t most = 1 << 20;
	struct shape shape = { .processes = 1, .threads = 1 };
	void (*become)(const struct shape *, size_t);
	const char *kind = argc > 1 ? argv[1] : "";

	if (prctl(PR_SET_PDEATHSIG, SIGKILL))
		make_fail("PR_SET_PDEATHSIG");
	/* As process 1 it inherits the orphans of whatever runs in the namespace; nobody waits for them. */
	signal(SIGCHLD, SIG_IGN);
	if (argc > 2 && strcmp(kind, "one"))
		shape.processes = make_number(argv[2], most);
	if (!strcmp(kind, "idle") && argc == 3) {
		become = sleeper;
	} else if (!strcmp(kind, "threads") && (argc == 4 || (argc == 5 && !strcmp(argv[4], "busy")))) {
		become = threaded;
		shape.threads = make_number(argv[3], most);
		shape.busy = argc == 5;
	} else if (!strcmp(kind, "maps") && argc == 5) {
		become = mapper;
		shape.mappings = make_number(argv[3], most);
		shape.bytes = make_number(argv[4], most) * MAKE_MIB;
		shape.shared = make_memory(shape.bytes / 2, MAP_SHARED);
		make_touch(shape.shared, shape.bytes / 2);
	} else if (!strcmp(kind, "one") && argc == 3) {
		become = many_mappings;
		shape.mappings = make_number(argv[2], most);
		shape.bytes = shape.mappings * (size_t)sysconf(_SC_PAGESIZE);
	} else if (!strcmp(kind, "big") && (argc == 4 || (argc == 5 && !strcmp(argv[4], "huge")))) {
		become = big;
		shape.bytes = make_number(argv[3], most) * MAKE_MIB;
		shape.huge = argc == 5;
	} else {
		return usage();
	}
	pid_t first = make_all(&shape, become);
	printf("ready processes=%zu first=%d\n", shape.processes, first);
	fflush(stdout);
	make_idle();
}
