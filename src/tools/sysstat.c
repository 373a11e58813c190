#include "tools/sysstat.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "render/text.h"
#include "tools/words.h"

static bool wants_colours(void)
{
	const char *wish = getenv("S_COLORS");

	if (wish && !strcmp(wish, "always"))
		return true;
	return (!wish || strcmp(wish, "never") != 0) && isatty(STDOUT_FILENO);
}

void sysstat_init(struct sysstat *sysstat, const struct tool *tool)
{
	static const uint8_t banner[] = { MACHINE_os_name, MACHINE_os_release, MACHINE_host_name,
		                          MACHINE_architecture };
	const char *format = getenv("S_TIME_FORMAT");

	*sysstat = (struct sysstat){ .samples = { .tool = tool }, .iso = format && !strcmp(format, "ISO") };
	figure_style_init(&sysstat->style);
	if (wants_colours())
		figure_colours(&sysstat->style, getenv("S_COLORS_SGR"));
	for (size_t i = 0; i < sizeof banner; i++)
		request_machine(&sysstat->samples.request, banner[i]);
	sysstat->samples.request.cpus = true;
	repeat_catch_interrupt();
	opterr = 0; /* they never say what is wrong, only how it is right */
}

int sysstat_option(struct sysstat *sysstat, int id, const char *argument)
{
	switch (id) {
	case SYSSTAT_HUMAN:
		sysstat->style.human = true;
		return GO_ON;
	case SYSSTAT_DECIMALS:
		if (argument[0] < '0' || argument[0] > '2' || argument[1])
			return usage(sysstat->samples.tool, 1);
		sysstat->style.decimals = argument[0] - '0';
		return GO_ON;
	default:
		return shared_option(sysstat->samples.tool, 1, &sysstat->samples.shared, id, argument);
	}
}

int sysstat_words(struct sysstat *sysstat, int count, char **words)
{
	struct repeat *repeat = &sysstat->samples.repeat;
	int64_t interval = 0, samples = 0;

	if (count > 2 || (count > 0 && (!word_integer(words[0], &interval) || interval < 0 || interval > UINT32_MAX)) ||
	    (count > 1 && (!word_integer(words[1], &samples) || samples < 1 || samples == INT64_MAX)))
		return usage(sysstat->samples.tool, 1);
	repeat->interval_ns = interval * NS_PER_S;
	repeat->count = samples ? samples + 1 : 0;
	if (interval == 0) {
		sysstat->samples.since_boot = true;
		repeat->count = 1;
	}
	return GO_ON;
}

int sysstat_complain(int status, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	return status;
}

static void put_moment(const struct sysstat *sysstat, struct buffer *buffer, int64_t wall_ns, const char *local,
                       const char *iso)
{
	time_t at = (time_t)(wall_ns / NS_PER_S);
	char text[64];
	struct tm tm;

	if (localtime_r(&at, &tm) && strftime(text, sizeof text, sysstat->iso ? iso : local, &tm))
		buffer_text(buffer, text);
}

static void put_text(struct buffer *buffer, const struct machine *machine, unsigned id)
{
	struct span text = SPAN("?");

	record_text(&machine_fields[id], machine, &text);
	text_put(buffer, text, SIZE_MAX);
}

void sysstat_put_banner(struct sysstat *sysstat, struct buffer *buffer, const struct snapshot *snapshot)
{
	sysstat->cpus = (int64_t)snapshot->cpu_count;
	put_text(buffer, &snapshot->machine, MACHINE_os_name);
	buffer_char(buffer, ' ');
	put_text(buffer, &snapshot->machine, MACHINE_os_release);
	buffer_text(buffer, " (");
	put_text(buffer, &snapshot->machine, MACHINE_host_name);
	buffer_text(buffer, ") \t");
	put_moment(sysstat, buffer, snapshot->wall_ns, "%x", "%Y-%m-%d");
	buffer_text(buffer, " \t_");
	put_text(buffer, &snapshot->machine, MACHINE_architecture);
	buffer_format(buffer, "_\t(%lld CPU)\n", (long long)sysstat->cpus);
}

void sysstat_put_time(const struct sysstat *sysstat, struct buffer *buffer, int64_t wall_ns)
{
	enum { WIDTH = 11 };
	size_t start = buffer->len;

	if (wall_ns == SYSSTAT_AVERAGE)
		buffer_text(buffer, "Average:");
	else if (sysstat->epoch)
		buffer_i64(buffer, wall_ns / NS_PER_S, 0);
	else
		put_moment(sysstat, buffer, wall_ns, "%X", "%H:%M:%S");
	if (buffer->len - start < WIDTH)
		buffer_fill(buffer, ' ', WIDTH - (buffer->len - start));
}
