/* The table of the vires screen: which columns fit, its title, its lines, and the line of sums below. */
#include "base/time.h"
#include "collect/shares.h"
#include "render/fitted.h"
#include "render/number.h"
#include "render/stack.h"
#include "render/text.h"
#include "tools/screen.h"

enum { COMMAND_LEAST = 16, PARTS_SHORT = 7 };

/* From then on a share is shown as old. */
static const int64_t OLD_NS = 90 * NS_PER_S;

static const struct screen_column *column_at(const struct screen_call *call, const struct screen_layout *layout,
                                             size_t i)
{
	return &call->columns.at[layout->columns[i]];
}

static size_t fixed_width(const struct screen_layout *layout)
{
	size_t width = 0;

	for (size_t i = 0; i < layout->count; i++)
		width += layout->widths[i] + 1u;
	return width;
}

static void drop(struct screen_layout *layout, size_t at)
{
	layout->count--;
	for (; at < layout->count; at++) {
		layout->columns[at] = layout->columns[at + 1];
		layout->widths[at] = layout->widths[at + 1];
	}
}

/* The rightmost that is not needed: what the table is sorted by, who it is and what it runs stay longest. */
static bool drop_one(struct screen_layout *layout, const struct screen_call *call)
{
	for (size_t i = layout->count; i-- > 0;) {
		const struct screen_column *column = column_at(call, layout, i);
		if (column->column.width == 0 || column->column.id == TASK_pid ||
		    layout->columns[i] == screen_sort_of(&call->settings)->column)
			continue;
		drop(layout, i);
		return true;
	}
	return false;
}

static void set_places(struct screen_layout *layout)
{
	uint16_t at = 0;

	for (size_t i = 0; i < layout->count; i++) {
		layout->places[i] = at;
		at = (uint16_t)(at + layout->widths[i] + 1);
	}
}

void screen_layout_make(struct screen_layout *layout, const struct screen_call *call, const struct screen_frame *frame,
                        size_t width)
{
	const struct screen_tab *tab = screen_tab_of(&call->settings);
	size_t greedy = SIZE_MAX, scrolled = layout->scrolled;

	*layout = (struct screen_layout){ .scrolled = scrolled };
	for (size_t i = 0; i < tab->count; i++) {
		const struct screen_column *column = &call->columns.at[tab->shown[i]];
		bool pid = column->column.id == TASK_pid && frame->pid_width > column->column.width;
		layout->columns[i] = tab->shown[i];
		layout->widths[i] = pid ? (uint16_t)frame->pid_width : column->column.width;
	}
	layout->count = tab->count;
	for (size_t i = 0; i < layout->count; i++)
		if (column_at(call, layout, i)->parts && fixed_width(layout) + COMMAND_LEAST > width)
			layout->widths[i] = PARTS_SHORT;
	while (fixed_width(layout) + COMMAND_LEAST > width && drop_one(layout, call))
		;
	for (size_t i = 0; i < layout->count; i++)
		if (layout->widths[i] == 0)
			greedy = i;
	if (greedy != SIZE_MAX && fixed_width(layout) < width)
		layout->widths[greedy] = (uint16_t)(width - fixed_width(layout));
	set_places(layout);
}

static const char *sort_mark(const struct screen_call *call)
{
	if (call->settings.unicode)
		return screen_descends(call) ? "▽" : "△";
	return screen_descends(call) ? "-" : "+";
}

static const char *header_of(const struct screen_column *column, size_t width)
{
	return column->parts && width < strlen(column->column.header) ? "kinds" : column->column.header;
}

void screen_title_put(struct buffer *buffer, const struct screen_call *call, const struct screen_layout *layout)
{
	uint8_t by = screen_sort_of(&call->settings)->column;

	for (size_t i = 0; i < layout->count; i++) {
		const struct screen_column *column = column_at(call, layout, i);
		bool sorted = layout->columns[i] == by, left = column_is_left(&column->column) || column->parts;
		struct buffer head = { 0 };
		buffer_text(&head, header_of(column, layout->widths[i]));
		if (sorted && left)
			buffer_text(&head, sort_mark(call));
		mark(buffer, sorted ? MARK_SORT : MARK_HEAD);
		text_cell(buffer, buffer_span(&head), layout->widths[i], !left);
		buffer_text(buffer, sorted && !left ? sort_mark(call) : " ");
		buffer_done(&head);
	}
	mark(buffer, MARK_HEAD);
}

