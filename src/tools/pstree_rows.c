/* pstree's lines. */
#include <stdlib.h>

#include "base/clock.h"
#include "tools/pstree.h"

struct symbols {
	const char *empty, *branch, *vertical, *last, *single, *first;
};

#define VT(text) "\033(0\017" text "\033(B"

static const struct symbols all_symbols[] = {
	[PSTREE_ASCII] = { "  ", "|-", "| ", "`-", "---", "-+-" },
	[PSTREE_UTF8] = { "  ", "├─", "│ ", "└─", "───", "─┬─" },
	[PSTREE_VT100] = { "  ", VT("tq"), VT("x") " ", VT("mq"), VT("qqq"), VT("qwq") },
};

struct level {
	int64_t width; /* of what is left of the line below */
	bool more;     /* there will be brothers */
};

struct page {
	struct pstree *pstree;
	struct buffer *buffer;
	const struct symbols *symbols;
	size_t column; /* of the next character; the first is 1 */
	struct level *levels;
	size_t level_count;
	int64_t boot_ns;
};

/* Bytes of a character behind its first one do not count. What is beyond the last column becomes one plus. */
static void put_char(struct page *page, char c)
{
	const struct pstree *pstree = page->pstree;
	bool counts = ((unsigned char)c & 0xc0) != 0x80;

	page->column += counts;
	if (pstree->not_cut || page->column <= pstree->width)
		buffer_char(page->buffer, c);
	else if (counts && page->column == pstree->width + 1)
		buffer_char(page->buffer, '+');
}

static void put_string(struct page *page, const char *text)
{
	while (*text)
		put_char(page, *text++);
}

/* 0 is nothing, as pstree has always written it. */
static size_t put_number(struct page *page, int64_t number)
{
	char text[24];
	struct buffer digits = { 0 };

	buffer_i64(&digits, number, 0);
	size_t len = digits.len < sizeof text ? digits.len : sizeof text - 1;
	memcpy(text, digits.at ? digits.at : "", len);
	text[len] = '\0';
	buffer_done(&digits);
	if (number != 0)
		put_string(page, text);
	return len;
}

/* Nothing but printable ASCII; a backslash is doubled. Gives the characters. */
static size_t put_escaped(struct page *page, struct span text)
{
	size_t count = 0;

	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];
		if (c == '\\') {
			put_string(page, "\\\\");
			count += 2;
		} else if (c >= ' ' && c <= '~') {
			put_char(page, (char)c);
			count++;
		} else {
			const char octal[] = { '\\', (char)('0' + (c >> 6)), (char)('0' + (c >> 3 & 7)),
				               (char)('0' + (c & 7)), 0 };
			put_string(page, octal);
			count += 4;
		}
	}
	return count;
}

static void put_newline(struct page *page)
{
	buffer_char(page->buffer, '\n');
	page->column = 1;
}

static struct level *level_at(struct page *page, size_t level)
{
	if (level >= page->level_count) {
		size_t count = level * 2 + 64;
		struct level *levels = realloc(page->levels, count * sizeof *levels);
		if (!levels) {
			page->buffer->failed = true;
			return NULL;
		}
		page->levels = levels;
		page->level_count = count;
	}
	return &page->levels[level];
}

static void put_indent(struct page *page, size_t level, bool last)
{
	for (size_t i = 0; i < level; i++) {
		const char *line = last ? page->symbols->last : page->symbols->branch;
		for (int64_t blanks = page->levels[i].width + 1; blanks > 0; blanks--)
			put_char(page, ' ');
		if (i + 1 < level)
			line = page->levels[i + 1].more ? page->symbols->vertical : page->symbols->empty;
		put_string(page, line);
	}
}

static bool same_tree(const struct pstree *pstree, uint32_t i, uint32_t j)
{
	const struct branch *a = &pstree->branches[i], *b = &pstree->branches[j];

	if (!span_equal(a->name, b->name) || (pstree->users && a->uid != b->uid) ||
	    (pstree->namespaces && memcmp(a->namespaces, b->namespaces, sizeof a->namespaces) != 0))
		return false;
	for (i = a->first, j = b->first; i != NOBODY && j != NOBODY;
	     i = pstree->branches[i].next, j = pstree->branches[j].next)
		if (!same_tree(pstree, i, j))
			return false;
	return i == NOBODY && j == NOBODY;
}

