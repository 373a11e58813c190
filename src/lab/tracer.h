/* Counts the system calls that a piece of code makes. */
#ifndef LAB_TRACER_H
#define LAB_TRACER_H

#include "lab/stage.h"

/* Runs `act` in a child and gives how many system calls it made; of them `number` only, unless that is -1. The
 * experiment ends where a child may not be traced. */
int64_t tracer_count(struct stage *stage, void (*act)(void), long number);

#endif
