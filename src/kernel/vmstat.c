#include "kernel/vmstat.h"

#include <errno.h>

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

int vmstat_read(struct files *files, struct machine *machine)
{
	enum { LIMIT = 32 * 1024 };
	struct span bytes;

	int r = files_read(files, "proc/vmstat", LIMIT, &bytes);
	return r < 0 ? r : vmstat_parse(bytes, machine);
}
