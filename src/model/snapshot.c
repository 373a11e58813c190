#include "model/snapshot.h"

#include <errno.h>
#include <stdlib.h>

_Static_assert(sizeof(struct task) <= UINT16_MAX, "a shape knows where in it everything lies");

void shape_make(const struct field_set *fields, struct shape *ret)
{
	*ret = (struct shape){ 0 };
	for (unsigned id = 0; id < TASK_FIELDS; id++) {
		if (!field_set_has(fields, id) || field_derived(&task_fields[id]))
			continue;
		field_set_add(&ret->fields, id);
		ret->slot[id] = (uint8_t)ret->cells++;
		ret->from[id] = (uint16_t)task_fields[id].offset;
		if (task_fields[id].kind == TEXT)
			ret->texts[ret->text_count++] = (uint8_t)id;
		else
			field_set_add(&ret->numbers, id);
	}
}

static int grow(struct snapshot *snapshot, size_t capacity)
{
	size_t words = (snapshot->shape.cells + 63) / 64;

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
	return rows <= snapshot->capacity ? 0 : grow(snapshot, rows);
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

static int put_text(struct snapshot *snapshot, union cell *cell, struct span text)
{
	size_t at = snapshot->texts.len;

	buffer_add(&snapshot->texts, text);
	if (snapshot->texts.failed || snapshot->texts.len > UINT32_MAX)
		return -ENOMEM;
	cell->text.at = (uint32_t)at;
	cell->text.len = (uint32_t)text.len;
	return 0;
}

static int fill_texts(struct snapshot *snapshot, union cell *cells, uint64_t *have, const struct task *task)
{
	const struct shape *shape = &snapshot->shape;
	struct span text;

	for (unsigned i = 0; i < shape->text_count; i++) {
		unsigned id = shape->texts[i], slot = shape->slot[id];
		if (!record_text(&task_fields[id], task, &text))
			continue;
		if (put_text(snapshot, &cells[slot], text) < 0)
			return -ENOMEM;
		have[slot / 64] |= UINT64_C(1) << (slot % 64);
	}
	return 0;
}

/* Every row of every sample passes here. */
int snapshot_fill(struct snapshot *snapshot, size_t row, const struct task *task)
{
	const struct shape *shape = &snapshot->shape;
	union cell *cells = cell_of(snapshot, row, 0);
	uint64_t *have = snapshot->have + row * snapshot->have_words;

	for (unsigned word = 0; word < FIELD_WORDS; word++)
		for (uint64_t bits = shape->numbers.word[word] & task->have.word[word]; bits; bits &= bits - 1) {
			unsigned id = word * 64 + (unsigned)__builtin_ctzll(bits), slot = shape->slot[id];
			cells[slot].number = *(const int64_t *)((const char *)task + shape->from[id]);
			have[slot / 64] |= UINT64_C(1) << (slot % 64);
		}
	return fill_texts(snapshot, cells, have, task);
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
	for (unsigned i = 0; i < shape->text_count; i++) {
		unsigned id = shape->texts[i], slot = shape->slot[id];
		if (!(have[slot / 64] >> (slot % 64) & 1) || field_set_has(other_texts, id))
			continue;
		struct span text = { other->texts.at ? other->texts.at + cells[slot].text.at : "",
			             cells[slot].text.len };
		if (put_text(snapshot, &cells[slot], text) < 0)
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

bool snapshot_text(const struct snapshot *snapshot, size_t row, unsigned id, struct span *ret)
{
	if (!snapshot_has(snapshot, row, id))
		return false;
	const union cell *cell = cell_of(snapshot, row, snapshot->shape.slot[id]);
	*ret = (struct span){ snapshot->texts.at ? snapshot->texts.at + cell->text.at : "", cell->text.len };
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
