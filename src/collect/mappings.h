/* The mappings of one process, from maps or smaps: whatever the wanted fields need. */
#ifndef COLLECT_MAPPINGS_H
#define COLLECT_MAPPINGS_H

#include "model/source.h"

/* As source_mappings(), of the process below the directory `proc_fd`. */
int mappings_walk(int proc_fd, int64_t pid, const struct field_set *wanted, mapping_visit *visit, void *context);

#endif
