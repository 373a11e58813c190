#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kernel/locks.h"

static void each_lock_has_its_holder_and_its_file_and_what_is_none_is_passed_over(void **state)
{
	(void)state;
	struct span bytes = SPAN("1: POSIX  ADVISORY  WRITE 3857 fe:01:1234 0 EOF\n"
	                         "1: -> POSIX  ADVISORY  READ 3999 fe:01:1234 5 99\n"
	                         "2: POSIX  ADVISORY  WRITE 1 <none>:0 0 EOF\n"
	                         "3: FLOCK  ADVISORY  WRITE 812 00:1b:77 0 EOF\n"
	                         "4: FLOCK  ADVISORY  WRITE 813 00:1b:78 0 E");
	struct file_lock lock;

	assert_true(lock_next(&bytes, &lock));
	assert_int_equal(lock.pid, 3857);
	assert_true(span_is(lock.kind, "POSIX") && span_is(lock.access, "WRITE") && !lock.waits);
	assert_int_equal(lock.device_major, 0xfe);
	assert_int_equal(lock.device_minor, 1);
	assert_int_equal(lock.inode, 1234);
	assert_int_equal(lock.end, -1);
	assert_true(lock_next(&bytes, &lock));
	assert_true(lock.waits && span_is(lock.access, "READ"));
	assert_int_equal(lock.pid, 3999);
	assert_int_equal(lock.start, 5);
	assert_int_equal(lock.end, 99);
	assert_true(lock_next(&bytes, &lock));
	assert_int_equal(lock.pid, 812);
	assert_int_equal(lock.device_minor, 0x1b);
	assert_false(lock_next(&bytes, &lock)); /* a line that was cut */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_lock_has_its_holder_and_its_file_and_what_is_none_is_passed_over),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
