/* Times for people, in the forms of ps and top. All take nanoseconds. */
#ifndef RENDER_DURATION_H
#define RENDER_DURATION_H

#include "base/buffer.h"

/* ps TIME: [DD-]HH:MM:SS, right-aligned. */
void duration_dhms(struct buffer *buffer, int64_t ns, size_t width);

/* ps x TIME: M:SS, the minutes three wide. */
void duration_ms(struct buffer *buffer, int64_t ns, size_t width);

/* ps ELAPSED: [[DD-]HH:]MM:SS. */
void duration_elapsed(struct buffer *buffer, int64_t ns, size_t width);

/*
 * top TIME+, from `first` on the first that fits: m:ss.cc and m:ss up to six hours, h,mm up to four days, Nd+Nh or Nd
 * up to two weeks, Nw+Nd or Nw; else '?'.
 */
enum duration_scale { SCALE_HUNDREDTHS, SCALE_SECONDS, SCALE_MINUTES, SCALE_DAYS, SCALE_WEEKS };
void duration_scaled(struct buffer *buffer, int64_t ns, size_t width, enum duration_scale first);

/* uptime: "27 min", "1:23", "12 days,  4:07": what stands between "up" and the comma. */
void duration_up(struct buffer *buffer, int64_t ns);

/* uptime -p: "2 days, 0 minutes": decades, years of 365 days, weeks, days, hours, minutes; but for the minutes, what is
 * 0 is left out. */
void duration_words(struct buffer *buffer, int64_t ns);

/* ps START: HH:MM today, MmmDD this year, else YYYY. `start_s` and `now_s` count from 1970. */
void moment_short(struct buffer *buffer, int64_t start_s, int64_t now_s, size_t width);

/* ps STARTED: HH:MM:SS within 24 hours, else "Mmm dd". */
void moment_day(struct buffer *buffer, int64_t start_s, int64_t now_s, size_t width);

/* ps bsdstart: " HH:MM" within 24 hours, else "Mmm dd". */
void moment_bsd(struct buffer *buffer, int64_t start_s, int64_t now_s, size_t width);

/* ps lstart: "Sat Nov 21 08:31:26 2026". */
void moment_long(struct buffer *buffer, int64_t start_s, size_t width);

/* "08:31:26" */
void moment_clock(struct buffer *buffer, int64_t at_s);

/* "2026-11-21 08:31:26", as uptime -s and vmstat -t show it. */
void moment_iso(struct buffer *buffer, int64_t at_s);

#endif
