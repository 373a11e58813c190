#include "kernel/loadavg.h"

#include <errno.h>

#include "fields/field.h"

int loadavg_parse(struct span bytes, struct machine *machine)
{
	const unsigned decimals = unit_decimals(FRACTION);
	int64_t load[3], runnable, total, last_pid;
	struct span line, part;

	if (!span_whole_line(&bytes, &line))
		return -EBADMSG;
	for (int i = 0; i < 3; i++)
		if (!span_fixed(&line, decimals, &load[i]))
			return -EBADMSG;
	if (!span_until(&line, '/', &part) || !span_i64(&part, &runnable) || !span_i64(&line, &total) ||
	    !span_i64(&line, &last_pid))
		return -EBADMSG;
	machine_set(machine, load_1min, load[0]);
	machine_set(machine, load_5min, load[1]);
	machine_set(machine, load_15min, load[2]);
	machine_set(machine, threads_runnable, runnable);
	machine_set(machine, threads_total, total);
	machine_set(machine, last_pid, last_pid);
	return 0;
}

int loadavg_read(struct files *files, struct machine *machine)
{
	enum { LIMIT = 256 };
	struct span bytes;

	int r = files_read(files, "proc/loadavg", LIMIT, &bytes);
	return r < 0 ? r : loadavg_parse(bytes, machine);
}
