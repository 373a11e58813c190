#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "collect/live.h"
#include "descriptors.h"
#include "model/view.h"

static struct source *machine(bool keep)
{
	struct source *source;

	assert_int_equal(live_new(NULL, keep, &source), 0);
	return source;
}

/* The row of a process, or SIZE_MAX. */
static size_t row_of(const struct snapshot *snapshot, pid_t pid)
{
	for (size_t row = 0; row < snapshot->count; row++) {
		int64_t value;
		if (snapshot_number(snapshot, row, TASK_pid, &value) && value == pid)
			return row;
	}
	return SIZE_MAX;
}

static struct request asking(const unsigned *ids, size_t count)
{
	struct request request = { 0 };

	for (size_t i = 0; i < count; i++)
		request_field(&request, &request.fields, ids[i]);
	return request;
}

#define ASKING(...) \
	asking((const unsigned[]){ __VA_ARGS__ }, sizeof((const unsigned[]){ __VA_ARGS__ }) / sizeof(unsigned))

static void a_snapshot_holds_me_with_my_name_and_no_field_i_did_not_ask_for(void **state)
{
	(void)state;
	struct request request = ASKING(TASK_comm, TASK_rss_bytes, TASK_user);
	struct source *source = machine(false);
	struct snapshot now;
	struct span text;
	int64_t number;

	assert_int_equal(source_take(source, &request, &now), 0);
	size_t me = row_of(&now, getpid());
	assert_true(me < now.count);
	assert_true(snapshot_text(&now, me, TASK_comm, &text) && span_is(text, "live_test"));
	assert_true(snapshot_number(&now, me, TASK_rss_bytes, &number) && number > 0);
	assert_true(snapshot_text(&now, me, TASK_user, &text));
	assert_false(snapshot_number(&now, me, TASK_nice, &number));
	snapshot_done(&now);
	source_free(source);
}

static void touched_memory_shows_as_resident_untouched_does_not(void **state)
{
	(void)state;
	enum { MIB = 1 << 20 };
	struct request request = ASKING(TASK_rss_bytes, TASK_virt_bytes, TASK_started_ns);
	struct source *source = machine(true);
	struct snapshot before, promised, paid;
	int64_t rss[3], virt[3];

	assert_int_equal(source_take(source, &request, &before), 0);
	char *block = mmap(NULL, 32 * MIB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	assert_int_equal(source_take(source, &request, &promised), 0);
	memset(block, 1, 32 * MIB);
	assert_int_equal(source_take(source, &request, &paid), 0);
	const struct snapshot *all[] = { &before, &promised, &paid };
	for (int i = 0; i < 3; i++) {
		size_t me = row_of(all[i], getpid());
		assert_true(snapshot_number(all[i], me, TASK_rss_bytes, &rss[i]));
		assert_true(snapshot_number(all[i], me, TASK_virt_bytes, &virt[i]));
	}
	assert_true(virt[1] - virt[0] >= 32 * MIB);
	assert_true(rss[1] - rss[0] < 4 * MIB);
	assert_true(rss[2] - rss[1] >= 32 * MIB);
	munmap(block, 32 * MIB);
	snapshot_done(&before);
	snapshot_done(&promised);
	snapshot_done(&paid);
	source_free(source);
}

static bool sleeps(pid_t pid)
{
	char path[32], text[256] = "";

	snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
	FILE *file = fopen(path, "r");
	if (!file)
		return false;
	bool read = fgets(text, sizeof text, file);
	fclose(file);
	return read && strstr(text, ") S ");
}

/* A child that has begun to sleep, and does not outlive a test that fails. */
static pid_t sleeper(void)
{
	pid_t pid = fork();

	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		pause();
		_exit(0);
	}
	for (int tries = 0; tries < 10000 && !sleeps(pid); tries++)
		usleep(1000);
	return pid;
}

