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

#include "lab/group.h"
#include "lab/picture.h"

struct stage;

/* A moment worth measuring. Returns once it has been measured. */
void stage_mark(struct stage *stage, const char *name);

/* A number that only the experiment itself can know. */
void stage_report(struct stage *stage, const char *name, int64_t value);

/* Measure that process (a child, also one that has ended and was not waited for) instead of the calling one. */
void stage_mark_of(struct stage *stage, const char *name, pid_t pid);

/* Ends the experiment: it cannot be done here, and why. Good in a child, too. */
void stage_skip(struct stage *stage, const char *why) __attribute__((noreturn));

/* Ends the experiment: what else goes on here drowned it. It is tried again, and then INCONCLUSIVE. */
void stage_noise(struct stage *stage, const char *why) __attribute__((noreturn));

/* A child that dies with this process, whatever happens. As fork(2). It may mark and report as its parent does. */
pid_t stage_fork(struct stage *stage);

/* For the picture; see lab/picture.h for what each kind shows. Call them where nothing is measured. */
void stage_point(struct stage *stage, const char *series, int64_t x, int64_t y);
void stage_slice(struct stage *stage, const char *lane, int64_t begin_ns, int64_t end_ns);
void stage_cells(struct stage *stage, const char *row, const uint8_t *cells, size_t count);

/* A row with a cell for each page of the calling process from `address` on, as its page table has them now. */
void stage_pages(struct stage *stage, const char *row, const void *address, size_t bytes);

/*
 * With `.groups` in the experiment there is a control group of its own, in which nobody is. Numbers are bytes or
 * counts; -EOPNOTSUPP: this kernel's control groups have no such number.
 */
int stage_group_enter(struct stage *stage); /* the calling process, and what it forks from now on */
int stage_group_write(struct stage *stage, enum group_number number, int64_t value);
int stage_group_read(struct stage *stage, enum group_number number, int64_t *ret);

/*
 * Changes a setting of the machine (kernel/setting.h has their names), or swaps to compressed memory of that size. A
 * guardian puts everything back when the experiment has ended, or the lab has been killed. -errno; -EPERM without
 * --system, or when the experiment is neither NEEDS_SYSTEM nor more_with_system; -EOPNOTSUPP: this kernel has none.
 */
int stage_set(struct stage *stage, const char *setting, const char *value);
int stage_swap(struct stage *stage, int64_t bytes);

#endif
