/*
 * eBPF and /proc say the same: a snapshot by eBPF, one from /proc, another by eBPF, and each value of /proc lies
 * between those on either side. The first case fails where eBPF should work and does not; where it may not, all are
 * skipped.
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
#include <linux/bpf.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "child.h"
#include "collect/live.h"
#include "kernel/bpf/pinned.h"
#include "kernel/bpf/tasks.h"

enum { THREADS_EACH = 20, ROUNDS = 6, FEW_ROUNDS = 3, TICK_NS = 10000000 };

/* $LOAD: other numbers, for those who run this several times. */
static int idle = 1000, busy = 60;

/* The smallest program there is: whoever may load it may load ours. */
static bool kernel_takes_programs(void)
{
	static const struct bpf_insn nothing[] = { { .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = 0, .imm = 0 },
		                                   { .code = BPF_JMP | BPF_EXIT } };
	union bpf_attr attr = { .prog_type = BPF_PROG_TYPE_SYSCALL,
		                .insns = (uint64_t)(uintptr_t)nothing,
		                .insn_cnt = 2,
		                .prog_flags = BPF_F_SLEEPABLE,
		                .license = (uint64_t)(uintptr_t) "GPL" };

	long fd = syscall(SYS_bpf, BPF_PROG_LOAD, &attr, sizeof attr);
	if (fd >= 0)
		close((int)fd);
	return fd >= 0;
}

static bool kernel_has_iterator(void)
{
	FILE *symbols = fopen("/proc/kallsyms", "re");
	char line[512];
	bool has = false;

	while (symbols && !has && fgets(line, sizeof line, symbols))
		has = strstr(line, " bpf_iter_task_new");
	if (symbols)
		fclose(symbols);
	return has;
}

static bool should_work(void)
{
	return kernel_takes_programs() && kernel_has_iterator() && access("/sys/kernel/btf/vmlinux", R_OK) == 0;
}

static struct source *open_way(enum table_kind kind, enum task_way way)
{
	/* Kept descriptors of /proc would not be enough for two sources on a machine with ten thousands of tasks. */
	struct live_options options = { .kind = kind, .keep = kind == TABLE_BPF, .way = (int)way };
	struct source *source;
	struct why why;

	if (kind == TABLE_BPF && way != WAY_PINNED && !should_work())
		skip_because("eBPF is not allowed here");
	int r = live_open(&options, &source, &why);
	if (r == -EXDEV)
		skip_because("an iterator cannot show an outer namespace");
	if (r < 0)
		fail_msg("no source: %s", why.text);
	return source;
}

static void ebpf_works_where_the_kernel_takes_programs_and_has_the_iterator(void **state)
{
	(void)state;
	struct source *source = open_way(TABLE_BPF, WAY_BEST);
	struct request request = { .tasks = true };
	struct snapshot now;

	assert_int_equal(source_take(source, &request, &now), 0);
	assert_string_equal(now.source, "bpf");
	snapshot_done(&now);
	source_free(source);
}

/* A process that does a bit of everything now and then: CPU, memory, faults, io, sleeps. */
static void *stir(void *context)
{
	(void)context;
	for (unsigned turn = 0;; turn++) {
		size_t bytes = (1 + turn % 64) * 4096;
		char *block = malloc(bytes);
		if (block)
			memset(block, (int)turn, bytes);
		for (volatile unsigned i = 0; i < 20000; i++)
			;
		usleep(50000 + 1000 * (turn % 97));
		free(block);
	}
	return NULL;
}

static void be_busy(void)
{
	for (int i = 1; i < THREADS_EACH; i++) {
		pthread_t thread;
		pthread_create(&thread, NULL, stir, NULL);
	}
	stir(NULL);
}

/* One child holds them all: they die with it, and it with us. */
static void be_holder(void)
{
	for (int i = 0; i < idle + busy; i++) {
		if (fork() > 0)
			continue;
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (i >= idle)
			be_busy();
		pause();
		_exit(0);
	}
}

