#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "render/cgroup.h"

static const char session[] = "12:pids:/user.slice\n1:name=systemd:/user.slice/user-1000.slice/session-2.scope\n0::/";
static const char service[] = "0::/system.slice/system-getty.slice/getty@tty1.service/sub";
static const char own[] = "0::/user.slice/user-1000.slice/user@1000.service/app.slice/app-x.scope";

static struct span part(const char *lines, enum cgroup_part which)
{
	struct span text = SPAN("nothing");

	cgroup_part(span_of(lines), which, &text);
	return text;
}

static void groups_other_than_the_root_are_joined(void **state)
{
	(void)state;
	struct buffer buffer = { 0 };

	cgroup_joined(&buffer, span_of("9:name=systemd:/\n4:memory:/a:b\n\nbroken\n1:cpu:/\n0::/c d"));
	assert_true(span_is(buffer_span(&buffer), "4:memory:/a:b,0::/c d"));
	buffer_clear(&buffer);
	cgroup_joined(&buffer, span_of("1:cpu:/"));
	assert_int_equal(buffer.len, 0);
	buffer_done(&buffer);
}

static void a_hierarchy_with_a_name_shows_it_and_what_follows(void **state)
{
	(void)state;
	struct span text;

	assert_true(cgroup_named(SPAN("9:pids:/x,1:name=systemd:/a,0::/b"), &text));
	assert_true(span_is(text, "systemd:/a,0::/b"));
	assert_false(cgroup_named(SPAN("0::/named=x"), &text));
}

static void systemd_paths_tell_slice_unit_session_and_owner(void **state)
{
	(void)state;
	assert_true(span_is(part(session, CGROUP_SLICE), "user-1000.slice"));
	assert_true(span_is(part(session, CGROUP_UNIT), "session-2.scope"));
	assert_true(span_is(part(session, CGROUP_SESSION), "2"));
	assert_true(span_is(part(session, CGROUP_OWNER), "1000"));
	assert_true(span_is(part(session, CGROUP_USER_UNIT), "nothing"));
	assert_true(span_is(part(service, CGROUP_SLICE), "system-getty.slice"));
	assert_true(span_is(part(service, CGROUP_UNIT), "getty@tty1.service"));
	assert_true(span_is(part(service, CGROUP_SESSION), "nothing"));
	assert_true(span_is(part(service, CGROUP_OWNER), "nothing"));
	assert_true(span_is(part(own, CGROUP_UNIT), "user@1000.service"));
	assert_true(span_is(part(own, CGROUP_USER_UNIT), "app-x.scope"));
	assert_true(span_is(part("0::/", CGROUP_SLICE), "-.slice"));
	assert_true(span_is(part("0::/", CGROUP_UNIT), "nothing"));
	assert_true(span_is(part("0::/.slice/.service", CGROUP_UNIT), "nothing"));
	assert_true(span_is(part("", CGROUP_SLICE), "nothing"));
}

static void containers_are_named_in_the_path(void **state)
{
	(void)state;
	struct span text;

	assert_true(cgroup_docker(span_of("0::/system.slice/docker-0123456789abcdef00.scope"), &text));
	assert_true(span_is(text, "0123456789ab"));
	assert_true(cgroup_docker(span_of("1:cpu:/\n0::/docker/fedcba9876543210"), &text));
	assert_true(span_is(text, "fedcba987654"));
	assert_false(cgroup_docker(span_of("0::/docker/short"), &text));
	assert_false(cgroup_docker(span_of("0::/docker/not-a-number-at-all"), &text));
	assert_true(cgroup_lxc(span_of("0::/lxc.payload.web/init.scope"), &text) && span_is(text, "web"));
	assert_true(cgroup_lxc(span_of("1:cpu:/lxc/db"), &text) && span_is(text, "db"));
	assert_false(cgroup_lxc(span_of("0::/lxc/"), &text));
	assert_false(cgroup_lxc(span_of(service), &text));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(groups_other_than_the_root_are_joined),
		cmocka_unit_test(a_hierarchy_with_a_name_shows_it_and_what_follows),
		cmocka_unit_test(systemd_paths_tell_slice_unit_session_and_owner),
		cmocka_unit_test(containers_are_named_in_the_path),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
