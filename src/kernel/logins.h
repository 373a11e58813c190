/*
 * /run/utmp: who is logged in, in records of struct utmp (384 bytes on x86; other machines may differ). World readable.
 * Written by login, sshd and terminals. Where it is missing (containers, Debian 13 and later),
 * /run/systemd/sessions has a file for each session, with a line "CLASS=user" in those of people. World readable.
 *
 * Sharp edges: utmp is nobody's duty: a session that died with its machine may still stand in it, and programs may
 * add none. The files of sessions are replaced, not written to, so that the folder's time tells of every change; times
 * of files are as coarse as the kernel's ticks.
 */
#ifndef KERNEL_LOGINS_H
#define KERNEL_LOGINS_H

#include "fields/machine.h"

/* Sets users from the bytes of utmp: its user processes. -EBADMSG when the bytes are no whole records. */
int utmp_parse(struct span bytes, struct machine *machine);

/* Whether a session file is that of a person, not of a greeter or a background service. */
bool session_is_user(struct span bytes);

/* A count, and what it was made from. All 0 at the start. */
struct logins {
	struct login_source {
		const char *path; /* static; NULL: nothing was counted */
		uint64_t device, inode, size;
		int64_t changed_ns;
	} source;
	int64_t users;
	int64_t counted_ns; /* CLOCK_MONOTONIC */
	bool settled;       /* a later change is seen by the time of the file */
};

/*
 * Sets users from run/utmp below a root directory, or without one from run/systemd/sessions. With `known` (or NULL)
 * they are counted again only when that has changed since, and every ten seconds. -errno.
 */
int logins_read(int root_dirfd, struct logins *known, struct machine *machine);

#endif
