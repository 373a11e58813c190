/*
 * What an experiment sees of the lab: it marks its steps and reports numbers, through a pipe. The runner measures the
 * process at each mark while it waits, so that nothing of the measuring is measured.
 */
#ifndef LAB_STAGE_H
#define LAB_STAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct stage;

/* A moment worth measuring. Returns once it has been measured. */
void stage_mark(struct stage *stage, const char *name);

/* A number that only the experiment itself can know. */
void stage_report(struct stage *stage, const char *name, int64_t value);

/* Measure that process too (a child), from now on: its moments are those of `stage_mark_of`. */
void stage_mark_of(struct stage *stage, const char *name, pid_t pid);

/* Ends the experiment: it cannot be done here, and why. */
void stage_skip(struct stage *stage, const char *why) __attribute__((noreturn));

/* A child that dies with this process, whatever happens. As fork(2). */
pid_t stage_fork(struct stage *stage);

#endif
