#include "collect/plan.h"

_Static_assert(SOURCES <= 64, "a set of sources is one word");

sources plan_table(const struct field_table *table, const struct field_set *fields)
{
	sources set = 0;

	for (unsigned id = 0; id < table->count; id++)
		if (field_set_has(fields, id) && !field_derived(&table->fields[id]))
			set |= UINT64_C(1) << table->fields[id].from;
	return set;
}

sources plan_tasks(const struct field_set *fields)
{
	struct field_set with_choice = { 0 }, without = { 0 };

	for (unsigned id = 0; id < TASK_FIELDS; id++)
		if (field_set_has(fields, id))
			field_set_add(task_field_also(id) == FROM_NOWHERE ? &without : &with_choice, id);

	sources set = plan_table(&task_table, &without);
	for (unsigned id = 0; id < TASK_FIELDS; id++)
		if (field_set_has(&with_choice, id) && !sources_has(set, task_fields[id].from) &&
		    !sources_has(set, task_field_also(id)))
			set |= UINT64_C(1) << task_fields[id].from;
	return set;
}

sources plan_captured_tasks(const struct field_set *fields)
{
	const sources owner = UINT64_C(1) << FROM_OWNER;
	const sources targets = UINT64_C(1) << FROM_EXE_TARGET | UINT64_C(1) << FROM_ROOT_TARGET;
	sources set = plan_tasks(fields) & ~targets;

	return set & owner ? (set & ~owner) | UINT64_C(1) << FROM_STATUS : set;
}
