/* The last verdict on each experiment on this machine: $XDG_STATE_HOME/vires/lab, else ~/.local/state/vires/lab. */
#ifndef LAB_VERDICTS_H
#define LAB_VERDICTS_H

#include <stdint.h>

#include "base/buffer.h"
#include "lab/judge.h"

struct verdicts {
	struct buffer text; /* lines "ID VERDICT SECONDS-SINCE-1970" */
};

/* None when there is no such file. */
void verdicts_load(struct verdicts *ret);
void verdicts_done(struct verdicts *verdicts);

/* The verdict's name, "" for none, and when that was. */
struct span verdicts_of(const struct verdicts *verdicts, const char *id, int64_t *ret_wall_s);

/* Remembers one, in the file too. Failures are no matter. */
void verdicts_set(const char *id, enum verdict verdict);

#endif
