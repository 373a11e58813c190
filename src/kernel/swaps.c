#include "kernel/swaps.h"

#include <errno.h>

#include "base/escape.h"
#include "base/file.h"

static bool parse_line(struct span line, struct span *ret_name, struct span *ret_type, struct swap *area)
{
	int64_t size_kib, used_kib, priority;

	if (!span_word(&line, ret_name) || !span_word(&line, ret_type) || !span_i64(&line, &size_kib) ||
	    !span_i64(&line, &used_kib) || !span_i64(&line, &priority))
		return false;
	if (__builtin_mul_overflow(size_kib, 1024, &size_kib) || __builtin_mul_overflow(used_kib, 1024, &used_kib))
		return false;
	swap_set(area, size_bytes, size_kib);
	swap_set(area, used_bytes, used_kib);
	swap_set(area, priority, priority);
	return true;
}

int swaps_parse(struct span bytes, struct arena *arena, struct swap *areas, size_t capacity)
{
	struct span line, name, type;
	size_t count = 0;

	if (!span_starts(bytes, SPAN("Filename")) || !span_whole_line(&bytes, &line))
		return -EBADMSG;
	while (span_whole_line(&bytes, &line)) {
		struct swap area = { 0 };
		if (!parse_line(line, &name, &type, &area))
			continue;
		if (count < capacity) {
			swap_set(&area, name, escape_undo(name, arena));
			swap_set(&area, type, arena_copy(arena, type));
			if (area.name.len == 0 || area.type.len == 0)
				return -ENOMEM;
			areas[count] = area;
		}
		count++;
	}
	return (int)count;
}

int swaps_read(int root_dirfd, struct arena *arena, struct swap *areas, size_t capacity)
{
	enum { LIMIT = 256 * 1024 };
	struct buffer buffer = { 0 };
	struct span bytes;

	int r = file_slurp(root_dirfd, "proc/swaps", LIMIT, &buffer, &bytes);
	if (r == 0)
		r = swaps_parse(bytes, arena, areas, capacity);
	buffer_done(&buffer);
	return r;
}
