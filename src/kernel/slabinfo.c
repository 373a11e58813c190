#include "kernel/slabinfo.h"

#include <errno.h>

#include "base/file.h"

/* "NAME active objects size per_slab pages : tunables limit batch shared : slabdata active slabs available" */
static bool parse_line(struct span line, const struct kernel_units *units, struct span *ret_name, struct slab *slab)
{
	int64_t active, objects, size, per_slab, pages, active_slabs, slabs;
	struct span tunables, word;

	if (!span_word(&line, ret_name) || !span_i64(&line, &active) || !span_i64(&line, &objects) ||
	    !span_i64(&line, &size) || !span_i64(&line, &per_slab) || !span_i64(&line, &pages))
		return false;
	if (!span_until(&line, ':', &tunables) || !span_until(&line, ':', &tunables) || !span_word(&line, &word) ||
	    !span_i64(&line, &active_slabs) || !span_i64(&line, &slabs))
		return false;
	slab_set(slab, active_objects, active);
	slab_set(slab, objects, objects);
	slab_set(slab, object_bytes, size);
	slab_set(slab, objects_per_slab, per_slab);
	units_set(&slab_fields[SLAB_slab_bytes], slab, pages, units->page_bytes);
	slab_set(slab, active_slabs, active_slabs);
	slab_set(slab, slabs, slabs);
	return true;
}

int slabinfo_parse(struct span bytes, const struct kernel_units *units, struct arena *arena, struct slab *slabs,
                   size_t capacity)
{
	struct span line, name;
	size_t count = 0;

	if (!span_starts(bytes, SPAN("slabinfo - version: 2.")) || !span_whole_line(&bytes, &line))
		return -EBADMSG;
	while (span_whole_line(&bytes, &line)) {
		struct slab slab = { 0 };
		if (span_starts(line, SPAN("#")) || !parse_line(line, units, &name, &slab))
			continue;
		if (count < capacity) {
			slab_set(&slab, name, arena_copy(arena, name));
			if (slab.name.len == 0)
				return -ENOMEM;
			slabs[count] = slab;
		}
		count++;
	}
	return (int)count;
}

int slabinfo_read(int root_dirfd, const struct kernel_units *units, struct arena *arena, struct slab *slabs,
                  size_t capacity)
{
	enum { LIMIT = 16 * 1024 * 1024 };
	struct buffer buffer = { 0 };
	struct span bytes;

	int r = file_slurp(root_dirfd, "proc/slabinfo", LIMIT, &buffer, &bytes);
	if (r == 0)
		r = slabinfo_parse(bytes, units, arena, slabs, capacity);
	buffer_done(&buffer);
	return r;
}
