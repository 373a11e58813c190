#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/signals.h"
#include "child.h"
#include "collect/live.h"
#include "collect/send.h"
#include "model/view.h"
#include "skip_because.h"

static void names_go_with_or_without_sig_in_any_case(void **state)
{
	(void)state;
	assert_int_equal(signal_number("KILL"), SIGKILL);
	assert_int_equal(signal_number("SIGKILL"), SIGKILL);
	assert_int_equal(signal_number("sigkill"), SIGKILL);
	assert_int_equal(signal_number("Term"), SIGTERM);
	assert_int_equal(signal_number("IO"), SIGIO);
	assert_int_equal(signal_number("POLL"), SIGIO);
	assert_int_equal(signal_number("CLD"), SIGCHLD);
	assert_int_equal(signal_number("IOT"), SIGABRT);
	assert_int_equal(signal_number("EXIT"), 0);
}

static void numbers_are_signals_up_to_the_last_one(void **state)
{
	(void)state;
	assert_int_equal(signal_number("0"), 0);
	assert_int_equal(signal_number("9"), 9);
	assert_int_equal(signal_number("09"), 9);
	assert_int_equal(signal_number("64"), 64);
	assert_int_equal(signal_number("65"), -EINVAL);
	assert_int_equal(signal_number("-9"), -EINVAL);
	assert_int_equal(signal_number("99999999999999999999"), -EINVAL);
}

static void real_time_signals_count_from_both_ends(void **state)
{
	char buf[SIGNAL_NAME_BYTES];

	(void)state;
	assert_int_equal(signal_number("RTMIN"), SIGRTMIN);
	assert_int_equal(signal_number("rtmin+3"), SIGRTMIN + 3);
	assert_int_equal(signal_number("SIGRTMAX-2"), SIGRTMAX - 2);
	assert_int_equal(signal_number("RTMAX"), SIGRTMAX);
	assert_int_equal(signal_number("RTMIN+31"), -EINVAL);
	assert_int_equal(signal_number("RTMIN-1"), -EINVAL);
	assert_int_equal(signal_number("RTMAX+1"), -EINVAL);
	assert_int_equal(signal_number("RTMIN+"), -EINVAL);
	assert_int_equal(signal_number("RTMIN++1"), -EINVAL);
	assert_string_equal(signal_name(SIGRTMIN, buf), "RTMIN");
	assert_string_equal(signal_name(SIGRTMIN + 15, buf), "RTMIN+15");
	assert_string_equal(signal_name(SIGRTMIN + 16, buf), "RTMAX-14");
	assert_string_equal(signal_name(SIGRTMAX, buf), "RTMAX");
}

static void anything_else_is_no_signal(void **state)
{
	static const char *const wrong[] = { "", "foo", "KIL", "KILLER", "SIG", "SIGSIGKILL", "9x", "0x9", " KILL" };
	char buf[SIGNAL_NAME_BYTES];

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_int_equal(signal_number(wrong[i]), -EINVAL);
	static const int none[] = { -1, 0, 32, 33, 65, 1000 };
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		assert_null(signal_name(none[i], buf));
}

static void every_name_leads_back_to_its_number(void **state)
{
	char buf[SIGNAL_NAME_BYTES];

	(void)state;
	for (int number = 1; number <= SIGRTMAX; number++) {
		const char *name = signal_name(number, buf);
		assert_true(name != NULL || number == 32 || number == 33);
		if (name)
			assert_int_equal(signal_number(name), number);
	}
}

static void the_first_word_that_names_a_signal_is_taken_out(void **state)
{
	char *words[] = { "pkill", "-f", "-KILL", "-9", "name", NULL };
	char *behind[] = { "pkill", "--", "-9", NULL };
	int count = 5;

	(void)state;
	assert_int_equal(signal_option(&count, words), SIGKILL);
	assert_int_equal(count, 4);
	assert_string_equal(words[1], "-f");
	assert_string_equal(words[2], "-9");
	assert_null(words[4]);
	count = 3;
	assert_int_equal(signal_option(&count, behind), -ENOENT);
	assert_int_equal(count, 3);
}

static int64_t start_of(pid_t pid)
{
	const int64_t pids[] = { pid };
	struct request request = { .tasks = true, .pids = pids, .pid_count = 1 };
	struct snapshot snapshot;
	struct source *source;
	int64_t started = -1;

	request_field(&request, &request.fields, TASK_started_ns);
	assert_int_equal(live_new(NULL, false, &source), 0);
	assert_int_equal(source_take(source, &request, &snapshot), 0);
	assert_true(snapshot_number(&snapshot, 0, TASK_started_ns, &started));
	snapshot_done(&snapshot);
	source_free(source);
	return started;
}

static void a_signal_goes_only_to_the_process_that_was_meant(void **state)
{
	pid_t pid = child_start(NULL);
	int64_t started = start_of(pid);
	int status;

	(void)state;
	assert_int_equal(process_send(pid, started + 1, SIGKILL, NULL), -ESRCH);
	assert_int_equal(process_send(pid, started, 0, NULL), 0);
	assert_int_equal(process_send(pid, started, SIGKILL, NULL), 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	assert_int_equal(process_send(pid, -1, 0, NULL), -ESRCH);
	assert_int_equal(process_send(INT64_C(1) << 32 | getpid(), -1, 0, NULL), -ESRCH);
	assert_int_equal(process_send(getpid(), -1, 65, NULL), -EINVAL);
}

static void a_value_arrives_with_the_signal(void **state)
{
	siginfo_t info = { 0 };
	sigset_t wanted;
	int value = -5;

	(void)state;
	sigemptyset(&wanted);
	sigaddset(&wanted, SIGUSR1);
	sigprocmask(SIG_BLOCK, &wanted, NULL);
	assert_int_equal(process_send(getpid(), -1, SIGUSR1, &value), 0);
	assert_int_equal(sigwaitinfo(&wanted, &info), SIGUSR1);
	assert_int_equal(info.si_code, SI_QUEUE);
	assert_int_equal(info.si_value.sival_int, -5);
	assert_int_equal(info.si_pid, getpid());
}

static void the_end_of_a_held_process_is_seen(void **state)
{
	pid_t pid = child_start(NULL);
	int fd = process_hold(pid, start_of(pid));

	(void)state;
	if (fd == -ENOSYS)
		skip_because("this kernel has no pidfd");
	assert_true(fd >= 0);
	assert_int_equal(process_wait_held(fd, 0), 0);
	assert_int_equal(process_send_held(fd, SIGKILL, NULL), 0);
	assert_int_equal(process_wait_held(fd, -1), 1);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	assert_int_equal(process_send_held(fd, SIGKILL, NULL), -ESRCH);
	close(fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_go_with_or_without_sig_in_any_case),
		cmocka_unit_test(numbers_are_signals_up_to_the_last_one),
		cmocka_unit_test(real_time_signals_count_from_both_ends),
		cmocka_unit_test(anything_else_is_no_signal),
		cmocka_unit_test(every_name_leads_back_to_its_number),
		cmocka_unit_test(the_first_word_that_names_a_signal_is_taken_out),
		cmocka_unit_test(a_signal_goes_only_to_the_process_that_was_meant),
		cmocka_unit_test(a_value_arrives_with_the_signal),
		cmocka_unit_test(the_end_of_a_held_process_is_seen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
