/* The OOM killer's order, changed for a child of our own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>

#include "base/file.h"
#include "child.h"
#include "collect/oom_adjust.h"

static int64_t adjustment_of(pid_t pid)
{
	char path[64], buf[32];
	struct span bytes;
	int64_t value = INT64_MIN;

	snprintf(path, sizeof path, "/proc/%d/oom_score_adj", (int)pid);
	assert_int_equal(file_read(AT_FDCWD, path, buf, sizeof buf, &bytes), 0);
	assert_true(span_i64(&bytes, &value));
	return value;
}

static void a_process_can_be_made_worse(void **state)
{
	(void)state;
	pid_t pid = child_start(NULL);

	assert_int_equal(oom_adjust(pid, 777), 0);
	assert_int_equal(adjustment_of(pid), 777);
	assert_int_equal(oom_adjust(pid, 1001), -EINVAL);
	assert_int_equal(adjustment_of(pid), 777);
	child_end(pid);
	assert_int_equal(oom_adjust(INT32_MAX, 1), -ENOENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(a_process_can_be_made_worse) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
