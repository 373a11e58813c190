/* The parts of vires killall. */
#ifndef TOOLS_KILLALL_H
#define TOOLS_KILLALL_H

#include <regex.h>
#include <sys/stat.h>

#include "tools/look.h"

enum { KILLALL_NAMES = 64, COMM_MAX = 15 };

struct killall {
	const struct tool *tool;
	struct shared shared;
	int signal;
	bool list, exact, ignore_case, groups, ask, quiet, regexp, verbose, wait;
	bool by_user, by_namespace, by_label;
	int64_t uid, namespace_pid;
	int64_t younger_ns, older_ns; /* 0: any age */
	regex_t label;
	/* what is asked for */
	char **names;
	int name_count;
	regex_t patterns[KILLALL_NAMES]; /* with -r */
	size_t pattern_count;
	bool is_file[KILLALL_NAMES]; /* has a slash, without -r */
	struct stat files[KILLALL_NAMES];
	bool found[KILLALL_NAMES];
};

/* What a row is called: its comm, or when that may be cut, the end of the word of its command line that is it. */
struct span killall_name(const struct view *view, uint32_t row, bool *ret_whole);

/* Whether a row is meant, and by which of the names (-1 when there are none). */
bool killall_means(const struct killall *killall, const struct look *look, uint32_t row, int *ret_name);

/* Signals all who are meant, complains of names that are nobody's, and waits if it shall. The exit status. */
int killall_send(struct killall *killall, const struct look *look);

#endif
