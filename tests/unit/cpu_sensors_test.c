/* How fast and how warm CPUs are. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kernel/cpu_frequency.h"
#include "kernel/cpu_temperature.h"
#include "temporary_root.h"

enum { CPUS = 4 };

static void number(struct cpu cpus[CPUS])
{
	memset(cpus, 0, CPUS * sizeof *cpus);
	for (int i = 0; i < CPUS; i++)
		cpu_set(&cpus[i], id, i);
}

static void cpuinfo_says_how_fast_each_is(void **state)
{
	struct cpu cpus[CPUS];

	(void)state;
	number(cpus);
	cpu_set(&cpus[3], id, 7); /* one in between is off */
	assert_int_equal(
		cpuinfo_parse(SPAN("processor\t: 0\nmodel name\t: AMD EPYC\ncpu MHz\t\t: 2596.154\n\n"
	                           "processor\t: 1\ncpu MHz\t\t: 1500.000\n\nprocessor\t: 7\ncpu MHz\t\t: 800\n"
	                           "processor\t: 9\ncpu MHz\t\t: 900\nprocessor\t: 2\ncpu MHz\t\t: 70"),
	                      cpus, CPUS),
		0);
	assert_int_equal(cpus[0].frequency_mhz, 2596154);
	assert_int_equal(cpus[1].frequency_mhz, 1500000);
	assert_int_equal(cpus[3].frequency_mhz, 800000);
	assert_false(cpu_has(&cpus[2], frequency_mhz));
	assert_int_equal(cpuinfo_parse(SPAN("processor\t: 0\nBogoMIPS\t: 108.00\n"), cpus, CPUS), -EBADMSG);
}

static void cpufreq_is_better_than_cpuinfo(void **state)
{
	const struct temporary_root *root = *state;
	struct cpu cpus[CPUS];

	number(cpus);
	assert_int_equal(cpu_frequency_read(root->dirfd, cpus, CPUS), -ENOENT);
	assert_int_equal(cpu_frequency_read(root->dirfd, cpus, 0), -ENOENT);
	root_file(root, "proc/cpuinfo", "processor\t: 0\ncpu MHz\t\t: 1000.5\nprocessor\t: 1\ncpu MHz\t\t: 1001.5\n");
	assert_int_equal(cpu_frequency_read(root->dirfd, cpus, CPUS), 0);
	assert_int_equal(cpus[1].frequency_mhz, 1001500);
	number(cpus);
	root_file(root, "sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq", "3399998\n");
	assert_int_equal(cpu_frequency_read(root->dirfd, cpus, CPUS), 0);
	assert_int_equal(cpus[0].frequency_mhz, 3399998);
}

static void sensors_are_known_by_driver_and_label(void **state)
{
	int64_t package, core;

	(void)state;
	assert_true(cpu_sensor_parse(SPAN("coretemp"), SPAN("Core 12"), &package, &core));
	assert_int_equal(core, 12);
	assert_int_equal(package, -1);
	assert_true(cpu_sensor_parse(SPAN("coretemp"), SPAN("Package id 1"), &package, &core));
	assert_int_equal(package, 1);
	assert_int_equal(core, -1);
	assert_true(cpu_sensor_parse(SPAN("k10temp"), SPAN("Tctl"), &package, &core));
	assert_true(cpu_sensor_parse(SPAN("cpu_thermal"), SPAN(""), &package, &core));
	assert_false(cpu_sensor_parse(SPAN("k10temp"), SPAN("Tccd1"), &package, &core));
	assert_false(cpu_sensor_parse(SPAN("coretemp"), SPAN("Core x"), &package, &core));
	assert_false(cpu_sensor_parse(SPAN("nvme"), SPAN("Composite"), &package, &core));
}

static void package(const struct temporary_root *root, int monitor, int id, const char *core0, const char *core1)
{
	char path[96], text[32];

	snprintf(path, sizeof path, "sys/class/hwmon/hwmon%d/name", monitor);
	root_file(root, path, "coretemp\n");
	const char *const labels[] = { NULL, "Core 0\n", "Core 1\n" }, *const values[] = { "90000\n", core0, core1 };
	for (int i = 0; i < 3; i++) {
		snprintf(text, sizeof text, "Package id %d\n", id);
		snprintf(path, sizeof path, "sys/class/hwmon/hwmon%d/temp%d_label", monitor, i + 1);
		root_file(root, path, labels[i] ? labels[i] : text);
		snprintf(path, sizeof path, "sys/class/hwmon/hwmon%d/temp%d_input", monitor, i + 1);
		root_file(root, path, values[i]);
	}
}

static void a_core_has_the_sensor_of_its_package(void **state)
{
	static const char *const places[CPUS][2] = {
		{ "0\n", "0\n" }, { "0\n", "1\n" }, { "1\n", "0\n" }, { "1\n", "5\n" }
	};
	const struct temporary_root *root = *state;
	struct cpu cpus[CPUS];
	char path[96];

	number(cpus);
	assert_int_equal(cpu_temperature_read(root->dirfd, cpus, CPUS), -ENOENT);
	root_file(root, "sys/class/hwmon/hwmon0/name", "nvme\n");
	root_file(root, "sys/class/hwmon/hwmon0/temp1_input", "30000\n");
	assert_int_equal(cpu_temperature_read(root->dirfd, cpus, CPUS), -ENOENT);
	assert_false(cpu_has(&cpus[0], temperature_celsius));
	package(root, 1, 0, "41000\n", "42500\n");
	package(root, 2, 1, "51000\n", "52500\n");
	for (int i = 0; i < CPUS; i++) {
		snprintf(path, sizeof path, "sys/devices/system/cpu/cpu%d/topology/physical_package_id", i);
		root_file(root, path, places[i][0]);
		snprintf(path, sizeof path, "sys/devices/system/cpu/cpu%d/topology/core_id", i);
		root_file(root, path, places[i][1]);
	}
	assert_int_equal(cpu_temperature_read(root->dirfd, cpus, CPUS), 0);
	assert_int_equal(cpus[0].temperature_celsius, 41000);
	assert_int_equal(cpus[1].temperature_celsius, 42500);
	assert_int_equal(cpus[2].temperature_celsius, 51000);
	assert_int_equal(cpus[3].temperature_celsius, 90000); /* no sensor of its own: the package's */
}

static void one_sensor_is_of_all(void **state)
{
	const struct temporary_root *root = *state;
	struct cpu cpus[CPUS];

	number(cpus);
	root_file(root, "sys/class/hwmon/hwmon3/name", "k10temp\n");
	root_file(root, "sys/class/hwmon/hwmon3/temp1_label", "Tctl\n");
	root_file(root, "sys/class/hwmon/hwmon3/temp1_input", "63125\n");
	root_file(root, "sys/class/hwmon/hwmon3/temp2_label", "Tdie\n");
	root_file(root, "sys/class/hwmon/hwmon3/temp2_input", "53125\n");
	assert_int_equal(cpu_temperature_read(root->dirfd, cpus, CPUS), 0);
	assert_int_equal(cpus[0].temperature_celsius, 53125);
	assert_int_equal(cpus[3].temperature_celsius, 53125);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cpuinfo_says_how_fast_each_is),
		cmocka_unit_test_setup_teardown(cpufreq_is_better_than_cpuinfo, root_setup, root_teardown),
		cmocka_unit_test(sensors_are_known_by_driver_and_label),
		cmocka_unit_test_setup_teardown(a_core_has_the_sensor_of_its_package, root_setup, root_teardown),
		cmocka_unit_test_setup_teardown(one_sensor_is_of_all, root_setup, root_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
