#include "kernel/net_dev.h"

#include <errno.h>

enum { RECEIVED, SENT = 8, COLUMNS };

int net_dev_parse(struct span bytes, struct machine *machine)
{
	struct span line, name;
	int64_t received = 0, sent = 0;

	if (!span_whole_line(&bytes, &line) || !span_starts(line, SPAN("Inter-|")) || !span_whole_line(&bytes, &line))
		return -EBADMSG;
	while (span_whole_line(&bytes, &line)) {
		int64_t number[COLUMNS];
		if (!span_until(&line, ':', &name) || span_is(span_trim(name), "lo") ||
		    span_numbers(&line, number, COLUMNS) < COLUMNS)
			continue;
		if (__builtin_add_overflow(received, number[RECEIVED], &received) ||
		    __builtin_add_overflow(sent, number[SENT], &sent))
			return -EBADMSG;
	}
	machine_set(machine, net_received_bytes, received);
	machine_set(machine, net_sent_bytes, sent);
	return 0;
}

int net_dev_read(struct files *files, struct machine *machine)
{
	enum { LIMIT = 4 * 1024 * 1024 };
	struct span bytes;

	int r = files_read(files, "proc/net/dev", LIMIT, &bytes);
	return r < 0 ? r : net_dev_parse(bytes, machine);
}