/* Takes out of the list behind `child` all that look the same: how many. */
static size_t take_same(struct pstree *pstree, uint32_t child)
{
	uint32_t *link = &pstree->branches[child].next;
	size_t count = 0;

	while (*link != NOBODY) {
		if (same_tree(pstree, child, *link)) {
			*link = pstree->branches[*link].next;
			count++;
		} else {
			link = &pstree->branches[*link].next;
		}
	}
	return count;
}

static void put_mark(struct page *page, int *infos)
{
	put_char(page, (*infos)++ ? ',' : '(');
}

static void put_namespaces(struct page *page, const struct branch *branch, int *infos)
{
	const struct branch *parent = &page->pstree->branches[branch->parent];

	if (branch->parent == NOBODY)
		return;
	for (int i = 0; i < PSTREE_NAMESPACES; i++) {
		int64_t own = branch->namespaces[i], above = parent->namespaces[i];
		if (!own || !above || own == above)
			continue;
		put_mark(page, infos);
		put_string(page, pstree_namespaces[i].name);
	}
}

/* What stands behind the name: pid, group, user, namespaces, label; a closing parenthesis where one was opened. */
static void put_infos(struct page *page, const struct branch *branch, int64_t above_uid, bool swapped)
{
	const struct pstree *pstree = page->pstree;
	int infos = pstree->arguments;

	if (pstree->pids) {
		put_mark(page, &infos);
		put_number(page, branch->pid);
	}
	if (pstree->pgids) {
		put_mark(page, &infos);
		put_number(page, branch->pgid);
	}
	if (pstree->users && above_uid != branch->uid) {
		put_mark(page, &infos);
		if (branch->user.len)
			put_escaped(page, branch->user);
		else
			put_number(page, branch->uid);
	}
	if (pstree->namespaces)
		put_namespaces(page, branch, &infos);
	if (pstree->labels) {
		put_mark(page, &infos);
		put_char(page, '`');
		put_escaped(page, branch->label);
		put_char(page, '\'');
	}
	if (pstree->arguments ? swapped : infos)
		put_char(page, ')');
}

/* As many bytes of a command line as the old tool reads. */
static struct span read_part(const struct pstree *pstree, struct span arguments)
{
	size_t most = pstree->not_cut ? 8192 : pstree->width;

	return (struct span){ arguments.at, arguments.len < most ? arguments.len : most };
}

/* How many there are behind the first: as many as groups of NUL bytes. */
static size_t count_arguments(struct span bytes)
{
	size_t count = 0;

	for (size_t i = 0; i < bytes.len; i++) {
		if (bytes.at[i])
			continue;
		count++;
		while (i < bytes.len && !bytes.at[i])
			i++;
	}
	return count;
}

static void put_arguments(struct page *page, struct span arguments)
{
	struct span rest = read_part(page->pstree, arguments), word;
	size_t count = count_arguments(rest);

	if (!span_until(&rest, '\0', &word))
		return;
	for (size_t i = 0; i < count; i++) {
		size_t len = 0;
		if (!span_until(&rest, '\0', &word)) {
			word = rest;
			rest = SPAN("");
		}
		if (i + 1 < count)
			put_char(page, ' ');
		for (size_t k = 0; k < word.len; k++)
			len += word.at[k] >= ' ' && word.at[k] <= '~' ? 1 : 4;
		if (!page->pstree->not_cut && page->column + len > page->pstree->width - (i + 1 == count ? 0 : 4)) {
			put_string(page, "...");
			return;
		}
		put_escaped(page, word);
	}
}

static void put_age(struct page *page, const struct branch *branch)
{
	int64_t age_s = (page->boot_ns - branch->started_ns) / NS_PER_S;

	buffer_text(page->buffer, age_s < 60 ? "\033[32m" : age_s < 3600 ? "\033[33m" : "\033[31m");
}

