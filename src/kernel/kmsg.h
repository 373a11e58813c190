/*
 * /dev/kmsg: the kernel's log, a record a read: "priority,sequence,microseconds,flags;text\n", then lines that begin
 * with a blank. Root or CAP_SYSLOG where kernel.dmesg_restrict is 1, else as its mode says. About 1 us a record.
 *
 * Sharp edges: the time is of the log's own clock, which stands still while the machine sleeps. Bytes that are no text
 * are written as \x1b. When the ring has run over, the next read says EPIPE once. A reader has its own place: it takes
 * nothing from others.
 */
#ifndef KERNEL_KMSG_H
#define KERNEL_KMSG_H

#include "base/span.h"

struct kmsg_record {
	int64_t priority; /* 0 emergency ... 7 debug; 8 and more: not from the kernel itself */
	int64_t since_boot_ns;
	struct span text; /* its first line */
};

/* False when the bytes are no record; `ret` is then untouched. */
bool kmsg_parse(struct span record, struct kmsg_record *ret);

/* Gets a record, whose text is good until it returns. Anything but 0 ends the walk. */
typedef int kmsg_visit(void *context, const struct kmsg_record *record);

/* Shows `visit` all that is in the log, oldest first. 0, what `visit` gave, or -errno: -EACCES, -EPERM. */
int kmsg_read(kmsg_visit *visit, void *context);

#endif
