#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/doctor.h"
#include "base/time.h"

enum { MIB = 1 << 20 };

struct made {
	int64_t pid, ppid;
	char state;
	int64_t anon;
};

static struct snapshot snapshot_of(const struct machine *machine, const struct made *made, size_t count)
{
	struct snapshot snapshot = { .machine = *machine };
	struct request request = { 0 };
	size_t row;

	doctor_ask(&request);
	shape_make(&request.fields, &snapshot.shape);
	for (size_t i = 0; i < count; i++) {
		struct task task = { 0 };
		task_set(&task, pid, made[i].pid);
		task_set(&task, tgid, made[i].pid);
		task_set(&task, ppid, made[i].ppid);
		task_set(&task, started_ns, 1);
		task_set(&task, state, made[i].state);
		task_set(&task, comm, SPAN("na\033me"));
		if (made[i].anon >= 0)
			task_set(&task, anon_bytes, made[i].anon);
		assert_int_equal(snapshot_add(&snapshot, &row), 0);
		assert_int_equal(snapshot_fill(&snapshot, row, &task), 0);
	}
	return snapshot;
}

static struct machine healthy(void)
{
	struct machine m = { 0 };

	machine_set(&m, mem_total_bytes, 1000 * MIB);
	machine_set(&m, mem_available_bytes, 600 * MIB);
	machine_set(&m, overcommit_mode, 0);
	machine_set(&m, committed_bytes, 990 * MIB);
	machine_set(&m, commit_limit_bytes, 1000 * MIB);
	machine_set(&m, memory_some_10s_percent, 0);
	machine_set(&m, swap_in_pages, 100);
	machine_set(&m, swap_out_pages, 100);
	machine_set(&m, threads_total, 100);
	machine_set(&m, pid_max, 32768);
	return m;
}

/* The one finding of two such moments, `seconds` apart; NULL when there is none. */
static const struct finding *only(const struct machine *before, const struct machine *after, const struct made *old,
                                  const struct made *young, size_t count, int64_t seconds)
{
	static struct finding found;
	struct snapshot first = snapshot_of(before, old, count), second = snapshot_of(after, young, count);
	struct diagnosis diagnosis;
	struct view view;

	assert_int_equal(view_init(&view, &second, &first, NULL), 0);
	struct patient patient = { .view = &view, .elapsed_ns = seconds * NS_PER_S, .page_bytes = 4096 };
	assert_int_equal(doctor_examine(&patient, &diagnosis), 0);
	assert_true(diagnosis.count <= 1);
	bool any = diagnosis.count;
	if (any) {
		static char evidence[256];
		found = diagnosis.findings[0];
		assert_true(found.evidence.len < sizeof evidence);
		memcpy(evidence, found.evidence.at, found.evidence.len);
		found.evidence.at = evidence;
	}
	diagnosis_done(&diagnosis);
	view_done(&view);
	snapshot_done(&first);
	snapshot_done(&second);
	return any ? &found : NULL;
}

static const struct finding *of_machine(const struct machine *machine)
{
	return only(machine, machine, NULL, NULL, 0, 1);
}

static void a_healthy_machine_has_no_finding(void **state)
{
	(void)state;
	struct machine m = healthy();
	assert_null(of_machine(&m));
	assert_null(of_machine(&(struct machine){ 0 }));
}

static void the_commit_wall_stands_only_in_mode_2(void **state)
{
	(void)state;
	struct machine m = healthy();
	machine_set(&m, overcommit_mode, 2);
	const struct finding *f = of_machine(&m);
	assert_non_null(f);
	assert_string_equal(f->rule, "commit_wall");
	assert_int_equal(f->severity, SEVERITY_CRITICAL);
	assert_true(span_starts(f->evidence, SPAN("990 MiB promised of at most 1000 MiB, 99 %")));
}

static void little_left_is_found(void **state)
{
	(void)state;
	struct machine m = healthy();
	machine_set(&m, mem_available_bytes, 30 * MIB);
	const struct finding *f = of_machine(&m);
	assert_non_null(f);
	assert_string_equal(f->rule, "memory_low");
	assert_int_equal(f->severity, SEVERITY_WARNING);
}

