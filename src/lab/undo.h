/*
 * How to get back to where the machine was: steps that are noted before each change, in memory and in a journal on
 * disk, and taken in reverse order.
 */
#ifndef LAB_UNDO_H
#define LAB_UNDO_H

#include <limits.h>
#include <stddef.h>

#include "base/buffer.h"
#include "kernel/setting.h"

enum undo_kind { UNDO_SETTING, UNDO_SWAP, UNDO_GROUP, UNDO_SCRATCH };

struct undo_step {
	enum undo_kind kind;
	char name[256];                              /* setting, zram number, group, directory */
	char old[SETTING_BYTES], new[SETTING_BYTES]; /* of a setting: before and after */
};

enum { UNDO_STEPS_MOST = 64 };

struct undo {
	struct undo_step steps[UNDO_STEPS_MOST];
	size_t count;
	int journal; /* descriptor, or -1 */
};

/* Notes a step; on disk too, before it returns. -ENOSPC, -errno. */
int undo_note(struct undo *undo, const struct undo_step *step);

/* The setting of the last step came out as that, and not as was noted. -errno. */
int undo_settle(struct undo *undo, const char *value);

/*
 * Takes all steps in reverse order, each as far as it is needed: who else has changed a setting meanwhile keeps his
 * value. Adds a line about each to `said` (or NULL). The first -errno; the others are taken all the same.
 */
int undo_all(struct undo *undo, struct buffer *said);

/* Reads the steps of a journal; lines that were cut short are no steps. */
void undo_read(struct span journal, struct undo *ret);

#endif
