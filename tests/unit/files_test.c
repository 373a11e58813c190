/* Files that are read again and again, and who is logged in, which is seldom counted again. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>
#include <utmp.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/files.h"
#include "descriptors.h"
#include "kernel/logins.h"
#include "temporary_root.h"

static void what_a_kept_file_says_now_is_read_however_long_it_has_become(void **state)
{
	const struct temporary_root *root = *state;
	struct files files = { .dirfd = root->dirfd, .keep = true };
	static const size_t lengths[] = { 5, 2047, 2048, 4096, 4097, 100000, 3, 0, 8192 };
	static char text[100001];
	struct span bytes;

	for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
		memset(text, 'a' + (int)i, lengths[i]);
		text[lengths[i]] = '\0';
		root_file(root, "proc/stat", text);
		assert_int_equal(files_read(&files, "proc/stat", 100000, &bytes), 0);
		assert_true(span_is(bytes, text));
	}
	root_file(root, "proc/stat", "12345678901");
	assert_int_equal(files_read(&files, "proc/stat", 10, &bytes), -EFBIG);
	assert_int_equal(files_read(&files, "proc/stat", 11, &bytes), 0);
	files_done(&files);
}

static void files_stay_open_as_many_as_there_are_places_and_no_more(void **state)
{
	const struct temporary_root *root = *state;
	struct files files = { .dirfd = root->dirfd, .keep = true };
	size_t before = open_descriptors();
	struct span bytes;
	char path[32];

	for (int round = 0; round < 3; round++)
		for (int i = 0; i < FILES_KEPT + 5; i++) {
			snprintf(path, sizeof path, "proc/file%d", i);
			root_file(root, path, path);
			assert_int_equal(files_read(&files, path, 100, &bytes), 0);
			assert_true(span_is(bytes, path));
		}
	assert_int_equal(open_descriptors(), before + FILES_KEPT);
	assert_int_equal(files_read(&files, "proc/missing", 100, &bytes), -ENOENT);
	assert_int_equal(open_descriptors(), before + FILES_KEPT);
	files_done(&files);
	assert_int_equal(open_descriptors(), before);
}

static void nothing_stays_open_where_nothing_shall(void **state)
{
	const struct temporary_root *root = *state;
	struct files files = { .dirfd = root->dirfd };
	size_t before = open_descriptors();
	struct span bytes;

	root_file(root, "proc/stat", "one");
	assert_int_equal(files_read(&files, "proc/stat", 100, &bytes), 0);
	assert_int_equal(open_descriptors(), before);
	unlinkat(root->dirfd, "proc/stat", 0);
	root_file(root, "proc/stat", "another");
	assert_int_equal(files_read(&files, "proc/stat", 100, &bytes), 0);
	assert_true(span_is(bytes, "another"));
	files_done(&files);
}

/* As a file of /proc whose module was unloaded, or of a FUSE that was started anew. */
static void a_kept_file_that_can_no_longer_be_read_is_opened_again(void **state)
{
	const struct temporary_root *root = *state;
	struct files files = { .dirfd = root->dirfd, .keep = true };
	struct span bytes;

	root_file(root, "proc/stat", "one");
	assert_int_equal(files_read(&files, "proc/stat", 100, &bytes), 0);
	int unreadable = open("/", O_PATH | O_CLOEXEC);
	assert_true(unreadable >= 0 && dup3(unreadable, files.kept[0].fd, O_CLOEXEC) >= 0);
	assert_int_equal(files_read(&files, "proc/stat", 100, &bytes), 0);
	assert_true(span_is(bytes, "one"));
	assert_int_equal(files.count, 1);
	assert_true(dup3(unreadable, files.kept[0].fd, O_CLOEXEC) >= 0);
	unlinkat(root->dirfd, "proc/stat", 0);
	assert_int_equal(files_read(&files, "proc/stat", 100, &bytes), -ENOENT);
	assert_int_equal(files.count, 0);
	close(unreadable);
	files_done(&files);
}

