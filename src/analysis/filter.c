#include "analysis/filter.h"

#include <ctype.h>

enum fit { NO, YES, UNKNOWN };

/* As people see it: the NUL bytes between arguments are blanks, and case does not count. */
static int letter(char c)
{
	return c == '\0' ? ' ' : tolower((unsigned char)c);
}

static bool begins(struct span text, struct span word)
{
	for (size_t i = 0; i < word.len; i++)
		if (letter(text.at[i]) != letter(word.at[i]))
			return false;
	return true;
}

static bool holds(struct span text, struct span word)
{
	for (; text.len >= word.len; text = span_skip(text, 1)) {
		if (begins(text, word))
			return true;
		if (text.len == 0)
			return false;
	}
	return false;
}

bool filter_has(struct span text, struct span words)
{
	struct span word;

	while (words.len) {
		if (!span_until(&words, '|', &word)) {
			word = words;
			words.len = 0;
		}
		if (word.len && holds(text, word))
			return true;
	}
	return false;
}

static enum fit turned(enum fit fit, bool turn)
{
	return fit == UNKNOWN || !turn ? fit : fit == YES ? NO : YES;
}

static enum fit compare_number(const struct filter_node *node, const struct view *view, size_t row)
{
	int64_t value;

	if (!view_number(view, row, node->id, &value))
		return UNKNOWN;
	double number = (double)value;
	switch (node->order) {
	case FILTER_LESS:
		return number < node->number;
	case FILTER_LESS_EQUAL:
		return number <= node->number;
	case FILTER_MORE:
		return number > node->number;
	case FILTER_MORE_EQUAL:
		return number >= node->number;
	case FILTER_UNLIKE:
		return number < node->number || number > node->number;
	default:
		return number >= node->number && number <= node->number;
	}
}

/* The command line of what has one holds its name as well, as people see it; others have only the name. */
static enum fit find_text(const struct filter_node *node, struct span words, const struct view *view, size_t row)
{
	struct span text;
	bool known = view_text(view, row, node->id, &text), has = known && filter_has(text, words);

	if (node->id == TASK_cmdline && !has && view_text(view, row, TASK_comm, &text)) {
		known = true;
		has = filter_has(text, words);
	}
	return known ? (enum fit)has : UNKNOWN;
}

static enum fit compare_text(const struct filter *filter, const struct filter_node *node, const struct view *view,
                             size_t row)
{
	struct span words = { filter->text + node->at, node->len }, text;
	bool has = node->order == FILTER_HAS || node->order == FILTER_HAS_NOT;
	bool turn = node->order == FILTER_HAS_NOT || node->order == FILTER_UNLIKE;

	if (has)
		return turned(find_text(node, words, view, row), turn);
	if (!view_text(view, row, node->id, &text))
		return UNKNOWN;
	while (text.len && text.at[text.len - 1] == '\0')
		text.len--;
	return turned(text.len == words.len && begins(text, words), turn);
}

static enum fit fits(const struct filter *filter, uint8_t at, const struct view *view, size_t row)
{
	const struct filter_node *node = &filter->nodes[at];
	enum fit left, right;

	switch (node->kind) {
	case FILTER_NOT:
		return turned(fits(filter, node->left, view, row), true);
	case FILTER_NUMBER:
		return compare_number(node, view, row);
	case FILTER_TEXT:
		return compare_text(filter, node, view, row);
	default:
		break;
	}
	/* One side can decide alone: NO of an "and", YES of an "or". */
	enum fit decides = node->kind == FILTER_AND ? NO : YES;
	left = fits(filter, node->left, view, row);
	if (left == decides)
		return left;
	right = fits(filter, node->right, view, row);
	return right == decides || left != UNKNOWN ? right : UNKNOWN;
}

bool filter_fits(const struct filter *filter, const struct view *view, size_t row)
{
	return filter->count == 0 || fits(filter, filter->root, view, row) == YES;
}

void filter_request(const struct filter *filter, struct request *request, struct field_set *set)
{
	for (size_t i = 0; i < filter->count; i++) {
		const struct filter_node *node = &filter->nodes[i];
		if (node->kind != FILTER_NUMBER && node->kind != FILTER_TEXT)
			continue;
		request_field(request, set, node->id);
		if (node->id == TASK_cmdline)
			request_field(request, set, TASK_comm);
	}
}
