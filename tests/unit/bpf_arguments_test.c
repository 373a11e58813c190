/*
 * Command lines by eBPF are those of /proc/PID/cmdline, byte for byte, or left to it: a zoo of processes with all kinds
 * of them. Each is this program again, told by its environment what to be.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "built_with.h"
#include "skip_because.h"

#if WITH_BPF

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "collect/live.h"
#include "kernel/bpf/arguments.h"
#include "kernel/bpf/tasks.h"

enum { MOST_BYTES = 1 << 20, MOST_ANIMALS = 32 };

extern char **environ;

/* --- the animals: what they are when they run */

static int ready_fd = 3;

static void say_ready(void)
{
	(void)!write(ready_fd, "", 1);
}

static void *pause_for_ever(void *context)
{
	for (;;)
		pause();
	return context;
}

/* Over all arguments and into the environment, as setproctitle does. */
static void write_title(char **argv, const char *title)
{
	char *first = argv[0];
	size_t room = 0;

	for (int i = 0; argv[i]; i++)
		room = (size_t)(argv[i] - first) + strlen(argv[i]) + 1;
	size_t len = strlen(title) < room + 20 ? strlen(title) : room + 20;
	memset(first, ' ', room);
	memcpy(first, title, len);
	if (len < room)
		memset(first + len, 0, room - len);
}

static char **own_argv;

static void change_title(int signal)
{
	(void)signal;
	write_title(own_argv, "B");
	say_ready();
}

/* Waits until the main thread, whose stack lies beside the arguments, will never go on; then gives their pages back. */
static void *give_back(void *context)
{
	char **argv = context, text[16] = "", path[48];
	uintptr_t first = (uintptr_t)argv[0] & ~(uintptr_t)4095, end = (uintptr_t)argv[0] + ARGUMENT_MOST;

	snprintf(path, sizeof path, "/proc/self/task/%d/syscall", getpid());
	while (strtol(text, NULL, 10) != SYS_rt_sigsuspend) {
		int fd = open(path, O_RDONLY | O_CLOEXEC);
		if (fd < 0 || read(fd, text, sizeof text - 1) < 0)
			_exit(1);
		close(fd);
	}
	if (madvise((void *)first, (end - first) & ~(uintptr_t)4095, MADV_DONTNEED) < 0)
		_exit(1);
	say_ready();
	return pause_for_ever(NULL);
}

static void be_away(char **argv)
{
	pthread_t thread;
	sigset_t none;

	sigemptyset(&none);
	prctl(PR_SET_DUMPABLE, 1); /* else it may not look at itself */
	pthread_create(&thread, NULL, give_back, argv);
	for (;;)
		sigsuspend(&none);
}

static void be(const char *animal, char **argv)
{
	pthread_t thread;

	own_argv = argv;
	/* Where there is no such user, there is no eBPF either. */
	if (!strncmp(animal, "foreign", 7) && setresgid(65534, 65534, 65534) == 0)
		(void)!setresuid(65534, 65534, 65534);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (strstr(animal, "away"))
		be_away(argv);
	if (!strcmp(animal, "title"))
		write_title(argv, "postgres: writer process that goes on and on, into the environment");
	if (!strcmp(animal, "short title"))
		write_title(argv, "nginx");
	if (!strcmp(animal, "blank"))
		write_title(argv, "");
	if (!strcmp(animal, "threads"))
		pthread_create(&thread, NULL, pause_for_ever, NULL);
	if (!strcmp(animal, "leaderless")) {
		pthread_create(&thread, NULL, pause_for_ever, NULL);
		say_ready();
		pthread_exit(NULL);
	}
	signal(SIGUSR1, change_title);
	say_ready();
	if (!strcmp(animal, "zombie"))
		_exit(0);
	pause_for_ever(NULL);
}

/* --- the zoo */

#if defined(__x86_64__)
enum { WHERE_IN_RAM = ARGUMENT_READ };
#else
enum { WHERE_IN_RAM = ARGUMENT_ELSEWHERE };
#endif

struct animal {
	const char *name;
	unsigned status; /* what the program says of it, to root */
	pid_t pid;
};

static struct animal zoo[MOST_ANIMALS];
static size_t animals;
static int ready[2];

static bool wait_ready(void)
{
	char byte;

	return read(ready[0], &byte, 1) == 1;
}