/* The arguments, with the folders of the first one left away when the settings say so. */
static void put_arguments(struct buffer *buffer, const struct screen_call *call, const struct view *view, size_t row)
{
	struct span line = { 0 }, comm = { 0 };

	if (!view_text(view, row, TASK_cmdline, &line) || !line.len || !line.at[0]) {
		view_text(view, row, TASK_comm, &comm);
		buffer_char(buffer, '[');
		buffer_add(buffer, comm);
		buffer_char(buffer, ']');
		return;
	}
	size_t end = 0, name = 0;
	while (end < line.len && line.at[end] && line.at[end] != ' ')
		if (line.at[end++] == '/')
			name = end;
	text_arguments(buffer, call->settings.program_path || line.at[0] != '/' ? line : span_skip(line, name));
}

void screen_command_put(struct buffer *buffer, const struct screen_call *call, const struct view *view, size_t row)
{
	const char *between = call->settings.unicode ? "│" : "|";
	struct span comm = { 0 }, exe = { 0 };
	int64_t thread = 0;

	view_text(view, row, TASK_comm, &comm);
	view_number(view, row, TASK_is_thread, &thread);
	if (thread) {
		buffer_add(buffer, comm);
		return;
	}
	if (call->settings.merged_command) {
		buffer_add(buffer, comm);
		buffer_text(buffer, between);
		if (view_text(view, row, TASK_exe, &exe)) {
			buffer_add(buffer, exe);
			buffer_text(buffer, between);
		}
	}
	put_arguments(buffer, call, view, row);
}

/* What of a line of text begins `columns` columns further right. */
static struct span scrolled(struct span text, size_t columns)
{
	struct buffer gone = { 0 };

	if (columns == 0)
		return text;
	size_t used = text_put(&gone, text, columns);
	size_t skip = gone.len;
	buffer_done(&gone);
	return used < columns ? (struct span){ text.at, 0 } : span_skip(text, skip);
}

static void put_guides(struct buffer *buffer, const struct screen_call *call, const struct screen_item *item)
{
	bool unicode = call->settings.unicode;

	for (unsigned depth = 1; depth < item->depth && depth < 64; depth++)
		buffer_text(buffer, item->guides >> depth & 1 ? (unicode ? "│  " : "|  ") : "   ");
	if (item->depth && item->last)
		buffer_text(buffer, unicode ? "└" : "`");
	else if (item->depth)
		buffer_text(buffer, unicode ? "├" : "|");
	if (item->depth || item->folded)
		buffer_text(buffer, item->folded ? "+ " : unicode ? "─ " : "- ");
}

/* Where the name of the program is in a command: without its folders, or what the merged command begins with. */
static void find_name(const struct screen_call *call, struct span text, size_t *ret_start, size_t *ret_end)
{
	size_t end = 0, start = 0;

	for (; end < text.len && text.at[end] != ' '; end++) {
		if (call->settings.merged_command && (text.at[end] == '|' || (unsigned char)text.at[end] == 0xe2))
			break;
		if (text.at[end] == '/')
			start = end + 1;
	}
	*ret_start = start;
	*ret_end = end;
}

struct pieces {
	size_t skip, left; /* columns that are scrolled out; that are still free */
};

static void put_piece(struct buffer *buffer, struct pieces *pieces, struct span text)
{
	size_t width = pieces->skip ? text_width(text, SIZE_MAX) : SIZE_MAX;

	if (pieces->skip >= width) {
		pieces->skip -= width;
		return;
	}
	pieces->left -= text_put(buffer, scrolled(text, pieces->skip), pieces->left);
	pieces->skip = 0;
}

static void put_command_named(struct buffer *buffer, const struct screen_call *call, const struct screen_layout *layout,
                              struct span guides, struct span command, size_t width)
{
	struct pieces pieces = { layout->scrolled, width };
	size_t start, end;

	find_name(call, command, &start, &end);
	put_piece(buffer, &pieces, guides);
	put_piece(buffer, &pieces, (struct span){ command.at, start });
	mark(buffer, MARK_VALUE);
	put_piece(buffer, &pieces, (struct span){ command.at + start, end - start });
	mark(buffer, MARK_PLAIN);
	put_piece(buffer, &pieces, span_skip(command, end));
	buffer_fill(buffer, ' ', pieces.left);
}

/* Of control groups the end says more than the beginning, which most share. */
static void put_group_name(struct buffer *buffer, const struct screen_call *call, const struct screen_layout *layout,
                           struct span name, size_t width)
{
	const char *gone = call->settings.unicode ? "…" : "~";
	size_t needed = text_width(name, SIZE_MAX);

	if (call->settings.roll == ROLL_CGROUP && layout->scrolled == 0 && needed > width && width > 1) {
		buffer_text(buffer, gone);
		text_cell(buffer, scrolled(name, needed - width + 1), width - 1, false);
	} else {
		text_cell(buffer, scrolled(name, layout->scrolled), width, false);
	}
}

