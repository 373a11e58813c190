/* /sys/devices/system/cpu/possible: "0-127": the numbers a CPU can ever have on this boot. World readable. */
#ifndef KERNEL_CPUS_POSSIBLE_H
#define KERNEL_CPUS_POSSIBLE_H

#include "base/span.h"

/* One more than the largest number in the list. -EBADMSG, nothing changed, when it is none. */
int cpus_possible_parse(struct span bytes, unsigned *ret);
int cpus_possible_read(unsigned *ret);

#endif
