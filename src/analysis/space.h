/* What an address space is made of: each mapping put into one class, and the sums. Pure; fed mapping by mapping. */
#ifndef ANALYSIS_SPACE_H
#define ANALYSIS_SPACE_H

#include "base/buffer.h"
#include "fields/mapping.h"

enum space_class {
	SPACE_TEXT,     /* the program's code and constants */
	SPACE_DATA,     /* its initialised variables, and bss behind them */
	SPACE_HEAP,     /* [heap]: grown by brk */
	SPACE_ARENA,    /* glibc's arenas for threads: 64 MiB of address space each */
	SPACE_STACK,    /* stacks, of the first thread and of others behind their guard pages */
	SPACE_ANON,     /* other private memory without a file */
	SPACE_LIBRARY,  /* shared libraries */
	SPACE_FILE,     /* other mapped files */
	SPACE_SHARED,   /* shared memory: SysV, POSIX, memfd, tmpfs, MAP_SHARED without a file */
	SPACE_HUGE,     /* from the hugetlb pool */
	SPACE_RESERVED, /* PROT_NONE: held free of anything else, never to be touched as it is */
	SPACE_KERNEL,   /* [vdso] and the like */
	SPACE_CLASSES
};

struct space_sum {
	int64_t mappings;
	int64_t size_bytes, rss_bytes, pss_bytes, private_bytes, anon_bytes, swap_bytes, lazy_free_bytes,
		anon_huge_bytes;
};

struct space {
	struct space_sum classes[SPACE_CLASSES], total;
	/* of the mappings seen so far; what decides the class of the next one */
	struct buffer program; /* path of the executable */
	bool program_data;     /* the last mapping was the program's data: bss may follow */
	int64_t last_end;
	int64_t guard_end; /* end of the last mapping that looks like a guard page; -1 */
	int64_t arena_end; /* of the arena whose committed part came last; -1 */
};

/* `program` is where the process's exe link leads, or an empty span. */
void space_init(struct space *space, struct span program);
void space_done(struct space *space);

/* Takes the next mapping, by address, into account and tells its class. */
enum space_class space_add(struct space *space, const struct mapping *mapping);

/* What space_add wants to know of each mapping. */
void space_ask(struct field_set *wanted);

/* "heap", "shared memory": for people; and the stable name for programs: "heap", "shared". */
const char *space_title(enum space_class class);
const char *space_name(enum space_class class);

/* What it is, in one sentence. */
const char *space_meaning(enum space_class class);

#endif
