#include "kernel/meminfo.h"

#include <errno.h>

#include "base/file.h"
#include "kernel/keyed.h"

static struct keyed meminfo = {
	.table = &machine_table, .from = FROM_MEMINFO, .mark = ':', .bytes_in_unit = 1, .once = ONCE_FLAG_INIT
};

int meminfo_parse(struct span bytes, struct machine *machine)
{
	if (!span_starts(bytes, SPAN("MemTotal:")))
		return -EBADMSG;
	keyed_parse(&meminfo, bytes, machine);
	return 0;
}

int meminfo_read(int root_dirfd, struct machine *machine)
{
	char buf[16 * 1024];
	struct span bytes;

	int r = file_read(root_dirfd, "proc/meminfo", buf, sizeof buf, &bytes);
	return r < 0 ? r : meminfo_parse(bytes, machine);
}