static void add(const char *name, unsigned status, char *const *argv)
{
	char variable[64];
	char *const environment[] = { variable, (char[]){ "SPACE=to be written over, when it must be, and more" },
		                      NULL };

	snprintf(variable, sizeof variable, "ANIMAL=%s", name);
	struct animal *animal = &zoo[animals++];
	*animal = (struct animal){ .name = name, .status = status, .pid = fork() };
	if (animal->pid < 0)
		fail_msg("no process: %s", strerror(errno));
	if (animal->pid == 0) {
		dup2(ready[1], ready_fd);
		execve("/proc/self/exe", argv, environment);
		_exit(1);
	}
	if (!wait_ready())
		fail_msg("%s does not run", name);
}

#define ADD(name, status, ...) add(name, status, (char *const[]){ __VA_ARGS__, NULL })

/* A command line of so many bytes in all, or nearly: one argument is at most 128 KiB. */
static void add_long(const char *name, unsigned status, size_t bytes)
{
	char *argv[16] = { NULL };

	for (size_t i = 0; bytes && i < 15; i++) {
		size_t len = bytes < 100000 ? bytes : 100000;
		argv[i] = calloc(1, len);
		memset(argv[i], 'a' + (int)i, len - 1);
		bytes -= len;
	}
	add(name, status, argv);
	for (size_t i = 0; i < 16; i++)
		free(argv[i]);
}

static int fill_zoo(void **state)
{
	char every[256];

	(void)state;
	for (int i = 0; i < 255; i++)
		every[i] = (char)(i + 1);
	every[255] = '\0';
	if (geteuid() != 0)
		return 0;
	if (pipe(ready) < 0)
		return -1;
	ADD("plain", ARGUMENT_READ, "plain", "-a", "words with blanks");
	ADD("empty arguments", ARGUMENT_READ, "", "", "");
	add("no arguments", ARGUMENT_READ, (char *const[]){ NULL });
	ADD("every byte", ARGUMENT_READ, every);
	ADD("newlines", ARGUMENT_READ, "two\nlines", "\n", "\x1b[31mred");
	for (int i = 0; i < 4; i++) /* some of them across two pages */
		add_long("as long as it may be", ARGUMENT_READ, ARGUMENT_MOST);
	add_long("one byte longer", ARGUMENT_ELSEWHERE, ARGUMENT_MOST + 1);
	add_long("longer than 64 KiB", ARGUMENT_ELSEWHERE, 90000);
	add_long("longer than 512 KiB", ARGUMENT_ELSEWHERE, 600000);
	ADD("title", ARGUMENT_ELSEWHERE, "short", "one");
	ADD("short title", ARGUMENT_READ, "a longer command line", "than the title");
	ADD("blank", ARGUMENT_READ, "blanked out", "all of it");
	ADD("foreign", WHERE_IN_RAM, "foreign", "user");
	ADD("away", ARGUMENT_READ, "page", "to be fetched");
	ADD("foreign and away", ARGUMENT_ELSEWHERE, "page", "whose owner could make us wait");
	ADD("threads", ARGUMENT_READ, "has", "threads");
	ADD("leaderless", ARGUMENT_NONE, "leader", "has", "ended");
	ADD("zombie", ARGUMENT_NONE, "not", "to", "be", "seen");
	return 0;
}

static int empty_zoo(void **state)
{
	(void)state;
	for (size_t i = 0; i < animals; i++) {
		if (zoo[i].pid <= 0)
			continue;
		kill(zoo[i].pid, SIGKILL);
		waitpid(zoo[i].pid, NULL, 0);
	}
	return 0;
}

/* --- looking */

static size_t read_file(pid_t pid, char *ret)
{
	char path[64];
	size_t len = 0;

	snprintf(path, sizeof path, "/proc/%d/cmdline", pid);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	for (ssize_t n; fd >= 0 && (n = read(fd, ret + len, MOST_BYTES - len)) > 0;)
		len += (size_t)n;
	if (fd >= 0)
		close(fd);
	return len;
}

static void open_source(enum task_way way, struct source **ret)
{
	struct live_options options = { .kind = TABLE_BPF, .keep = true, .way = (int)way };
	struct request request = { .tasks = true };
	struct snapshot now;
	struct why why;

	if (geteuid() != 0)
		skip_because("not root");
	if (live_open(&options, ret, &why) < 0)
		skip_because(why.text);
	if (source_take(*ret, &request, &now) < 0)
		skip_because("no snapshot by eBPF here");
	snapshot_done(&now);
}

static void expect_line(const struct snapshot *now, const struct animal *animal)
{
	static char wanted[MOST_BYTES];
	struct span got = { 0 };
	int64_t pid;

	size_t len = read_file(animal->pid, wanted);
	for (size_t row = 0; row < now->count; row++) {
		if (!snapshot_number(now, row, TASK_pid, &pid) || pid != animal->pid)
			continue;
		snapshot_text(now, row, TASK_cmdline, &got);
		if (!span_equal(got, (struct span){ wanted, len }))
			fail_msg("%s: %zu bytes, not %zu: '%.*s'", animal->name, got.len, len,
			         (int)(got.len < 80 ? got.len : 80), got.at ? got.at : "");
		return;
	}
	fail_msg("%s is not listed", animal->name);
}

