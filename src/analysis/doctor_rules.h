/* The rules of the doctor: those about the machine and those about its processes. */
#ifndef ANALYSIS_DOCTOR_RULES_H
#define ANALYSIS_DOCTOR_RULES_H

#include "analysis/doctor.h"

struct rule {
	const char *name, *meaning, *more;
	/* Adds what it finds; nothing without evidence. */
	void (*look)(const struct patient *patient, const struct rule *rule, struct diagnosis *diagnosis);
};

extern const struct rule machine_rules[], task_rules[];
extern const size_t machine_rule_count, task_rule_count;

/* A finding of that rule with its evidence in words. NULL when memory runs out. */
struct finding *doctor_find(struct diagnosis *diagnosis, const struct rule *rule, enum severity severity,
                            const char *format, ...) __attribute__((format(printf, 4, 5)));

/* One of the processes meant. `finding` may be NULL. */
void finding_name(struct finding *finding, int64_t pid);

#endif
