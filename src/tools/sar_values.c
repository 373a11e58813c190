/* What stands in the columns of sar's views, and which lines there are. */
#include <stdio.h>

#include "tools/sar.h"

static bool wants_device(const struct sar *sar, struct span name)
{
	struct span rest, part;

	if (!sar->devices)
		return true;
	rest = span_of(sar->devices);
	while (span_until(&rest, ',', &part))
		if (span_equal(part, name))
			return true;
	return span_equal(rest, name);
}

static int64_t number_of(const struct disk *disk, unsigned id)
{
	int64_t value = 0;

	record_number(&disk_fields[id], disk, &value);
	return value;
}

static bool next_disk(const struct sar *sar, const struct view *view, size_t *place, struct sar_item *item)
{
	int64_t rate;

	while (*place < view->now->disk_count) {
		const struct disk *disk = &view->now->disks[(*place)++];
		bool used = number_of(disk, DISK_reads) || number_of(disk, DISK_writes);
		if (number_of(disk, DISK_is_partition) || !used || !wants_device(sar, disk->name))
			continue;
		item->disk = disk;
		item->moved = !pair_disk(view, disk, DISK_requests_per_s, &rate) || rate != 0;
		if (item->moved || !sar->omit_idle)
			return true;
	}
	return false;
}

/* Place 0 is all CPUs together. */
static bool next_cpu(const struct sar *sar, const struct view *view, size_t *place, struct sar_item *item)
{
	while (*place <= view->now->cpu_count) {
		size_t at = (*place)++;
		item->cpu = at ? &view->now->cpus[at - 1] : NULL;
		bool chosen = at == 0 ? !sar->chose_cpus || sar->all_cpus_together :
		                        sar->every_cpu || cpu_set_has(&sar->cpus, (uint64_t)item->cpu->id);
		if (chosen && pair_cpu_shares(view, item->cpu, item->shares))
			return true;
	}
	return false;
}

bool sar_next_item(const struct sar *sar, const struct view *view, enum sar_view_id id, size_t *place,
                   struct sar_item *ret)
{
	*ret = (struct sar_item){ .view = view, .of = &sar_views[id] };
	switch (ret->of->of) {
	case SAR_EACH_CPU:
		return next_cpu(sar, view, place, ret);
	case SAR_EACH_DISK:
		return next_disk(sar, view, place, ret);
	default:
		return (*place)++ == 0;
	}
}

struct span sar_item_name(const struct sar_item *item, char text[32])
{
	if (item->of->of == SAR_EACH_DISK)
		return item->disk->name;
	if (item->of->of != SAR_EACH_CPU)
		return SPAN("");
	if (!item->cpu)
		return SPAN("all");
	snprintf(text, 32, "%lld", (long long)item->cpu->id);
	return span_of(text);
}

static int64_t cpu_share(const int64_t shares[CPU_TIMES], enum sar_cpu_column column)
{
	switch (column) {
	case SAR_USER:
		return shares[CPU_USER];
	case SAR_NICE:
		return shares[CPU_NICE];
	case SAR_SYSTEM:
		return shares[CPU_SYSTEM] + shares[CPU_IRQ] + shares[CPU_SOFTIRQ];
	case SAR_IOWAIT:
		return shares[CPU_IOWAIT];
	case SAR_STEAL:
		return shares[CPU_STEAL];
	case SAR_IDLE:
		return shares[CPU_IDLE];
	case SAR_USR:
		return shares[CPU_USER] > shares[CPU_GUEST] ? shares[CPU_USER] - shares[CPU_GUEST] : 0;
	case SAR_NICE_ALONE:
		return shares[CPU_NICE] > shares[CPU_GUEST_NICE] ? shares[CPU_NICE] - shares[CPU_GUEST_NICE] : 0;
	case SAR_SYS:
		return shares[CPU_SYSTEM];
	case SAR_IRQ:
		return shares[CPU_IRQ];
	case SAR_SOFT:
		return shares[CPU_SOFTIRQ];
	case SAR_GUEST:
		return shares[CPU_GUEST];
	case SAR_GNICE:
		return shares[CPU_GUEST_NICE];
	}
	return 0;
}