static void log_in(const struct temporary_root *root, const char *name)
{
	struct utmp record = { .ut_type = USER_PROCESS };

	root_folders(root, "run/utmp");
	memcpy(record.ut_user, name, strlen(name));
	int fd = openat(root->dirfd, "run/utmp", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
	assert_true(write(fd, &record, sizeof record) == sizeof record);
	close(fd);
}

static int64_t users(const struct temporary_root *root, struct logins *known)
{
	struct machine machine = { 0 };

	assert_int_equal(logins_read(root->dirfd, known, &machine), 0);
	assert_true(machine_has(&machine, users));
	return machine.users;
}

/* Makes a file or folder look as if it had last changed `ago` seconds ago. */
static void touch(const struct temporary_root *root, const char *path, int64_t ago)
{
	struct timespec then = { .tv_sec = clock_ns(CLOCK_REALTIME) / NS_PER_S - ago };

	assert_int_equal(utimensat(root->dirfd, path, (struct timespec[]){ then, then }, 0), 0);
}

static void who_logs_in_is_counted_at_once(void **state)
{
	const struct temporary_root *root = *state;
	struct logins known = { 0 };

	log_in(root, "anna");
	assert_int_equal(users(root, &known), 1);
	log_in(root, "berta"); /* maybe within the same tick */
	assert_int_equal(users(root, &known), 2);
	touch(root, "run/utmp", 60);
	assert_int_equal(users(root, &known), 2);
	assert_true(known.settled);
	log_in(root, "clara");
	assert_int_equal(users(root, &known), 3);
}

static void who_logs_out_in_the_tick_of_a_login_is_counted_out(void **state)
{
	const struct temporary_root *root = *state;
	struct utmp ended = { .ut_type = DEAD_PROCESS };
	struct logins known = { 0 };
	struct stat file;

	log_in(root, "anna");
	assert_int_equal(users(root, &known), 1);
	assert_int_equal(fstatat(root->dirfd, "run/utmp", &file, 0), 0);
	int fd = openat(root->dirfd, "run/utmp", O_WRONLY | O_CLOEXEC);
	assert_true(write(fd, &ended, sizeof ended) == sizeof ended);
	assert_int_equal(futimens(fd, (struct timespec[]){ file.st_atim, file.st_mtim }), 0);
	close(fd);
	assert_int_equal(users(root, &known), 0);
}

static void what_has_not_changed_is_not_counted_again_for_ten_seconds(void **state)
{
	const struct temporary_root *root = *state;
	struct logins known = { 0 };

	log_in(root, "anna");
	touch(root, "run/utmp", 60);
	assert_int_equal(users(root, &known), 1);
	known.users = 77;
	assert_int_equal(users(root, &known), 77);
	known.counted_ns -= 11 * NS_PER_S;
	assert_int_equal(users(root, &known), 1);
}

static void sessions_count_where_there_is_no_utmp_and_no_longer_once_there_is_one(void **state)
{
	const struct temporary_root *root = *state;
	struct logins known = { 0 };
	struct machine machine = { 0 };

	assert_int_equal(logins_read(root->dirfd, &known, &machine), -ENOENT);
	assert_false(machine_has(&machine, users));
	root_file(root, "run/systemd/sessions/1", "CLASS=user\n");
	root_file(root, "run/systemd/sessions/2", "CLASS=greeter\n");
	touch(root, "run/systemd/sessions", 60);
	assert_int_equal(users(root, &known), 1);
	assert_int_equal(users(root, &known), 1);
	root_file(root, "run/systemd/sessions/3", "CLASS=user\n");
	assert_int_equal(users(root, &known), 2);
	touch(root, "run/systemd/sessions", 60);
	assert_int_equal(users(root, &known), 2);
	unlinkat(root->dirfd, "run/systemd/sessions/3", 0);
	assert_int_equal(users(root, &known), 1);
	for (int i = 0; i < 4; i++)
		log_in(root, "anna");
	assert_int_equal(users(root, &known), 4);
}

#define IN_ROOT(test) cmocka_unit_test_setup_teardown(test, root_setup, root_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_ROOT(what_a_kept_file_says_now_is_read_however_long_it_has_become),
		IN_ROOT(files_stay_open_as_many_as_there_are_places_and_no_more),
		IN_ROOT(nothing_stays_open_where_nothing_shall),
		IN_ROOT(a_kept_file_that_can_no_longer_be_read_is_opened_again),
		IN_ROOT(who_logs_in_is_counted_at_once),
		IN_ROOT(who_logs_out_in_the_tick_of_a_login_is_counted_out),
		IN_ROOT(what_has_not_changed_is_not_counted_again_for_ten_seconds),
		IN_ROOT(sessions_count_where_there_is_no_utmp_and_no_longer_once_there_is_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
