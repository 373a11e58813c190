/*
 * How warm CPUs are: sensors below /sys/class/hwmon, thousandths of a degree in tempN_input. Which sensor is which is
 * said by the driver's name and tempN_label: coretemp (Intel) has one for the package and one for each core, k10temp
 * and zenpower (AMD) one for all, boards with ARM cpu_thermal. World readable; virtual machines have none.
 */
#ifndef KERNEL_CPU_TEMPERATURE_H
#define KERNEL_CPU_TEMPERATURE_H

#include "fields/cpu.h"

/* A sensor that is one of a CPU: "coretemp" with "Core 3" or "Package id 1". package, core: -1 when it is not said, so
 * that it is of all. False for every other one. */
bool cpu_sensor_parse(struct span driver, struct span label, int64_t *ret_package, int64_t *ret_core);

/* Sets temperature_celsius (in 1/1,000) of those of `cpus` (by id) that have a sensor. -ENOENT: no sensor; -errno. */
int cpu_temperature_read(int root_dirfd, struct cpu *cpus, size_t count);

#endif
