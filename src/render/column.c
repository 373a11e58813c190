#include "render/column.h"

#include "base/time.h"
#include "render/cgroup_text.h"
#include "render/duration.h"
#include "render/number.h"
#include "render/text.h"

struct slot {
	struct buffer *buffer;
	const struct column *column;
	size_t width;
	const struct cell_style *style;
	const struct cell_row *row;
};

static const struct {
	enum form form;
	uint8_t width;
} by_unit[] = {
	[PLAIN] = { FORM_COUNT, 6 },
	[BYTES] = { FORM_MEMORY, 7 },
	[NANOSECONDS] = { FORM_HUNDREDTHS, 9 },
	[PERCENT] = { FORM_PERCENT, 5 },
	[PER_SECOND] = { FORM_RATE, 6 },
	[BYTES_PER_SECOND] = { FORM_MEMORY, 7 },
	[BYTES_PER_MINUTE] = { FORM_GROWTH, 8 },
	[MASK] = { FORM_MASK, 16 },
	[LETTER] = { FORM_LETTER, 1 },
	[FRACTION] = { FORM_RATE, 6 },
};

struct column column_of(const struct field *field)
{
	enum { PID_WIDTH = 7, NAME_WIDTH = 8 };
	struct column column = { field->header, NULL, by_unit[field->unit].form, (uint8_t)field->id,
		                 by_unit[field->unit].width };
	size_t least = strlen(field->header);

	if (field->kind == TEXT) {
		column.form = field->from == FROM_ENVIRON || field->from == FROM_CMDLINE ? FORM_WORDS : FORM_TEXT;
		column.width = field->need_count ? NAME_WIDTH : 0;
	} else if (field->kind == IDENTITY && field->unit == PLAIN) {
		column.form = FORM_NUMBER;
		column.width = PID_WIDTH;
	}
	if (column.width && column.width < least)
		column.width = (uint8_t)least;
	return column;
}

bool column_is_left(const struct column *column)
{
	return column->form >= FORM_FLAGS;
}

static bool stands_left(const struct column *column, const struct cell_style *style)
{
	return column_is_left(column) ? !style->texts_right : style->numbers_left;
}

static void put_right(const struct slot *slot, const char *text)
{
	text_cell(slot->buffer, span_of(text), slot->width, true);
}

static void put_number(const struct slot *slot, int64_t value)
{
	size_t start = slot->buffer->len;

	buffer_i64(slot->buffer, value, slot->width);
	if (slot->buffer->len - start > slot->width) {
		slot->buffer->len = start + slot->width;
		slot->buffer->at[slot->buffer->len - 1] = '+';
	}
}

/* Children are counted only when they are asked for. */
unsigned column_field(const struct column *column, const struct cell_style *style)
{
	if (column->id == TASK_cpu_ns && style->children_time)
		return TASK_cpu_total_ns;
	if (column->id == TASK_cpu_percent && style->children_time)
		return TASK_cpu_total_percent;
	return column->id;
}

static int64_t cpu_share(const struct cell_style *style, int64_t percent)
{
	if (style->cpu_share > 1)
		percent /= style->cpu_share;
	return style->cpu_most && percent > style->cpu_most ? style->cpu_most : percent;
}

static void put_fine(const struct slot *slot, int64_t percent)
{
	size_t start = slot->buffer->len;

	for (int decimals = 3; decimals >= 2; decimals--) {
		buffer_format(slot->buffer, "%*.*f", (int)slot->width, decimals, (double)percent / 10000);
		if (slot->buffer->len - start <= slot->width)
			return;
		slot->buffer->len = start;
	}
	number_percent(slot->buffer, percent, slot->width);
}

static void put_growth(const struct slot *slot, int64_t bytes)
{
	struct buffer size = { 0 };

	number_memory(&size, bytes < 0 ? -bytes : bytes, slot->width - 1, slot->style->memory_unit);
	struct span text = span_trim(buffer_span(&size));
	buffer_fill(slot->buffer, ' ', slot->width - 1 - text.len);
	buffer_char(slot->buffer, bytes < 0 ? '-' : bytes > 0 ? '+' : ' ');
	buffer_add(slot->buffer, text);
	buffer_done(&size);
}

