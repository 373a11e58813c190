/*
 * /proc/sys/kernel/random/boot_id: a UUID that is made anew at each boot. World readable; 4 us a read. Containers see
 * the host's, unless something else is mounted over it.
 */
#ifndef KERNEL_BOOT_ID_H
#define KERNEL_BOOT_ID_H

#include "base/span.h"

struct boot_id {
	char text[37]; /* 36 characters, lower case, and a NUL */
};

/* -EBADMSG, and nothing set, when the bytes are no UUID. */
int boot_id_parse(struct span bytes, struct boot_id *ret);

/* The same from below a root directory. -errno. */
int boot_id_read(int root_dirfd, struct boot_id *ret);

#endif
