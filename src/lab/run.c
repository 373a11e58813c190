/* vires lab run: the chosen experiments, one after the other. */
#include <errno.h>
#include <stdio.h>

#include "lab/lab.h"
#include "lab/verdicts.h"
#include "lab/words.h"

enum { TRIES = 3 };

/* Noise is given three tries; what is exact has to be right the first time, and is only tried again to be sure. */
static int try(struct lab *lab, const struct audience *audience, struct result *result)
{
	const struct conditions conditions = { .source = lab->source, .idle = lab->idle, .audience = audience };

	for (int i = 0; i < TRIES; i++) {
		trial_done(&result->trial);
		int r = conduct(result->experiment, &conditions, &result->trial);
		if (r < 0)
			return r;
		judge(&result->trial, &result->judgement);
		result->elapsed_ns = result->trial.elapsed_ns;
		if (lab->idle || (result->judgement.verdict != FAIL && result->judgement.verdict != INCONCLUSIVE))
			break;
	}
	return 0;
}

int lab_run_one(struct lab *lab, const struct experiment *experiment, const struct audience *audience,
                struct result *ret)
{
	struct result result = { .experiment = experiment, .judgement.verdict = SKIP };
	const char *why = catalogue_obstacle(lab, experiment);
	int r = 0;

	if (why)
		snprintf(result.judgement.reason, sizeof result.judgement.reason, "%s", why);
	else
		r = try(lab, audience, &result);
	if (r < 0) {
		result_done(&result);
		return r;
	}
	if (!lab->idle && !why)
		verdicts_set(experiment->id, result.judgement.verdict);
	*ret = result;
	return 0;
}
