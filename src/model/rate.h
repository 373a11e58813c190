/* The one place that knows how a counter becomes a rate: first samples, resets and rows that were not read again. */
#ifndef MODEL_RATE_H
#define MODEL_RATE_H

#include <stdbool.h>
#include <stdint.h>

/*
 * (now - before) x scale over elapsed_ns, rounded to the nearest. False, nothing changed, when there is no rate: the
 * counter went back, no time has passed (unless nothing has changed either: that is 0), or the result does not fit.
 */
bool rate(int64_t before, int64_t now, int64_t elapsed_ns, int64_t scale, int64_t *ret);

/* The same for a level, which may fall. */
bool rate_of_change(int64_t before, int64_t now, int64_t elapsed_ns, int64_t scale, int64_t *ret);

/* part x 1,000,000 / whole: a PERCENT. False when whole is not positive. */
bool share(int64_t part, int64_t whole, int64_t *ret);

#endif
