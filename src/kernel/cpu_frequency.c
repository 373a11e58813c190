#include "kernel/cpu_frequency.h"

#include <errno.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/file.h"

enum { SLOW_NS = 500000, CPUINFO_MOST = 8 * 1024 * 1024 };

static struct cpu *cpu_of(struct cpu *cpus, size_t count, int64_t id)
{
	/* They are in order, and mostly without gaps. */
	if (id >= 0 && (uint64_t)id < count && cpus[id].id == id)
		return &cpus[id];
	for (size_t i = 0; i < count; i++)
		if (cpus[i].id == id)
			return &cpus[i];
	return NULL;
}

int cpuinfo_parse(struct span bytes, struct cpu *cpus, size_t count)
{
	struct span line, key;
	struct cpu *cpu = NULL;
	int64_t number;
	int r = -EBADMSG;

	while (span_whole_line(&bytes, &line)) {
		if (!span_until(&line, ':', &key))
			continue;
		key = span_trim(key);
		line = span_trim(line);
		if (span_is(key, "processor")) {
			cpu = span_i64(&line, &number) && !line.len ? cpu_of(cpus, count, number) : NULL;
		} else if (cpu && span_is(key, "cpu MHz") && span_fixed(&line, unit_decimals(FRACTION), &number) &&
		           number > 0) {
			cpu_set(cpu, frequency_mhz, number);
			r = 0;
		}
	}
	return r;
}

static int read_cpuinfo(int root_dirfd, struct cpu *cpus, size_t count)
{
	struct buffer buffer = { 0 };
	struct span bytes;

	int r = file_slurp(root_dirfd, "proc/cpuinfo", CPUINFO_MOST, &buffer, &bytes);
	if (r == 0)
		r = cpuinfo_parse(bytes, cpus, count);
	buffer_done(&buffer);
	return r;
}

/* kHz are thousandths of what the field is in. */
static int read_one(int root_dirfd, struct cpu *cpu)
{
	char path[96], text[32];
	struct span bytes;
	int64_t number;

	snprintf(path, sizeof path, "sys/devices/system/cpu/cpu%lld/cpufreq/scaling_cur_freq", (long long)cpu->id);
	int r = file_read(root_dirfd, path, text, sizeof text, &bytes);
	if (r < 0)
		return r;
	if (!span_i64(&bytes, &number) || number <= 0)
		return -EBADMSG;
	cpu_set(cpu, frequency_mhz, number);
	return 0;
}

int cpu_frequency_read(int root_dirfd, struct cpu *cpus, size_t count)
{
	int64_t begun = clock_ns(CLOCK_MONOTONIC);

	if (count == 0)
		return -ENOENT;
	if (read_one(root_dirfd, &cpus[0]) < 0)
		return read_cpuinfo(root_dirfd, cpus, count);
	if (clock_ns(CLOCK_MONOTONIC) - begun > SLOW_NS)
		return 0;
	for (size_t i = 1; i < count; i++)
		read_one(root_dirfd, &cpus[i]);
	return 0;
}
