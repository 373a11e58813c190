/* The line of uptime, which is the first of top and of w too. */
#ifndef RENDER_UPTIME_LINE_H
#define RENDER_UPTIME_LINE_H

#include "base/buffer.h"
#include "model/view.h"

/* " 14:50:04 up 50 min,  0 user,  load average: 0.94, 1.21, 0.66", without a newline; what is absent is '?'. `up_ns`
 * below 0 is absent too. */
void uptime_line_put(struct buffer *buffer, const struct view *view, int64_t up_ns);

/* The three load averages, with `between` between them. */
void load_averages_put(struct buffer *buffer, const struct view *view, const char *between);

#endif
