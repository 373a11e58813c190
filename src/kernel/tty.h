/*
 * Device number of a terminal -> its name, by /proc/tty/drivers: lines "driver /dev/prefix major first[-last] type".
 * World readable. Where the file is missing, the numbers that Linux has given out for good are used.
 */
#ifndef KERNEL_TTY_H
#define KERNEL_TTY_H

#include "base/span.h"

enum { TTY_NAME_BYTES = 64 };

/* Writes the name without /dev/ ("pts/3", "tty1", "ttyS0") and gives it back; an empty span for device 0 and unknown
 * ones. */
struct span tty_name(struct span drivers, int64_t device, char buf[TTY_NAME_BYTES]);

#endif
