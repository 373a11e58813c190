/*
 * How long a command line is believed of a process that runs on. Reading it takes the process's mmap lock, and a reader
 * that is off the CPU right then holds it up for longer than the reading; most never change it. So it is read after 8
 * samples, and after twice as many each time that it was the same; one that has changed is read in the next sample.
 */
#ifndef COLLECT_BELIEVED_H
#define COLLECT_BELIEVED_H

#include <stdbool.h>
#include <stdint.h>

enum { BELIEVED_FIRST = 8, BELIEVED_LONGEST = 16 }; /* samples */

struct believed {
	uint8_t left, samples;
};

/* It has been read; with `before`, not for the first time. */
static inline void believed_read(struct believed *believed, bool before, bool same)
{
	unsigned samples = !before ? BELIEVED_FIRST : same ? believed->samples * 2U : 1;

	believed->samples = (uint8_t)(samples < BELIEVED_LONGEST ? samples : BELIEVED_LONGEST);
	believed->left = (uint8_t)(believed->samples - 1);
}

/* Whether it goes on being believed, for one sample more. */
static inline bool believed_goes_on(struct believed *believed)
{
	if (believed->left == 0)
		return false;
	believed->left--;
	return true;
}

#endif
