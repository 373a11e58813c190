/*
 * How fast CPUs run just now: /sys/devices/system/cpu/cpuN/cpufreq/scaling_cur_freq in kHz, and where there is no
 * cpufreq (virtual machines) "cpu MHz" in /proc/cpuinfo of x86. World readable. On some machines a read asks the CPU
 * itself and takes 15 ms for each (htop issues 471 and 748), so a slow first one ends it.
 */
#ifndef KERNEL_CPU_FREQUENCY_H
#define KERNEL_CPU_FREQUENCY_H

#include "fields/cpu.h"

/* Sets frequency_mhz (in 1/1,000) of those of `cpus` (by id) that the text of /proc/cpuinfo tells. -EBADMSG: none. */
int cpuinfo_parse(struct span bytes, struct cpu *cpus, size_t count);

/* The same from the files below a root directory. -ENOENT: none is told; -errno. */
int cpu_frequency_read(int root_dirfd, struct cpu *cpus, size_t count);

#endif
