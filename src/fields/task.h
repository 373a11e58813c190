/* struct task, its ids and its field table: all made from task.def. */
#ifndef FIELDS_TASK_H
#define FIELDS_TASK_H

#include "fields/field.h"

#define ROWS         "fields/task.def"
#define ROW_ID(name) TASK_##name

enum task_id {
#include "fields/expand_ids.h"
	TASK_FIELDS
};

/* What the readers of /proc/PID/ fill: one process or thread at one moment. Texts point into the reader's bytes. */
struct task {
	struct field_set have;
#include "fields/expand_members.h"
};

#undef ROWS
#undef ROW_ID

extern const struct field task_fields[TASK_FIELDS];
extern const struct field_table task_table;

/* The file that says a field too, and is used when it is open anyway; FROM_NOWHERE for most. */
enum source_id task_field_also(unsigned id);

/* The only way a member is written: value and `have` bit go together. */
#define task_set(task, name, value) ((task)->name = (value), field_set_add(&(task)->have, TASK_##name))
#define task_has(task, name)        field_set_has(&(task)->have, TASK_##name)

/* Nothing is known of it. The values are left alone: there are many, and they would cost more than a look. */
static inline void task_clear(struct task *task)
{
	task->have = (struct field_set){ 0 };
}

#endif
