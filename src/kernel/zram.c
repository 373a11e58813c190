#include "kernel/zram.h"

#include <errno.h>
#include <stdio.h>

#include "base/file.h"

int zram_parse(struct span bytes, struct swap *area)
{
	struct span line;
	int64_t stored, compressed, ram;

	if (!span_whole_line(&bytes, &line) || !span_i64(&line, &stored) || !span_i64(&line, &compressed) ||
	    !span_i64(&line, &ram) || stored < 0 || ram < 0)
		return -EBADMSG;
	swap_set(area, stored_bytes, stored);
	swap_set(area, stored_ram_bytes, ram);
	return 0;
}

int zram_read(int root_dirfd, struct swap *area)
{
	enum { DIGITS_MOST = 9 };
	static const struct span start = { "/dev/zram", sizeof "/dev/zram" - 1 };
	char path[64], text[512];
	struct span bytes, number;

	if (!swap_has(area, name) || !span_starts(area->name, start))
		return -ENOENT;
	number = span_skip(area->name, start.len);
	for (size_t i = 0; i < number.len; i++)
		if (number.at[i] < '0' || number.at[i] > '9')
			return -ENOENT;
	if (number.len == 0 || number.len > DIGITS_MOST)
		return -ENOENT;
	snprintf(path, sizeof path, "sys/block/zram%.*s/mm_stat", (int)number.len, number.at);
	int r = file_read(root_dirfd, path, text, sizeof text, &bytes);
	return r < 0 ? r : zram_parse(bytes, area);
}
