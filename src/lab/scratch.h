/* A directory for an experiment's files: below $TMPDIR, else /var/tmp, which is on a disk nearly everywhere. */
#ifndef LAB_SCRATCH_H
#define LAB_SCRATCH_H

#include <limits.h>

struct scratch {
	char path[PATH_MAX]; /* "" for none */
};

/* Chooses a name that is not in use, and makes it. -errno. */
int scratch_name(struct scratch *ret);
int scratch_make(struct scratch *scratch);

/* Removes it with all that is in it. */
void scratch_remove(struct scratch *scratch);

#endif