static void put_command(struct buffer *buffer, const struct screen_call *call, const struct screen_frame *frame,
                        const struct screen_layout *layout, const struct screen_item *item, size_t width)
{
	struct buffer text = { 0 };

	if (item->name.at) {
		put_group_name(buffer, call, layout, item->name, width);
		return;
	}
	put_guides(&text, call, item);
	size_t guides = text.len;
	screen_command_put(&text, call, &frame->view, screen_item_row(frame, item));
	struct span whole = buffer_span(&text);
	if (call->settings.base_name && guides <= whole.len) {
		put_command_named(buffer, call, layout, (struct span){ whole.at, guides }, span_skip(whole, guides),
		                  width);
		buffer_done(&text);
		return;
	}
	text_cell(buffer, scrolled(buffer_span(&text), layout->scrolled), width, false);
	buffer_done(&text);
}

static void put_parts(struct buffer *buffer, const struct screen_call *call, const struct screen_frame *frame,
                      const struct screen_item *item, size_t width)
{
	static const struct {
		uint8_t id;
		enum memory_part part;
	} kinds[] = { { TASK_anon_bytes, PART_ANON },
		      { TASK_shmem_bytes, PART_SHMEM },
		      { TASK_file_bytes, PART_CACHE } };
	struct stack_part parts[3];
	int64_t sum = 0, most = frame->parts_most;

	for (size_t i = 0; i < 3; i++) {
		const struct screen_column column = { .column = { .id = kinds[i].id } };
		int64_t value = 0;
		if (!screen_item_number(frame, item, &column, &value) && i == 0) {
			text_cell(buffer, SPAN("-"), width, false);
			return;
		}
		parts[i] = stack_memory(kinds[i].part, value, call->settings.unicode);
		sum += value;
	}
	/* What is there shows, however little it is. */
	if (sum > 0 && width && most / (int64_t)width > sum * 2)
		most = sum * (int64_t)width;
	stack_put(buffer, width, most > sum ? most : sum, parts, 3);
}

static enum mark mark_of(const struct screen_call *call, const struct screen_frame *frame,
                         const struct screen_item *item, unsigned id, bool known, int64_t value)
{
	const struct field *field = &task_fields[id];
	int64_t age = 0;

	if (!known || (value == 0 && field->kind != IDENTITY && id != TASK_nice))
		return MARK_DIM;
	if (screen_is_share(id) && !item->rolled &&
	    view_number(&frame->view, screen_item_row(frame, item), TASK_pss_age_ns, &age) && age > OLD_NS)
		return MARK_DIM;
	if (id == TASK_state)
		return value == 'R' ? MARK_ACTIVE : value == 'D' || value == 'Z' ? MARK_BAD : MARK_PLAIN;
	if (id == TASK_rss_growth_bytes_per_min)
		return value > INT64_C(1) << 20 ? MARK_MESSAGE : MARK_PLAIN;
	return call->settings.large && field->unit == BYTES && value >= INT64_C(1) << 30 ? MARK_VALUE : MARK_PLAIN;
}

/* The text that all rows of an item have; "-" when they differ. */
static void put_common_text(struct buffer *buffer, const struct screen_column *column, size_t width,
                            const struct screen_frame *frame, const struct screen_item *item)
{
	struct span first = { 0 }, text;
	bool same = view_text(&frame->view, screen_item_row(frame, item), column->column.id, &first);

	for (uint32_t i = 1; same && item->name.at && i < item->count; i++)
		same = view_text(&frame->view, frame->order[item->first + i], column->column.id, &text) &&
		       span_equal(text, first);
	if (same)
		column_put(buffer, &column->column, width, &frame->style,
		           &(struct cell_row){ &frame->view, screen_item_row(frame, item), 0, false });
	else
		text_cell(buffer, SPAN("-"), width, false);
}

static void put_count(struct buffer *buffer, const struct screen_frame *frame, const struct screen_item *item,
                      size_t width)
{
	struct buffer text = { 0 };

	buffer_format(&text, "x%zu", screen_item_processes(frame, item));
	text_cell(buffer, buffer_span(&text), width, true);
	buffer_done(&text);
}

static void put_cell(struct buffer *buffer, const struct screen_call *call, const struct screen_frame *frame,
                     const struct screen_layout *layout, size_t at, const struct screen_item *item)
{
	const struct screen_column *column = column_at(call, layout, at);
	size_t width = layout->widths[at];
	unsigned id = column->column.id;
	int64_t value = 0;

	if (column->column.form == FORM_COMMAND)
		return put_command(buffer, call, frame, layout, item, width);
	if (column->parts)
		return put_parts(buffer, call, frame, item, width);
	if (task_fields[id].kind == TEXT)
		return put_common_text(buffer, column, width, frame, item);
	if (id == TASK_pid && item->name.at)
		return put_count(buffer, frame, item, width);
	if (screen_share_put(buffer, frame, item, id, width))
		return;
	bool known = screen_item_number(frame, item, column, &value);
	mark(buffer, mark_of(call, frame, item, id, known, value));
	column_put_number(buffer, &column->column, width, &frame->style, known, value);
}

