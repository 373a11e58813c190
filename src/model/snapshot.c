#include "model/snapshot.h"

#include <errno.h>
#include <stdlib.h>

#include "base/memory.h"

_Static_assert(sizeof(struct task) <= UINT16_MAX && TASK_FIELDS < UINT8_MAX,
               "a shape knows where in it everything lies");

static void add_cell(struct shape *shape, unsigned id)
{
	unsigned slot = shape->cells++;

	field_set_add(&shape->fields, id);
	shape->slot[id] = (uint8_t)slot;
	shape->id[slot] = (uint8_t)id;
	shape->from[slot] = (uint16_t)task_fields[id].offset;
}

void shape_make(const struct field_set *fields, struct shape *ret)
{
	*ret = (struct shape){ 0 };
	for (int text = 0; text < 2; text++) {
		for (unsigned id = 0; id < TASK_FIELDS; id++)
			if (field_set_has(fields, id) && !field_derived(&task_fields[id]) &&
			    (task_fields[id].kind == TEXT) == text)
				add_cell(ret, id);
		if (!text)
			ret->number_count = ret->cells;
	}
	for (unsigned id = 0; id < TASK_FIELDS; id++)
		if (!field_set_has(&ret->fields, id))
			ret->slot[id] = (uint8_t)ret->cells;
}

static int grow(struct snapshot *snapshot, size_t capacity)
{
	size_t words = snapshot->shape.cells / 64 + 1; /* one bit more than there are cells */

	union cell *cells = reallocarray(snapshot->cells, capacity * (snapshot->shape.cells + 1), sizeof *cells);
	if (!cells)
		return -ENOMEM;
	snapshot->cells = cells;
	uint64_t *have = reallocarray(snapshot->have, capacity * (words + 1), sizeof *have);
	if (!have)
		return -ENOMEM;
	snapshot->have = have;
	snapshot->have_words = words;
	snapshot->capacity = capacity;
	return 0;
}

int snapshot_reserve(struct snapshot *snapshot, size_t rows)
{
	if (rows <= snapshot->capacity)
		return 0;
	int r = grow(snapshot, rows);
	if (r == 0)
		memory_expect(snapshot->cells, rows * snapshot->shape.cells * sizeof *snapshot->cells);
	return r;
}

int snapshot_add(struct snapshot *snapshot, size_t *ret_row)
{
	if (snapshot->count == snapshot->capacity &&
	    grow(snapshot, snapshot->capacity ? snapshot->capacity * 2 : 128) < 0)
		return -ENOMEM;
	*ret_row = snapshot->count++;
	memset(snapshot->have + *ret_row * snapshot->have_words, 0, snapshot->have_words * sizeof *snapshot->have);
	return 0;
}

static union cell *cell_of(const struct snapshot *snapshot, size_t row, unsigned slot)
{
	return &snapshot->cells[row * snapshot->shape.cells + slot];
}

/* Neighbours often have the same text, and then share its bytes. */
static bool is_above(const struct snapshot *snapshot, size_t row, unsigned slot, struct span text)
{
	if (row == 0 || !(snapshot->have[(row - 1) * snapshot->have_words + slot / 64] >> (slot % 64) & 1))
		return false;
	const union cell *above = cell_of(snapshot, row - 1, slot);
	return above->text.len == text.len && text.len &&
	       !memcmp(snapshot->texts.at + above->text.at, text.at, text.len);
}

static int put_text(struct snapshot *snapshot, size_t row, unsigned slot, struct span text)
{
	union cell *cell = cell_of(snapshot, row, slot);
	size_t at = snapshot->texts.len;

	if (is_above(snapshot, row, slot, text)) {
		*cell = *cell_of(snapshot, row - 1, slot);
		return 0;
	}
	buffer_add(&snapshot->texts, text);
	if (snapshot->texts.failed || snapshot->texts.len > UINT32_MAX)
		return -ENOMEM;
	cell->text.at = (uint32_t)at;
	cell->text.len = (uint32_t)text.len;
	return 0;
}

static int put_texts(struct snapshot *snapshot, size_t row, const struct task *task)
{
	const struct shape *shape = &snapshot->shape;

	for (unsigned slot = shape->number_count; slot < shape->cells; slot++) {
		if (!field_set_has(&task->have, shape->id[slot]))
			continue;
		const struct span *text = (const void *)((const char *)task + shape->from[slot]);
		if (put_text(snapshot, row, slot, *text) < 0)
			return -ENOMEM;
	}
	return 0;
}

/* What it has of the fields carried, as the words of a row. */
static void learn_usual(struct snapshot *snapshot, const struct field_set *had)
{
	const struct shape *shape = &snapshot->shape;

	snapshot->usual = *had;
	memset(snapshot->usual_have, 0, sizeof snapshot->usual_have);
	for (unsigned slot = 0; slot < shape->cells; slot++)
		if (field_set_has(had, shape->id[slot]))
			snapshot->usual_have[slot / 64] |= UINT64_C(1) << (slot % 64);
}

static bool is_empty(const uint64_t *have, size_t words)
{
	uint64_t any = 0;

	for (size_t i = 0; i < words; i++)
		any |= have[i];
	return !any;
}

