#include "collect/plan.h"

#include "kernel/pid_files.h"

_Static_assert(SOURCES <= 64, "a set of sources is one word");

const sources plan_restless = UINT64_C(1) << FROM_STATM | UINT64_C(1) << FROM_STATUS |
                              UINT64_C(1) << FROM_SMAPS_ROLLUP | UINT64_C(1) << FROM_CGROUP |
                              UINT64_C(1) << FROM_OOM_SCORE | UINT64_C(1) << FROM_OOM_SCORE_ADJ |
                              UINT64_C(1) << FROM_LIMITS | UINT64_C(1) << FROM_AUTOGROUP;

sources plan_table(const struct field_table *table, const struct field_set *fields)
{
	sources set = 0;

	for (unsigned id = field_set_next(fields, 0); id < table->count; id = field_set_next(fields, id + 1))
		if (!field_derived(&table->fields[id]))
			set |= UINT64_C(1) << table->fields[id].from;
	return set;
}

sources plan_tasks(const struct field_set *fields)
{
	struct field_set with_choice = { 0 }, without = { 0 };

	for (unsigned id = field_set_next(fields, 0); id < TASK_FIELDS; id = field_set_next(fields, id + 1))
		field_set_add(task_field_also(id) == FROM_NOWHERE ? &without : &with_choice, id);

	sources set = plan_table(&task_table, &without);
	for (unsigned id = field_set_next(&with_choice, 0); id < TASK_FIELDS; id = field_set_next(&with_choice, id + 1))
		if (!sources_has(set, task_fields[id].from) && !sources_has(set, task_field_also(id)))
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

bool plan_governs_shares(const struct request *request)
{
	return request->share_part > 0;
}

/* Those of a set that are files to be read, of each process. */
static sources only_files(sources from)
{
	sources files = 0;

	for (; from; from &= from - 1)
		if (pid_files[__builtin_ctzll(from)].name)
			files |= from & -from;
	return files;
}

struct task_plan plan_request(const struct request *request, bool captured, const struct field_set *known)
{
	sources (*files_of)(const struct field_set *) = captured ? plan_captured_tasks : plan_tasks;
	struct field_set start = { 0 }, fields = field_set_without(request->fields, known);
	struct field_set details = field_set_without(request->details, known);

	field_set_add(&start, TASK_started_ns);
	struct field_set changing = field_set_without(fields, &start);
	field_set_join(&details, &fields);
	sources always = only_files(files_of(&changing)), all = only_files(files_of(&fields));
	sources governed = plan_governs_shares(request) ? UINT64_C(1) << FROM_SMAPS_ROLLUP : 0;
	return (struct task_plan){ .always = always & ~governed,
		                   .once = all & ~always,
		                   .details = only_files(files_of(&details)) & ~always & ~governed };
}