static void end(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

static void a_process_that_ended_leaves_and_a_new_one_has_no_past(void **state)
{
	(void)state;
	struct request request = ASKING(TASK_minor_faults_per_s, TASK_rss_bytes);
	struct source *source = machine(true);
	struct snapshot before, now;
	struct view view;
	int64_t past, elapsed;

	pid_t old = sleeper();
	assert_int_equal(source_take(source, &request, &before), 0);
	assert_true(row_of(&before, old) < before.count);
	end(old);
	pid_t fresh = sleeper();
	assert_int_equal(source_take(source, &request, &now), 0);
	assert_int_equal(view_init(&view, &now, &before, NULL), 0);
	assert_int_equal(row_of(&now, old), SIZE_MAX);
	size_t row = row_of(&now, fresh);
	assert_int_equal(view.match[row], VIEW_NEW);
	if (view_past(&view, row, TASK_minor_faults, &past, &elapsed))
		assert_int_equal(past, 0);
	assert_true(view.match[row_of(&now, getpid())] != VIEW_NEW);
	end(fresh);
	view_done(&view);
	snapshot_done(&before);
	snapshot_done(&now);
	source_free(source);
}

static void a_zombie_stays_in_the_list_when_its_memory_is_asked_for(void **state)
{
	(void)state;
	struct request request = ASKING(TASK_state, TASK_pss_bytes, TASK_environ);
	struct source *source = machine(false);
	struct snapshot now;
	siginfo_t info;
	int64_t value;

	pid_t pid = fork();
	if (pid == 0)
		_exit(0);
	assert_int_equal(waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT), 0);
	assert_int_equal(source_take(source, &request, &now), 0);
	size_t row = row_of(&now, pid);
	assert_true(row < now.count);
	assert_true(snapshot_number(&now, row, TASK_state, &value) && value == 'Z');
	assert_false(snapshot_number(&now, row, TASK_pss_bytes, &value));
	waitpid(pid, NULL, 0);
	snapshot_done(&now);
	source_free(source);
}

static void choose_me(void *context, const struct snapshot *snapshot, bool *chosen)
{
	(void)context;
	chosen[row_of(snapshot, getpid())] = true;
}

static void details_are_read_of_chosen_rows_only(void **state)
{
	(void)state;
	struct request request = ASKING(TASK_rss_bytes, TASK_started_ns);
	request_field(&request, &request.details, TASK_anon_bytes);
	request_field(&request, &request.details, TASK_comm); /* in a file that was read at first for started_ns */
	request.choose = choose_me;
	struct source *source = machine(true);
	struct snapshot now;
	struct span name;
	int64_t number;

	pid_t child = sleeper();
	request.pids = (const int64_t[]){ getpid(), child }; /* few, so that there are descriptors for all */
	request.pid_count = 2;
	assert_int_equal(source_take(source, &request, &now), 0);
	assert_true(snapshot_number(&now, row_of(&now, getpid()), TASK_anon_bytes, &number) && number > 0);
	assert_false(snapshot_number(&now, row_of(&now, child), TASK_anon_bytes, &number));
	snapshot_done(&now);
	assert_int_equal(source_take(source, &request, &now), 0);
	assert_true(snapshot_text(&now, row_of(&now, getpid()), TASK_comm, &name) && name.len > 0);
	assert_false(snapshot_text(&now, row_of(&now, child), TASK_comm, &name));
	end(child);
	snapshot_done(&now);
	source_free(source);
}

static void only_the_chosen_stay_when_asked(void **state)
{
	(void)state;
	struct request request = ASKING(TASK_comm);
	request.choose = choose_me;
	request.only_chosen = true;
	struct source *source = machine(false);
	struct snapshot now;

	assert_int_equal(source_take(source, &request, &now), 0);
	assert_int_equal(now.count, 1);
	assert_int_equal(row_of(&now, getpid()), 0);
	snapshot_done(&now);
	source_free(source);
}

static void a_patient_request_reads_idle_rows_in_turn_and_memory_always(void **state)
{
	(void)state;
	struct request request = ASKING(TASK_cpu_percent, TASK_rss_bytes, TASK_nice);
	struct source *source = machine(true);
	struct snapshot taken[6] = { 0 };
	int read_anew = 0;

	pid_t child = sleeper();
	request.pids = (const int64_t[]){ child };
	request.pid_count = 1;
	request.patience = 4;
	for (int i = 0; i < 6; i++) {
		int64_t read, nice_value;
		request.previous = i ? &taken[i - 1] : NULL;
		assert_int_equal(setpriority(PRIO_PROCESS, (id_t)child, 10 + i), 0);
		assert_int_equal(source_take(source, &request, &taken[i]), 0);
		size_t row = row_of(&taken[i], child);
		assert_true(row < taken[i].count);
		assert_true(snapshot_number(&taken[i], row, TASK_nice, &nice_value));
		read_anew += nice_value == 10 + i;
		/* its counters are known to be what they are now: its next rate is of the time since now */
		assert_true(snapshot_number(&taken[i], row, TASK_read_ns, &read));
		assert_true(read >= taken[i].monotonic_ns);
	}
	assert_in_range(read_anew, 2, 4);
	end(child);
	for (int i = 0; i < 6; i++)
		snapshot_done(&taken[i]);
	source_free(source);
}

static struct request asking_of_machine(void)
{
	struct request request = { .cpus = true };

	for (unsigned id = 0; id < MACHINE_FIELDS; id++)
		request_machine(&request, id);
	return request;
}