static void pages_that_come_back_from_swap_are_a_storm(void **state)
{
	(void)state;
	struct machine before = healthy(), after = healthy();
	machine_set(&after, swap_in_pages, 100 + 3000);
	const struct finding *f = only(&before, &after, NULL, NULL, 0, 1);
	assert_non_null(f);
	assert_string_equal(f->rule, "swap_storm");
	assert_int_equal(f->severity, SEVERITY_CRITICAL);
	machine_set(&after, swap_in_pages, 100 + 200);
	assert_null(only(&before, &after, NULL, NULL, 0, 1));
}

static void huge_pages_are_wasted_only_where_nobody_asked_for_them(void **state)
{
	(void)state;
	struct machine before = healthy(), after;
	machine_set(&before, thp_enabled, SPAN("always"));
	machine_set(&before, anon_huge_bytes, 300 * MIB);
	machine_set(&before, thp_underused_splits, 5);
	assert_null(of_machine(&before));
	after = before;
	machine_set(&after, thp_underused_splits, 25);
	const struct finding *f = only(&before, &after, NULL, NULL, 0, 1);
	assert_non_null(f);
	assert_string_equal(f->rule, "thp_waste");
	assert_true(span_starts(f->evidence, SPAN("20 huge pages a second")));
	machine_set(&before, mem_available_bytes, 90 * MIB);
	f = of_machine(&before);
	assert_non_null(f);
	assert_string_equal(f->rule, "thp_waste");
	assert_int_equal(f->severity, SEVERITY_NOTE);
	machine_set(&before, thp_enabled, SPAN("madvise"));
	assert_null(of_machine(&before));
}

static void a_zombie_herd_is_blamed_on_its_parent(void **state)
{
	(void)state;
	struct machine m = healthy();
	struct made made[12];
	for (int i = 0; i < 12; i++)
		made[i] = (struct made){ 100 + i, i < 9 ? 50 : 60, 'Z', -1 };
	const struct finding *f = only(&m, &m, made, made, 12, 1);
	assert_non_null(f);
	assert_string_equal(f->rule, "zombies");
	assert_int_equal(f->pids[0], 50);
	assert_int_equal(f->pids[1], 60);
	assert_null(only(&m, &m, made, made, 9, 1));
}

static void only_what_stays_in_state_d_is_stuck_and_its_name_is_safe(void **state)
{
	(void)state;
	struct machine m = healthy();
	static const struct made waits = { 7, 1, 'D', 0 }, sleeps = { 7, 1, 'S', 0 };
	const struct finding *f = only(&m, &m, &waits, &waits, 1, 1);
	assert_non_null(f);
	assert_string_equal(f->rule, "stuck");
	assert_int_equal(f->pids[0], 7);
	assert_true(span_starts(f->evidence, SPAN("na?me (7)")));
	assert_null(only(&m, &m, &sleeps, &waits, 1, 1));
}

static void growth_is_judged_only_after_a_longer_look(void **state)
{
	(void)state;
	struct machine m = healthy();
	static const struct made small = { 7, 1, 'S', 10 * MIB }, large = { 7, 1, 'S', 30 * MIB };
	assert_null(only(&m, &m, &small, &large, 1, 5));
	const struct finding *f = only(&m, &m, &small, &large, 1, 60);
	assert_non_null(f);
	assert_string_equal(f->rule, "grows");
	assert_true(span_starts(f->evidence, SPAN("na?me (7) grew by 20 MiB")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_healthy_machine_has_no_finding),
		cmocka_unit_test(the_commit_wall_stands_only_in_mode_2),
		cmocka_unit_test(little_left_is_found),
		cmocka_unit_test(pages_that_come_back_from_swap_are_a_storm),
		cmocka_unit_test(huge_pages_are_wasted_only_where_nobody_asked_for_them),
		cmocka_unit_test(a_zombie_herd_is_blamed_on_its_parent),
		cmocka_unit_test(only_what_stays_in_state_d_is_stuck_and_its_name_is_safe),
		cmocka_unit_test(growth_is_judged_only_after_a_longer_look),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
