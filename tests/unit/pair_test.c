/* What the machine did between two moments. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/clock.h"
#include "model/cpu_times.h"
#include "model/pair.h"

static struct snapshot before, now;
static struct view view;

/* Two moments two seconds apart, ten minutes after boot. */
static int two_moments(void **state)
{
	(void)state;
	before = (struct snapshot){ .monotonic_ns = 500 * NS_PER_S, .boot_ns = 600 * NS_PER_S };
	now = (struct snapshot){ .monotonic_ns = 502 * NS_PER_S, .boot_ns = 602 * NS_PER_S };
	assert_int_equal(view_init(&view, &now, &before, NULL), 0);
	return 0;
}

static int leave(void **state)
{
	(void)state;
	view_done(&view);
	return 0;
}

static int64_t number(unsigned id)
{
	int64_t value = -12345;

	view_machine(&view, id, &value);
	return value;
}

static bool absent(unsigned id)
{
	int64_t value;

	return !view_machine(&view, id, &value);
}

static void counters_become_rates_of_their_unit(void **state)
{
	(void)state;
	machine_set(&before.machine, interrupts, 1000);
	machine_set(&now.machine, interrupts, 1003);
	assert_int_equal(number(MACHINE_interrupts_per_s), 1500);
	machine_set(&before.machine, paged_in_bytes, 4096);
	machine_set(&now.machine, paged_in_bytes, 12288);
	assert_int_equal(number(MACHINE_paged_in_bytes_per_s), 4096);
	machine_set(&before.machine, memory_some_ns, 0);
	machine_set(&now.machine, memory_some_ns, NS_PER_S / 2);
	assert_int_equal(number(MACHINE_memory_some_percent), 250000);
	assert_int_equal(number(MACHINE_interval_ns), 2 * NS_PER_S);
}

static void a_rate_of_several_counters_takes_those_there_are(void **state)
{
	(void)state;
	assert_true(absent(MACHINE_demoted_pages_per_s));
	machine_set(&before.machine, pages_demoted_kswapd, 10);
	machine_set(&now.machine, pages_demoted_kswapd, 12);
	assert_int_equal(number(MACHINE_demoted_pages_per_s), 1000);
	machine_set(&before.machine, pages_demoted_direct, 0);
	machine_set(&now.machine, pages_demoted_direct, 4);
	assert_int_equal(number(MACHINE_demoted_pages_per_s), 3000);
	machine_set(&now.machine, pages_demoted_kswapd, 9);
	assert_true(absent(MACHINE_demoted_pages_per_s)); /* it went back */
}

static void there_is_no_rate_without_a_moment_before(void **state)
{
	(void)state;
	machine_set(&before.machine, forks, 1);
	machine_set(&now.machine, forks, 3);
	assert_int_equal(number(MACHINE_forks_per_s), 1000);
	struct view alone;
	assert_int_equal(view_init(&alone, &now, NULL, NULL), 0);
	int64_t value = 7;
	assert_false(view_machine(&alone, MACHINE_forks_per_s, &value));
	assert_false(view_machine(&alone, MACHINE_interval_ns, &value));
	assert_int_equal(value, 7);
	view_done(&alone);
}

static void set_times(struct machine *machine, int64_t user, int64_t system, int64_t idle, int64_t guest)
{
	machine_set(machine, cpu_user_ns, user);
	machine_set(machine, cpu_system_ns, system);
	machine_set(machine, cpu_idle_ns, idle);
	machine_set(machine, cpu_guest_ns, guest);
}

static void cpu_shares_add_up_and_contain_guests_once(void **state)
{
	(void)state;
	assert_true(absent(MACHINE_cpu_user_percent));
	set_times(&before.machine, 100, 100, 100, 50);
	set_times(&now.machine, 400, 200, 700, 250);
	assert_int_equal(number(MACHINE_cpu_user_percent), 300000);
	assert_int_equal(number(MACHINE_cpu_system_percent), 100000);
	assert_int_equal(number(MACHINE_cpu_idle_percent), 600000);
	assert_int_equal(number(MACHINE_cpu_guest_percent), 200000);
	assert_int_equal(number(MACHINE_cpu_steal_percent), 0);
}

static void idle_time_that_steps_back_gains_nothing(void **state)
{
	(void)state;
	set_times(&before.machine, 100, 100, 100, 0);
	set_times(&now.machine, 400, 200, 90, 0);
	assert_int_equal(number(MACHINE_cpu_user_percent), 750000);
	assert_int_equal(number(MACHINE_cpu_idle_percent), 0);
	set_times(&now.machine, 100, 100, 90, 0);
	assert_true(absent(MACHINE_cpu_idle_percent)); /* no time has passed */
}

static void since_boot_every_counter_began_at_0(void **state)
{
	struct cpu cpu = { 0 };
	struct disk disk = { 0 };
	struct snapshot boot;
	struct view since;
	int64_t value = -1;

	(void)state;
	cpu_set(&cpu, id, 3);
	cpu_set(&cpu, user_ns, 1000);
	disk_set(&disk, reads, 5);
	disk_set(&disk, in_flight, 2);
	now.cpus = &cpu;
	now.disks = &disk;
	now.cpu_count = now.disk_count = 1;
	machine_set(&now.machine, context_switches, 60200);
	machine_set(&now.machine, mem_free_bytes, 4096);
	assert_int_equal(pair_boot(&now, &boot), 0);
	assert_int_equal(view_init(&since, &now, &boot, NULL), 0);
	assert_true(view_machine(&since, MACHINE_context_switches_per_s, &value));
	assert_int_equal(value, 100000);
	assert_int_equal(boot.machine.mem_free_bytes, 4096);
	assert_int_equal(cpu_find(&boot, 3)->user_ns, 0);
	assert_int_equal(boot.disks[0].reads, 0);
	assert_int_equal(boot.disks[0].in_flight, 2);
	assert_false(machine_has(&boot.machine, forks));
	view_done(&since);
	snapshot_done(&boot);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(counters_become_rates_of_their_unit, two_moments, leave),
		cmocka_unit_test_setup_teardown(a_rate_of_several_counters_takes_those_there_are, two_moments, leave),
		cmocka_unit_test_setup_teardown(there_is_no_rate_without_a_moment_before, two_moments, leave),
		cmocka_unit_test_setup_teardown(cpu_shares_add_up_and_contain_guests_once, two_moments, leave),
		cmocka_unit_test_setup_teardown(idle_time_that_steps_back_gains_nothing, two_moments, leave),
		cmocka_unit_test_setup_teardown(since_boot_every_counter_began_at_0, two_moments, leave),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
