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
	for (size_t k = 0; k < order->keys; k++) {
		int r = compare_values(&order->values[a * order->keys + k], &order->values[b * order->keys + k],
		                       order->descending[k]);
		if (r)
			return r;
	}
	return 0;
}

static void merge(const struct order *order, uint32_t *rows, size_t left, size_t count, uint32_t *spare)
{
	size_t a = 0, b = left, at = left;

	memcpy(spare, rows, left * sizeof *rows);
	for (at = 0; a < left; at++)
		rows[at] = b < count && compare_rows(order, rows[b], spare[a]) < 0 ? rows[b++] : spare[a++];
}

static void sort(const struct order *order, uint32_t *rows, size_t count, uint32_t *spare)
{
	if (count < 2)
		return;
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
