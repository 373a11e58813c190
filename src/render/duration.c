#include "render/duration.h"

#include <stdio.h>
#include <time.h>

#include "base/clock.h"
#include "render/digits.h"

enum { TEXT_BYTES = 64, MINUTE = 60, HOUR = 3600, DAY = 86400 };

static void right(struct buffer *buffer, const char *text, size_t width)
{
	digits_right(buffer, text, strlen(text), width);
}

void duration_dhms(struct buffer *buffer, int64_t ns, size_t width)
{
	int64_t s = ns / NS_PER_S, days = s / DAY;

	if (days) {
		char text[TEXT_BYTES];
		snprintf(text, sizeof text, "%lld-%02lld:%02lld:%02lld", (long long)days, (long long)(s / HOUR % 24),
		         (long long)(s / MINUTE % 60), (long long)(s % 60));
		right(buffer, text, width);
		return;
	}
	char text[sizeof "00:00:00"] = "00:00:00"; /* of every process, in every ps */
	if (s) {
		digits_two(text, s / HOUR);
		digits_two(text + 3, s / MINUTE % 60);
		digits_two(text + 6, s % 60);
	}
	digits_right(buffer, text, sizeof text - 1, width);
}

void duration_ms(struct buffer *buffer, int64_t ns, size_t width)
{
	int64_t s = ns / NS_PER_S;
	char text[] = ":00";

	digits_two(text + 1, s % 60);
	buffer_i64(buffer, s / MINUTE, width > 3 ? width - 3 : 0);
	buffer_add(buffer, (struct span){ text, 3 });
}

void duration_elapsed(struct buffer *buffer, int64_t ns, size_t width)
{
	int64_t s = ns / NS_PER_S, days = s / DAY;
	char text[TEXT_BYTES];

	if (days)
		snprintf(text, sizeof text, "%lld-%02lld:%02lld:%02lld", (long long)days, (long long)(s / HOUR % 24),
		         (long long)(s / MINUTE % 60), (long long)(s % 60));
	else if (s >= HOUR)
		snprintf(text, sizeof text, "%02lld:%02lld:%02lld", (long long)(s / HOUR), (long long)(s / MINUTE % 60),
		         (long long)(s % 60));
	else
		snprintf(text, sizeof text, "%02lld:%02lld", (long long)(s / MINUTE), (long long)(s % 60));
	right(buffer, text, width);
}

/* Minutes or hours, a mark, and two digits of what is smaller. */
static size_t pair(char *text, int64_t whole, char mark, int64_t part)
{
	size_t len = digits_whole(text, whole);

	text[len] = mark;
	return len + 1 + digits_two(text + len + 1, part);
}

/* The text in that scale, the longer one or without its smaller unit; 0 when the time is too long for the scale. */
static size_t scaled(char text[TEXT_BYTES], int64_t s, int64_t cs, enum duration_scale scale, bool shorter)
{
	enum { MINUTES_MOST = 360, HOURS_MOST = 96, DAYS_MOST = 14 };
	long long minutes = s / MINUTE, hours = s / HOUR, days = s / DAY;
	size_t len;

	switch (scale) {
	case SCALE_HUNDREDTHS:
		len = pair(text, minutes, ':', s % MINUTE);
		text[len] = '.';
		return minutes > MINUTES_MOST ? 0 : len + 1 + digits_two(text + len + 1, cs);
	case SCALE_SECONDS:
		return minutes > MINUTES_MOST ? 0 : pair(text, minutes, ':', s % MINUTE);
	case SCALE_MINUTES:
		return hours > HOURS_MOST ? 0 : pair(text, hours, ',', minutes % 60);
	case SCALE_DAYS:
		if (days > DAYS_MOST)
			return 0;
		return (size_t)snprintf(text, TEXT_BYTES, shorter ? "%lldd" : "%lldd+%dh", days, (int)(hours % 24));
	default:
		return (size_t)snprintf(text, TEXT_BYTES, shorter ? "%lldw" : "%lldw+%dd", days / 7, (int)(days % 7));
	}
}

