/*
 * /proc/locks: the locks that processes hold on files, or wait for, a line each:
 * "1: POSIX ADVISORY WRITE 3857 fe:01:1234 0 EOF", and "1: -> POSIX ..." for who waits for the first. World readable;
 * locks of processes outside the reader's pid namespace are left out.
 *
 * Sharp edges: the device is in base 16, the inode is not. A lock of an open file (OFDLCK) has no process: its pid is
 * -1. Of a flock it is the one that took it, whoever has inherited it since.
 */
#ifndef KERNEL_LOCKS_H
#define KERNEL_LOCKS_H

#include "base/span.h"

struct file_lock {
	bool waits;
	struct span kind, access; /* POSIX, FLOCK, OFDLCK, LEASE ...; READ, WRITE, UNLCK: good as long as the bytes */
	int64_t pid;
	int64_t device_major, device_minor, inode;
	int64_t start, end; /* bytes, both included; end -1: as far as the file goes */
};

/* Cuts lines off the front up to the next lock, and that too. False at the end. */
bool lock_next(struct span *bytes, struct file_lock *ret);

#endif
