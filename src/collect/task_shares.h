/* Where the proportional shares of a task come from: its page tables, or the file. */
#ifndef COLLECT_TASK_SHARES_H
#define COLLECT_TASK_SHARES_H

#include "collect/tasks.h"

/* The rows of SMAPS_ROLLUP without the file. False, and nothing is set, where the table cannot tell. */
bool task_shares_walk(struct tasks *tasks, struct entry *entry, struct task *task);

/*
 * Puts what is known of the shares of each entry into its row, where `request` wants it within a budget: see
 * collect/shares.h. Before rows are chosen, as the choice may depend on them. -ENOMEM.
 */
int task_shares_take(struct tasks *tasks, const struct request *request, struct snapshot *snapshot,
                     struct entries *entries);

#endif