static unsigned patience;

/* What both can tell of those parts of a record. */
static struct request asking(enum threads threads, unsigned parts)
{
	struct request request = { .tasks = true, .threads = threads, .patience = patience };
	struct field_set all = { 0 };

	task_record_fields(parts, &all);
	for (unsigned id = 0; id < TASK_FIELDS; id++)
		if (field_set_has(&all, id) && task_fields[id].from != FROM_BPF)
			request_field(&request, &request.fields, id);
	if (parts == WANT_ALL)
		request_field(&request, &request.fields, TASK_cmdline);
	return request;
}

static int64_t number(const struct snapshot *snapshot, size_t row, unsigned id)
{
	int64_t value = INT64_MIN;

	snapshot_number(snapshot, row, id, &value);
	return value;
}

/* Rows are by (tgid, is_thread, pid). */
static int order(const struct snapshot *a, size_t i, const struct snapshot *b, size_t j)
{
	static const unsigned keys[] = { TASK_tgid, TASK_is_thread, TASK_pid };

	for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
		int64_t left = number(a, i, keys[k]), right = number(b, j, keys[k]);
		if (left != right)
			return left < right ? -1 : 1;
	}
	return 0;
}

/* The row of the same task; SIZE_MAX when there is none. */
static size_t row_like(const struct snapshot *in, const struct snapshot *other, size_t row)
{
	size_t low = 0, high = in->count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		if (order(in, middle, other, row) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	bool found = low < in->count && order(in, low, other, row) == 0 &&
	             number(in, low, TASK_started_ns) == number(other, row, TASK_started_ns);
	return found ? low : SIZE_MAX;
}

/* Tasks of which a field was wrong, the first of them: enough to know whether it is the same ones each time. */
struct wrong {
	int64_t pids[256];
	size_t count;
	size_t ours; /* of those that this test has made */
};

struct sandwich {
	struct snapshot before, proc, after;
	size_t compared, missing;
	struct wrong wrong[TASK_FIELDS];
};

static bool texts_agree(const struct sandwich *s, const size_t row[3], unsigned id)
{
	struct span text[3] = { 0 };
	const struct snapshot *from[] = { &s->before, &s->proc, &s->after };
	bool has[3];

	for (int i = 0; i < 3; i++)
		has[i] = snapshot_text(from[i], row[i], id, &text[i]);
	if (span_starts(text[1], SPAN("kworker/"))) /* its name changes with its work, and with the kernel's mood */
		return span_starts(text[0], SPAN("kworker/"));
	return (has[0] == has[1] && span_equal(text[0], text[1])) || (has[2] == has[1] && span_equal(text[2], text[1]));
}

/* Absent is INT64_MIN here. What counts time in ticks says up to two less, one for each of its two parts. */
static bool numbers_agree(const struct sandwich *s, const size_t row[3], unsigned id)
{
	int64_t a = number(&s->before, row[0], id), c = number(&s->after, row[2], id);
	int64_t low = a < c ? a : c, high = a < c ? c : a, value = number(&s->proc, row[1], id);

	if (id == TASK_block_io_ns && high == INT64_MIN)
		return value == 0; /* where nobody counts the delays, the file says 0 all the same */
	if (low != INT64_MIN && task_fields[id].from == FROM_STAT && task_fields[id].unit == NANOSECONDS)
		low -= id == TASK_started_ns ? 0 : 2 * TICK_NS;
	return value >= low && value <= high;
}

static pid_t holder = -1;

/* What may change both ways at any time. */
static bool is_level(unsigned id)
{
	return task_fields[id].kind == GAUGE || task_fields[id].kind == TEXT || id == TASK_flags;
}

/*
 * Our own file is read while we run: the kernel adds the time since the last tick, and a snapshot takes memory. And of
 * others who run meanwhile, compilers say, it is only known what cannot go back.
 */
static bool is_comparable(const struct sandwich *s, const size_t row[3], unsigned id)
{
	if (number(&s->proc, row[1], TASK_tgid) == getpid())
		return id != TASK_cpu_ns && id != TASK_run_ns && !is_level(id);
	return !is_level(id) || number(&s->proc, row[1], TASK_ppid) == holder ||
	       number(&s->before, row[0], TASK_cpu_ns) == number(&s->after, row[2], TASK_cpu_ns);
}

static bool is_old(const struct sandwich *s, size_t row_of_proc)
{
	int64_t started;

	return snapshot_number(&s->proc, row_of_proc, TASK_started_ns, &started) &&
	       started < s->before.boot_ns - TICK_NS;
}

/* A process that started or ended meanwhile is no mistake; one that was there before must be in what was taken first.
 */
static void compare_row(struct sandwich *s, size_t row_of_proc)
{
	size_t row[3] = { row_like(&s->before, &s->proc, row_of_proc), row_of_proc,
		          row_like(&s->after, &s->proc, row_of_proc) };

	if (row[0] == SIZE_MAX && row[2] == SIZE_MAX && is_old(s, row_of_proc)) {
		print_message("# only in /proc: %lld, started %lld, looked at %lld\n",
		              (long long)number(&s->proc, row_of_proc, TASK_pid),
		              (long long)number(&s->proc, row_of_proc, TASK_started_ns), (long long)s->before.boot_ns);
		s->missing++;
	}
	if (row[0] == SIZE_MAX || row[2] == SIZE_MAX)
		return;
	s->compared++;
	for (unsigned id = 0; id < TASK_FIELDS; id++) {
		if (!field_set_has(&s->proc.shape.fields, id) || id == TASK_read_ns || !is_comparable(s, row, id))
			continue;
		bool agree = task_fields[id].kind == TEXT ? texts_agree(s, row, id) : numbers_agree(s, row, id);
		struct wrong *wrong = &s->wrong[id];
		if (!agree && wrong->count < sizeof wrong->pids / sizeof *wrong->pids)
			wrong->pids[wrong->count++] = number(&s->proc, row_of_proc, TASK_pid);
		wrong->ours += !agree && number(&s->proc, row[1], TASK_ppid) == holder;
	}
}

static void make_sandwich(struct source *bpf, struct source *proc, const struct request *request, struct sandwich *s)
{
	struct request again = *request;

	memset(s, 0, sizeof *s);
	assert_int_equal(source_take(bpf, request, &s->before), 0);
	assert_int_equal(source_take(proc, request, &s->proc), 0);
	again.previous = &s->before; /* with patience, rows of who sleeps are taken over from there */
	assert_int_equal(source_take(bpf, &again, &s->after), 0);
	for (size_t row = 0; row < s->proc.count; row++)
		compare_row(s, row);
	snapshot_done(&s->before);
	snapshot_done(&s->proc);
	snapshot_done(&s->after);
}

/* Keeps of `wrong` what is wrong again. */
static void keep_common(struct wrong *wrong, const struct wrong *again)
{
	size_t kept = 0;

	for (size_t i = 0; i < wrong->count; i++)
		for (size_t j = 0; j < again->count; j++)
			if (wrong->pids[i] == again->pids[j]) {
				wrong->pids[kept++] = wrong->pids[i];
				break;
			}
	wrong->count = kept;
}

/*
 * What only rises, or never changes, must agree each time in what was made here; others may start two programs between
 * two looks. A level may go up and down again, and state and CPU of what runs do nothing else: of each task it must
 * agree in one of the rounds.
 */
static void expect_parts_to_agree(enum threads threads, enum task_way way, unsigned parts)
{
	struct source *bpf = open_way(TABLE_BPF, way), *proc = open_way(TABLE_PROC, WAY_BEST);
	struct request request = asking(threads, parts);
	static struct sandwich first, s;
	size_t most = 0;
	int rounds = parts == WANT_ALL ? ROUNDS : FEW_ROUNDS;

	for (int round = 0; round < rounds; round++) {
		make_sandwich(bpf, proc, &request, &s);
		assert_int_equal(s.missing, 0);
		most = s.compared > most ? s.compared : most;
		for (unsigned id = 0; id < TASK_FIELDS; id++) {
			if (s.wrong[id].ours && !is_level(id)) {
				print_message("# %s of %zu tasks\n", task_fields[id].name, s.wrong[id].ours);
				fail();
			}
			if (round)
				keep_common(&first.wrong[id], &s.wrong[id]);
			else
				first.wrong[id] = s.wrong[id];
		}
	}
	for (unsigned id = 0; id < TASK_FIELDS; id++)
		if (first.wrong[id].count && id != TASK_state && id != TASK_cpu_last) {
			print_message("# %s of %zu tasks in every round, %lld among them\n", task_fields[id].name,
			              first.wrong[id].count, (long long)first.wrong[id].pids[0]);
			fail();
		}
	print_message("# %zu rows compared, %d times\n", most, rounds);
	assert_true(most >= (size_t)(idle + busy));
	source_free(bpf);
	source_free(proc);
}

static void expect_agreement(enum threads threads, enum task_way way)
{
	expect_parts_to_agree(threads, way, WANT_ALL);
}

static void each_field_of_each_process_agrees_with_proc(void **state)
{
	(void)state;
	expect_agreement(NO_THREADS, WAY_WALK);
}

static void each_field_of_each_thread_agrees_with_proc(void **state)
{
	(void)state;
	expect_agreement(THREADS_TOO, WAY_WALK);
}

/* Nobody reaches into them from outside here, so that who has slept is still what he was. */
static void each_field_agrees_with_proc_when_those_who_sleep_are_passed_over(void **state)
{
	(void)state;
	patience = 4;
	expect_agreement(NO_THREADS, WAY_WALK);
	expect_agreement(THREADS_TOO, WAY_WALK);
	patience = 0;
}

/* By name: the number may be another one in the namespace that /proc shows. */
static int64_t number_of(struct source *source, const struct request *request, const char *name, unsigned field)
{
	struct snapshot now;
	struct span comm;
	int64_t ret = INT64_MIN;

	assert_int_equal(source_take(source, request, &now), 0);
	for (size_t row = 0; row < now.count; row++)
		if (snapshot_text(&now, row, TASK_comm, &comm) && span_is(comm, name))
			ret = number(&now, row, field);
	snapshot_done(&now);
	return ret;
}

static void who_sleeps_is_read_again_in_turn(void **state)
{
	enum { TURNS = 8 };
	struct request request = { .tasks = true, .patience = TURNS };
	char name[16];
	int late = 0;

	(void)state;
	struct source *source = open_way(TABLE_BPF, WAY_WALK);
	snprintf(name, sizeof name, "turn%d", getpid());
	pid_t pid = fork();
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		prctl(PR_SET_NAME, name);
		for (;;)
			pause();
	}
	assert_true(pid > 0);
	request_field(&request, &request.fields, TASK_nice);
	request_field(&request, &request.fields, TASK_comm);
	for (int i = 0; i < TURNS || number_of(source, &request, name, TASK_nice) == INT64_MIN; i++)
		usleep(10000); /* until it has its name and sleeps */
	late = 0;
	/* When another process ends, its followers are read again: then it is tried once more. */
	for (int i = 0, last = 0; i < 50 * TURNS && (late == 0 || i % TURNS); i++) {
		int wanted = i % TURNS + 1;
		setpriority(PRIO_PROCESS, (id_t)pid, wanted);
		bool is_late = number_of(source, &request, name, TASK_nice) != wanted;
		late += is_late;
		last = is_late ? last : i;
		assert_true(i - last < TURNS);
	}
	assert_true(late > 0);
	request.patience = 0;
	setpriority(PRIO_PROCESS, (id_t)pid, TURNS + 1);
	assert_int_equal(number_of(source, &request, name, TASK_nice), TURNS + 1);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	source_free(source);
}

