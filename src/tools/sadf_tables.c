/* sadf -d and -p: a line a moment with semicolons, or a line a number with tabs. */
#include "render/text.h"
#include "tools/sadf.h"

static void put_host(struct buffer *buffer, const struct snapshot *snapshot)
{
	struct span host = SPAN("?");

	record_text(&machine_fields[MACHINE_host_name], &snapshot->machine, &host);
	text_put(buffer, host, SIZE_MAX);
}

static void put_start(struct sadf *sadf, struct buffer *buffer, const struct view *view, char mark)
{
	put_host(buffer, view->now);
	buffer_format(buffer, "%c%lld%c", mark, (long long)sadf_interval(view), mark);
	sadf_put_time(buffer, sadf, view->now->wall_ns);
}

static void put_heading(struct buffer *buffer, const struct sar_view *of)
{
	if (of->item_title)
		buffer_format(buffer, ";%s", of->item_title);
	for (size_t i = 0; i < of->column_count; i++)
		if (of->columns[i].title)
			buffer_format(buffer, ";%s", of->columns[i].title);
}

/* In tables, all CPUs together are -1. */
static void put_cells(struct buffer *buffer, const struct sar_item *item)
{
	char text[32];

	if (item->of->item_title) {
		buffer_char(buffer, ';');
		if (item->of->of == SAR_EACH_CPU && !item->cpu)
			buffer_text(buffer, "-1");
		else
			text_put(buffer, sar_item_name(item, text), SIZE_MAX);
	}
	for (size_t i = 0; i < item->of->column_count; i++) {
		if (!item->of->columns[i].title)
			continue;
		buffer_char(buffer, ';');
		sadf_put_value(buffer, item, &item->of->columns[i], "");
	}
}

static void put_table(struct sadf *sadf, struct buffer *buffer, const struct view *view, enum sar_view_id id)
{
	struct sar_item item;

	if (!sadf->begun) {
		buffer_text(buffer, "# hostname;interval;timestamp");
		put_heading(buffer, &sar_views[id]);
		buffer_char(buffer, '\n');
	}
	for (size_t place = 0; sar_next_item(&sadf->sar, view, id, &place, &item);) {
		put_start(sadf, buffer, view, ';');
		put_cells(buffer, &item);
		buffer_char(buffer, '\n');
	}
}

static void put_names(struct buffer *buffer, const struct sar_item *item)
{
	char text[32];

	if (!item->of->item_title) {
		buffer_char(buffer, '-');
		return;
	}
	buffer_text(buffer, item->cpu ? "cpu" : "");
	text_put(buffer, sar_item_name(item, text), SIZE_MAX);
}

static void put_lines(struct sadf *sadf, struct buffer *buffer, const struct view *view, enum sar_view_id id)
{
	struct sar_item item;

	for (size_t place = 0; sar_next_item(&sadf->sar, view, id, &place, &item);) {
		for (size_t i = 0; i < item.of->column_count; i++) {
			if (!item.of->columns[i].title)
				continue;
			put_start(sadf, buffer, view, '\t');
			buffer_char(buffer, '\t');
			put_names(buffer, &item);
			buffer_format(buffer, "\t%s\t", item.of->columns[i].title);
			sadf_put_value(buffer, &item, &item.of->columns[i], "");
			buffer_char(buffer, '\n');
		}
	}
}

static bool many_items(const struct view *view, enum sar_view_id id)
{
	return sar_views[id].of == SAR_EACH_DISK || (sar_views[id].of == SAR_EACH_CPU && view->now->cpu_count > 1);
}

static void put_one_line(struct sadf *sadf, struct buffer *buffer, const struct view *view)
{
	struct sar_item item;

	if (!sadf->begun) {
		buffer_text(buffer, "# hostname;interval;timestamp");
		for (unsigned id = 0; id < SAR_VIEWS; id++) {
			if (!(sadf->sar.available >> id & 1))
				continue;
			put_heading(buffer, &sar_views[id]);
			buffer_text(buffer, many_items(view, (enum sar_view_id)id) ? "[...]" : "");
		}
		buffer_char(buffer, '\n');
	}
	put_start(sadf, buffer, view, ';');
	for (unsigned id = 0; id < SAR_VIEWS; id++)
		for (size_t place = 0; sadf->sar.available >> id & 1 &&
		                       sar_next_item(&sadf->sar, view, (enum sar_view_id)id, &place, &item);)
			put_cells(buffer, &item);
	buffer_char(buffer, '\n');
}

void sadf_put_tables(struct sadf *sadf, struct buffer *buffer, const struct view *view)
{
	bool first = true;

	if (sadf->format == SADF_TABLE && sadf->one_line) {
		put_one_line(sadf, buffer, view);
		sadf->begun = true;
		return;
	}
	for (unsigned id = 0; id < SAR_VIEWS; id++) {
		if (!(sadf->sar.available >> id & 1))
			continue;
		struct buffer *to = first ? buffer : &sadf->tables[id];
		first = false;
		if (sadf->format == SADF_RAW)
			sadf_put_raw(sadf, to, view, (enum sar_view_id)id);
		else if (sadf->format == SADF_TABLE)
			put_table(sadf, to, view, (enum sar_view_id)id);
		else
			put_lines(sadf, to, view, (enum sar_view_id)id);
	}
	sadf->begun = true;
}

void sadf_end_tables(struct sadf *sadf, struct buffer *buffer)
{
	for (unsigned id = 0; id < SAR_VIEWS; id++)
		buffer_add(buffer, buffer_span(&sadf->tables[id]));
}
