/* Makes a process a better or worse victim for the OOM killer. */
#ifndef COLLECT_OOM_ADJUST_H
#define COLLECT_OOM_ADJUST_H

#include <stdint.h>

/* Sets oom_score_adj of a process of the running machine, -1000 to 1000. -errno as pid_oom_score_adj_write; -ENOENT. */
int oom_adjust(int64_t pid, int value);

#endif
