/* What the machine did between two moments: the PAIRED rows of machine.def, and the moment before the first. */
#ifndef MODEL_PAIR_H
#define MODEL_PAIR_H

#include "model/view.h"

/*
 * A PAIRED field of the machine. False, nothing changed, for any other, without a moment before, and when a counter
 * went back. Of several counters that make one rate those count that the kernel has.
 */
bool pair_number(const struct view *view, unsigned machine_id, int64_t *ret);

/*
 * The machine as it was when it booted: whatever counts in `now` is 0. With it as the moment before, all rates are
 * means since boot. -ENOMEM. To be given to snapshot_done.
 */
int pair_boot(const struct snapshot *now, struct snapshot *ret);

#endif