static void files_of_the_machine_are_opened_once_and_closed_with_the_source(void **state)
{
	(void)state;
	struct request request = asking_of_machine();
	size_t before = open_descriptors(), after[3];
	struct source *source = machine(true);
	struct snapshot now;

	for (int i = 0; i < 3; i++) {
		assert_int_equal(source_take(source, &request, &now), 0);
		assert_true(machine_has(&now.machine, uptime_ns));
		snapshot_done(&now);
		after[i] = open_descriptors();
	}
	assert_true(after[0] > before + 5);
	assert_int_equal(after[1], after[0]);
	assert_int_equal(after[2], after[0]);
	source_free(source);
	assert_int_equal(open_descriptors(), before);
}

static void of_files_that_hold_one_number_each_only_the_wanted_are_read(void **state)
{
	(void)state;
	struct request request = { 0 };
	struct source *source = machine(true);
	struct snapshot now;

	request_machine(&request, MACHINE_overcommit_mode);
	assert_int_equal(source_take(source, &request, &now), 0);
	assert_true(machine_has(&now.machine, overcommit_mode));
	assert_false(machine_has(&now.machine, max_map_count));
	snapshot_done(&now);
	source_free(source);
}

static bool machine_is_read_within(rlim_t descriptors)
{
	struct request request = asking_of_machine();
	struct rlimit limit = { descriptors, descriptors };
	struct source *source;
	struct snapshot now[3];

	setrlimit(RLIMIT_NOFILE, &limit);
	if (live_new(NULL, true, &source) < 0)
		return false;
	for (int i = 0; i < 3; i++)
		if (source_take(source, &request, &now[i]) < 0)
			return false;
	return !memcmp(&now[0].machine.have, &now[2].machine.have, sizeof now[0].machine.have) &&
	       machine_has(&now[2].machine, uptime_ns) && machine_has(&now[2].machine, overcommit_mode) &&
	       now[2].cpu_count;
}

static void the_machine_is_read_with_few_descriptors(void **state)
{
	(void)state;
	static const rlim_t limits[] = { 12, 66 };

	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
		pid_t probe = fork();
		if (probe == 0)
			_exit(machine_is_read_within(limits[i]) ? 0 : 1);
		int status;
		waitpid(probe, &status, 0);
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	}
}

static void few_descriptors_are_enough(void **state)
{
	(void)state;
	struct request request = ASKING(TASK_rss_bytes, TASK_cpu_percent, TASK_comm);
	pid_t probe = fork();

	if (probe == 0) {
		struct rlimit limit = { 66, 66 };
		struct source *source;
		struct snapshot first, second;
		setrlimit(RLIMIT_NOFILE, &limit);
		bool fine = live_new(NULL, true, &source) == 0 && source_take(source, &request, &first) == 0 &&
		            source_take(source, &request, &second) == 0 && row_of(&second, getpid()) < second.count;
		_exit(fine ? 0 : 1);
	}
	int status;
	waitpid(probe, &status, 0);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void threads_have_rows_of_their_own(void **state)
{
	(void)state;
	struct request request = ASKING(TASK_comm, TASK_is_thread);
	int64_t me = getpid(), thread;
	struct source *source = machine(false);
	struct snapshot now;

	request.threads = THREADS_TOO;
	request.pids = &me;
	request.pid_count = 1;
	assert_int_equal(source_take(source, &request, &now), 0);
	assert_true(now.count >= 2);
	assert_true(snapshot_number(&now, 0, TASK_is_thread, &thread) && thread == 0);
	assert_true(snapshot_number(&now, 1, TASK_is_thread, &thread) && thread == 1);
	snapshot_done(&now);
	source_free(source);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_snapshot_holds_me_with_my_name_and_no_field_i_did_not_ask_for),
		cmocka_unit_test(touched_memory_shows_as_resident_untouched_does_not),
		cmocka_unit_test(a_process_that_ended_leaves_and_a_new_one_has_no_past),
		cmocka_unit_test(a_zombie_stays_in_the_list_when_its_memory_is_asked_for),
		cmocka_unit_test(details_are_read_of_chosen_rows_only),
		cmocka_unit_test(only_the_chosen_stay_when_asked),
		cmocka_unit_test(a_patient_request_reads_idle_rows_in_turn_and_memory_always),
		cmocka_unit_test(files_of_the_machine_are_opened_once_and_closed_with_the_source),
		cmocka_unit_test(of_files_that_hold_one_number_each_only_the_wanted_are_read),
		cmocka_unit_test(the_machine_is_read_with_few_descriptors),
		cmocka_unit_test(few_descriptors_are_enough),
		cmocka_unit_test(threads_have_rows_of_their_own),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