enum { LENT_PAGES = 64, LENT_BYTES = LENT_PAGES * 4096 };

static char *lent;

/* The processes seen may be numbered otherwise than we see ourselves: it is known by its name. */
static char borrower[16];

static void borrow(void)
{
	prctl(PR_SET_NAME, borrower);
}

/* What another process puts into its memory shows at once, though it has not run: its row is the old one otherwise. */
static void memory_of_who_sleeps_is_never_old(void **state)
{
	enum { TURNS = 8, SAMPLES = 4 * TURNS };
	struct request request = { .tasks = true, .patience = TURNS };
	static char bytes[LENT_PAGES];
	struct snapshot last, now;
	int64_t known = -1;

	(void)state;
	struct source *source = open_way(TABLE_BPF, WAY_WALK);
	lent = mmap(NULL, SAMPLES * LENT_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	assert_ptr_not_equal(lent, MAP_FAILED);
	madvise(lent, SAMPLES * LENT_BYTES, MADV_NOHUGEPAGE);
	snprintf(borrower, sizeof borrower, "lend%d", getpid());
	pid_t pid = child_start(borrow);
	assert_true(pid > 0);
	request_field(&request, &request.fields, TASK_anon_bytes);
	request_field(&request, &request.fields, TASK_comm);
	request_field(&request, &request.fields, TASK_cpu_ns);
	assert_int_equal(source_take(source, &request, &last), 0);
	for (int i = 0; i < SAMPLES; i++) {
		struct iovec from[LENT_PAGES], to[LENT_PAGES];
		for (int page = 0; page < LENT_PAGES; page++) {
			from[page] = (struct iovec){ &bytes[page], 1 };
			to[page] = (struct iovec){ lent + (size_t)i * LENT_BYTES + (size_t)page * 4096, 1 };
		}
		assert_int_equal(process_vm_writev(pid, from, LENT_PAGES, to, LENT_PAGES, 0), LENT_PAGES);
		request.previous = &last;
		assert_int_equal(source_take(source, &request, &now), 0);
		for (size_t row = 0; row < now.count; row++) {
			struct span comm;
			if (!snapshot_text(&now, row, TASK_comm, &comm) || !span_is(comm, borrower))
				continue;
			int64_t anon = number(&now, row, TASK_anon_bytes);
			if (known >= 0)
				assert_int_equal(anon - known, LENT_BYTES);
			known = anon;
			assert_true(number(&now, row, TASK_read_ns) >= now.monotonic_ns);
		}
		assert_true(known > 0);
		snapshot_done(&last);
		last = now;
	}
	snapshot_done(&last);
	child_end(pid);
	munmap(lent, SAMPLES * LENT_BYTES);
	source_free(source);
}

/* Faults five hundred times and ends: all that goes over to its process at once. */
static void *fault_and_end(void *context)
{
	enum { ROOM = 500 * 4096 };

	char *room = mmap(NULL, ROOM, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	for (size_t i = 0; room != MAP_FAILED && i < ROOM; i += 4096)
		((volatile char *)room)[i] = 1;
	munmap(room, ROOM);
	usleep(5000); /* until it is known what it has done */
	return context;
}

static void *sleep_on(void *context)
{
	for (;;)
		pause();
	return context;
}

/* One thread after the other ends, as the last of many: adding up takes a while. */
static void end_threads(const char *name)
{
	pthread_t thread;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (int i = 0; i < 500; i++)
		pthread_create(&thread, NULL, sleep_on, NULL);
	prctl(PR_SET_NAME, name);
	while (pthread_create(&thread, NULL, fault_and_end, NULL) == 0)
		pthread_join(thread, NULL);
	_exit(1);
}

/* Meanwhile neither twice nor not at all: less than the last time is one, more than /proc says later is the other. */
static void faults_of_a_thread_that_ends_are_counted_once(void **state)
{
	enum { LOOKS = 400 };
	struct request request = { .tasks = true };
	int64_t last = 0;
	char name[16];

	(void)state;
	struct source *walk = open_way(TABLE_BPF, WAY_WALK), *proc = open_way(TABLE_PROC, WAY_BEST);
	snprintf(name, sizeof name, "ends%d", getpid());
	pid_t pid = fork();
	if (pid == 0)
		end_threads(name);
	assert_true(pid > 0);
	request_field(&request, &request.fields, TASK_minor_faults);
	request_field(&request, &request.fields, TASK_comm);
	for (int i = 0; i < LOOKS; i++) {
		int64_t now = number_of(walk, &request, name, TASK_minor_faults);
		if (now == INT64_MIN && last == 0) {
			usleep(10000); /* not named yet */
			i--;
			continue;
		}
		int64_t later = i % 8 ? INT64_MAX : number_of(proc, &request, name, TASK_minor_faults);
		if (now < last || now > later)
			fail_msg("look %d: %lld faults after %lld, and /proc says %lld", i, (long long)now,
			         (long long)last, (long long)later);
		last = now;
	}
	assert_true(last > 0);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	source_free(walk);
	source_free(proc);
}

/* What is not asked for is cut out of the program: each part must do without the others. */
static void each_part_of_a_record_agrees_by_itself(void **state)
{
	(void)state;
	if (getenv("LOAD"))
		skip_because("done by who runs this without LOAD");
	for (unsigned part = 1; part <= WANT_ALL; part <<= 1)
		expect_parts_to_agree(NO_THREADS, WAY_WALK, part);
	expect_parts_to_agree(NO_THREADS, WAY_ITERATOR, HAS_SUMS | HAS_RESIDENT);
}

/* As on kernels before 6.7, and before 6.2. */
static void the_iterators_for_older_kernels_agree_too(void **state)
{
	(void)state;
	expect_agreement(NO_THREADS, WAY_ITERATOR);
	expect_agreement(THREADS_TOO, WAY_ITERATOR);
	expect_agreement(NO_THREADS, WAY_PLAIN_ITERATOR);
	expect_agreement(THREADS_TOO, WAY_PLAIN_ITERATOR);
}

static bool is_pinned(void)
{
	char path[PINNED_PATH_BYTES];

	pinned_path(false, path);
	return access(path, R_OK) == 0;
}

/* Where somebody has pinned it for us, whoever we are. */
static void the_pinned_iterator_shows_what_proc_shows_this_reader(void **state)
{
	(void)state;
	if (!is_pinned())
		skip_because("nothing is pinned here: vires setup --pin");
	expect_agreement(NO_THREADS, WAY_PINNED);
	expect_agreement(THREADS_TOO, WAY_PINNED);
}

static int setup(void **state)
{
	const char *load = getenv("LOAD");

	(void)state;
	if (load && sscanf(load, "%d %d", &idle, &busy) != 2)
		return -1;
	if (should_work() || is_pinned())
		holder = child_start(be_holder);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	child_end(holder);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ebpf_works_where_the_kernel_takes_programs_and_has_the_iterator),
		cmocka_unit_test(each_field_of_each_process_agrees_with_proc),
		cmocka_unit_test(each_field_of_each_thread_agrees_with_proc),
		cmocka_unit_test(each_field_agrees_with_proc_when_those_who_sleep_are_passed_over),
		cmocka_unit_test(who_sleeps_is_read_again_in_turn),
		cmocka_unit_test(memory_of_who_sleeps_is_never_old),
		cmocka_unit_test(faults_of_a_thread_that_ends_are_counted_once),
		cmocka_unit_test(each_part_of_a_record_agrees_by_itself),
		cmocka_unit_test(the_iterators_for_older_kernels_agree_too),
		cmocka_unit_test(the_pinned_iterator_shows_what_proc_shows_this_reader),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}

#else
#include "without_bpf.h"
#endif
