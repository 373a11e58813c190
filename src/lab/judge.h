/* Holds the claims of an experiment against what was measured. Pure. */
#ifndef LAB_JUDGE_H
#define LAB_JUDGE_H

#include "lab/trial.h"

enum verdict { PASS, FAIL, SKIP, OBSERVED, INCONCLUSIVE };

/* One claim's outcome. */
struct finding_of_claim {
	const struct claim *claim;
	bool known; /* the number could be taken */
	int64_t measured;
	bool holds;
};

enum { JUDGED_CLAIMS = 16 };

struct judgement {
	enum verdict verdict;
	struct finding_of_claim claims[JUDGED_CLAIMS];
	size_t claim_count;
	char reason[WIRE_TEXT]; /* of SKIP, and of FAIL and INCONCLUSIVE where no claim says it; else "" */
};

/* OBSERVED when no claim has bounds; INCONCLUSIVE when only noisy ones are out of theirs. */
void judge(const struct trial *trial, struct judgement *ret);

const char *verdict_name(enum verdict verdict);

/* The unit of the number a claim is about. */
enum unit claim_unit(const struct claim *claim);

#endif
