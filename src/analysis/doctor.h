/* The machine's verdict: rules over two moments, each finding with its numbers, its threshold and who is meant. */
#ifndef ANALYSIS_DOCTOR_H
#define ANALYSIS_DOCTOR_H

#include "fields/cgroup.h"
#include "model/source.h"
#include "model/view.h"

enum severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_CRITICAL };

enum { FINDING_PIDS = 8 };

struct finding {
	const char *rule;    /* stable name for programs */
	const char *meaning; /* what it means, in one sentence */
	const char *more;    /* the command that shows more */
	enum severity severity;
	struct span evidence; /* the numbers and the threshold that they crossed, in words */
	int64_t pids[FINDING_PIDS];
	size_t pid_count; /* of those meant; FINDING_PIDS at most are named */
	size_t meant;
};

/* What is looked at. Two moments: rates and states that last need both; without `before` those rules are silent. */
struct patient {
	const struct view *view;
	int64_t elapsed_ns;
	int64_t page_bytes;
	const struct cgroup *group; /* the tightest control group above vires, or NULL */
	struct span group_name;
};

struct diagnosis {
	struct finding *findings; /* owned, the gravest first */
	size_t count, capacity;
	size_t rules; /* how many were looked at */
	bool failed;  /* memory ran out: there may be more */
	struct arena arena;
};

/* Runs every rule. -ENOMEM. */
int doctor_examine(const struct patient *patient, struct diagnosis *ret);
void diagnosis_done(struct diagnosis *diagnosis);

const char *severity_name(enum severity severity);

/* What a snapshot has to hold. */
void doctor_ask(struct request *request);

#endif
