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
	case MACHINE_CHANGE:
		if (!trial_machine(trial, claim->from, claim->field, &before) ||
		    !trial_machine(trial, claim->to, claim->field, ret))
			return false;
		*ret -= before;
		return true;
	case MACHINE_LEVEL:
		return trial_machine(trial, claim->to, claim->field, ret);
	case REPORTED:
		return trial_report(trial, claim->name, ret);
	case COMPUTED:
		return claim->compute(trial, ret);
	}
	return false;
}

static bool is_within(const struct trial *trial, const struct claim *claim, int64_t measured)
{
	int64_t middle = 0;

	if (claim->around && !trial_report(trial, claim->around, &middle))
		return false;
	return measured - middle >= claim->least && measured - middle <= claim->most;
}

/* What was only observed says nothing; what is missing is wrong, noise or not. */
static enum verdict weigh(const struct judgement *judgement)
{
	enum verdict verdict = OBSERVED;

	for (size_t i = 0; i < judgement->claim_count; i++) {
		const struct finding_of_claim *finding = &judgement->claims[i];
		if (!finding->known)
			return FAIL;
		if (finding->claim->observed)
			continue;
		if (!finding->holds && !finding->claim->noisy)
			return FAIL;
		if (!finding->holds)
			verdict = INCONCLUSIVE;
		else if (verdict == OBSERVED)
			verdict = PASS;
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
		finding->holds = finding->known &&
		                 (finding->claim->observed || is_within(trial, finding->claim, finding->measured));
		if (!finding->known && finding->claim->if_seen)
			judgement.claim_count--;
	}
	judgement.verdict = trial->skipped   ? SKIP :
	                    trial->noisy     ? INCONCLUSIVE :
	                    trial->reason[0] ? FAIL :
	                                       weigh(&judgement);
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
	switch (claim->measure) {
	case CHANGE:
	case LEVEL:
		return task_fields[claim->field].unit;
	case MACHINE_CHANGE:
	case MACHINE_LEVEL:
		return machine_fields[claim->field].unit;
	default:
		return claim->unit;
	}
}
