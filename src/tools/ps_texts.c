/* Cells that are texts. A name may hold any byte: none reaches the page raw. */
#include <langinfo.h>
#include <stdio.h>
#include <strings.h>

#include "render/text.h"
#include "tools/ps_cells.h"

static bool is_plain(struct span text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.at[i] < ' ' || text.at[i] == 0x7f)
			return false;
	return true;
}

static bool is_utf8_locale(void)
{
	static int known; /* 0: not yet */

	if (!known)
		known = strcasecmp(nl_langinfo(CODESET), "UTF-8") ? -1 : 1;
	return known > 0;
}

/* The bytes of a character that begins like this; 0: none does. */
static size_t character_length(unsigned char first)
{
	return first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
}

/*
 * As ps has always marked them: control characters are '?', but '.' behind the first byte that is no UTF-8 and where
 * the locale has none; bytes that are no character are '?'. text_put does the rest.
 */
static void mark_controls(char *at, size_t len)
{
	bool valid = is_utf8_locale();

	for (size_t i = 0, step; i < len; i += step) {
		unsigned char c = (unsigned char)at[i];
		step = valid ? character_length(c) : 1;
		if (step == 0 || step > len - i) {
			valid = false;
			step = 1;
		}
		if (c < ' ' || c == 0x7f)
			at[i] = valid ? '?' : '.';
		else if (!valid && c >= 0x80)
			at[i] = '?';
	}
}

/* Adds at most `room` columns of `text`. */
static size_t put_text(const struct ps_row *row, struct span text, size_t room, struct buffer *into)
{
	if (is_plain(text))
		return text_put(into, text, room);
	buffer_clear(row->text);
	buffer_add(row->text, text);
	mark_controls(row->text->at, row->text->len);
	return text_put(into, buffer_span(row->text), room);
}

static bool text_of(const struct ps_row *row, unsigned field, struct span *ret)
{
	return view_text(row->view, row->at, field, ret);
}

CELL(text)
{
	struct span text = SPAN("-");

	text_of(row, field, &text);
	return put_text(row, text, room, into);
}

/* Words that were ended by NULs, in one line. */
static void add_words(struct buffer *into, struct span words)
{
	while (words.len && words.at[words.len - 1] == '\0')
		words.len--;
	if (words.len > PS_PAGE_MOST)
		words.len = PS_PAGE_MOST;
	char *at = buffer_room(into, words.len);
	if (!at)
		return;
	for (size_t i = 0; i < words.len; i++)
		at[i] = words.at[i] == '\0' || words.at[i] == '\n' ? ' ' : words.at[i];
	into->len += words.len;
}

void ps_arguments_text(const struct ps_row *row, struct buffer *into)
{
	struct span words, name = { 0 };

	if (text_of(row, TASK_cmdline, &words)) {
		add_words(into, words);
		return;
	}
	text_of(row, TASK_comm, &name);
	buffer_char(into, '[');
	buffer_add(into, name);
	buffer_char(into, ']');
	if (ps_number(row, TASK_state) == 'Z')
		buffer_text(into, " <defunct>");
}

/* The branches of the forest in front of a name, as far as they fit. */
static size_t put_art(const struct ps_row *row, size_t room, struct buffer *into)
{
	bool art = row->request->forest == PS_ART;
	size_t step = art ? 4 : 2, used = 0;

	for (const char *at = row->art; at && *at && room - used >= step; at++, used += step)
		ps_put(into, !art ? "  " : *at == ' ' ? "    " : *at == '|' ? " |  " : " \\_ ");
	return used;
}

static size_t put_built(const struct ps_row *row, size_t room, struct buffer *into)
{
	if (!is_plain(buffer_span(row->text)))
		mark_controls(row->text->at, row->text->len);
	return text_put(into, buffer_span(row->text), room);
}

