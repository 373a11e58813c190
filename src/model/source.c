#include "model/source.h"

static void add_with_needs(struct field_set *set, const struct field_table *table, unsigned id)
{
	const struct field *field = &table->fields[id];

	field_set_add(set, id);
	for (size_t i = 0; i < field->need_count; i++)
		add_with_needs(set, table, field->needs[i]);
}

void request_field(struct request *request, struct field_set *set, unsigned task_id)
{
	request->tasks = true;
	add_with_needs(set, &task_table, task_id);
	if (task_id == TASK_rss_percent)
		request_machine(request, MACHINE_mem_total_bytes);
}

void request_machine(struct request *request, unsigned machine_id)
{
	add_with_needs(&request->machine, &machine_table, machine_id);
}
