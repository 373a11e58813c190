/* sar's and sadf's views under the fields' own names: --json and --csv. */
#include "render/data_list.h"
#include "tools/sar.h"

static bool has(const struct sar *sar, enum sar_view_id id)
{
	return sar->available >> id & 1;
}

static bool has_cpus(const struct sar *sar)
{
	return has(sar, SAR_CPU) || has(sar, SAR_CPU_ALL);
}

static bool has_disks(const struct sar *sar)
{
	return has(sar, SAR_DISKS) || has(sar, SAR_IO);
}

/* Each field once, in the order of the views. */
static size_t machine_ids(const struct sar *sar, uint8_t ids[MACHINE_FIELDS])
{
	struct field_set known = { 0 };
	size_t count = 0;

	for (unsigned id = 0; id < SAR_VIEWS; id++) {
		const struct sar_view *view = &sar_views[id];
		for (size_t i = 0; has(sar, (enum sar_view_id)id) && view->of == SAR_MACHINE && i < view->column_count;
		     i++) {
			if (!field_set_has(&known, view->columns[i].id))
				ids[count++] = view->columns[i].id;
			field_set_add(&known, view->columns[i].id);
		}
	}
	for (uint8_t id = MACHINE_cpu_user_percent; has_cpus(sar) && id <= MACHINE_cpu_guest_nice_percent; id++)
		ids[count++] = id;
	return count;
}

static bool cpu_value(const struct view *view, const void *record, unsigned id, int64_t *ret)
{
	return pair_cpu(view, record, id, ret);
}

static bool disk_value(const struct view *view, const void *record, unsigned id, int64_t *ret)
{
	return pair_disk(view, record, id, ret);
}

/* The members "cpus" and "disks" of those that a line would be shown for. */
static void put_items(const struct sar *sar, struct buffer *buffer, const struct view *view, enum sar_view_id id)
{
	bool cpus = sar_views[id].of == SAR_EACH_CPU, first = true;
	struct sar_item item;

	buffer_format(buffer, "\"%s\":[", cpus ? "cpus" : "disks");
	for (size_t place = 0; sar_next_item(sar, view, id, &place, &item);) {
		if (cpus && !item.cpu)
			continue;
		buffer_text(buffer, first ? "" : ",");
		first = false;
		if (cpus)
			data_paired_record(buffer, &cpu_table, item.cpu, view, cpu_value);
		else
			data_paired_record(buffer, &disk_table, item.disk, view, disk_value);
	}
	buffer_text(buffer, "],");
}

void sar_put_data(struct sar *sar, struct buffer *buffer, const struct view *view)
{
	uint8_t ids[MACHINE_FIELDS];
	size_t count = machine_ids(sar, ids);
	bool first = sar->sysstat.samples.repeat.taken <= (sar->sysstat.samples.since_boot ? 1 : 2);
	const char *tool = sar->sysstat.samples.tool->name;

	if (sar->sysstat.samples.shared.data == DATA_CSV) {
		data_machine_sample(buffer, DATA_CSV, tool, view, first, ids, count);
		return;
	}
	data_begin(buffer, tool, view->now);
	data_machine_paired(buffer, view, ids, count);
	if (has_cpus(sar) && sar->chose_cpus + sar->every_cpu)
		put_items(sar, buffer, view, SAR_CPU);
	if (has_disks(sar))
		put_items(sar, buffer, view, SAR_DISKS);
	data_end(buffer);
}

int sar_check_data(const struct sar *sar)
{
	bool tables = has_disks(sar) || (has_cpus(sar) && (sar->chose_cpus || sar->every_cpu));

	if (sar->sysstat.samples.shared.data != DATA_CSV || !tables)
		return GO_ON;
	return complain(sar->sysstat.samples.tool, 1,
	                "--csv: each disk and each CPU would need a table of its own; use --json");
}
