#include "fields/task.h"

#define NEEDS(...) ((const uint8_t[]){ __VA_ARGS__ }), sizeof((const uint8_t[]){ __VA_ARGS__ })

const struct field task_fields[TASK_FIELDS] = {
#define FIELD(name, kind, unit, from, key, header, meaning) \
	{ #name, key, header, meaning, kind, unit, from, offsetof(struct task, name), TASK_##name, NULL, 0 },
#define FIELD2(name, kind, unit, from, also, key, header, meaning) FIELD(name, kind, unit, from, key, header, meaning)
#define TEXT(name, from, key, header, meaning) \
	{ #name, key, header, meaning, TEXT, PLAIN, from, offsetof(struct task, name), TASK_##name, NULL, 0 },
#define NAMED(name, from, id, header, meaning) \
	{ #name, "", header, meaning, TEXT, PLAIN, from, offsetof(struct task, name), TASK_##name, NEEDS(id) },
#define DERIVED(name, kind, unit, header, needs, meaning) \
	{ #name, "", header, meaning, kind, unit, FROM_NOWHERE, 0, TASK_##name, needs },
#include "fields/task.def"
#undef FIELD
#undef FIELD2
#undef TEXT
#undef NAMED
#undef DERIVED
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
#include "fields/task.def"
#undef FIELD
#undef FIELD2
#undef TEXT
#undef NAMED
#undef DERIVED
	};

	return also[id];
}
