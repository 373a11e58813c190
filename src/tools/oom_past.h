/* vires oom --past: what was killed. */
#ifndef TOOLS_OOM_PAST_H
#define TOOLS_OOM_PAST_H

#include "tools/run.h"

/* `log`: a file with what dmesg printed; NULL: the kernel's own log. At most `most` kills, the last ones. Gives the
 * status. */
int oom_past(const struct tool *tool, const struct shared *shared, const char *log, int64_t most);

#endif