void screen_row_put(struct buffer *buffer, const struct screen_call *call, const struct screen_frame *frame,
                    const struct screen_layout *layout, const struct screen_item *item, enum mark whole)
{
	struct buffer line = { 0 };

	for (size_t i = 0; i < layout->count; i++) {
		put_cell(&line, call, frame, layout, i, item);
		mark(&line, MARK_PLAIN);
		buffer_char(&line, ' ');
	}
	if (whole == MARK_PLAIN) {
		buffer_add(buffer, buffer_span(&line));
	} else {
		mark(buffer, whole);
		marked_put(buffer, buffer_span(&line), SCREEN_WIDTH_MOST);
	}
	buffer_done(&line);
}

static void add_amount(struct buffer *line, const char *word, int64_t bytes)
{
	buffer_format(line, "  %s ", word);
	mark(line, MARK_VALUE);
	number_size(line, bytes);
	mark(line, MARK_PLAIN);
}

/* All that processes map, when all of them are shown: what their shares add up to. */
static bool mapped_by_all(const struct screen_frame *frame, int64_t *ret)
{
	int64_t anon, mapped;

	if (frame->shown.with_memory != frame->all.with_memory ||
	    !view_machine(&frame->view, MACHINE_anon_pages_bytes, &anon) ||
	    !view_machine(&frame->view, MACHINE_mapped_bytes, &mapped))
		return false;
	*ret = anon + mapped;
	return true;
}

/* Who has what is mapped and in nobody's share. */
static void put_rest(struct buffer *part, const struct screen_call *call, const struct screen_frame *frame)
{
	int64_t mapped, there = 0, rest;
	bool refused = frame->shown.refused > frame->shown.with_memory / 20;
	bool unread = frame->shown.known < frame->shown.with_memory && !refused;

	if (call->pid_count || !mapped_by_all(frame, &mapped))
		return;
	rest = mapped - frame->shown.pss;
	view_machine(&frame->view, MACHINE_threads_total, &there);
	bool hidden = there > (int64_t)(frame->threads + frame->threads / 50 + 1);
	if (rest < mapped / 100 || (!unread && !hidden && !refused))
		return;
	buffer_text(part, "  rest ");
	number_size(part, rest);
	buffer_format(part, ": %s",
	              refused && hidden ? "hidden, not permitted" :
	              refused           ? "not permitted (CAP_SYS_PTRACE)" :
	              unread && hidden  ? "hidden, unread" :
	              hidden            ? "hidden processes" :
	                                  "PSS not read");
}

static void put_selection(struct fitted *line, const struct screen_call *call)
{
	struct buffer *part = &line->part;

	if (call->settings.roll)
		buffer_format(part, "  by %s", screen_roll_name(call->settings.roll));
	if (call->only) {
		buffer_format(part, "  of %s ", screen_roll_name(call->only));
		mark(part, MARK_SORT);
		text_put(part, span_of(call->only_name), 40);
		mark(part, MARK_PLAIN);
	}
	fitted_part(line);
	if (call->filter.count) {
		buffer_text(part, "  filter ");
		mark(part, MARK_SORT);
		text_put(part, span_of(call->filter.text), 60);
		mark(part, MARK_PLAIN);
	}
	fitted_part(line);
}

void screen_total_put(struct buffer *buffer, const struct screen_call *call, const struct screen_frame *frame,
                      size_t width)
{
	const struct screen_sums *shown = &frame->shown;
	struct fitted line = { .width = width };
	int64_t mapped;

	buffer_format(&line.part, " %s %zu of %zu", call->settings.unicode ? "Σ" : "total", shown->processes,
	              frame->all.processes);
	fitted_part(&line);
	add_amount(&line.part, "PSS", shown->pss);
	fitted_part(&line);
	buffer_format(&line.part, " known for %zu of %zu", shown->known, shown->with_memory);
	fitted_part(&line);
	if (shown->refused > shown->with_memory / 20)
		buffer_format(&line.part, ", %zu may not be read", shown->refused);
	fitted_part(&line);
	if (!call->pid_count && mapped_by_all(frame, &mapped)) {
		buffer_text(&line.part, ", mapped ");
		number_size(&line.part, mapped);
	}
	fitted_part(&line);
	put_selection(&line, call);
	add_amount(&line.part, "USS", shown->uss);
	fitted_part(&line);
	add_amount(&line.part, "swap", shown->swap);
	fitted_part(&line);
	put_rest(&line.part, call, frame);
	fitted_end(&line, buffer);
}
