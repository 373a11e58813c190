/* What the parts of `vires lab` share: what was asked for, and the experiments there are. */
#ifndef LAB_LAB_H
#define LAB_LAB_H

#include "lab/conduct.h"
#include "lab/judge.h"
#include "tools/run.h"

enum { EXPERIMENTS_MOST = 128 };

struct lab {
	const struct tool *tool;
	struct shared shared;
	bool idle, system, step, repair;
	const char *svg;    /* file, or NULL */
	const char *report; /* the same */
	struct source *source;
	struct guardian guardian;
	const struct experiment *experiments[EXPERIMENTS_MOST]; /* by theme and id */
	size_t count;
};

/* What came out of one experiment. */
struct result {
	const struct experiment *experiment;
	struct judgement judgement;
	struct trial trial; /* all 0 when it was not run */
	int64_t elapsed_ns;
};

/* catalogue.c */
void catalogue_fill(struct lab *lab);
const char *theme_name(enum lab_theme theme);
const char *theme_heading(enum lab_theme theme);

/* Whether a word of the command line means it: an id, a name, a theme or "all". */
bool catalogue_means(const struct experiment *experiment, const char *word);

/* One of these words that means no experiment, or NULL. */
const char *catalogue_unknown(const struct lab *lab, char **words);

/* Why it may not be run now, or NULL. */
const char *catalogue_obstacle(const struct lab *lab, const struct experiment *experiment);

/* Adds the list, with the last verdicts; as text or JSON. */
void catalogue_put(struct buffer *buffer, const struct lab *lab);

/* show.c: adds question, theory, what to watch, predictions and the experiment's own lines. */
void show_put(struct buffer *buffer, const struct experiment *experiment);
void show_put_source(struct buffer *buffer, const struct experiment *experiment);

/* results.c */
void result_put_prediction(struct buffer *buffer, const struct experiment *experiment);
void result_put(struct buffer *buffer, const struct result *result);
void result_put_json(struct buffer *buffer, const struct result *result);
void result_done(struct result *result);

/* Adds a measured number in a unit that people read. */
void result_put_number(struct buffer *buffer, enum unit unit, int64_t value);

/* session.c: the experiments that `words` mean, one after the other. The exit status. */
int lab_run(struct lab *lab, char **words);

/* run.c: runs one, with more fields at each mark, again where noise was in the way. -errno when it cannot be
 * started. */
int lab_run_one(struct lab *lab, const struct experiment *experiment, const struct request *more,
                const struct audience *audience, struct result *ret);

/* Two at once, side by side; once. -errno when they cannot be started. */
int lab_run_pair(struct lab *lab, const struct experiment *const pair[2], const struct request *more,
                 const struct audience audiences[2], struct result ret[2]);

#endif
