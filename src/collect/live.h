/* The running machine, or a captured tree of one, as a source. */
#ifndef COLLECT_LIVE_H
#define COLLECT_LIVE_H

#include "collect/table.h"
#include "model/source.h"

struct live_options {
	const char *root;               /* see below; NULL: the running machine */
	bool keep;                      /* more than one snapshot will be taken: files stay open */
	enum table_kind kind;           /* where the process table comes from */
	int way;                        /* see struct table_options; 0 but in tests */
	void (*note)(const char *line); /* gets a line about anything unusual; or NULL */
};

/*
 * `root` is a folder that holds proc/ (and sys/, etc/), or folders 0, 1, 2, ... that do: each snapshot is then one step
 * further, and the last one stays. Files are kept open within RLIMIT_NOFILE. -errno when there is no proc there, or
 * when eBPF was insisted on and cannot be had: `why` then says why, and else is "".
 */
int live_open(const struct live_options *options, struct source **ret, struct why *why);

/* The same, from /proc alone. */
int live_new(const char *root, bool keep, struct source **ret);

/* Of a live source whose last snapshot came from /proc, or could not be taken: why not from eBPF; "" otherwise. */
const char *live_why(const struct source *source);

/* Once a snapshot was taken by eBPF: by which of its ways, in a few words for people. NULL otherwise. */
const char *live_how(const struct source *source);

#endif