static size_t put_name(const struct ps_row *row, bool arguments, size_t room, struct buffer *into)
{
	size_t used = put_art(row, room, into);
	struct span name = { 0 }, words;

	if (arguments) {
		buffer_clear(row->text);
		ps_arguments_text(row, row->text);
		used += put_built(row, room - used, into);
	} else {
		text_of(row, TASK_comm, &name);
		used += put_text(row, name, room - used, into);
	}
	if (row->request->environment && room - used > 1 && text_of(row, TASK_environ, &words)) {
		buffer_char(into, ' ');
		buffer_clear(row->text);
		add_words(row->text, words);
		used += 1 + put_built(row, room - used - 1, into);
	}
	return used;
}

CELL(arguments)
{
	(void)field;
	return put_name(row, !row->request->own_names, room, into);
}

CELL(name)
{
	(void)field;
	return put_name(row, row->request->full_names, room, into);
}

CELL(name_8)
{
	enum { MOST = 8 };
	size_t used = put_art(row, room, into);
	struct span name = { 0 };

	text_of(row, field, &name);
	return used + put_text(row, name, room - used < MOST ? room - used : MOST, into);
}

CELL(environment)
{
	struct span words;

	if (!text_of(row, field, &words))
		return ps_put(into, "-");
	buffer_clear(row->text);
	add_words(row->text, words);
	return put_built(row, room, into);
}

/* The number behind a NAMED field. */
static int64_t number_behind(const struct ps_row *row, unsigned field)
{
	return ps_number(row, task_fields[field].needs[0]);
}

CELL(account)
{
	struct span name;
	size_t before = into->len;

	if (!row->request->numbers && text_of(row, field, &name)) {
		size_t used = put_text(row, name, PS_PAGE_MOST, into);
		if (used <= room)
			return used;
		if (room && (unsigned char)into->at[before + room - 1] < 127) {
			into->len = before + room - 1;
			buffer_char(into, '+');
			return room;
		}
		into->len = before;
	}
	buffer_i64(into, number_behind(row, field), 0);
	return into->len - before;
}

CELL(terminal)
{
	struct span name = SPAN("?");

	(void)room;
	text_of(row, field, &name);
	return put_text(row, name, PS_PAGE_MOST, into);
}

CELL(state)
{
	(void)room;
	buffer_char(into, (char)ps_number(row, field));
	return 1;
}

/* The state letter, and what else matters at a glance. */
CELL(states)
{
	size_t before = into->len;
	int64_t nice = ps_number(row, TASK_nice);

	(void)room;
	buffer_char(into, (char)ps_number(row, field));
	if (nice)
		buffer_char(into, nice < 0 ? '<' : 'N');
	if (ps_number(row, TASK_locked_bytes))
		buffer_char(into, 'L');
	if (ps_number(row, TASK_sid) == ps_number(row, TASK_tgid))
		buffer_char(into, 's');
	if (ps_number(row, TASK_threads) > 1)
		buffer_char(into, 'l');
	if (ps_number(row, TASK_pgid) == ps_number(row, TASK_tpgid))
		buffer_char(into, '+');
	return into->len - before;
}

CELL(wait_channel)
{
	struct span name = SPAN("?");

	text_of(row, field, &name);
	while (name.len && name.at[0] == '_')
		name = span_skip(name, 1);
	return put_text(row, name, room, into);
}

CELL(policy)
{
	static const char *const names[] = { "TS", "FF", "RR", "B", "ISO", "IDL", "DLN" };
	int64_t policy;

	(void)room;
	if (!view_number(row->view, row->at, field, &policy))
		return ps_put(into, "?");
	if (policy >= 0 && (size_t)policy < sizeof names / sizeof *names)
		return ps_put(into, names[policy]);
	buffer_char(into, '#');
	return 1 + ps_cell_number(row, field, room, into);
}

/* Without what all names of its kind begin with: pts/3 is 3, tty1 is 1. */
CELL(terminal_short)
{
	static const char *const starts[] = { "pts/", "tty", "cu" };
	struct span name = SPAN("?");

	(void)room;
	text_of(row, field, &name);
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
		struct span start = span_of(starts[i]);
		if (span_starts(name, start) && name.len > start.len) {
			name = span_skip(name, start.len);
			break;
		}
	}
	return put_text(row, name, PS_PAGE_MOST, into);
}
