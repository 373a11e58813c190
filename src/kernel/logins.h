/*
 * /run/utmp: who is logged in, in records of struct utmp (384 bytes on x86; other machines may differ). World readable.
 * Written by login, sshd and terminals. Where it is missing (containers, Debian 13 and later),
 * /run/systemd/sessions has a file for each session, with a line "CLASS=user" in those of people. World readable.
 *
 * Sharp edges: utmp is nobody's duty: a session that died with its machine may still stand in it, and programs may
 * add none.
 */
#ifndef KERNEL_LOGINS_H
#define KERNEL_LOGINS_H

#include "fields/machine.h"

/* Sets users from the bytes of utmp: its user processes. -EBADMSG when the bytes are no whole records. */
int utmp_parse(struct span bytes, struct machine *machine);

/* Whether a session file is that of a person, not of a greeter or a background service. */
bool session_is_user(struct span bytes);

/* Sets users from run/utmp below a root directory, or without one from run/systemd/sessions. -errno. */
int logins_read(int root_dirfd, struct machine *machine);

#endif
