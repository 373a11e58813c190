/* A directory for an experiment's files: below $TMPDIR, else /var/tmp, which is on a disk nearly everywhere. */
#ifndef LAB_SCRATCH_H
#define LAB_SCRATCH_H

#include <limits.h>

struct scratch {
	char path[PATH_MAX]; /* "" for none */
};

/* -errno. */
int scratch_make(struct scratch *ret);

/* Removes it with all that is in it. */
void scratch_remove(struct scratch *scratch);

#endif
