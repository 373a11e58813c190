/* Mappings, from maps or smaps: whatever the wanted fields need. Of very many, by eBPF. */
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

/* The mapped files of one process, from its maps; none when it is gone or hidden. 0, or what `visit` gave. */
int mapped_files_of(int proc_fd, int64_t pid, mapped_file_visit *visit, void *context);

/* As source_mapped_files(), of all processes below `proc_fd`. TABLE_AUTO as above. */
int mapped_files_walk(int proc_fd, enum table_kind kind, mapped_file_visit *visit, void *context);

#endif
