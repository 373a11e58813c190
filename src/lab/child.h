/* The process that an experiment runs in. */
#ifndef LAB_CHILD_H
#define LAB_CHILD_H

#include <stdbool.h>

struct experiment;

/*
 * Runs the experiment and ends the process. With `idle` it passes through the marks of its claims and does nothing:
 * every experiment has to fail then, or it would prove nothing.
 */
void child_run(const struct experiment *experiment, int to_runner, int from_runner, bool idle)
	__attribute__((noreturn));

#endif
