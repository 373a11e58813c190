/* What is known of shares (PSS, USS) of a line of the vires screen, and how that is written where it is not all. */
#include "collect/shares.h"
#include "render/number.h"
#include "render/text.h"
#include "tools/screen.h"

static int64_t number_or(const struct view *view, size_t row, unsigned id, int64_t otherwise)
{
	view_number(view, row, id, &otherwise);
	return otherwise;
}

static bool is_thread(const struct view *view, size_t row)
{
	return number_or(view, row, TASK_is_thread, 0) != 0;
}

bool screen_is_share(unsigned id)
{
	return task_fields[id].from == FROM_SMAPS_ROLLUP || id == TASK_uss_bytes;
}

int64_t screen_unknown(const struct view *view, size_t row)
{
	int64_t bytes;

	if (view_number(view, row, TASK_pss_bytes, &bytes))
		return SHARE_KNOWN;
	if (is_thread(view, row) || number_or(view, row, TASK_rss_bytes, 0) <= 0)
		return SHARE_NO_MEMORY;
	return number_or(view, row, TASK_pss_unknown, SHARE_NOT_PERMITTED);
}

struct screen_sums screen_row_sums(const struct view *view, size_t row)
{
	if (is_thread(view, row))
		return (struct screen_sums){ 0 };
	int64_t unknown = screen_unknown(view, row);
	return (struct screen_sums){ .processes = 1,
		                     .with_memory = unknown != SHARE_NO_MEMORY,
		                     .known = unknown == SHARE_KNOWN,
		                     .refused = unknown == SHARE_NOT_PERMITTED,
		                     .pss = number_or(view, row, TASK_pss_bytes, 0),
		                     .uss = number_or(view, row, TASK_uss_bytes, 0),
		                     .rss = number_or(view, row, TASK_rss_bytes, 0),
		                     .swap = number_or(view, row, TASK_swap_bytes, 0) };
}

void screen_sums_add(struct screen_sums *sums, const struct screen_sums *more)
{
	sums->processes += more->processes;
	sums->with_memory += more->with_memory;
	sums->known += more->known;
	sums->refused += more->refused;
	sums->pss += more->pss;
	sums->uss += more->uss;
	sums->rss += more->rss;
	sums->swap += more->swap;
}

struct screen_sums screen_item_sums(const struct screen_frame *frame, const struct screen_item *item)
{
	struct screen_sums sums = { 0 };

	for (uint32_t i = item->first; i < item->first + item->count; i++) {
		struct screen_sums one = screen_row_sums(&frame->view, frame->order[i]);
		screen_sums_add(&sums, &one);
	}
	return sums;
}

bool screen_share_most(const struct screen_frame *frame, const struct screen_item *item, unsigned id, int64_t *ret)
{
	int64_t sum = 0, value;
	bool any = false;

	for (uint32_t i = item->first; i < item->first + item->count; i++) {
		uint32_t row = frame->order[i];
		if (screen_unknown(&frame->view, row) == SHARE_NO_MEMORY)
			continue;
		any = true;
		sum += number_or(&frame->view, row, id, number_or(&frame->view, row, TASK_rss_bytes, 0));
	}
	/* Of a thread, what is read is of its process. */
	if (!any && !item->rolled && view_number(&frame->view, screen_item_row(frame, item), id, &value)) {
		sum = value;
		any = true;
	}
	if (any)
		*ret = sum;
	return any;
}

/* "<100M": it is less; ">100M": more. Where there is no room for the sign `otherwise` stands there. */
static void put_bound(struct buffer *buffer, char sign, int64_t bytes, size_t width, bool otherwise)
{
	struct buffer text = { 0 };

	buffer_char(&text, sign);
	number_size(&text, bytes);
	struct span shown = buffer_span(&text);
	if (shown.len > width)
		shown = otherwise ? span_skip(shown, 1) : SPAN("-");
	text_cell(buffer, shown, width, true);
	buffer_done(&text);
}

bool screen_share_put(struct buffer *buffer, const struct screen_frame *frame, const struct screen_item *item,
                      unsigned id, size_t width)
{
	uint32_t row = screen_item_row(frame, item);
	struct screen_sums sums = screen_item_sums(frame, item);
	int64_t most, value;

	if (!screen_is_share(id) || sums.known == sums.with_memory)
		return false;
	mark(buffer, MARK_DIM);
	if (sums.known) {
		const struct screen_column column = { .column = { .id = (uint8_t)id } };
		if (!screen_item_number(frame, item, &column, &value))
			return false;
		put_bound(buffer, '>', value, width, true);
		return true;
	}
	/* What of a single one may not be read has a '-', and why on its page. */
	int64_t why = screen_unknown(&frame->view, row);
	bool bounded = item->rolled || why == SHARE_TOO_LARGE || why == SHARE_NOT_YET;
	if (bounded && screen_share_most(frame, item, id, &most))
		put_bound(buffer, '<', most, width, false);
	else
		text_cell(buffer, SPAN("-"), width, true);
	return true;
}
