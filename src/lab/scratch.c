#include "lab/scratch.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

int scratch_name(struct scratch *ret)
{
	const char *below = getenv("TMPDIR");
	static unsigned turn;
	int len = snprintf(ret->path, sizeof ret->path, "%s/vires-lab.%d.%u", below && below[0] ? below : "/var/tmp",
	                   (int)getpid(), turn++);

	return len < 0 || (size_t)len >= sizeof ret->path ? -ENAMETOOLONG : 0;
}

int scratch_make(struct scratch *scratch)
{
	return mkdir(scratch->path, 0700) < 0 ? -errno : 0;
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
