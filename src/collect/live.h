/* The running machine, or a captured tree of one, as a source. */
#ifndef COLLECT_LIVE_H
#define COLLECT_LIVE_H

#include "model/source.h"

/*
 * `root` is NULL for the running machine; else a folder that holds proc/ (and sys/, etc/), or folders 0, 1, 2, ... that
 * do: each snapshot is then one step further, and the last one stays. `keep`: more than one snapshot will be taken, so
 * files are kept open between them, within RLIMIT_NOFILE. -errno when there is no proc there.
 */
int live_new(const char *root, bool keep, struct source **ret);

#endif
