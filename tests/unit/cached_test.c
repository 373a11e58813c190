#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "collect/cached.h"
#include "skip_because.h"

enum { MIB = 1 << 20 };

/* A file of 4 MiB on the disk that the tests are built on, written and not yet synced. */
static int made(char *path)
{
	static char block[MIB];
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	memset(block, 1, sizeof block);
	for (int i = 0; i < 4; i++)
		assert_int_equal(write(fd, block, sizeof block), MIB);
	return fd;
}

static void a_written_file_is_cached_and_clean_after_sync_and_gone_when_dropped(void **state)
{
	(void)state;
	char path[] = "./vires-cached-XXXXXX";
	struct cached file;
	int fd = made(path);
	int r = cached_read(path, &file);

	if (r == -ENOSYS) {
		close(fd);
		unlink(path);
		skip_because("this kernel has no cachestat");
	}
	assert_int_equal(r, 0);
	assert_int_equal(file.size_bytes, 4 * MIB);
	assert_int_equal(file.use.cached_bytes, 4 * MIB);
	assert_int_equal(fsync(fd), 0);
	assert_int_equal(cached_read(path, &file), 0);
	assert_int_equal(file.use.dirty_bytes, 0);
	assert_int_equal(posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED), 0);
	assert_int_equal(cached_read(path, &file), 0);
	assert_true(file.use.cached_bytes < MIB);
	close(fd);
	unlink(path);
}

static void a_process_shows_what_it_has_open_though_it_was_removed(void **state)
{
	(void)state;
	char path[] = "./vires-cached-XXXXXX";
	struct cached_files files;
	size_t found = 0;
	int fd = made(path);

	unlink(path);
	int r = cached_of_process(getpid(), &files);
	if (r == -ENOSYS) {
		close(fd);
		skip_because("this kernel has no cachestat");
	}
	assert_int_equal(r, 0);
	for (size_t i = 0; i < files.count; i++) {
		assert_true(i == 0 ||
		            files.files[i - 1].cached.use.cached_bytes >= files.files[i].cached.use.cached_bytes);
		if (!memmem(files.files[i].name.at, files.files[i].name.len, path + 2, strlen(path + 2)))
			continue;
		assert_int_equal(files.files[i].cached.use.cached_bytes, 4 * MIB);
		found++;
	}
	assert_int_equal(found, 1);
	cached_files_done(&files);
	assert_int_equal(cached_of_process(INT32_MAX, &files), -ENOENT);
	close(fd);
}

static void what_is_no_file_is_refused_without_waiting(void **state)
{
	(void)state;
	struct cached file;
	assert_int_equal(cached_read("/", &file), -EINVAL);
	assert_int_equal(cached_read("/dev/null", &file), -EINVAL);
	assert_int_equal(cached_read("/nowhere", &file), -ENOENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_written_file_is_cached_and_clean_after_sync_and_gone_when_dropped),
		cmocka_unit_test(a_process_shows_what_it_has_open_though_it_was_removed),
		cmocka_unit_test(what_is_no_file_is_refused_without_waiting),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