void duration_scaled(struct buffer *buffer, int64_t ns, size_t width, enum duration_scale first)
{
	int64_t s = ns / NS_PER_S, cs = ns % NS_PER_S / (NS_PER_S / 100);
	char text[TEXT_BYTES];

	for (enum duration_scale scale = first; scale <= SCALE_WEEKS; scale++)
		for (int shorter = 0; shorter < 2; shorter++) {
			size_t len = scaled(text, s, cs, scale, shorter);
			if (!len || len > width)
				continue;
			digits_right(buffer, text, len, width);
			return;
		}
	digits_right(buffer, "?", 1, width);
}

void duration_up(struct buffer *buffer, int64_t ns)
{
	int64_t s = ns / NS_PER_S, days = s / DAY;

	if (days)
		buffer_format(buffer, "%lld %s, ", (long long)days, days == 1 ? "day" : "days");
	if (s / HOUR % 24)
		buffer_format(buffer, "%2lld:%02lld", (long long)(s / HOUR % 24), (long long)(s / MINUTE % 60));
	else
		buffer_format(buffer, "%lld min", (long long)(s / MINUTE % 60));
}

void duration_words(struct buffer *buffer, int64_t ns)
{
	static const struct {
		int64_t s;
		const char *one, *many;
	} units[] = {
		{ 3650 * DAY, "decade", "decades" }, { 365 * DAY, "year", "years" },
		{ 7 * DAY, "week", "weeks" },        { DAY, "day", "days" },
		{ HOUR, "hour", "hours" },           { MINUTE, "minute", "minutes" },
	};
	enum { UNITS = sizeof units / sizeof *units };
	int64_t s = ns / NS_PER_S;
	const char *comma = "";

	for (size_t i = 0; i < UNITS; i++) {
		int64_t count = s / units[i].s;
		s %= units[i].s;
		if (count == 0 && i < UNITS - 1)
			continue;
		buffer_format(buffer, "%s%lld %s", comma, (long long)count, count == 1 ? units[i].one : units[i].many);
		comma = ", ";
	}
}

static void formatted(struct buffer *buffer, const char *format, int64_t at_s, size_t width)
{
	char text[TEXT_BYTES];
	time_t at = (time_t)at_s;
	struct tm tm;

	if (!localtime_r(&at, &tm) || strftime(text, sizeof text, format, &tm) == 0)
		snprintf(text, sizeof text, "?");
	right(buffer, text, width);
}

void moment_short(struct buffer *buffer, int64_t start_s, int64_t now_s, size_t width)
{
	time_t start = (time_t)start_s, now = (time_t)now_s;
	struct tm then, today;
	const char *format = "%Y";

	if (localtime_r(&start, &then) && localtime_r(&now, &today) && then.tm_year == today.tm_year)
		format = then.tm_yday == today.tm_yday ? "%H:%M" : "%b%d";
	formatted(buffer, format, start_s, width);
}

void moment_day(struct buffer *buffer, int64_t start_s, int64_t now_s, size_t width)
{
	formatted(buffer, now_s - start_s > DAY ? "  %b %d" : "%H:%M:%S", start_s, width);
}

void moment_bsd(struct buffer *buffer, int64_t start_s, int64_t now_s, size_t width)
{
	formatted(buffer, now_s - start_s > DAY ? "%b %d" : " %H:%M", start_s, width);
}

void moment_long(struct buffer *buffer, int64_t start_s, size_t width)
{
	formatted(buffer, "%a %b %e %H:%M:%S %Y", start_s, width);
}

void moment_iso(struct buffer *buffer, int64_t at_s)
{
	formatted(buffer, "%Y-%m-%d %H:%M:%S", at_s, 0);
}

void moment_clock(struct buffer *buffer, int64_t at_s)
{
	formatted(buffer, "%H:%M:%S", at_s, 0);
}
