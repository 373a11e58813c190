#include "lab/judge.h"

#include <stdio.h>

static bool measure(const struct trial *trial, const struct claim *claim, int64_t *ret)
{
	int64_t before;

	switch (claim->measure) {
	case CHANGE:
		if (!trial_number(trial, claim->from, claim->field, &before) ||
		    !trial_number(trial, claim->to, claim->field, ret))
			return false;
		*ret -= before;
		return true;
	case LEVEL:
		return trial_number(trial, claim->to, claim->field, ret);
	case REPORTED:
		return trial_report(trial, claim->name, ret);
	case COMPUTED:
		return claim->compute(trial, ret);
	}
	return false;
}

static enum verdict weigh(const struct judgement *judgement)
{
	enum verdict verdict = judgement->claim_count ? PASS : OBSERVED;

	for (size_t i = 0; i < judgement->claim_count; i++) {
		const struct finding_of_claim *finding = &judgement->claims[i];
		if (finding->holds)
			continue;
		if (!finding->claim->noisy || !finding->known)
			return FAIL;
		verdict = INCONCLUSIVE;
	}
	return verdict;
}

void judge(const struct trial *trial, struct judgement *ret)
{
	const struct experiment *experiment = trial->experiment;
	struct judgement judgement = { 0 };

	for (size_t i = 0; i < experiment->claim_count && i < JUDGED_CLAIMS; i++) {
		struct finding_of_claim *finding = &judgement.claims[judgement.claim_count++];
		finding->claim = &experiment->claims[i];
		finding->known = measure(trial, finding->claim, &finding->measured);
		finding->holds = finding->known && finding->measured >= finding->claim->least &&
		                 finding->measured <= finding->claim->most;
	}
	judgement.verdict = trial->skipped ? SKIP : trial->reason[0] ? FAIL : weigh(&judgement);
	memcpy(judgement.reason, trial->reason, sizeof judgement.reason);
	*ret = judgement;
}

const char *verdict_name(enum verdict verdict)
{
	static const char *const names[] = { "PASS", "FAIL", "SKIP", "OBSERVED", "INCONCLUSIVE" };

	return names[verdict];
}

enum unit claim_unit(const struct claim *claim)
{
	return claim->measure == CHANGE || claim->measure == LEVEL ? task_fields[claim->field].unit : claim->unit;
}
