/* The formulas behind the DERIVED rows of the machine. */
#include "model/derive.h"
#include "model/rate.h"

static bool mem_gettable_bytes(const struct machine *m, int64_t *ret)
{
	if (!machine_has(m, mem_total_bytes))
		return false;
	if (machine_has(m, mem_available_bytes) && m->mem_available_bytes <= m->mem_total_bytes)
		*ret = m->mem_available_bytes;
	else if (machine_has(m, mem_free_bytes))
		*ret = m->mem_free_bytes;
	else
		return false;
	return true;
}

static bool mem_used_bytes(const struct machine *m, int64_t *ret)
{
	int64_t gettable;

	if (!mem_gettable_bytes(m, &gettable))
		return false;
	*ret = m->mem_total_bytes - gettable;
	return true;
}

static bool cache_bytes(const struct machine *m, int64_t *ret)
{
	if (!machine_has(m, cached_bytes))
		return false;
	*ret = m->cached_bytes + (machine_has(m, slab_reclaimable_bytes) ? m->slab_reclaimable_bytes : 0);
	return true;
}

static bool buff_cache_bytes(const struct machine *m, int64_t *ret)
{
	if (!machine_has(m, buffers_bytes) || !cache_bytes(m, ret))
		return false;
	*ret += m->buffers_bytes;
	return true;
}

static bool mem_used_classic_bytes(const struct machine *m, int64_t *ret)
{
	int64_t cache;

	if (!machine_has(m, mem_total_bytes) || !machine_has(m, mem_free_bytes) || !buff_cache_bytes(m, &cache))
		return false;
	*ret = m->mem_total_bytes - m->mem_free_bytes - cache;
	if (*ret < 0)
		*ret = m->mem_total_bytes - m->mem_free_bytes;
	return true;
}

static bool of_whole(const struct machine *m, unsigned part_id, unsigned whole_id, int64_t *ret)
{
	int64_t part, whole;

	return machine_number(m, part_id, &part) && machine_number(m, whole_id, &whole) && share(part, whole, ret);
}

static bool mem_used_without_slab_bytes(const struct machine *m, int64_t *ret)
{
	if (!machine_has(m, mem_total_bytes) || !machine_has(m, mem_free_bytes) || !machine_has(m, buffers_bytes) ||
	    !machine_has(m, cached_bytes) || !machine_has(m, slab_bytes))
		return false;
	int64_t used = m->mem_total_bytes - m->mem_free_bytes - m->buffers_bytes - m->cached_bytes - m->slab_bytes;
	*ret = used > 0 ? used : 0;
	return true;
}

static bool mem_used_without_slab_percent(const struct machine *m, int64_t *ret)
{
	return of_whole(m, MACHINE_mem_used_without_slab_bytes, MACHINE_mem_total_bytes, ret);
}

static bool mem_used_percent(const struct machine *m, int64_t *ret)
{
	return of_whole(m, MACHINE_mem_used_bytes, MACHINE_mem_total_bytes, ret);
}

static bool committed_percent(const struct machine *m, int64_t *ret)
{
	return machine_has(m, committed_bytes) && machine_has(m, mem_total_bytes) && machine_has(m, swap_total_bytes) &&
	       share(m->committed_bytes, m->mem_total_bytes + m->swap_total_bytes, ret);
}

static bool swap_used_percent(const struct machine *m, int64_t *ret)
{
	return of_whole(m, MACHINE_swap_used_bytes, MACHINE_swap_total_bytes, ret);
}

static bool swap_cached_percent(const struct machine *m, int64_t *ret)
{
	return of_whole(m, MACHINE_swap_cached_bytes, MACHINE_swap_used_bytes, ret);
}

static bool huge_bytes(const struct machine *m, unsigned pages_id, int64_t *ret)
{
	int64_t pages, bytes;

	if (!machine_number(m, pages_id, &pages) || !machine_has(m, hugetlb_page_bytes) ||
	    __builtin_mul_overflow(pages, m->hugetlb_page_bytes, &bytes))
		return false;
	*ret = bytes;
	return true;
}

static bool hugetlb_free_bytes(const struct machine *m, int64_t *ret)
{
	return huge_bytes(m, MACHINE_hugetlb_free_pages, ret);
}

static bool hugetlb_used_bytes(const struct machine *m, int64_t *ret)
{
	int64_t all, unused;

	if (!huge_bytes(m, MACHINE_hugetlb_pages, &all) || !hugetlb_free_bytes(m, &unused))
		return false;
	*ret = all - unused;
	return true;
}

static bool hugetlb_used_percent(const struct machine *m, int64_t *ret)
{
	return machine_has(m, hugetlb_pages) && machine_has(m, hugetlb_free_pages) &&
	       share(m->hugetlb_pages - m->hugetlb_free_pages, m->hugetlb_pages, ret);
}

static bool hugetlb_reserved_bytes(const struct machine *m, int64_t *ret)
{
	return huge_bytes(m, MACHINE_hugetlb_reserved_pages, ret);
}

static bool hugetlb_surplus_bytes(const struct machine *m, int64_t *ret)
{
	return huge_bytes(m, MACHINE_hugetlb_surplus_pages, ret);
}

static bool others_runnable(const struct machine *m, int64_t *ret)
{
	if (!machine_has(m, threads_runnable))
		return false;
	*ret = m->threads_runnable > 0 ? m->threads_runnable - 1 : 0;
	return true;
}

static bool givable_bytes(const struct machine *m, int64_t *ret)
{
	if (!machine_has(m, mem_available_bytes) || !machine_has(m, mem_free_bytes))
		return false;
	*ret = m->mem_available_bytes > m->mem_free_bytes ? m->mem_available_bytes - m->mem_free_bytes : 0;
	return true;
}

static bool swap_used_bytes(const struct machine *m, int64_t *ret)
{
	if (!machine_has(m, swap_total_bytes) || !machine_has(m, swap_free_bytes))
		return false;
	*ret = m->swap_total_bytes - m->swap_free_bytes;
	return true;
}

bool machine_number(const struct machine *machine, unsigned id, int64_t *ret)
{
	static bool (*const formulas[MACHINE_FIELDS])(const struct machine *, int64_t *) = {
#define FIELD(...)
#define TEXT(...)
#define PAIRED(...)
#define DERIVED(name, ...) [MACHINE_##name] = name,
#define ROWS               "fields/machine.def"
#include "fields/expand_rows.h"
#undef ROWS
	};

	return formulas[id] ? formulas[id](machine, ret) : record_number(&machine_fields[id], machine, ret);
}
