/*
 * /proc/pressure/{memory,io,cpu,irq}: "some avg10=0.09 avg60=0.26 avg300=0.13 total=8721108" and the same for "full".
 * World readable; 5 us a read. Since 4.20 with CONFIG_PSI; EOPNOTSUPP when it was switched off at boot (psi=0).
 *
 * Sharp edges: averages are percent with two decimals, total is microseconds since boot. For the CPU "full" is always 0
 * and is not printed before 5.13: it has no row. irq has nothing but "full", since 6.1 with CONFIG_IRQ_TIME_ACCOUNTING.
 */
#ifndef KERNEL_PRESSURE_H
#define KERNEL_PRESSURE_H

#include "base/files.h"
#include "fields/machine.h"

/* The value behind a "name=" of such a file, as a row of that unit has it: PERCENT or NANOSECONDS. */
bool pressure_value(struct span text, enum unit unit, int64_t *ret);

/* The same of "some" or "full" and a name ("avg10", "total") in the bytes of a whole file, as control groups have it.
 */
bool pressure_find(struct span bytes, struct span kind, struct span name, enum unit unit, int64_t *ret);

/* Sets the rows of one resource: "memory", "io", "cpu" or "irq". -EBADMSG, and nothing set, when the bytes are not such
 * a file. */
int pressure_parse(struct span bytes, struct span resource, struct machine *machine);

/* Memory, disks and CPUs from proc/pressure below a root directory. -errno of the first when none could be read. */
int pressure_read(struct files *files, struct machine *machine);

/* That of interrupts. -ENOENT: not counted here; -errno. */
int pressure_irq_read(struct files *files, struct machine *machine);

#endif
