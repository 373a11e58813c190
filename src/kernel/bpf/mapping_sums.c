#include "kernel/bpf/mapping_sums.h"

#include <errno.h>

#include "base/array.h"
#include "kernel/bpf/mapping_record.h"

enum { PAGE_BYTES = 4096 }; /* of x86-64 */

static void set_rows(const struct page_sum *sum, struct mapping *ret)
{
	mapping_set(ret, rss_bytes, page_sum_resident(sum) * PAGE_BYTES);
	mapping_set(ret, pss_bytes, page_sum_part_bytes(sum));
	mapping_set(ret, shared_clean_bytes, (int64_t)sum->pages[SHARED_CLEAN] * PAGE_BYTES);
	mapping_set(ret, shared_dirty_bytes, (int64_t)sum->pages[SHARED_DIRTY] * PAGE_BYTES);
	mapping_set(ret, private_clean_bytes, (int64_t)sum->pages[PRIVATE_CLEAN] * PAGE_BYTES);
	mapping_set(ret, private_dirty_bytes, (int64_t)sum->pages[PRIVATE_DIRTY] * PAGE_BYTES);
}

void mapping_sums_none(struct mapping *ret)
{
	set_rows(&(struct page_sum){ 0 }, ret);
}

bool mapping_sums_tell(const struct field_set *wanted)
{
	struct mapping told = { .have = { { 0 } } };

	mapping_sums_none(&told);
	for (unsigned id = 0; id < MAPPING_FIELDS; id++)
		if (mapping_fields[id].from == FROM_SMAPS && field_set_has(wanted, id) && !record_has(&told, id))
			return false;
	return true;
}

int mapping_sums_open(struct mapping_sums *sums, struct why *why)
{
	*sums = (struct mapping_sums){ 0 };
	return page_walk_open(&sums->walk, why);
}

static int add(struct mapping_sums *sums, const struct page_sum *question)
{
	struct page_sum *at = array_room(sums->at, sums->count, &sums->capacity, sizeof *at);

	if (!at)
		return -ENOMEM;
	sums->at = at;
	sums->at[sums->count++] = *question;
	return 0;
}

int mapping_sums_count(struct mapping_sums *sums, uint32_t host_pid, uint64_t boot_ns, struct span records)
{
	struct page_sum question = { .host_pid = host_pid, .boot_ns = boot_ns };
	struct mapping_record record;
	int r = 0;

	sums->count = sums->next = 0;
	while (r == 0 && records.len >= sizeof record) {
		memcpy(&record, records.at, sizeof record);
		size_t bytes = sizeof record + (((size_t)record.name_bytes + 7) & ~(size_t)7);
		if (bytes > records.len || record.end <= question.end) /* at its end the last one comes for ever */
			break;
		question.start = record.start;
		question.end = record.end;
		r = add(sums, &question);
		records = span_skip(records, bytes);
	}
	return r < 0 ? r : page_walk_read(sums->walk, sums->at, sums->count);
}

int mapping_sums_next(struct mapping_sums *sums, struct mapping *ret)
{
	if (sums->next == sums->count || sums->at[sums->next].status != PAGES_COUNTED)
		return -ENODATA;
	set_rows(&sums->at[sums->next++], ret);
	return 0;
}

void mapping_sums_done(struct mapping_sums *sums)
{
	page_walk_close(sums->walk);
	free(sums->at);
	*sums = (struct mapping_sums){ 0 };
}
