/* vires lab run: the chosen experiments, one after the other. */
#include <errno.h>
#include <poll.h>
#include <stdio.h>

#include "lab/lab.h"
#include "lab/verdicts.h"
#include "lab/words.h"

enum { TRIES = 3 };

static struct conditions conditions_of(struct lab *lab, const struct request *more, const struct audience *audience)
{
	return (struct conditions){ .source = lab->source,
		                    .idle = lab->idle,
		                    .more = more,
		                    .audience = audience,
		                    .guardian = &lab->guardian,
		                    .system = lab->system,
		                    .steps = lab->step };
}

static void settle(const struct lab *lab, struct result *result)
{
	judge(&result->trial, &result->judgement);
	result->elapsed_ns = result->trial.elapsed_ns;
	if (!lab->idle)
		verdicts_set(result->experiment->id, result->judgement.verdict);
}

static bool is_settled(const struct lab *lab, const struct result *result)
{
	return lab->idle || (result->judgement.verdict != FAIL && result->judgement.verdict != INCONCLUSIVE);
}

/* Noise is given three tries; what is exact has to be right the first time, and is only tried again to be sure. */
static int try(struct lab *lab, const struct request *more, const struct audience *audience, struct result *result)
{
	const struct conditions conditions = conditions_of(lab, more, audience);

	for (int i = 0; i < TRIES; i++) {
		trial_done(&result->trial);
		int r = conduct(result->experiment, &conditions, &result->trial);
		if (r < 0)
			return r;
		settle(lab, result);
		if (is_settled(lab, result))
			break;
	}
	return 0;
}

/* Hears both until both have ended. */
static void hear_both(struct run *runs[2], int ends[2])
{
	enum { SHORTLY_MS = 200 };

	while (!ends[0] || !ends[1]) {
		struct pollfd wait[2] = { { .fd = ends[0] ? -1 : conduct_fd(runs[0]), .events = POLLIN },
			                  { .fd = ends[1] ? -1 : conduct_fd(runs[1]), .events = POLLIN } };
		int ready = poll(wait, 2, SHORTLY_MS);
		for (int i = 0; i < 2; i++)
			if (!ends[i] && (ready > 0 ? wait[i].revents != 0 : ready == 0 && conduct_late(runs[i])))
				ends[i] = conduct_hear(runs[i]);
	}
}

int lab_run_pair(struct lab *lab, const struct experiment *const pair[2], const struct request *more,
                 const struct audience audiences[2], struct result ret[2])
{
	const struct conditions conditions[2] = { conditions_of(lab, more, &audiences[0]),
		                                  conditions_of(lab, more, &audiences[1]) };
	struct run *runs[2];
	int ends[2] = { 0 };
	int r = conduct_begin(pair[0], &conditions[0], &runs[0]);

	if (r < 0)
		return r;
	r = conduct_begin(pair[1], &conditions[1], &runs[1]);
	if (r < 0) {
		struct trial none;
		conduct_end(runs[0], r, &none);
		return r;
	}
	hear_both(runs, ends);
	for (int i = 0; i < 2; i++) {
		ret[i] = (struct result){ .experiment = pair[i] };
		int ended = conduct_end(runs[i], ends[i], &ret[i].trial);
		r = r < 0 ? r : ended;
		if (ended == 0)
			settle(lab, &ret[i]);
	}
	if (r < 0) {
		result_done(&ret[0]);
		result_done(&ret[1]);
	}
	return r;
}

int lab_run_one(struct lab *lab, const struct experiment *experiment, const struct request *more,
                const struct audience *audience, struct result *ret)
{
	struct result result = { .experiment = experiment, .judgement.verdict = SKIP };
	const char *why = catalogue_obstacle(lab, experiment);
	int r = 0;

	if (why)
		snprintf(result.judgement.reason, sizeof result.judgement.reason, "%s", why);
	else
		r = try(lab, more, audience, &result);
	if (r < 0) {
		result_done(&result);
		return r;
	}
	*ret = result;
	return 0;
}
