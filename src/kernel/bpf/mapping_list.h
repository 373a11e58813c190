/*
 * The mappings of one process by eBPF: the records that pid_maps.h makes of /proc/PID/maps, for 0.2 us each instead of
 * 0.35, once a program is loaded (1-2 ms). Kernels since 6.11. As the file, it is not one moment.
 */
#ifndef KERNEL_BPF_MAPPING_LIST_H
#define KERNEL_BPF_MAPPING_LIST_H

#include "base/why.h"
#include "fields/mapping.h"

struct mapping_list;

/*
 * Of the process that has this number in our own pid namespace. `maps_fd` is its /proc/PID/maps, open for reading (so
 * the reader has the right to see them); it stays the caller's, and open. The rows of SMAPS that are `wanted` are told
 * too, for 0.3 us more each. -errno with a reason: -ENOTSUP for rows that only the file tells.
 */
int mapping_list_open(int32_t pid, int maps_fd, const struct field_set *wanted, struct mapping_list **ret,
                      struct why *why);

/*
 * The next one, by address: 1; 0: that was the last. -errno; -ENODATA: this one's rows only the file tells. Texts are
 * good until the next call.
 */
int mapping_list_next(struct mapping_list *list, struct mapping *ret);

/* Accepts NULL. */
void mapping_list_close(struct mapping_list *list);

#endif
