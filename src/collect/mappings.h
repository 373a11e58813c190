/* The mappings of one process, from maps or smaps: whatever the wanted fields need. Of very many, by eBPF. */
#ifndef COLLECT_MAPPINGS_H
#define COLLECT_MAPPINGS_H

#include "collect/table.h"
#include "model/source.h"

/*
 * As source_mappings(), of the process below the directory `proc_fd`. TABLE_AUTO goes on by eBPF where that pays and is
 * allowed, TABLE_BPF begins with it; what it cannot do, the file tells.
 */
int mappings_walk(int proc_fd, enum table_kind kind, int64_t pid, const struct field_set *wanted, mapping_visit *visit,
                  void *context);

#endif
