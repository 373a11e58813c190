/* What single CPUs and disks did between two moments. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/clock.h"
#include "model/pair_items.h"

static struct cpu cpus_before[2], cpus_now[3];
static struct disk disks_before[2], disks_now[3];
static struct snapshot before, now;
static struct view view;

static void set_cpu(struct cpu *cpu, int64_t id, int64_t user, int64_t system, int64_t idle)
{
	*cpu = (struct cpu){ 0 };
	cpu_set(cpu, id, id);
	cpu_set(cpu, user_ns, user);
	cpu_set(cpu, system_ns, system);
	cpu_set(cpu, idle_ns, idle);
}

static void set_disk(struct disk *disk, const char *name, int64_t reads, int64_t read_bytes, int64_t busy_ns)
{
	*disk = (struct disk){ 0 };
	disk_set(disk, name, span_of(name));
	disk_set(disk, reads, reads);
	disk_set(disk, writes, 0);
	disk_set(disk, read_bytes, read_bytes);
	disk_set(disk, written_bytes, 0);
	disk_set(disk, busy_ns, busy_ns);
	disk_set(disk, is_partition, 0);
}

/* Two moments two seconds apart; CPU 2 and disk sdb are new in the second. */
static int two_moments(void **state)
{
	(void)state;
	set_cpu(&cpus_before[0], 0, 1000, 100, 5000);
	set_cpu(&cpus_before[1], 3, 50, 0, 7000);
	set_cpu(&cpus_now[0], 0, 1030, 110, 5060);
	set_cpu(&cpus_now[1], 2, 999, 999, 999);
	set_cpu(&cpus_now[2], 3, 50, 0, 7000);
	set_disk(&disks_before[0], "sda", 100, 4096, NS_PER_S);
	set_disk(&disks_now[0], "sda", 110, 4096 + 40960, 2 * NS_PER_S);
	set_disk(&disks_now[1], "sdb", 4, 2048, 0);
	set_disk(&disks_now[2], "dm-0", 10, 40960, 0);
	disk_set(&disks_now[2], is_virtual, 1);
	before = (struct snapshot){
		.monotonic_ns = NS_PER_S, .cpus = cpus_before, .cpu_count = 2, .disks = disks_before, .disk_count = 1
	};
	now = (struct snapshot){
		.monotonic_ns = 3 * NS_PER_S, .cpus = cpus_now, .cpu_count = 3, .disks = disks_now, .disk_count = 3
	};
	view = (struct view){ .now = &now, .before = &before };
	return 0;
}

static void shares_of_one_cpu_add_up_to_100(void **state)
{
	int64_t value;

	(void)state;
	assert_true(pair_cpu(&view, &cpus_now[0], CPU_user_percent, &value));
	assert_int_equal(value, 300000);
	assert_true(pair_cpu(&view, &cpus_now[0], CPU_system_percent, &value));
	assert_int_equal(value, 100000);
	assert_true(pair_cpu(&view, &cpus_now[0], CPU_idle_percent, &value));
	assert_int_equal(value, 600000);
	assert_true(pair_cpu(&view, &cpus_now[0], CPU_guest_percent, &value));
	assert_int_equal(value, 0);
}

static void a_cpu_that_gained_no_time_was_idle(void **state)
{
	int64_t shares[CPU_TIMES];

	(void)state;
	assert_true(pair_cpu_shares(&view, &cpus_now[2], shares));
	assert_int_equal(shares[CPU_IDLE], 1000000);
	assert_int_equal(shares[CPU_USER], 0);
}

static void a_cpu_that_was_not_online_has_no_shares_and_does_not_count_in_all(void **state)
{
	int64_t shares[CPU_TIMES], value = 7;

	(void)state;
	assert_false(pair_cpu(&view, &cpus_now[1], CPU_user_percent, &value));
	assert_int_equal(value, 7);
	assert_true(pair_cpu_shares(&view, NULL, shares));
	assert_int_equal(shares[CPU_USER], 300000);
	view.before = NULL;
	assert_false(pair_cpu_shares(&view, NULL, shares));
}

static void what_is_no_derived_field_of_a_cpu_is_refused(void **state)
{
	int64_t value = 7;

	(void)state;
	assert_false(pair_cpu(&view, &cpus_now[0], CPU_user_ns, &value));
	assert_int_equal(value, 7);
}

static void counters_of_a_disk_become_rates(void **state)
{
	int64_t value;

	(void)state;
	assert_true(pair_disk(&view, &disks_now[0], DISK_requests_per_s, &value));
	assert_int_equal(value, 5000);
	assert_true(pair_disk(&view, &disks_now[0], DISK_read_bytes_per_s, &value));
	assert_int_equal(value, 20480);
	assert_true(pair_disk(&view, &disks_now[0], DISK_busy_percent, &value));
	assert_int_equal(value, 500000);
	assert_true(pair_disk(&view, &disks_now[0], DISK_request_bytes, &value));
	assert_int_equal(value, 4096);
	assert_false(pair_disk(&view, &disks_now[0], DISK_queue_length, &value)); /* the kernel did not say */
}

static void a_new_disk_began_with_nothing(void **state)
{
	int64_t value;

	(void)state;
	assert_true(pair_disk(&view, &disks_now[1], DISK_reads_per_s, &value));
	assert_int_equal(value, 2000);
}

static void a_counter_that_went_back_has_no_rate(void **state)
{
	int64_t value = 7;

	(void)state;
	disk_set(&disks_now[0], reads, 99);
	assert_false(pair_disk(&view, &disks_now[0], DISK_reads_per_s, &value));
	assert_int_equal(value, 7);
}

static void without_requests_there_is_no_mean_of_them(void **state)
{
	int64_t value = 7;

	(void)state;
	disk_set(&disks_now[0], reads, 100);
	assert_false(pair_disk(&view, &disks_now[0], DISK_request_bytes, &value));
	assert_int_equal(value, 7);
}

static void the_sum_leaves_out_partitions_and_what_is_made_of_others(void **state)
{
	int64_t value;

	(void)state;
	assert_true(pair_disks(&view, DISK_reads_per_s, &value));
	assert_int_equal(value, 7000);
	disk_set(&disks_now[1], is_partition, 1);
	assert_true(pair_disks(&view, DISK_reads_per_s, &value));
	assert_int_equal(value, 5000);
	now.disk_count = 0;
	assert_false(pair_disks(&view, DISK_reads_per_s, &value));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(shares_of_one_cpu_add_up_to_100, two_moments),
		cmocka_unit_test_setup(a_cpu_that_gained_no_time_was_idle, two_moments),
		cmocka_unit_test_setup(a_cpu_that_was_not_online_has_no_shares_and_does_not_count_in_all, two_moments),
		cmocka_unit_test_setup(what_is_no_derived_field_of_a_cpu_is_refused, two_moments),
		cmocka_unit_test_setup(counters_of_a_disk_become_rates, two_moments),
		cmocka_unit_test_setup(a_new_disk_began_with_nothing, two_moments),
		cmocka_unit_test_setup(a_counter_that_went_back_has_no_rate, two_moments),
		cmocka_unit_test_setup(without_requests_there_is_no_mean_of_them, two_moments),
		cmocka_unit_test_setup(the_sum_leaves_out_partitions_and_what_is_made_of_others, two_moments),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
