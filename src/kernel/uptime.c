#include "kernel/uptime.h"

#include <errno.h>

enum { NS_DECIMALS = 9 };

int uptime_parse(struct span bytes, struct machine *machine)
{
	int64_t uptime_ns, idle_ns;
	struct span line;

	if (!span_whole_line(&bytes, &line) || !span_fixed(&line, NS_DECIMALS, &uptime_ns) ||
	    !span_fixed(&line, NS_DECIMALS, &idle_ns))
		return -EBADMSG;
	machine_set(machine, uptime_ns, uptime_ns);
	machine_set(machine, idle_ns, idle_ns);
	return 0;
}

int uptime_read(struct files *files, struct machine *machine)
{
	enum { LIMIT = 256 };
	struct span bytes;

	int r = files_read(files, "proc/uptime", LIMIT, &bytes);
	return r < 0 ? r : uptime_parse(bytes, machine);
}
