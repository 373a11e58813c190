/* Sets of CPU numbers, of any size, and the two ways people write them: hex masks and lists of ranges. */
#ifndef BASE_CPU_SET_H
#define BASE_CPU_SET_H

#include "base/buffer.h"

/* More than any kernel has been built for. */
enum { CPUS_MAX = 65536 };

struct cpu_set {
	uint64_t *words; /* owned: CPU n is bit n % 64 of word n / 64 */
	size_t count;    /* of words; CPUs beyond are not in the set */
};

void cpu_set_done(struct cpu_set *set);

/* Room for all CPUs below `cpus`, new ones out of the set. -ENOMEM. */
int cpu_set_reserve(struct cpu_set *set, size_t cpus);

/* Numbers from CPUS_MAX on name no CPU and are left out. -ENOMEM. */
int cpu_set_add(struct cpu_set *set, uint64_t cpu);

bool cpu_set_has(const struct cpu_set *set, uint64_t cpu);

/* Takes out what is not in `other`. */
void cpu_set_meet(struct cpu_set *set, const struct cpu_set *other);

/*
 * Read into an empty set, as taskset of util-linux reads them: hex digits with or without 0x in front and with single
 * commas between (or behind); and "N", "N-M", "N-M:STEP" with commas between. -EINVAL: it is none; -ENOMEM.
 */
int cpu_set_parse_mask(struct span text, struct cpu_set *ret);
int cpu_set_parse_list(struct span text, struct cpu_set *ret);

/* "1f": lower case, no zeros in front, "0" for none. "0-3,8,9": ranges from three on; nothing for none. */
void cpu_set_put_mask(struct buffer *buffer, const struct cpu_set *set);
void cpu_set_put_list(struct buffer *buffer, const struct cpu_set *set);

#endif