static void put_size(const struct slot *slot, int64_t bytes, bool sign)
{
	struct buffer size = { 0 };

	if (sign && bytes > 0)
		buffer_char(&size, '+');
	number_size(&size, bytes);
	text_cell(slot->buffer, size.len <= slot->width ? buffer_span(&size) : SPAN("?"), slot->width, true);
	buffer_done(&size);
}

static void put_start(const struct slot *slot, int64_t since_boot_ns)
{
	const struct cell_style *style = slot->style;
	struct buffer text = { 0 };

	if (style->boot_wall_ns == 0)
		buffer_char(&text, '-');
	else
		moment_short(&text, (style->boot_wall_ns + since_boot_ns) / NS_PER_S, style->wall_ns / NS_PER_S, 0);
	put_right(slot, buffer_cstr(&text));
	buffer_done(&text);
}

/* Thousandths of an event. */
static void put_rate(const struct slot *slot, int64_t thousandths)
{
	if (thousandths < 10000 && slot->width >= 3)
		buffer_format(slot->buffer, "%*.1f", (int)slot->width, (double)thousandths / 1000);
	else
		number_count(slot->buffer, (thousandths + 500) / 1000, slot->width);
}

static void put_flags(const struct slot *slot, int64_t flags)
{
	char text[9];

	for (int i = 0; i < 8; i++) {
		unsigned digit = (uint64_t)flags >> (28 - 4 * i) & 15;
		text[i] = digit ? "0123456789abcdef"[digit] : '.';
	}
	text_cell_marked(slot->buffer, (struct span){ text, 8 }, slot->width);
}

static void put_class(const struct slot *slot, int64_t policy)
{
	static const char *const names[] = { "TS", "FF", "RR", "B", "ISO", "IDL", "DLN" };
	bool known = policy >= 0 && (size_t)policy < sizeof names / sizeof *names;

	text_cell(slot->buffer, span_of(known ? names[policy] : "?"), slot->width, false);
}

static void put_time(const struct slot *slot, int64_t ns, enum duration_scale first)
{
	enum duration_scale wanted = (enum duration_scale)slot->style->time_scale;

	duration_scaled(slot->buffer, ns, slot->width, first < wanted ? wanted : first);
}

/* Whether a zero is shown. Of CPU time, too, what is not even a tick, or 0.05 % of a CPU: kernels did not count it
 * once. */
static bool shows_as_zero(const struct slot *slot, int64_t value)
{
	enum { TICK_NS = 10 * 1000 * 1000, HALF_A_TENTH = 500 };

	switch (slot->column->form) {
	case FORM_SECONDS:
	case FORM_HUNDREDTHS:
		return value / TICK_NS == 0;
	case FORM_CPU:
		return cpu_share(slot->style, value) / HALF_A_TENTH == 0;
	default:
		return value == 0;
	}
}

static bool is_zero_blank(const struct slot *slot, int64_t value)
{
	static const bool may[FORM_DOCKER + 1] = {
		[FORM_COUNT] = true, [FORM_MEMORY] = true,  [FORM_GROWTH] = true,    [FORM_PERCENT] = true,
		[FORM_FINE] = true,  [FORM_CPU] = true,     [FORM_SIZE] = true,      [FORM_CHANGE] = true,
		[FORM_RATE] = true,  [FORM_SECONDS] = true, [FORM_HUNDREDTHS] = true
	};

	return slot->style->zeros_blank && shows_as_zero(slot, value) &&
	       (may[slot->column->form] || slot->column->id == TASK_nice);
}

static bool of_address_space(unsigned id)
{
	const struct field *field = &task_fields[id];

	for (size_t i = 0; i < field->need_count; i++)
		if (!of_address_space(field->needs[i]))
			return false;
	return field->need_count || field->from == FROM_STATM || (field->from == FROM_STATUS && field->unit == BYTES);
}

