#include "lab/scratch.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

int scratch_make(struct scratch *ret)
{
	const char *below = getenv("TMPDIR");
	int len = snprintf(ret->path, sizeof ret->path, "%s/vires-lab.XXXXXX", below && below[0] ? below : "/var/tmp");

	if (len < 0 || (size_t)len >= sizeof ret->path || !mkdtemp(ret->path)) {
		int r = len < 0 || (size_t)len >= sizeof ret->path ? -ENAMETOOLONG : -errno;
		ret->path[0] = '\0';
		return r;
	}
	return 0;
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *where)
{
	(void)status;
	(void)type;
	(void)where;
	return remove(path);
}

void scratch_remove(struct scratch *scratch)
{
	if (scratch->path[0])
		nftw(scratch->path, remove_one, 8, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
	scratch->path[0] = '\0';
}
