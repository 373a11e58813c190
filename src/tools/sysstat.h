/* What sar, sadf and pidstat do alike: their first line, their clock, their wishes from the environment. */
#ifndef TOOLS_SYSSTAT_H
#define TOOLS_SYSSTAT_H

#include "render/figure.h"
#include "tools/samples.h"

/* What begins a line instead of the time. */
#define SYSSTAT_AVERAGE INT64_MIN

struct sysstat {
	struct samples samples; /* put and at_end are the tool's; the first sample is only what the second began with */
	struct figure_style style;
	bool iso;     /* S_TIME_FORMAT: dates and times as ISO 8601 has them */
	bool epoch;   /* times in seconds since 1970 */
	int64_t cpus; /* that are online; set by the first sample */
};

/* Ids of the options that they share. */
enum { SYSSTAT_HUMAN = 1100, SYSSTAT_DECIMALS };

#define SYSSTAT_OPTIONS \
	{ 0, "human", ALONE, NULL, "sizes and percentages with their units", SYSSTAT_HUMAN }, \
	{ \
		0, "dec", TAKES, "{0|1|2}", "decimals of rates and percentages", SYSSTAT_DECIMALS \
	}

/* Wishes from S_TIME_FORMAT, S_COLORS and S_COLORS_SGR; what every sample has to have for the first line. */
void sysstat_init(struct sysstat *sysstat, const struct tool *tool);

/* Obeys an option that they share, or one that all tools share. */
int sysstat_option(struct sysstat *sysstat, int id, const char *argument);

/* The two words behind the options. Without any, or with interval 0, there is one sample: the means since boot. */
int sysstat_words(struct sysstat *sysstat, int count, char **words);

/* One line on stderr, without the tool's name, as they say it. Gives back `status`. */
int sysstat_complain(int status, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* "Linux 6.1.0 (host) \t11/21/26 \t_x86_64_\t(2 CPU)\n" */
void sysstat_put_banner(struct sysstat *sysstat, struct buffer *buffer, const struct snapshot *snapshot);

/* The time in at least 11 columns, or "Average:". */
void sysstat_put_time(const struct sysstat *sysstat, struct buffer *buffer, int64_t wall_ns);

#endif