static void look_at_all(struct source *source, enum threads threads)
{
	struct request request = { .tasks = true, .threads = threads };
	struct snapshot now;

	request_field(&request, &request.fields, TASK_cmdline);
	assert_int_equal(source_take(source, &request, &now), 0);
	for (size_t i = 0; i < animals; i++)
		expect_line(&now, &zoo[i]);
	snapshot_done(&now);
}

static void every_command_line_is_that_of_proc(void **state)
{
	struct source *source;

	(void)state;
	open_source(WAY_BEST, &source);
	look_at_all(source, NO_THREADS);
	look_at_all(source, NO_THREADS); /* what is remembered */
	look_at_all(source, THREADS_TOO);
	source_free(source);
	open_source(WAY_ITERATOR, &source); /* which leaves them to /proc */
	look_at_all(source, NO_THREADS);
	source_free(source);
}

static void one_that_is_changed_is_seen(void **state)
{
	struct source *source;

	(void)state;
	open_source(WAY_BEST, &source);
	look_at_all(source, NO_THREADS);
	assert_true(zoo[0].pid > 0);
	kill(zoo[0].pid, SIGUSR1);
	assert_true(wait_ready());
	look_at_all(source, NO_THREADS);
	source_free(source);
}

/* Whether the program itself tells them: what /proc tells looks the same from above. */
static void the_program_tells_all_but_what_it_must_not(void **state)
{
	struct task_options options = { .way = WAY_WALK, .proc_fd = open("/proc", O_PATH | O_CLOEXEC) };
	struct buffer texts = { 0 };
	struct task_records records;
	struct arguments *arguments;
	struct task_list *list;
	struct why why, note;
	uint64_t offset_ns;

	(void)state;
	if (geteuid() != 0)
		skip_because("not root");
	if (task_list_open(&options, &list, &why, &note) < 0 || task_list_want(list, 0, false, &why) < 0)
		skip_because(why.text);
	assert_int_equal(task_list_take(list, 0, &records), 0);
	int count = (int)records.count;
	assert_true(count > 0);
	assert_true(task_list_walks(list, &offset_ns));
	assert_int_equal(arguments_open(&arguments, &why, &note), 0);
	/* So many that they must be asked for in several calls, and some more often than once. */
	enum { TIMES = 300 };
	struct argument *asked = calloc((size_t)count * TIMES, sizeof *asked);
	for (int i = 0; i < count * TIMES; i++) {
		const struct task_record *record = task_record_at(&records, (unsigned long)(i % count));
		asked[i] = (struct argument){ .host_pid = (unsigned)record->details.host_pid,
			                      .boot_ns = record->identity.started_ns - offset_ns,
			                      .task = i % 3 ? record->identity.task : 0 };
	}
	assert_int_equal(arguments_read(arguments, asked, (size_t)count * TIMES, &texts), 0);
	for (int i = 0; i < count * TIMES; i++)
		for (size_t a = 0; a < animals; a++)
			if (task_record_at(&records, (unsigned long)(i % count))->identity.pid == zoo[a].pid &&
			    asked[i].status != zoo[a].status)
				fail_msg("%s: %u", zoo[a].name, asked[i].status);
	/* A place where by now something else is. */
	struct argument moved = asked[0];
	moved.task = asked[count - 1].task + 64;
	assert_int_equal(arguments_read(arguments, &moved, 1, &texts), 0);
	assert_int_equal(moved.status, asked[0].status);
	assert_int_equal(moved.len, asked[0].len);
	/* The same number, but not the same process. */
	struct argument other = asked[count - 1];
	other.boot_ns++;
	assert_int_equal(arguments_read(arguments, &other, 1, &texts), 0);
	assert_int_equal(other.status, ARGUMENT_ELSEWHERE);
	free(asked);
	buffer_done(&texts);
	arguments_close(arguments);
	task_list_close(list);
	close(options.proc_fd);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_command_line_is_that_of_proc),
		cmocka_unit_test(one_that_is_changed_is_seen),
		cmocka_unit_test(the_program_tells_all_but_what_it_must_not),
	};

	(void)argc;
	if (getenv("ANIMAL"))
		be(getenv("ANIMAL"), argv);
	return cmocka_run_group_tests(tests, fill_zoo, empty_zoo);
}

#else
#include "without_bpf.h"
#endif
