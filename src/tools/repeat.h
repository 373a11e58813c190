/* Samples at a steady pace: "delay [count]" and "-s delay -c count" of the old tools. */
#ifndef TOOLS_REPEAT_H
#define TOOLS_REPEAT_H

#include <stdbool.h>
#include <stdint.h>

struct repeat {
	int64_t interval_ns;
	int64_t count; /* samples in all; 0: endless */
	/* its own: all 0 at the start */
	int64_t taken;
	int64_t due_ns; /* CLOCK_MONOTONIC */
};

/*
 * Call it in front of each sample: waits until that is due and says whether there shall be one. The first is due at
 * once. The pace is kept: the time that a sample takes does not add to the interval, and turns that were missed (the
 * program was stopped, the machine slept) are left out.
 */
bool repeat_next(struct repeat *repeat);

/* From now on Ctrl-C does not end the program but the repetition: repeat_next gives false. */
void repeat_catch_interrupt(void);

/* Whether it has. */
bool repeat_was_interrupted(void);

#endif
