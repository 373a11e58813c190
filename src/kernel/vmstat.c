#include "kernel/vmstat.h"

#include <errno.h>

#include "base/file.h"
#include "kernel/keyed.h"

static struct keyed vmstat = { .table = &machine_table,
	                       .from = FROM_VMSTAT,
	                       .mark = ' ',
	                       .bytes_in_unit = 1024, /* pgpgin, pgpgout */
	                       .once = ONCE_FLAG_INIT };

int vmstat_parse(struct span bytes, struct machine *machine)
{
	if (!span_starts(bytes, SPAN("nr_")))
		return -EBADMSG;
	keyed_parse(&vmstat, bytes, machine);
	return 0;
}

int vmstat_read(int root_dirfd, struct machine *machine)
{
	char buf[32 * 1024];
	struct span bytes;

	int r = file_read(root_dirfd, "proc/vmstat", buf, sizeof buf, &bytes);
	return r < 0 ? r : vmstat_parse(bytes, machine);
}