/* One branch up to its children; gives the width of its name. */
static size_t put_name(struct page *page, const struct branch *branch, int64_t above_uid, size_t *ret_offset)
{
	struct pstree *pstree = page->pstree;
	bool swapped = pstree->arguments && !branch->is_thread && branch->arguments.len == 0 && branch->row != NOBODY;

	if (pstree->ages)
		put_age(page, branch);
	if (branch->highlighted)
		buffer_add(page->buffer, buffer_span(&pstree->bold));
	if (swapped)
		put_char(page, '(');
	size_t len = put_escaped(page, branch->name);
	*ret_offset = page->column;
	put_infos(page, branch, above_uid, swapped);
	if (branch->highlighted)
		buffer_add(page->buffer, buffer_span(&pstree->plain));
	if (pstree->arguments && !branch->is_thread)
		put_arguments(page, branch->arguments);
	if (pstree->ages)
		buffer_text(page->buffer, "\033[0m");
	return len;
}

/* Where a branch stands. */
struct spot {
	size_t level;
	size_t count;      /* how many look the same */
	bool leaf;         /* on the line of its parent */
	bool last;         /* of its brothers */
	int64_t above_uid; /* its parent's user */
	size_t closing;    /* brackets to close at the end of the line */
};

static void put_branch(struct page *page, uint32_t at, struct spot spot);

/* A line each. */
static void put_lines_below(struct page *page, const struct branch *branch, size_t level)
{
	struct pstree *pstree = page->pstree;

	for (uint32_t child = branch->first; child != NOBODY; child = pstree->branches[child].next) {
		bool merge = !pstree->not_compact && pstree->branches[child].is_thread;
		size_t same = merge ? take_same(pstree, child) : 0;
		put_branch(page, child,
		           (struct spot){ level + 1, same + 1, false, pstree->branches[child].next == NOBODY,
		                          branch->uid, same ? 1 : 0 });
	}
}

static void put_children(struct page *page, const struct branch *branch, const struct spot *spot)
{
	struct pstree *pstree = page->pstree;

	for (uint32_t child = branch->first; child != NOBODY; child = pstree->branches[child].next) {
		size_t same = pstree->not_compact ? 0 : take_same(pstree, child);
		bool first = child == branch->first, last = pstree->branches[child].next == NOBODY;
		if (first)
			put_string(page, last ? page->symbols->single : page->symbols->first);
		put_branch(page, child,
		           (struct spot){ spot->level + 1, same + 1, first, last, branch->uid,
		                          spot->closing + (same ? 1 : 0) });
	}
}

static void put_branch(struct page *page, uint32_t at, struct spot spot)
{
	struct pstree *pstree = page->pstree;
	const struct branch *branch = &pstree->branches[at];
	bool lines = pstree->labels || pstree->arguments;
	size_t offset, extra = 0;

	if (!spot.leaf)
		put_indent(page, spot.level, spot.last);
	if (spot.count > 1) {
		extra = put_number(page, (int64_t)spot.count) + 2;
		put_string(page, "*[");
	}
	size_t name = put_name(page, branch, spot.above_uid, &offset);
	if (lines || branch->first == NOBODY) {
		for (size_t i = 0; i < spot.closing; i++)
			put_char(page, ']');
		put_newline(page);
	}
	struct level *level = level_at(page, spot.level);
	if (!level)
		return;
	level->more = !spot.last;
	level->width =
		lines ? pstree->arguments + (name > 1 ? 0 : -1) : (int64_t)(name + page->column - offset + extra);
	if (lines) {
		put_lines_below(page, branch, spot.level);
	} else if (branch->first != NOBODY && page->column >= pstree->width && !pstree->not_cut) {
		put_string(page, page->symbols->first);
		put_char(page, '+');
		put_newline(page);
	} else {
		put_children(page, branch, &spot);
	}
}

void pstree_put(struct pstree *pstree, struct buffer *buffer, uint32_t branch, int64_t above_uid, int64_t boot_ns)
{
	struct page page = { .pstree = pstree,
		             .buffer = buffer,
		             .symbols = &all_symbols[pstree->lines],
		             .column = 1,
		             .boot_ns = boot_ns };

	put_branch(&page, branch, (struct spot){ 0, 1, true, true, above_uid, 0 });
	free(page.levels);
}
