#include "fields/task.h"

#define ROWS         "fields/task.def"
#define ROW_ID(name) TASK_##name
#define RECORD       struct task

const struct field task_fields[TASK_FIELDS] = {
#include "fields/expand_fields.h"
};

const struct field_table task_table = { "task", task_fields, TASK_FIELDS };

_Static_assert((int)TASK_FIELDS <= (int)FIELDS_MAX, "struct field_set is full");

enum source_id task_field_also(unsigned id)
{
	static const uint8_t also[TASK_FIELDS] = {
#define FIELD(...)
#define FIELD2(name, kind, unit, from, also, ...) [TASK_##name] = also,
#define TEXT(...)
#define NAMED(...)
#define DERIVED(...)
#define PAIRED(...)
#define ROWS "fields/task.def"
#include "fields/expand_rows.h"
#undef ROWS
	};

	return also[id];
}
