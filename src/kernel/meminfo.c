#include "kernel/meminfo.h"

#include <errno.h>

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

int meminfo_read(struct files *files, struct machine *machine)
{
	enum { LIMIT = 16 * 1024 };
	struct span bytes;

	int r = files_read(files, "proc/meminfo", LIMIT, &bytes);
	return r < 0 ? r : meminfo_parse(bytes, machine);
}
