#include "kernel/buddyinfo.h"

#include <errno.h>

#include "base/file.h"

/* "Node 0, zone Normal", and the columns behind it. */
static bool parse_line(struct span line, struct buddy *buddy)
{
	struct span word;
	int64_t count;
	int order = 0;

	if (!span_word(&line, &word) || !span_is(word, "Node") || !span_word(&line, &word) ||
	    !span_word(&line, &word) || !span_is(word, "zone") || !span_word(&line, &word))
		return false;
	for (; order < BUDDY_ORDERS && span_i64(&line, &count); order++)
		if (count < 0 || __builtin_add_overflow(buddy->blocks[order], count, &buddy->blocks[order]))
			return false;
	buddy->orders = order > buddy->orders ? order : buddy->orders;
	return order > 0;
}

int buddyinfo_parse(struct span bytes, struct buddy *ret)
{
	struct buddy buddy = { 0 };
	struct span line;

	while (span_whole_line(&bytes, &line))
		if (!parse_line(line, &buddy))
			return -EBADMSG;
	if (buddy.orders == 0)
		return -EBADMSG;
	*ret = buddy;
	return 0;
}

int buddyinfo_read(int root_dirfd, struct buddy *ret)
{
	char buf[32 * 1024];
	struct span bytes;

	int r = file_read(root_dirfd, "proc/buddyinfo", buf, sizeof buf, &bytes);
	return r < 0 ? r : buddyinfo_parse(bytes, ret);
}