/* All numbers are copied, whether the task has them or not: that takes less than to ask. */
static void fill_empty(struct snapshot *snapshot, size_t row, const struct task *task)
{
	const struct shape *shape = &snapshot->shape;
	union cell *cells = cell_of(snapshot, row, 0);
	unsigned numbers = shape->number_count;
	uint64_t differs = 0, lacks = 0;
	struct field_set had;

	for (unsigned word = 0; word < FIELD_WORDS; word++) {
		had.word[word] = shape->fields.word[word] & task->have.word[word];
		differs |= had.word[word] ^ snapshot->usual.word[word];
		lacks |= had.word[word] ^ shape->fields.word[word];
	}
	if (differs)
		learn_usual(snapshot, &had);
	for (size_t i = 0; i < snapshot->have_words; i++)
		snapshot->have[row * snapshot->have_words + i] = snapshot->usual_have[i];
	for (unsigned slot = 0; slot < numbers; slot++)
		cells[slot].number = *(const int64_t *)((const char *)task + shape->from[slot]);
	for (unsigned slot = 0; lacks && slot < numbers; slot++)
		if (!(snapshot->usual_have[slot / 64] >> (slot % 64) & 1))
			cells[slot].number = 0;
}

static void fill_some(struct snapshot *snapshot, size_t row, const struct task *task)
{
	const struct shape *shape = &snapshot->shape;
	union cell *cells = cell_of(snapshot, row, 0);
	uint64_t *have = snapshot->have + row * snapshot->have_words;

	for (unsigned word = 0; word < FIELD_WORDS; word++)
		for (uint64_t bits = shape->fields.word[word] & task->have.word[word]; bits; bits &= bits - 1) {
			unsigned slot = shape->slot[word * 64 + (unsigned)__builtin_ctzll(bits)];
			if (slot < shape->number_count)
				cells[slot].number = *(const int64_t *)((const char *)task + shape->from[slot]);
			have[slot / 64] |= UINT64_C(1) << (slot % 64);
		}
}

/* Every row of every sample passes here. */
int snapshot_fill(struct snapshot *snapshot, size_t row, const struct task *task)
{
	if (is_empty(snapshot->have + row * snapshot->have_words, snapshot->have_words))
		fill_empty(snapshot, row, task);
	else
		fill_some(snapshot, row, task);
	return put_texts(snapshot, row, task);
}

/* But for the texts of `other_texts`: they stay in the other snapshot, and have to be put in place. */
static int copy(struct snapshot *snapshot, size_t to, const struct snapshot *other, size_t row,
                const struct field_set *other_texts)
{
	const struct shape *shape = &snapshot->shape;
	union cell *cells = cell_of(snapshot, to, 0);
	const uint64_t *have = other->have + row * other->have_words;

	memcpy(cells, cell_of(other, row, 0), shape->cells * sizeof(union cell));
	memcpy(snapshot->have + to * snapshot->have_words, have, snapshot->have_words * sizeof *have);
	for (unsigned slot = shape->number_count; slot < shape->cells; slot++) {
		if (!(have[slot / 64] >> (slot % 64) & 1) || field_set_has(other_texts, shape->id[slot]))
			continue;
		struct span text = { other->texts.at ? other->texts.at + cells[slot].text.at : "",
			             cells[slot].text.len };
		if (put_text(snapshot, to, slot, text) < 0)
			return -ENOMEM;
	}
	return 0;
}

int snapshot_copy(struct snapshot *snapshot, size_t to, const struct snapshot *other, size_t row)
{
	return copy(snapshot, to, other, row, &(const struct field_set){ 0 });
}

int snapshot_renew(struct snapshot *snapshot, size_t to, const struct snapshot *other, size_t row,
                   const struct task *task)
{
	int r = copy(snapshot, to, other, row, &task->have);

	return r < 0 ? r : snapshot_fill(snapshot, to, task);
}

void snapshot_keep(struct snapshot *snapshot, const bool *keep)
{
	size_t kept = 0, cells = snapshot->shape.cells, words = snapshot->have_words;

	for (size_t row = 0; row < snapshot->count; row++) {
		if (!keep[row])
			continue;
		if (kept != row) {
			memcpy(snapshot->cells + kept * cells, snapshot->cells + row * cells,
			       cells * sizeof *snapshot->cells);
			memcpy(snapshot->have + kept * words, snapshot->have + row * words,
			       words * sizeof *snapshot->have);
		}
		kept++;
	}
	snapshot->count = kept;
}

bool snapshot_alike(const struct snapshot *a, const struct snapshot *b)
{
	return !memcmp(&a->shape, &b->shape, sizeof a->shape);
}

/* What a number cell holds that is not known is compared, too: where it differs, rows that say the same are not found.
 */
bool snapshot_same_row(const struct snapshot *a, size_t row_a, const struct snapshot *b, size_t row_b)
{
	const struct shape *shape = &a->shape;
	const union cell *x = cell_of(a, row_a, 0), *y = cell_of(b, row_b, 0);
	unsigned when = shape->slot[TASK_read_ns], behind = when + 1;
	struct span text, other;

	if (memcmp(a->have + row_a * a->have_words, b->have + row_b * b->have_words, a->have_words * sizeof *a->have) ||
	    memcmp(x, y, (when < shape->number_count ? when : shape->number_count) * sizeof *x) ||
	    (behind < shape->number_count &&
	     memcmp(x + behind, y + behind, (shape->number_count - behind) * sizeof *x)))
		return false;
	for (unsigned slot = shape->number_count; slot < shape->cells; slot++)
		if (snapshot_text(a, row_a, shape->id[slot], &text) &&
		    snapshot_text(b, row_b, shape->id[slot], &other) && !span_equal(text, other))
			return false;
	return true;
}

void snapshot_done(struct snapshot *snapshot)
{
	free(snapshot->cells);
	free(snapshot->have);
	buffer_done(&snapshot->texts);
	arena_done(&snapshot->arena);
	*snapshot = (struct snapshot){ 0 };
}
