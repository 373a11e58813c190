/* What the kernel lists of memory that belongs to no process: System V segments and tmpfs mounts. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "kernel/sysv_shm.h"
#include "kernel/tmpfs.h"

static const char heading[] = "       key      shmid perms                  size  cpid  lpid nattch   uid   gid  cuid  "
			      "cgid      atime      dtime"
			      "      ctime                   rss                  swap\n";

static void segments_have_their_columns(void **state)
{
	(void)state;
	char text[1024];
	struct sysv_shm segments[1];

	snprintf(text, sizeof text, "%s%s", heading,
	         "-17 3  1600 3145728 812 813 2 1 4 5 6 1795282505 0 1795282505 1048576 4096\n"
	         "5 4 1600 1 1 1 1 1\n"
	         "6 5 666 8192 1 1 0 0 0 0 0 0 0 0 8192 0\n");
	assert_int_equal(sysv_shm_parse(span_of(text), segments, 1), 2);
	assert_int_equal(segments[0].key, -17);
	assert_int_equal(segments[0].id, 3);
	assert_int_equal(segments[0].size_bytes, 3145728);
	assert_int_equal(segments[0].creator_pid, 812);
	assert_int_equal(segments[0].attached, 2);
	assert_int_equal(segments[0].uid, 1);
	assert_int_equal(segments[0].rss_bytes, 1048576);
	assert_int_equal(segments[0].swap_bytes, 4096);
	assert_int_equal(sysv_shm_parse(SPAN("x\n"), segments, 1), -EBADMSG);
	assert_int_equal(sysv_shm_parse(span_of(heading), segments, 1), 0);
}

struct mounts {
	struct tmpfs at[4];
	size_t count;
};

static int keep(void *context, const struct tmpfs *mount)
{
	struct mounts *mounts = context;

	if (mounts->count == 4)
		return -ENOSPC;
	mounts->at[mounts->count++] = *mount;
	return 0;
}

static void mounts_in_memory_are_found_by_their_type(void **state)
{
	(void)state;
	struct mounts mounts = { 0 };
	struct arena arena = { 0 };

	assert_int_equal(tmpfs_parse(SPAN("21 1 0:20 / /proc rw - proc proc rw\n"
	                                  "22 1 0:21 /sub /run\\040x rw,nosuid shared:5 master:1 - tmpfs tmpfs rw\n"
	                                  "23 1 8:1 / /tmpfs rw - ext4 /dev/sda1 rw\n"
	                                  "24 1 0:5 / /dev rw - devtmpfs udev rw\n"
	                                  "25 1 0:9 / /cut rw - tmpfs"),
	                             &arena, keep, &mounts),
	                 0);
	assert_int_equal(mounts.count, 2);
	assert_true(span_is(mounts.at[0].point, "/run x"));
	assert_int_equal(mounts.at[0].device_minor, 21);
	assert_int_equal(mounts.at[0].used_bytes, -1);
	assert_true(span_is(mounts.at[1].point, "/dev"));
	arena_done(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(segments_have_their_columns),
		cmocka_unit_test(mounts_in_memory_are_found_by_their_type),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
