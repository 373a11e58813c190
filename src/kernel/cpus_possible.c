#include "kernel/cpus_possible.h"

#include <errno.h>
#include <fcntl.h>

#include "base/file.h"

int cpus_possible_parse(struct span bytes, unsigned *ret)
{
	struct span line;
	int64_t last;

	if (!span_whole_line(&bytes, &line))
		return -EBADMSG;
	ptrdiff_t dash = span_last(line, '-'), comma = span_last(line, ',');
	struct span number = span_skip(line, (size_t)((dash > comma ? dash : comma) + 1));
	if (!span_i64(&number, &last) || number.len || last < 0 || last >= 1 << 20)
		return -EBADMSG;
	*ret = (unsigned)last + 1;
	return 0;
}

int cpus_possible_read(unsigned *ret)
{
	char bytes[4096];
	struct span span;

	int r = file_read(AT_FDCWD, "/sys/devices/system/cpu/possible", bytes, sizeof bytes, &span);
	return r < 0 ? r : cpus_possible_parse(span, ret);
}