/* The number of a column that is no text. */
static bool value_of(unsigned id, const struct cell_style *style, const struct view *view, size_t row, int64_t *ret)
{
	if (view_number(view, row, id, ret))
		return true;
	if (!style->zero_memory || !of_address_space(id))
		return false;
	*ret = 0;
	return true;
}

static void put_value(const struct slot *slot, int64_t value)
{
	struct buffer *buffer = slot->buffer;
	size_t width = slot->width;

	switch (slot->column->form) {
	case FORM_PRIORITY:
		return value < -99 ? put_right(slot, "rt") : put_number(slot, value);
	case FORM_COUNT:
		return number_count(buffer, value, width);
	case FORM_MEMORY:
		return number_memory(buffer, value, width, slot->style->memory_unit);
	case FORM_GROWTH:
		return put_growth(slot, value);
	case FORM_SIZE:
		return put_size(slot, value, false);
	case FORM_CHANGE:
		return put_size(slot, value, true);
	case FORM_CPU:
		value = cpu_share(slot->style, value);
		/* fall through */
	case FORM_PERCENT:
		return number_percent(buffer, value, width);
	case FORM_FINE:
		return put_fine(slot, value);
	case FORM_RATE:
		return put_rate(slot, value);
	case FORM_HUNDREDTHS:
		return put_time(slot, value, SCALE_HUNDREDTHS);
	case FORM_SECONDS:
		return put_time(slot, value, SCALE_SECONDS);
	case FORM_MINUTES:
		return put_time(slot, value, SCALE_MINUTES);
	case FORM_START:
		return put_start(slot, value);
	case FORM_LOGIN:
		return put_number(slot, value == UINT32_MAX ? -1 : value);
	case FORM_LETTER:
		return text_cell(buffer, (struct span){ &(char){ (char)value }, 1 }, width, true);
	case FORM_MASK:
		return buffer_format(buffer, "%0*llx", (int)width, (unsigned long long)value);
	case FORM_FLAGS:
		return put_flags(slot, value);
	case FORM_CLASS:
		return put_class(slot, value);
	default:
		return put_number(slot, value);
	}
}

/* "[name]" of what has no command line: kernel threads and zombies. */
static void put_bracketed(struct buffer *into, const struct cell_row *row, struct span comm)
{
	int64_t state = 0;

	buffer_char(into, '[');
	buffer_add(into, comm);
	buffer_char(into, ']');
	if (view_number(row->view, row->row, TASK_state, &state) && state == 'Z')
		buffer_text(into, " <defunct>");
}

static void put_command(const struct slot *slot)
{
	struct span comm = { 0 }, line = { 0 };
	struct buffer text = { 0 };
	const struct cell_row *row = slot->row;

	view_text(row->view, row->row, TASK_comm, &comm);
	if (!row->depth && !row->folded && !slot->style->command_line) {
		text_cell_marked(slot->buffer, comm, slot->width);
		return;
	}
	if (row->depth || row->folded)
		buffer_char(&text, row->folded ? '+' : ' ');
	if (row->depth)
		buffer_fill(&text, ' ', 4 * (row->depth - 1));
	if (row->depth || row->folded)
		buffer_text(&text, row->depth ? "`- " : " ");
	if (!slot->style->command_line)
		buffer_add(&text, comm);
	else if (view_text(row->view, row->row, TASK_cmdline, &line) && line.len)
		text_command(&text, line);
	else
		put_bracketed(&text, row, comm);
	text_cell_marked(slot->buffer, buffer_span(&text), slot->width);
	buffer_done(&text);
}

static void put_joined(const struct slot *slot, struct span words)
{
	struct buffer text = { 0 };
	struct span word;

	while (span_word(&words, &word)) {
		if (text.len)
			buffer_char(&text, ',');
		buffer_add(&text, word);
	}
	text_cell_marked(slot->buffer, text.len ? buffer_span(&text) : SPAN("-"), slot->width);
	buffer_done(&text);
}

