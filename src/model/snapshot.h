/*
 * The machine at one moment: a value, taken whole and then never changed. Rows are packed: a snapshot holds only the
 * fields that were asked for, 8 bytes each.
 */
#ifndef MODEL_SNAPSHOT_H
#define MODEL_SNAPSHOT_H

#include "base/arena.h"
#include "base/buffer.h"
#include "fields/cpu.h"
#include "fields/disk.h"
#include "fields/huge_pool.h"
#include "fields/machine.h"
#include "fields/slab.h"
#include "fields/swap.h"
#include "fields/task.h"

/* Which task fields the rows carry, and where in a row: the numbers first, then the texts. */
struct shape {
	struct field_set fields;
	uint8_t slot[TASK_FIELDS];  /* of the fields in the set; of others the one behind the last: no row has it */
	uint8_t id[TASK_FIELDS];    /* of the field in each slot */
	uint16_t from[TASK_FIELDS]; /* where in a struct task that field lies */
	unsigned cells, number_count;
};

union cell {
	int64_t number;
	struct {
		uint32_t at, len; /* in the snapshot's texts */
	} text;
};

struct snapshot {
	int64_t monotonic_ns; /* CLOCK_MONOTONIC, for rates */
	int64_t boot_ns;      /* since boot, sleep included: what start times count from */
	int64_t wall_ns;      /* since 1970 */
	char boot_id[40];     /* "" when the kernel does not say */
	const char *source;   /* "proc", "bpf", "root" */

	struct machine machine;
	struct cpu *cpus; /* in the arena, by number; offline ones are missing */
	size_t cpu_count;
	struct swap *swaps; /* in the arena */
	size_t swap_count;
	struct disk *disks; /* in the arena, partitions too */
	size_t disk_count;
	struct slab *slabs; /* in the arena */
	size_t slab_count;
	struct huge_pool *huge_pools; /* in the arena */
	size_t huge_pool_count;
	int slabs_error; /* 0, or -errno why there are none: only root may see them */

	struct shape shape;
	size_t count; /* rows, by (tgid, is_thread, pid) */
	size_t gone;  /* listed, but ended before they were read */

	union cell *cells; /* owned: count x shape.cells */
	uint64_t *have;    /* owned: count x have_words */
	size_t capacity, have_words;
	struct field_set usual;           /* what the last task had that went into an empty row ... */
	uint64_t usual_have[FIELD_WORDS]; /* ... and the words that tell so in a row */
	struct buffer texts;
	struct arena arena;
};

void shape_make(const struct field_set *fields, struct shape *ret);

/* Makes room for so many rows at once, when it is known how many will come. -ENOMEM. */
int snapshot_reserve(struct snapshot *snapshot, size_t rows);

/* Adds an empty row and gives back its place. -ENOMEM. */
int snapshot_add(struct snapshot *snapshot, size_t *ret_row);

/* Puts those fields of `task` into a row that the snapshot carries and the task has. Others stay as they are. -ENOMEM.
 */
int snapshot_fill(struct snapshot *snapshot, size_t row, const struct task *task);

/* Puts what `row` of another snapshot of the same shape holds into `to`. -ENOMEM. */
int snapshot_copy(struct snapshot *snapshot, size_t to, const struct snapshot *other, size_t row);

/* The same, but for what `task` has: that is taken from there. -ENOMEM. */
int snapshot_renew(struct snapshot *snapshot, size_t to, const struct snapshot *other, size_t row,
                   const struct task *task);

/* Keeps the rows for which `keep` holds, in their order. */
void snapshot_keep(struct snapshot *snapshot, const bool *keep);

static inline bool snapshot_has(const struct snapshot *snapshot, size_t row, unsigned id)
{
	unsigned slot = snapshot->shape.slot[id];

	return snapshot->have[row * snapshot->have_words + slot / 64] >> (slot % 64) & 1;
}

/* False, nothing changed, when the row does not have the field. Not for derived fields: see model/view.h. */
static inline bool snapshot_number(const struct snapshot *snapshot, size_t row, unsigned id, int64_t *ret)
{
	if (!snapshot_has(snapshot, row, id))
		return false;
	*ret = snapshot->cells[row * snapshot->shape.cells + snapshot->shape.slot[id]].number;
	return true;
}

/* Puts one number into a row, or takes it out that it is not known, where `slot` is that of a field it carries. */
static inline void snapshot_put_at(struct snapshot *snapshot, size_t row, unsigned slot, bool known, int64_t value)
{
	uint64_t *have = &snapshot->have[row * snapshot->have_words + slot / 64], bit = UINT64_C(1) << (slot % 64);

	*have = known ? *have | bit : *have & ~bit;
	if (known)
		snapshot->cells[row * snapshot->shape.cells + slot].number = value;
}

/* Puts one number into a row that the snapshot carries; nothing where it does not carry the field. */
static inline void snapshot_put(struct snapshot *snapshot, size_t row, unsigned id, int64_t value)
{
	if (field_set_has(&snapshot->shape.fields, id))
		snapshot_put_at(snapshot, row, snapshot->shape.slot[id], true, value);
}

/* One field of all rows, for loops over them: where it stands is looked up once. */
struct snapshot_column {
	const union cell *cells; /* of the first row; NULL: no row has it */
	const uint64_t *have;
	size_t step, have_step;
	unsigned bit;
};

static inline struct snapshot_column snapshot_column(const struct snapshot *snapshot, unsigned id)
{
	unsigned slot = snapshot->shape.slot[id];

	if (!snapshot->count || !field_set_has(&snapshot->shape.fields, id))
		return (struct snapshot_column){ 0 };
	return (struct snapshot_column){ .cells = snapshot->cells + slot,
		                         .have = snapshot->have + slot / 64,
		                         .step = snapshot->shape.cells,
		                         .have_step = snapshot->have_words,
		                         .bit = slot % 64 };
}

/* As snapshot_number(). */
static inline bool snapshot_column_number(const struct snapshot_column *column, size_t row, int64_t *ret)
{
	if (!column->cells || !(column->have[row * column->have_step] >> column->bit & 1))
		return false;
	*ret = column->cells[row * column->step].number;
	return true;
}

/* The same of a text: it is good as long as the snapshot. */
static inline bool snapshot_text(const struct snapshot *snapshot, size_t row, unsigned id, struct span *ret)
{
	if (!snapshot_has(snapshot, row, id))
		return false;
	const union cell *cell = &snapshot->cells[row * snapshot->shape.cells + snapshot->shape.slot[id]];
	*ret = (struct span){ snapshot->texts.at ? snapshot->texts.at + cell->text.at : "", cell->text.len };
	return true;
}

/* Whether rows of both are made alike: the same fields in the same places. */
bool snapshot_alike(const struct snapshot *a, const struct snapshot *b);

/* Whether a row holds what one of a snapshot that is alike does, but for the time when it was read. */
bool snapshot_same_row(const struct snapshot *a, size_t row_a, const struct snapshot *b, size_t row_b);

void snapshot_done(struct snapshot *snapshot);

#endif
