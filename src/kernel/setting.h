/*
 * Settings of the whole machine below /proc/sys/vm, /sys/kernel/mm/ksm and /sys/kernel/mm/transparent_hugepage: files
 * that hold one number or word. World readable, root may write.
 *
 * Sharp edges: overcommit_ratio and overcommit_kbytes are two forms of one setting: writing one makes the other 0.
 * nr_hugepages gives as many pages as can be had and says no word of it. ksm/run = 0 leaves merged pages merged; only 2
 * takes them apart. Of the words of transparent_hugepage/enabled the one in brackets is in force.
 */
#ifndef KERNEL_SETTING_H
#define KERNEL_SETTING_H

#include <stddef.h>

enum { SETTING_BYTES = 64 };

/* Their names: "vm.overcommit_memory", "ksm.run", "thp.enabled", ... NULL behind the last. */
const char *setting_name(size_t n);

/* What is in force: one word. -errno; -EOPNOTSUPP: this kernel does not have it; -EINVAL: no such name. */
int setting_read(const char *name, char ret[SETTING_BYTES]);

/* -errno as above, -EACCES, and what the kernel thinks of the value. A ksm.run of 0 first takes merged pages apart. */
int setting_write(const char *name, const char *value);

/*
 * Which setting has to be written to get back to how it is now, once `name` has been changed: the other form of it
 * where that is in force, else `name` itself.
 */
const char *setting_in_force(const char *name);

#endif
