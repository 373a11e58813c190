#include "model/pair_items.h"

#include "base/clock.h"
#include "model/rate.h"

static bool shares_of(const struct cpu_times *before, const struct cpu_times *now, int64_t ret[CPU_TIMES])
{
	if (cpu_times_shares(before, now, ret))
		return true;
	for (int use = 0; use < CPU_TIMES; use++)
		ret[use] = use == CPU_IDLE ? 1000000 : 0;
	return true;
}

bool pair_cpu_shares(const struct view *view, const struct cpu *cpu, int64_t ret[CPU_TIMES])
{
	struct cpu_times before, now, all_before = { 0 }, all_now = { 0 };
	bool any = false;

	if (!view->before)
		return false;
	for (size_t i = 0; i < view->now->cpu_count; i++) {
		const struct cpu *this = &view->now->cpus[i];
		const struct cpu *old = cpu_find(view->before, this->id);
		if ((cpu && this != cpu) || !old || !cpu_times_of_cpu(old, &before) || !cpu_times_of_cpu(this, &now))
			continue;
		cpu_times_add(&all_before, &before);
		cpu_times_add(&all_now, &now);
		any = true;
	}
	return any && shares_of(&all_before, &all_now, ret);
}

bool pair_cpu(const struct view *view, const struct cpu *cpu, unsigned id, int64_t *ret)
{
	static const enum cpu_use uses[] = { CPU_USER, CPU_NICE,    CPU_SYSTEM, CPU_IDLE,  CPU_IOWAIT,
		                             CPU_IRQ,  CPU_SOFTIRQ, CPU_STEAL,  CPU_GUEST, CPU_GUEST_NICE };
	int64_t shares[CPU_TIMES];

	if (id < CPU_user_percent || id > CPU_guest_nice_percent || !pair_cpu_shares(view, cpu, shares))
		return false;
	*ret = shares[uses[id - CPU_user_percent]];
	return true;
}

/* The same device a moment ago; NULL: it was not there. */
static const struct disk *disk_before(const struct view *view, const struct disk *disk)
{
	for (size_t i = 0; i < view->before->disk_count; i++)
		if (span_equal(view->before->disks[i].name, disk->name))
			return &view->before->disks[i];
	return NULL;
}

/* What those counters gained together that the kernel has. */
static bool gained(const struct view *view, const struct disk *disk, const uint8_t *ids, size_t count, int64_t *ret)
{
	const struct disk *old = disk_before(view, disk);
	int64_t before, now, sum = 0;
	bool any = false;

	for (size_t i = 0; i < count; i++) {
		before = 0;
		if (!record_number(&disk_fields[ids[i]], disk, &now) ||
		    (old && !record_number(&disk_fields[ids[i]], old, &before)))
			continue;
		if (now < before || __builtin_add_overflow(sum, now - before, &sum))
			return false;
		any = true;
	}
	*ret = sum;
	return any;
}

/* The first three needs by the last three. */
static bool mean_of_requests(const struct view *view, const struct disk *disk, const struct field *field, int64_t *ret)
{
	int64_t sum, requests;

	if (!gained(view, disk, field->needs, 3, &sum) || !gained(view, disk, field->needs + 3, 3, &requests) ||
	    requests == 0)
		return false;
	*ret = (sum + requests / 2) / requests;
	return true;
}

bool pair_disk(const struct view *view, const struct disk *disk, unsigned id, int64_t *ret)
{
	const struct field *field = &disk_fields[id];
	int64_t gain;

	if (!view->before || !field_derived(field))
		return false;
	if (id == DISK_request_bytes || id == DISK_request_ns)
		return mean_of_requests(view, disk, field, ret);
	int64_t elapsed_ns = view->now->monotonic_ns - view->before->monotonic_ns;
	int64_t scale = field->unit == PERCENT    ? 1000000 :
	                field->unit == FRACTION   ? 1000 :
	                field->unit == PER_SECOND ? 1000 * NS_PER_S :
	                                            NS_PER_S;
	return gained(view, disk, field->needs, field->need_count, &gain) && rate(0, gain, elapsed_ns, scale, ret);
}

bool pair_disk_counts(const struct disk *disk)
{
	return !(disk_has(disk, is_partition) && disk->is_partition) &&
	       !(disk_has(disk, is_virtual) && disk->is_virtual);
}

bool pair_disks(const struct view *view, unsigned id, int64_t *ret)
{
	int64_t value, sum = 0;
	bool any = false;

	for (size_t i = 0; i < view->now->disk_count; i++) {
		const struct disk *disk = &view->now->disks[i];
		if (!pair_disk_counts(disk) || !pair_disk(view, disk, id, &value) ||
		    __builtin_add_overflow(sum, value, &sum))
			continue;
		any = true;
	}
	if (any)
		*ret = sum;
	return any;
}
