#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "collect/live.h"
#include "collect/names.h"
#include "temporary_root.h"

static void make_machine(const struct temporary_root *root, const char *below)
{
	static const char passwd[] = "root:x:0:0:root:/:/bin/sh\nbob:x:1000:100::/:/bin/sh\n";
	static const char group[] = "root:x:0:\nusers:x:100:\nadm:x:4:bob\n";
	static const char status[] = "Name:\tx\nTgid:\t7\nUid:\t1000\t1000\t1000\t1000\nGid:\t100\t100\t100\t100\n"
				     "Groups:\t4 100 77 \n";
	static const char stat[] =
		"7 (x) S 1 7 7 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 9 0 0 -1 0 0 0 0 0 0 0 0 0 0 0 0 17 3 "
		"0 0 0 0 0 0 0 0 0 0 0 0 0\n";
	const struct {
		const char *path, *text;
	} files[] = {
		{ "etc/passwd", passwd },
		{ "etc/group", group },
		{ "proc/7/status", status },
		{ "proc/7/stat", stat },
		{ "proc/8/status", status },
		{ "proc/8/stat", stat },
		{ "proc/7/task/7/stat", stat },
		{ "proc/7/task/8/stat", stat },
		{ "sys/devices/system/cpu/cpu3/node2/here", "" },
	};
	char path[128];

	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		snprintf(path, sizeof path, "%s%s", below, files[i].path);
		root_file(root, path, files[i].text);
	}
}

static void names_of_a_captured_tree_become_its_numbers(void **state)
{
	const struct temporary_root *root = *state;
	int64_t number = -5;

	make_machine(root, "");
	assert_int_equal(account_number(root->path, ACCOUNT_USER, SPAN("bob"), &number), 0);
	assert_int_equal(number, 1000);
	assert_int_equal(account_number(root->path, ACCOUNT_GROUP, SPAN("users"), &number), 0);
	assert_int_equal(number, 100);
	assert_int_equal(account_number(root->path, ACCOUNT_GROUP, SPAN("bob"), &number), -ENOENT);
	assert_int_equal(account_number(root->path, ACCOUNT_USER, SPAN("bo"), &number), -ENOENT);
	assert_int_equal(account_number("/nonexistent", ACCOUNT_USER, SPAN("bob"), &number), -ENOENT);
	assert_int_equal(number, 100);
}

static void a_tree_in_steps_has_its_accounts_in_the_first(void **state)
{
	const struct temporary_root *root = *state;
	int64_t number;

	make_machine(root, "0/");
	assert_int_equal(account_number(root->path, ACCOUNT_USER, SPAN("bob"), &number), 0);
	assert_int_equal(number, 1000);
}

static void the_running_machine_knows_root(void **state)
{
	(void)state;
	int64_t number;

	assert_int_equal(account_number(NULL, ACCOUNT_USER, SPAN("root"), &number), 0);
	assert_int_equal(number, 0);
	assert_int_equal(account_number(NULL, ACCOUNT_USER, SPAN("no such user \n"), &number), -ENOENT);
}

static struct snapshot look(const char *path, struct request *request)
{
	struct source *source;
	struct snapshot snapshot;

	assert_int_equal(live_new(path, false, &source), 0);
	assert_int_equal(source_take(source, request, &snapshot), 0);
	source_free(source);
	return snapshot;
}

static void groups_have_names_and_those_without_keep_their_number(void **state)
{
	const struct temporary_root *root = *state;
	struct request request = { 0 };
	struct span text;
	const int64_t pid = 7;

	make_machine(root, "");
	request.pids = &pid;
	request.pid_count = 1;
	request_field(&request, &request.fields, TASK_group_names);
	request_field(&request, &request.fields, TASK_numa_node);
	struct snapshot snapshot = look(root->path, &request);
	assert_int_equal(snapshot.count, 1);
	assert_true(snapshot_text(&snapshot, 0, TASK_group_names, &text) && span_is(text, "adm,users,77"));
	assert_true(snapshot_text(&snapshot, 0, TASK_numa_node, &text) && span_is(text, "2"));
	snapshot_done(&snapshot);
}

static void the_number_of_a_thread_is_no_process(void **state)
{
	const struct temporary_root *root = *state;
	const int64_t pids[] = { 7, 8 };
	struct request request = { .pids = pids, .pid_count = 2 };
	int64_t pid;

	make_machine(root, ""); /* whose status says that 8 belongs to 7 */
	request_field(&request, &request.fields, TASK_comm);
	struct snapshot snapshot = look(root->path, &request);
	assert_int_equal(snapshot.count, 1);
	assert_true(snapshot_number(&snapshot, 0, TASK_pid, &pid) && pid == 7);
	snapshot_done(&snapshot);
}

static void the_first_thread_may_stand_in_the_row_of_its_process(void **state)
{
	const struct temporary_root *root = *state;
	const int64_t wanted = 7;
	struct request request = { .pids = &wanted, .pid_count = 1, .threads = OTHER_THREADS };
	int64_t pid, thread;

	make_machine(root, "");
	request_field(&request, &request.fields, TASK_comm);
	struct snapshot snapshot = look(root->path, &request);
	assert_int_equal(snapshot.count, 2);
	assert_true(snapshot_number(&snapshot, 0, TASK_is_thread, &thread) && thread == 0);
	assert_true(snapshot_number(&snapshot, 1, TASK_is_thread, &thread) && thread == 1);
	assert_true(snapshot_number(&snapshot, 1, TASK_pid, &pid) && pid == 8);
	snapshot_done(&snapshot);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(names_of_a_captured_tree_become_its_numbers, root_setup, root_teardown),
		cmocka_unit_test_setup_teardown(a_tree_in_steps_has_its_accounts_in_the_first, root_setup,
		                                root_teardown),
		cmocka_unit_test(the_running_machine_knows_root),
		cmocka_unit_test_setup_teardown(groups_have_names_and_those_without_keep_their_number, root_setup,
		                                root_teardown),
		cmocka_unit_test_setup_teardown(the_number_of_a_thread_is_no_process, root_setup, root_teardown),
		cmocka_unit_test_setup_teardown(the_first_thread_may_stand_in_the_row_of_its_process, root_setup,
		                                root_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
