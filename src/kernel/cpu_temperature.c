#include "kernel/cpu_temperature.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>

#include "base/file.h"

enum { SENSORS_MOST = 512, NAME = 64 };

struct sensor {
	int64_t package, core; /* -1: all */
	int64_t celsius;       /* in 1/1,000 */
};

struct sensors {
	struct sensor at[SENSORS_MOST];
	size_t count;
};

static bool number_behind(struct span text, struct span word, int64_t *ret)
{
	if (!span_starts(text, word))
		return false;
	text = span_skip(text, word.len);
	return span_i64(&text, ret) && !text.len && *ret >= 0;
}

bool cpu_sensor_parse(struct span driver, struct span label, int64_t *ret_package, int64_t *ret_core)
{
	static const char *const all[] = { "cpu_thermal", "cpu-thermal", "cpu0_thermal", "soc_thermal", "soc-thermal" };
	int64_t number;

	*ret_package = *ret_core = -1;
	if (span_is(driver, "coretemp")) {
		if (number_behind(label, SPAN("Core "), &number))
			*ret_core = number;
		else if (number_behind(label, SPAN("Package id "), &number) ||
		         number_behind(label, SPAN("Physical id "), &number))
			*ret_package = number;
		else
			return false;
		return true;
	}
	/* Tctl of some is Tdie and something to have fans run faster; Tccd1 and the like are of a part. */
	if (span_is(driver, "k10temp") || span_is(driver, "zenpower"))
		return !label.len || span_is(label, "Tdie") || span_is(label, "Tctl");
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (span_is(driver, all[i]))
			return true;
	return false;
}

static struct span read_word(int dirfd, const char *path, char text[NAME])
{
	struct span bytes;

	return file_read(dirfd, path, text, NAME, &bytes) == 0 ? span_trim(bytes) : (struct span){ 0 };
}

static void read_sensor(int dirfd, struct span driver, const char *input, struct sensors *sensors)
{
	char path[NAME], text[NAME], label_text[NAME];
	struct span rest = span_of(input), number;
	struct sensor sensor;

	if (!span_starts(rest, SPAN("temp")) || !span_until(&rest, '_', &number) || !span_is(rest, "input"))
		return;
	snprintf(path, sizeof path, "%.*s_label", (int)number.len, number.at);
	struct span label = read_word(dirfd, path, label_text);
	if (!cpu_sensor_parse(driver, label, &sensor.package, &sensor.core) || sensors->count == SENSORS_MOST)
		return;
	struct span value = read_word(dirfd, input, text);
	if (!span_i64(&value, &sensor.celsius) || value.len)
		return;
	/* The die's own is better than one for the fans. */
	bool last_is_whole = sensors->count && sensors->at[sensors->count - 1].package < 0 &&
	                     sensors->at[sensors->count - 1].core < 0;
	if (span_is(label, "Tdie") && last_is_whole)
		sensors->count--;
	else if (span_is(label, "Tctl") && last_is_whole)
		return;
	sensors->at[sensors->count++] = sensor;
}

/* The cores of one driver's folder are in the package that it names. */
static void read_folder(int hwmon_dirfd, const char *name, struct sensors *sensors)
{
	char text[NAME];
	size_t first = sensors->count;
	int64_t package = -1;
	DIR *folder;

	if (file_folder(hwmon_dirfd, name, &folder) < 0)
		return;
	struct span driver = read_word(dirfd(folder), "name", text);
	for (const struct dirent *entry; driver.len && (entry = readdir(folder));)
		read_sensor(dirfd(folder), driver, entry->d_name, sensors);
	closedir(folder);
	for (size_t i = first; i < sensors->count; i++)
		package = sensors->at[i].package >= 0 ? sensors->at[i].package : package;
	for (size_t i = first; i < sensors->count; i++)
		sensors->at[i].package = package;
}

static int64_t topology(int root_dirfd, int64_t cpu, const char *file)
{
	char path[96], text[NAME];
	int64_t number;

	snprintf(path, sizeof path, "sys/devices/system/cpu/cpu%lld/topology/%s", (long long)cpu, file);
	struct span value = read_word(root_dirfd, path, text);
	return span_i64(&value, &number) ? number : -1;
}

/* That of its core; else that of its package; else one of all. */
static const struct sensor *sensor_of(const struct sensors *sensors, int64_t package, int64_t core)
{
	const struct sensor *best = NULL;

	for (size_t i = 0; i < sensors->count; i++) {
		const struct sensor *sensor = &sensors->at[i];
		if (sensor->package >= 0 && sensor->package != package)
			continue;
		if (sensor->core >= 0 && sensor->core == core)
			return sensor;
		if (sensor->core < 0)
			best = sensor;
	}
	return best;
}

int cpu_temperature_read(int root_dirfd, struct cpu *cpus, size_t count)
{
	struct sensors sensors = { .count = 0 };
	DIR *folder;

	int r = file_folder(root_dirfd, "sys/class/hwmon", &folder);
	if (r < 0)
		return r;
	for (const struct dirent *entry; (entry = readdir(folder));)
		if (entry->d_name[0] != '.')
			read_folder(dirfd(folder), entry->d_name, &sensors);
	closedir(folder);
	for (size_t i = 0; sensors.count && i < count; i++) {
		int64_t id = cpus[i].id;
		const struct sensor *sensor = sensor_of(&sensors, topology(root_dirfd, id, "physical_package_id"),
		                                        topology(root_dirfd, id, "core_id"));
		if (sensor)
			cpu_set(&cpus[i], temperature_celsius, sensor->celsius);
	}
	return sensors.count ? 0 : -ENOENT;
}
