/*
 * Where guardians keep their journals: /run/vires (root), $XDG_RUNTIME_DIR/vires, else nowhere. A journal is locked as
 * long as its guardian lives, so nobody has to believe in process IDs.
 */
#ifndef LAB_JOURNAL_H
#define LAB_JOURNAL_H

#include <limits.h>
#include <stdint.h>

struct journal {
	int fd;
	char path[PATH_MAX];
};

/* A new one, locked. -errno; -ENOENT: there is no place for it. */
int journal_open(struct journal *ret);
void journal_remove(struct journal *journal);

/* The lock of labs that change settings: a descriptor. -EBUSY, and the process ID of who has it; -errno. */
int journal_lock(int64_t *ret_holder);

#endif
