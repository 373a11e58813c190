#include "kernel/tty.h"

#include <stdio.h>

struct driver {
	struct span path; /* without /dev/ */
	int64_t major, first, last;
};

static bool parse_driver(struct span line, struct driver *ret)
{
	struct span word, first;
	int64_t major;

	if (!span_word(&line, &word) || !span_word(&line, &ret->path) || !span_i64(&line, &major) ||
	    !span_word(&line, &word) || !span_starts(ret->path, SPAN("/dev/")))
		return false;
	ret->path = span_skip(ret->path, 5);
	ret->major = major;
	struct span range = word;
	if (!span_until(&range, '-', &first))
		first = range = word;
	return span_i64(&first, &ret->first) && span_i64(&range, &ret->last);
}

static struct span numbered(const char *prefix, int prefix_len, int64_t number, char *buf)
{
	int len = snprintf(buf, TTY_NAME_BYTES, "%.*s%lld", prefix_len, prefix, (long long)number);

	return (struct span){ buf, len > 0 && len < TTY_NAME_BYTES ? (size_t)len : 0 };
}

/* What driver `d` calls the device: pts/N, ttySn counted from the first, ttyN by the minor number itself. */
static struct span name_of(const struct driver *d, int64_t minor, char *buf)
{
	if (d->path.len > 32)
		return (struct span){ 0 };
	if (d->first == d->last)
		return (struct span){ memcpy(buf, d->path.at, d->path.len), d->path.len };
	if (span_is(d->path, "tty"))
		return numbered("tty", 3, minor, buf);
	return numbered(d->path.at, (int)d->path.len, minor - d->first, buf);
}

static struct span well_known(int64_t major, int64_t minor, char *buf)
{
	switch (major) {
	case 4:
		return minor < 64 ? numbered("tty", 3, minor, buf) : numbered("ttyS", 4, minor - 64, buf);
	case 5:
		return minor == 1 ? SPAN("console") : minor == 0 ? SPAN("tty") : (struct span){ 0 };
	case 188:
		return numbered("ttyUSB", 6, minor, buf);
	case 229:
		return numbered("hvc", 3, minor, buf);
	default:
		return (struct span){ 0 };
	}
}

struct span tty_name(struct span drivers, int64_t device, char buf[TTY_NAME_BYTES])
{
	int64_t major = device >> 8 & 0xfff, minor = (device & 0xff) | (device >> 12 & 0xfff00);
	struct span line;
	struct driver driver;

	if (device == 0)
		return (struct span){ 0 };
	if (major >= 136 && major <= 143)
		return numbered("pts/", 4, minor + 256 * (major - 136), buf);
	while (span_line(&drivers, &line))
		if (parse_driver(line, &driver) && driver.major == major && minor >= driver.first &&
		    minor <= driver.last)
			return name_of(&driver, minor, buf);
	return well_known(major, minor, buf);
}