static void put_text(const struct slot *slot, struct span text)
{
	struct buffer made = { 0 };

	switch (slot->column->form) {
	case FORM_LIST:
		return put_joined(slot, text);
	case FORM_WORDS:
		text_arguments(&made, text);
		text = buffer_span(&made);
		break;
	case FORM_CGROUPS:
		cgroup_text_all(&made, text);
		text = buffer_span(&made);
		break;
	case FORM_CGROUP:
		text = cgroup_text_path(text);
		break;
	case FORM_LXC:
		text = cgroup_text_lxc(text);
		break;
	case FORM_DOCKER:
		text = cgroup_text_docker(text);
		break;
	default:
		break;
	}
	if (column_is_left(slot->column))
		text_cell_marked(slot->buffer, text.len ? text : SPAN("-"), slot->width);
	else
		text_cell(slot->buffer, text, slot->width, true);
	buffer_done(&made);
}

static void put_absent(const struct slot *slot)
{
	const char *mark = slot->column->form == FORM_TTY ? "?" : "-";

	text_cell(slot->buffer, span_of(mark), slot->width, !column_is_left(slot->column));
}

/* Moves the blanks at one end of a cell to its other one. */
static void justify(struct buffer *buffer, size_t start, bool left)
{
	struct span cell = { buffer->at + start, buffer->len - start }, text = span_trim(cell);
	size_t blanks = cell.len - text.len;

	if (buffer->failed || !blanks || !text.len)
		return;
	memmove(buffer->at + start + (left ? 0 : blanks), text.at, text.len);
	memset(buffer->at + start + (left ? text.len : 0), ' ', blanks);
}

static void put_cell(struct buffer *buffer, const struct column *column, size_t width, const struct cell_style *style,
                     const struct cell_row *row)
{
	struct slot slot = { buffer, column, width, style, row };
	unsigned id = column_field(column, style);
	struct span text;
	int64_t value;

	if (column->form == FORM_COMMAND)
		put_command(&slot);
	else if (task_fields[id].kind == TEXT) {
		if (view_text(row->view, row->row, id, &text) && (text.len || column->form != FORM_TTY))
			put_text(&slot, text);
		else
			put_absent(&slot);
	} else if (!value_of(id, style, row->view, row->row, &value))
		put_absent(&slot);
	else if (is_zero_blank(&slot, value += column->form == FORM_CPU ? row->hidden_percent : 0))
		buffer_fill(buffer, ' ', width);
	else
		put_value(&slot, value);
}

void column_put_number(struct buffer *buffer, const struct column *column, size_t width, const struct cell_style *style,
                       bool known, int64_t value)
{
	struct slot slot = { buffer, column, width, style, NULL };

	if (!known)
		put_absent(&slot);
	else if (is_zero_blank(&slot, value))
		buffer_fill(buffer, ' ', width);
	else
		put_value(&slot, value);
}

void column_put(struct buffer *buffer, const struct column *column, size_t width, const struct cell_style *style,
                const struct cell_row *row)
{
	size_t start = buffer->len;
	bool left = stands_left(column, style);

	put_cell(buffer, column, width, style, row);
	if (left != column_is_left(column))
		justify(buffer, start, left);
}

struct order_value column_value(const struct column *column, const struct cell_style *style, const struct view *view,
                                size_t row)
{
	struct order_value value = { ABSENT, 0, { 0 } };
	unsigned id = column_field(column, style);

	if (column->form == FORM_COMMAND && style->command_line && view_text(view, row, TASK_cmdline, &value.words) &&
	    value.words.len)
		value.is = WORDS;
	else if (task_fields[id].kind == TEXT)
		value.is = view_text(view, row, id, &value.words) ? WORDS : ABSENT;
	else if (value_of(id == TASK_rss_percent ? TASK_rss_bytes : id, style, view, row, &value.number))
		value.is = NUMBER; /* a percentage is coarser than what it is made from */
	return value;
}
