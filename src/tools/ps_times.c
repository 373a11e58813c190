/* Cells that are times and dates. */
#include <stdlib.h>
#include <time.h>

#include "base/clock.h"
#include "render/duration.h"
#include "tools/ps_cells.h"

enum { SHORT, DAY, BSD, LONG, DATES, DATE_BYTES = 240 };

/* Dates are dear to make, and neighbours often started in the same second: the last one of each form is kept. */
struct ps_dates {
	int64_t booted_s, now_s;
	const char *long_format;
	struct {
		int64_t at_s;
		struct buffer text;
	} last[DATES];
};

struct ps_dates *ps_dates_new(const struct view *view, const char *long_format)
{
	struct ps_dates *dates = calloc(1, sizeof *dates);

	if (!dates)
		return NULL;
	dates->now_s = view->now->wall_ns / NS_PER_S;
	dates->long_format = long_format;
	if (!view_machine(view, MACHINE_booted_s, &dates->booted_s))
		dates->booted_s = (view->now->wall_ns - view->now->boot_ns) / NS_PER_S;
	for (int i = 0; i < DATES; i++)
		dates->last[i].at_s = INT64_MIN;
	return dates;
}

void ps_dates_free(struct ps_dates *dates)
{
	for (int i = 0; dates && i < DATES; i++)
		buffer_done(&dates->last[i].text);
	free(dates);
}

static void long_date(const struct ps_dates *dates, struct buffer *text, int64_t at_s)
{
	time_t at = (time_t)at_s;
	struct tm tm;
	char *into;

	if (!dates->long_format) {
		moment_long(text, at_s, 0);
		return;
	}
	if (!localtime_r(&at, &tm) || !(into = buffer_room(text, DATE_BYTES)))
		return;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	text->len += strftime(into, DATE_BYTES, dates->long_format, &tm);
#pragma GCC diagnostic pop
}

static size_t put_date(const struct ps_row *row, unsigned field, int form, struct buffer *into)
{
	struct ps_dates *dates = row->dates;
	struct buffer *text = &dates->last[form].text;
	int64_t at_s = dates->booted_s + ps_number(row, field) / NS_PER_S;

	if (at_s != dates->last[form].at_s) {
		dates->last[form].at_s = at_s;
		buffer_clear(text);
		switch (form) {
		case SHORT:
			moment_short(text, at_s, dates->now_s, 0);
			break;
		case DAY:
			moment_day(text, at_s, dates->now_s, 8);
			break;
		case BSD:
			moment_bsd(text, at_s, dates->now_s, 0);
			break;
		default:
			long_date(dates, text, at_s);
		}
	}
	buffer_add(into, buffer_span(text));
	return text->len;
}

CELL(started_short)
{
	(void)room;
	return put_date(row, field, SHORT, into);
}

CELL(started_day)
{
	(void)room;
	return put_date(row, field, DAY, into);
}

CELL(started_bsd)
{
	(void)room;
	return put_date(row, field, BSD, into);
}

CELL(started_long)
{
	(void)room;
	return put_date(row, field, LONG, into);
}

static int64_t cpu_time(const struct ps_row *row, unsigned field)
{
	return ps_number(row, row->request->with_children ? TASK_cpu_total_ns : field);
}

CELL(cpu_time)
{
	size_t before = into->len;

	(void)room;
	duration_dhms(into, cpu_time(row, field), 0);
	return into->len - before;
}

CELL(cpu_minutes)
{
	size_t before = into->len;

	(void)room;
	duration_ms(into, cpu_time(row, field), 6);
	return into->len - before;
}

CELL(cpu_seconds)
{
	size_t before = into->len;

	(void)room;
	buffer_i64(into, cpu_time(row, field) / NS_PER_S, 0);
	return into->len - before;
}

CELL(elapsed)
{
	size_t before = into->len;

	(void)room;
	duration_elapsed(into, ps_number(row, field), 0);
	return into->len - before;
}

CELL(elapsed_seconds)
{
	size_t before = into->len;

	(void)room;
	buffer_i64(into, ps_number(row, field) / NS_PER_S, 0);
	return into->len - before;
}
