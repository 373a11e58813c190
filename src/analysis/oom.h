/* Who dies next when memory runs out: the kernel's own arithmetic (mm/oom_kill.c), over the rows of a snapshot. */
#ifndef ANALYSIS_OOM_H
#define ANALYSIS_OOM_H

#include "model/view.h"

enum oom_exempt {
	OOM_MAY_DIE,
	OOM_INIT,         /* process 1 */
	OOM_KERNEL,       /* a kernel thread: no memory of its own */
	OOM_ADJUSTED_OUT, /* oom_score_adj is -1000 */
	OOM_UNKNOWN,      /* what it is computed from could not be read */
};

struct oom_candidate {
	uint32_t row;       /* in the view */
	int64_t held_bytes; /* RES + swap + page tables: what the kernel counts */
	int64_t points;     /* bytes, after oom_score_adj: the largest dies first; 0 for those that may not die */
	int64_t adj;
	enum oom_exempt exempt;
};

/* "What if": one process with another oom_score_adj than it has. */
struct oom_pretence {
	int64_t pid, adj;
};

/*
 * One candidate a row, those that may die first and by falling points; of equals the last row first.
 * `within_bytes`: an adjustment counts in thousandths of it; RAM and swap, or a group's limit. `pretence` may be NULL.
 * `ret` has room for every row of the view. The view has the fields of oom_fields.
 */
void oom_order(const struct view *view, int64_t within_bytes, const struct oom_pretence *pretence,
               struct oom_candidate *ret);

/* RAM plus swap; 0 when the machine record does not say. */
int64_t oom_total_bytes(const struct machine *machine);

/* Why this one stands where it does, in words: "holds 1.4 GiB, 4.5 % of RAM and swap". */
void oom_reason(const struct oom_candidate *candidate, int64_t within_bytes, struct buffer *buffer);

extern const uint8_t oom_fields[];
extern const size_t oom_field_count;

#endif