/* Whether the kernel says what the field is made from: of levels all of it, of rates some. */
static bool made_from_known(const struct field *field, const struct field *fields, const void *record, bool all)
{
	size_t known = 0;

	for (size_t i = 0; i < field->need_count; i++)
		known += record_has(record, fields[field->needs[i]].id);
	return field_derived(field) && field->need_count && (all ? known == field->need_count : known > 0);
}

/* What counts in pieces, such as huge pages, is not made from rounded means of them. */
static bool mean_of(const struct sar_item *item, unsigned id, int64_t *ret)
{
	const struct field *field = &machine_fields[id];
	bool pieces = false;

	for (size_t i = 0; i < field->need_count; i++)
		pieces |= machine_fields[field->needs[i]].unit == PLAIN;
	return item->mean && pieces && mean_machine(item->mean, id, ret);
}

bool sar_value(const struct sar_item *item, const struct sar_column *column, int64_t *ret)
{
	const struct view *view = item->view;
	const struct machine *machine = &view->now->machine;
	bool level = column->id < MACHINE_interval_ns;

	if (item->of->of == SAR_EACH_CPU) {
		*ret = cpu_share(item->shares, column->id);
		return true;
	}
	*ret = 0;
	if (item->of->of == SAR_ALL_DISKS)
		return pair_disks(view, column->id, ret);
	if (item->of->of == SAR_EACH_DISK)
		return pair_disk(view, item->disk, column->id, ret) ||
		       made_from_known(&disk_fields[column->id], disk_fields, item->disk, false);
	return mean_of(item, column->id, ret) || view_machine(view, column->id, ret) ||
	       made_from_known(&machine_fields[column->id], machine_fields, machine, level);
}

bool sar_many_lines(const struct sar *sar, const struct view *view)
{
	struct sar_item item;
	size_t lines = 0;

	if (__builtin_popcount(sar->available) != 1)
		return true;
	enum sar_view_id id = (enum sar_view_id)__builtin_ctz(sar->available);
	for (size_t place = 0; sar_next_item(sar, view, id, &place, &item);)
		lines++;
	return lines > 1 || (sar->omit_idle && id == SAR_DISKS);
}

void sar_request(struct sar *sar)
{
	struct request *request = &sar->sysstat.samples.request;

	if (sar->sysstat.samples.shared.data && (sar->chose_cpus || sar->every_cpu))
		request_cpu(request, CPU_node);
	if (!sar->views)
		sar->views = 1U << SAR_CPU;
	if (sar->views >> SAR_CPU_ALL & 1)
		sar->views &= ~(1U << SAR_CPU);
	if (sar->views >> SAR_MEMORY_ALL & 1)
		sar->views &= ~(1U << SAR_MEMORY);
	for (unsigned id = 0; id < SAR_VIEWS; id++) {
		const struct sar_view *view = &sar_views[id];
		if (!(sar->views >> id & 1))
			continue;
		for (size_t i = 0; view->of == SAR_MACHINE && i < view->column_count; i++)
			request_machine(request, view->columns[i].id);
		request->disks |= view->of == SAR_ALL_DISKS || view->of == SAR_EACH_DISK;
	}
}

static bool is_available(const struct sar_view *view, const struct snapshot *first)
{
	const struct view alone = { .now = first };
	const struct sar_item item = { .view = &alone, .of = view };
	int64_t value;

	if (view->of == SAR_EACH_CPU)
		return first->cpu_count > 0;
	if (view->of != SAR_MACHINE)
		return first->disk_count > 0;
	for (size_t i = 0; i < view->column_count; i++)
		if (sar_value(&item, &view->columns[i], &value))
			return true;
	return false;
}

bool sar_check(struct sar *sar, const struct snapshot *first)
{
	sar->available = 0;
	for (unsigned id = 0; id < SAR_VIEWS; id++)
		if (sar->views >> id & 1 && is_available(&sar_views[id], first))
			sar->available |= 1U << id;
	return sar->available != 0;
}
