/*
 * /proc/net/dev: below two lines of heading a line for each network interface: "name: bytes packets ...", eight numbers
 * received, eight sent. World readable; a few us a read. It is the reader's network namespace.
 *
 * Sharp edges: there may be no blank behind the colon. What goes through a bridge or a tunnel is counted at each of the
 * interfaces that it passes.
 */
#ifndef KERNEL_NET_DEV_H
#define KERNEL_NET_DEV_H

#include "base/files.h"
#include "fields/machine.h"

/* Sets what all interfaces but "lo" have received and sent. -EBADMSG, and nothing set, when the bytes are not such a
 * file. */
int net_dev_parse(struct span bytes, struct machine *machine);

/* The same from proc/net/dev below a root directory. -errno. */
int net_dev_read(struct files *files, struct machine *machine);

#endif
