#include "kernel/units.h"

#include <errno.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"

enum { CAPTURED_MAX = 4096, PAGE_LEAST = 512, PAGE_MOST = 1 << 26 };

struct kernel_units kernel_units_live(void)
{
	return (struct kernel_units){ sysconf(_SC_PAGESIZE), NS_PER_S / sysconf(_SC_CLK_TCK) };
}

int kernel_units_parse(struct span bytes, struct kernel_units *ret)
{
	int64_t page_bytes = 0, ticks = 0;
	struct span line, key;

	while (span_whole_line(&bytes, &line)) {
		if (!span_word(&line, &key))
			continue;
		int64_t *number = span_is(key, "page_bytes")       ? &page_bytes :
		                  span_is(key, "ticks_per_second") ? &ticks :
		                                                     NULL;
		line = span_trim(line);
		if (number && (!span_i64(&line, number) || line.len))
			return -EBADMSG;
	}
	bool page_is_real = page_bytes >= PAGE_LEAST && page_bytes <= PAGE_MOST && !(page_bytes & (page_bytes - 1));
	if (!page_is_real || ticks < 1 || NS_PER_S % ticks)
		return -EBADMSG;
	*ret = (struct kernel_units){ page_bytes, NS_PER_S / ticks };
	return 0;
}

int kernel_units_read(int root_dirfd, struct kernel_units *ret)
{
	char buf[CAPTURED_MAX];
	struct span bytes;

	int r = file_read(root_dirfd, "captured", buf, sizeof buf, &bytes);
	return r < 0 ? r : kernel_units_parse(bytes, ret);
}
