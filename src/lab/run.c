/* vires lab run: the chosen experiments, one after the other. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "lab/lab.h"
#include "lab/verdicts.h"
#include "lab/words.h"

enum { TRIES = 3 };

/* Noise is given three tries; what is exact has to be right the first time, and is only tried again to be sure. */
static int try(struct lab *lab, const struct request *more, const struct audience *audience, struct result *result)
{
	const struct conditions conditions = { .source = lab->source,
		                               .idle = lab->idle,
		                               .more = more,
		                               .audience = audience,
		                               .guardian = &lab->guardian,
		                               .system = lab->system,
		                               .steps = lab->step };

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
	if (!lab->idle && !why)
		verdicts_set(experiment->id, result.judgement.verdict);
	*ret = result;
	return 0;
}

int lab_save(const char *path, const struct buffer *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	int r = fd < 0 ? -errno : text->failed ? -ENOMEM : 0;

	for (size_t at = 0; r == 0 && at < text->len;) {
		ssize_t n = write(fd, text->at + at, text->len - at);
		if (n < 0 && errno != EINTR)
			r = -errno;
		at += n > 0 ? (size_t)n : 0;
	}
	if (fd >= 0 && close(fd) < 0 && r == 0)
		r = -errno;
	return r;
}
