/* sar's headings and lines. */
#include <unistd.h>

#include "render/text.h"
#include "tools/sar.h"

enum { WIDTH = 9, CPU_WIDTH = 7 };

struct page {
	struct sar *sar;
	struct buffer *buffer;
	const struct view *view;
	bool average;
};

static void put_right(struct buffer *buffer, const char *text, size_t width)
{
	buffer_format(buffer, " %*s", (int)width, text);
}

static size_t item_width(const struct sar_view *view)
{
	return view->of == SAR_EACH_CPU ? CPU_WIDTH : WIDTH;
}

/* Names of devices may stand at the end; CPUs never do. */
static bool name_comes_last(const struct page *page, const struct sar_view *view)
{
	return page->sar->pretty && view->of == SAR_EACH_DISK;
}

static void put_heading(const struct page *page, const struct sar_view *view)
{
	const struct sar *sar = page->sar;
	int64_t before_ns = page->view->now->wall_ns;

	if (page->view->before && !sar->sysstat.samples.since_boot)
		before_ns = page->view->before->wall_ns;
	buffer_char(page->buffer, '\n');
	sysstat_put_time(&sar->sysstat, page->buffer, page->average ? SYSSTAT_AVERAGE : before_ns);
	if (view->item_title && !name_comes_last(page, view))
		put_right(page->buffer, view->item_title, item_width(view));
	for (size_t i = 0; i < view->column_count; i++)
		if (view->columns[i].title)
			put_right(page->buffer, view->columns[i].title, WIDTH);
	if (view->item_title && name_comes_last(page, view))
		put_right(page->buffer, view->item_title, 0);
	buffer_char(page->buffer, '\n');
}

static void put_line(const struct page *page, const struct sar_item *item)
{
	const struct figure_style *style = &page->sar->sysstat.style;
	const struct sar_view *of = item->of;
	bool last = name_comes_last(page, of);
	char text[32];
	int64_t value;

	sysstat_put_time(&page->sar->sysstat, page->buffer, page->average ? SYSSTAT_AVERAGE : page->view->now->wall_ns);
	if (of->item_title && !last)
		figure_put_word(page->buffer, style, COLOUR_ITEM, item_width(of), sar_item_name(item, text));
	for (size_t i = 0; i < of->column_count; i++) {
		const struct sar_column *column = &of->columns[i];
		if (!column->title)
			continue;
		if (sar_value(item, column, &value))
			figure_put(page->buffer, style, column->figure, WIDTH, value);
		else
			figure_put_word(page->buffer, style, COLOUR_NUMBER, WIDTH, SPAN("-"));
	}
	if (of->item_title && last)
		figure_put_word(page->buffer, style, COLOUR_ITEM, 0, sar_item_name(item, text));
	buffer_char(page->buffer, '\n');
}

/* Lines below one heading where each sample has just one line; 0: there is only one heading. */
static unsigned lines_a_heading(void)
{
	if (!isatty(STDOUT_FILENO))
		return 0;
	return screen_rows() > 3 ? screen_rows() - 2 : 1;
}

static void put_page(const struct page *page)
{
	struct sar *sar = page->sar;
	bool many = sar_many_lines(sar, page->view);
	struct sar_item item;

	sar->heading.every = lines_a_heading();
	for (unsigned id = 0; id < SAR_VIEWS; id++) {
		if (!(sar->available >> id & 1))
			continue;
		if (many || (!page->average && heading_due(&sar->heading)))
			put_heading(page, &sar_views[id]);
		for (size_t place = 0; sar_next_item(sar, page->view, (enum sar_view_id)id, &place, &item);) {
			item.mean = page->average ? &sar->mean : NULL;
			put_line(page, &item);
		}
	}
}

void sar_put(struct sar *sar, struct buffer *buffer, const struct view *view)
{
	const struct page page = { sar, buffer, view, false };

	put_page(&page);
}

void sar_put_average(struct sar *sar, struct buffer *buffer, const struct view *whole)
{
	struct snapshot middle = *whole->now; /* with all levels at their means */
	struct view view = *whole;
	const struct page page = { sar, buffer, &view, true };

	mean_into(&sar->mean, &middle.machine);
	view.now = &middle;
	put_page(&page);
}
