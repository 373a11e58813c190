#include <errno.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/command.h"

/* All that it writes, until its end. */
static struct span run(const char *line, struct buffer *out)
{
	struct command command;
	ssize_t got;

	assert_int_equal(command_start(line, &command), 0);
	do {
		struct pollfd fd = { command.fd, POLLIN, 0 };
		assert_int_equal(poll(&fd, 1, 20000), 1);
		got = command_read(&command, out);
	} while (got > 0);
	assert_int_equal(got, 0);
	command_end(&command);
	return buffer_span(out);
}

static void output_and_errors_come_in_the_order_in_which_they_were_written(void **state)
{
	struct buffer out = { 0 };

	(void)state;
	assert_true(span_is(run("echo one; echo two >&2; echo three", &out), "one\ntwo\nthree\n"));
	buffer_done(&out);
}

static void there_is_no_input_and_a_long_output_comes_whole(void **state)
{
	struct buffer out = { 0 };

	(void)state;
	assert_true(span_is(run("read word || echo none", &out), "none\n"));
	buffer_clear(&out);
	assert_int_equal(run("seq 1 100000", &out).len, 588895);
	buffer_done(&out);
}

static void signals_are_as_usual_for_the_command_whatever_they_are_for_us(void **state)
{
	struct buffer out = { 0 };
	sigset_t all, before;

	(void)state;
	signal(SIGPIPE, SIG_IGN);
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &before);
	struct span masks = run("grep -hE 'SigBlk|SigIgn' /proc/self/status", &out), key;
	sigprocmask(SIG_SETMASK, &before, NULL);
	signal(SIGPIPE, SIG_DFL);
	for (int i = 0; i < 2; i++) {
		int64_t mask = -1;
		assert_true(span_until(&masks, '\t', &key) && span_hex(&masks, &mask));
		assert_int_equal(mask & INT32_MAX, 0); /* beyond are those of libc and of real time */
		span_until(&masks, '\n', &key);
	}
	buffer_done(&out);
}

static void one_that_does_not_end_is_ended_with_all_that_it_started(void **state)
{
	struct buffer out = { 0 };
	struct command command;
	ssize_t got;

	(void)state;
	assert_int_equal(command_start("trap '' INT TERM; sleep 1000 & echo $!; wait", &command), 0);
	while ((got = command_read(&command, &out)) == -EAGAIN)
		poll(&(struct pollfd){ command.fd, POLLIN, 0 }, 1, 20000);
	assert_true(got > 0);
	pid_t child = (pid_t)atol(buffer_cstr(&out));
	assert_true(child > 1 && kill(child, 0) == 0);
	assert_int_equal(command_read(&command, &out), -EAGAIN);
	command_end(&command);
	assert_int_equal(kill(command.pid, 0), -1);
	/* Whoever took it over lets it go; until then it is a zombie that was killed. */
	for (int tries = 0; kill(child, 0) == 0 && tries < 200; tries++)
		poll(NULL, 0, 50);
	buffer_done(&out);
}

static void a_command_that_is_none_says_so_itself(void **state)
{
	struct buffer out = { 0 };

	(void)state;
	struct span said = run("/no/such/command", &out);
	assert_non_null(memmem(said.at, said.len, "not found", 9));
	buffer_done(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(output_and_errors_come_in_the_order_in_which_they_were_written),
		cmocka_unit_test(there_is_no_input_and_a_long_output_comes_whole),
		cmocka_unit_test(signals_are_as_usual_for_the_command_whatever_they_are_for_us),
		cmocka_unit_test(one_that_does_not_end_is_ended_with_all_that_it_started),
		cmocka_unit_test(a_command_that_is_none_says_so_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
