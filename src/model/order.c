#include "model/order.h"

#include <errno.h>
#include <stdlib.h>

struct order {
	const struct order_value *values;
	size_t keys;
	const bool *descending;
};

/* strcoll wants NUL ended text; names are short, and only the first part of a long one decides. */
static int compare_words(struct span a, struct span b)
{
	char left[256], right[256];
	size_t la = a.len < sizeof left - 1 ? a.len : sizeof left - 1;
	size_t lb = b.len < sizeof right - 1 ? b.len : sizeof right - 1;

	if (la)
		memcpy(left, a.at, la);
	if (lb)
		memcpy(right, b.at, lb);
	left[la] = right[lb] = '\0';
	return strcoll(left, right);
}

static int compare_values(const struct order_value *a, const struct order_value *b, bool descending)
{
	if (a->is == ABSENT || b->is == ABSENT)
		return (a->is == ABSENT) - (b->is == ABSENT);
	int r = a->is == WORDS ? compare_words(a->words, b->words) : (a->number > b->number) - (a->number < b->number);
	return descending ? -r : r;
}

static int compare_rows(const struct order *order, uint32_t a, uint32_t b)
{
	const struct order_value *left = &order->values[a * order->keys], *right = &order->values[b * order->keys];
	int r = 0;

	for (size_t k = 0; k < order->keys && r == 0; k++)
		r = compare_values(&left[k], &right[k], order->descending[k]);
	return r;
}

/* How many of `rows`, which are in order, stand before `row`, with those that are equal to it or without. It looks near
 * the beginning first. */
static size_t count_before(const struct order *order, const uint32_t *rows, size_t count, uint32_t row, bool equals)
{
	size_t low = 0, end = 1;

	while (end <= count && compare_rows(order, rows[end - 1], row) < equals) {
		low = end;
		end *= 2;
	}
	for (size_t high = end <= count ? end - 1 : count; low < high;) {
		size_t middle = low + (high - low) / 2;
		if (compare_rows(order, rows[middle], row) < equals)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Mostly a few rows have to go far, past many that stay in their order. */
static void merge(const struct order *order, uint32_t *rows, size_t left, size_t count, uint32_t *spare)
{
	size_t at = count_before(order, rows, left, rows[left], true);
	size_t end = left + count_before(order, rows + left, count - left, rows[left - 1], false);
	size_t a = 0, b = left, kept = left - at;

	memcpy(spare, rows + at, kept * sizeof *rows);
	while (a < kept && b < end)
		rows[at++] = compare_rows(order, rows[b], spare[a]) < 0 ? rows[b++] : spare[a++];
	memcpy(rows + at, spare + a, (kept - a) * sizeof *rows);
}

static void insert(const struct order *order, uint32_t *rows, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		uint32_t row = rows[i];
		size_t at = i;
		for (; at > 0 && compare_rows(order, row, rows[at - 1]) < 0; at--)
			rows[at] = rows[at - 1];
		rows[at] = row;
	}
}

static void sort(const struct order *order, uint32_t *rows, size_t count, uint32_t *spare)
{
	enum { FEW = 12 };

	if (count <= FEW) {
		insert(order, rows, count);
		return;
	}
	size_t left = count / 2;
	sort(order, rows, left, spare);
	sort(order, rows + left, count - left, spare);
	if (compare_rows(order, rows[left], rows[left - 1]) < 0)
		merge(order, rows, left, count, spare);
}

int order_rows(uint32_t *rows, size_t count, const struct order_value *values, size_t keys, const bool *descending)
{
	uint32_t *spare = reallocarray(NULL, count / 2 + 1, sizeof *spare);

	if (!spare)
		return -ENOMEM;
	sort(&(struct order){ values, keys, descending }, rows, count, spare);
	free(spare);
	return 0;
}
