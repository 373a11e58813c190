/* What all tools do alike: take a snapshot, write what they have to say, and end well or with one clear line. */
#ifndef TOOLS_RUN_H
#define TOOLS_RUN_H

#include "base/buffer.h"
#include "model/source.h"
#include "render/data.h"
#include "tools/options.h"

/* Our own exit statuses; the old tools keep theirs. */
enum { STATUS_OK, STATUS_FOUND, STATUS_USAGE, STATUS_NOT_PERMITTED, STATUS_NOT_POSSIBLE };

/* Which machine to look at, from the options every tool shares. */
struct place {
	const char *root;   /* NULL: this one */
	const char *source; /* "auto", "bpf", "proc"; NULL: what VIRES_SOURCE says, else auto */
};

/*
 * A source of snapshots; `keep` when there will be more than one. -errno. With VIRES_VERBOSE in the environment it says
 * on stderr what is unusual about it.
 */
int place_open(const struct place *place, bool keep, struct source **ret);

/* One line on stderr about a place that place_open could not open, with its -errno. Gives back `status`. */
int place_complain(const struct tool *tool, int status, const struct place *place, int r);

/* Adds where the process table of a place comes from, and when that is not eBPF, why. -errno. */
int place_explain(const struct place *place, struct buffer *buffer);

/* What the options say that every tool shares. */
struct shared {
	struct place place;
	enum data_format data;
};

/*
 * Obeys one of the shared options; of any other id, it is a wrong call with status `wrong`. Gives back GO_ON, or the
 * status to end with.
 */
int shared_option(const struct tool *tool, int wrong, struct shared *shared, int id, const char *argument);

/* Reads the options of a tool that has no others. GO_ON, and words are left as by options_read(); or the status. */
int shared_options(const struct tool *tool, int wrong, int argc, char **argv, struct shared *ret);

/*
 * Writes `buffer` to stdout and clears it. A closed pipe ends the program quietly, any other failure with
 * "NAME: write error: reason" and status 1.
 */
void say(const struct tool *tool, struct buffer *buffer);

/*
 * A closed pipe shall show as EPIPE (see say) and not end the program: call it first. What a program is started with
 * shall be what we were started with: signals_give_back, in front of exec.
 */
void signals_take(void);
void signals_give_back(void);

/* One line on stderr: "NAME: text". Gives back `status`, to return from run(). */
int complain(const struct tool *tool, int status, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Usage on stdout, status 0; or on stderr with the status of a wrong call. */
int usage(const struct tool *tool, int status);

/* "NAME from procps-ng 4.0.2"-like line: what scripts look for, and what it really is. */
int version(const struct tool *tool);

#endif
