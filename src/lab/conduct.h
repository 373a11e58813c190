/* Runs an experiment in a process of its own, measures it at its marks and answers what it asks for. */
#ifndef LAB_CONDUCT_H
#define LAB_CONDUCT_H

#include "lab/guardian.h"
#include "lab/trial.h"

/* Who looks on. Time that is spent here is no time of the experiment. */
struct audience {
	void *context;
	void (*measured)(void *context, const struct trial *trial, int64_t pid); /* the process still stands still */
	void (*changed)(void *context, const struct trial *trial);               /* something more is known */
	void (*step)(void *context, const struct trial *trial);                  /* a step has been reached; may wait */
};

struct conditions {
	struct source *source;
	bool idle;                       /* see child_run */
	const struct request *more;      /* more fields of tasks and the machine for each mark, or NULL */
	const struct audience *audience; /* NULL: nobody */
	struct guardian *guardian;
	bool system; /* settings of the machine may be changed */
	bool steps;  /* marks and reports are steps: the audience is told, and the experiment waits at a mark */
};

/*
 * Runs it once, in a fresh process that dies with this one and after ten times the milliseconds it says it needs.
 * 0 also when the experiment was skipped or died: the trial says so. -errno when it cannot be started.
 */
int conduct(const struct experiment *experiment, const struct conditions *conditions, struct trial *ret);

/*
 * The same in parts, for several at once: it is running; wait until there is something to hear at the descriptor; hear
 * one message (0, 1 when that was the last, -errno); end it with what the last one gave. `conditions` live until then.
 * Hearing too early waits.
 */
struct run;
int conduct_begin(const struct experiment *experiment, const struct conditions *conditions, struct run **ret);
int conduct_fd(const struct run *run);
bool conduct_late(const struct run *run); /* its time is up: hearing will end it */
int conduct_hear(struct run *run);
int conduct_end(struct run *run, int r, struct trial *ret);

#endif
