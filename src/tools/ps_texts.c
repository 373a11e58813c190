/* Cells that are texts. A name may hold any byte: none reaches the page raw. */
#include <stdio.h>

#include "render/text.h"
#include "tools/ps_cells.h"

static bool text_of(const struct ps_row *row, unsigned field, struct span *ret)
{
	return view_text(row->view, row->at, field, ret);
}

CELL(text)
{
	struct span text = SPAN("-");

	text_of(row, field, &text);
	return text_put(into, text, room);
}

/* Words that were ended by NULs, in one line. */
static void add_line(struct buffer *into, struct span words)
{
	if (words.len > PS_PAGE_MOST)
		words.len = PS_PAGE_MOST;
	if (words.len)
		text_command(into, words);
}

void ps_arguments_text(const struct ps_row *row, struct buffer *into)
{
	struct span words, name = { 0 };

	if (text_of(row, TASK_cmdline, &words)) {
		add_line(into, words);
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

static size_t put_name(const struct ps_row *row, bool arguments, size_t room, struct buffer *into)
{
	size_t used = put_art(row, room, into);
	struct span name = { 0 }, words;

	if (arguments) {
		buffer_clear(row->text);
		ps_arguments_text(row, row->text);
		used += text_put(into, buffer_span(row->text), room - used);
	} else {
		text_of(row, TASK_comm, &name);
		used += text_put(into, name, room - used);
	}
	if (row->request->environment && room - used > 1 && text_of(row, TASK_environ, &words)) {
		buffer_char(into, ' ');
		buffer_clear(row->text);
		add_line(row->text, words);
		used += 1 + text_put(into, buffer_span(row->text), room - used - 1);
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
	return used + text_put(into, name, room - used < MOST ? room - used : MOST);
}

CELL(environment)
{
	struct span words;

	if (!text_of(row, field, &words))
		return ps_put(into, "-");
	buffer_clear(row->text);
	add_line(row->text, words);
	return text_put(into, buffer_span(row->text), room);
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
		size_t used = text_put(into, name, PS_PAGE_MOST);
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
	return text_put(into, name, PS_PAGE_MOST);
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
	return text_put(into, name, room);
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
	return text_put(into, name, PS_PAGE_MOST);
}
