/*
 * Which processes are meant: the criteria that pgrep, pkill and pidwait share. criteria_words.c and
 * criteria_lists.c read them from the command line, criteria.c finds the processes. Members of a list are ORed,
 * criteria ANDed.
 */
#ifndef TOOLS_CRITERIA_H
#define TOOLS_CRITERIA_H

#include <regex.h>

#include "base/arena.h"
#include "tools/look.h"

/* Exit statuses. */
enum { CRITERIA_WRONG = 2, CRITERIA_FATAL };

/* Ids of options without a letter. */
enum { CRITERION_CGROUP = 3000, CRITERION_NS, CRITERION_NSLIST, CRITERION_ENV };

/* The rows that the three tools have in common. */
#define CRITERIA_OPTIONS \
	{ 'c', "count", ALONE, NULL, "count of matching processes", 0 }, \
		{ 'f', "full", ALONE, NULL, "compare the whole command line, not only the name", 0 }, \
		{ 'x', "exact", ALONE, NULL, "the pattern must match all of it", 0 }, \
		{ 'i', "ignore-case", ALONE, NULL, "upper and lower case are the same", 0 }, \
		{ 'n', "newest", ALONE, NULL, "only the one started last", 0 }, \
		{ 'o', "oldest", ALONE, NULL, "only the one started first", 0 }, \
		{ 'O', "older", TAKES, "seconds", "only those started longer ago", 0 }, \
		{ 'p', "pid", TAKES, "PID,...", "only these processes", 0 }, \
		{ 'P', "parent", TAKES, "PPID,...", "only children of these processes", 0 }, \
		{ 'g', "pgroup", TAKES, "PGID,...", "only of these process groups; 0 is our own", 0 }, \
		{ 's', "session", TAKES, "SID,...", "only of these sessions; 0 is our own", 0 }, \
		{ 't', "terminal", TAKES, "tty,...", "only on these terminals, without /dev/", 0 }, \
		{ 'u', "euid", TAKES, "ID,...", "only with these effective users", 0 }, \
		{ 'U', "uid", TAKES, "ID,...", "only with these real users", 0 }, \
		{ 'G', "group", TAKES, "ID,...", "only with these real groups", 0 }, \
		{ 'r', "runstates", TAKES, "state", "only in these states: D, R, S, T, t, Z, I", 0 }, \
		{ 'A', "ignore-ancestors", ALONE, NULL, "leave out our own parents", 0 }, \
		{ 'F', "pidfile", TAKES, "file", "only the process whose number it begins with; -: stdin", 0 }, \
		{ 'L', "logpidfile", ALONE, NULL, "fail unless that file is locked", 0 }, \
		{ 0, "cgroup", TAKES, "group,...", "in these cgroups (version 2, whole path)", CRITERION_CGROUP }, \
		{ 0, "env", TAKES, "NAME[=VAL],...", "only with such a variable in its environment", CRITERION_ENV }, \
		{ 0, "ns", TAKES, "PID", "only in the same namespaces as this process", CRITERION_NS }, \
	{ \
		0, "nslist", TAKES, "ns,...", "what --ns compares: cgroup, ipc, mnt, net, pid, time, user, uts", \
			CRITERION_NSLIST \
	}

/* What one option asks of a field: one of the numbers, or what `holds` does with one of the texts. */
struct criterion {
	struct criterion *next;
	unsigned field;
	bool (*holds)(struct span value, struct span text); /* NULL: numbers */
	int64_t *numbers;
	struct span *texts;
	size_t count;
};

struct wish {
	int id;
	const char *argument;
};

struct criteria {
	const struct tool *tool;
	struct shared shared;
	struct arena arena; /* owns what the others point to */
	struct criterion *list;
	const char *pattern; /* NULL: none */
	const char *states, *pidfile, *ns, *ns_list;
	int64_t older_ns; /* -1: any */
	bool full, exact, ignore_case, inverse, newest, oldest, ignore_ancestors, locked, threads, count;
	struct wish *wishes; /* owned: lists, until it is known where to look names up */
	size_t wish_count;
	int64_t *excluded; /* owned: never meant are we ourselves, and perhaps our ancestors */
	size_t excluded_count;
	regex_t regex;                      /* of the pattern, if any */
	bool compiled, literal;             /* literal: it has no marks, and needs no regular expression */
	struct field_set decided_by, first; /* what the criteria are about; what of it is read first */
	struct buffer text;                 /* that the pattern is held against */
};

/* What was found; `rows` in the order of the process IDs. */
struct found {
	struct look look;
	uint32_t *rows; /* owned */
	size_t count;
};

/*
 * Reads a command line: options by `set`, which gets `criteria`, the first member of what the tool knows about its
 * call; then the pattern, and what the options named. Where `not_captured` is not NULL, it says why no captured machine
 * will do. GO_ON, or the status to end with; criteria_done() is to be called either way.
 */
int criteria_read(struct criteria *criteria, const struct tool *tool, int argc, char **argv,
                  int (*set)(void *context, int id, const char *argument), const char *not_captured);
void criteria_done(struct criteria *criteria);

/* Obeys one option of CRITERIA_OPTIONS, or one that all tools share. GO_ON, or the status to end with. */
int criteria_set(struct criteria *criteria, int id, const char *argument);

/* criteria_lists.c: whether the option takes a list; makes criteria of all lists, of --pidfile and of --ns. */
bool criteria_is_list(int id);
int criteria_lists_read(struct criteria *criteria);

/*
 * Finds the processes, with the fields of `shown` read of each. GO_ON, or the status to end with. `ret` is to be given
 * back either way.
 */
int criteria_find(struct criteria *criteria, const struct field_set *shown, struct found *ret);
void found_done(struct found *found);

/* "NAME: text", then where to look for help; status 2. */
int criteria_complain(const struct criteria *criteria, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* For programs: the fields that --json and --csv show are added to those asked for; and rows of what was found. */
void criteria_data_fields(const struct criteria *criteria, struct field_set *shown);
void found_put_data(const struct found *found, const struct criteria *criteria, struct buffer *buffer,
                    const uint32_t *rows, size_t count);

#endif
