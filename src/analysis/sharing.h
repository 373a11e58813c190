/* With whom a process shares what it shares: its mapped files against the mappings of all others. Pure. */
#ifndef ANALYSIS_SHARING_H
#define ANALYSIS_SHARING_H

#include "base/arena.h"
#include "fields/mapping.h"

enum { SHARING_NAMED = 3 };

struct shared_thing {
	int64_t device_major, device_minor, inode;
	struct span name;     /* of the file, as the kernel writes it */
	int64_t shared_bytes; /* of it, in RAM, mapped by others too */
	size_t others;        /* processes that map it as well, and the first of them */
	int64_t pids[SHARING_NAMED];
	int64_t last_pid;
};

struct sharing {
	struct shared_thing *things; /* owned; after sharing_order the largest first */
	size_t count, capacity;
	int64_t anon_bytes; /* anonymous memory that others have too: since a fork, and neither has written to it */
	struct arena names;
};

/* What sharing_add_own() wants to know of mappings. Of others' it is device and inode. */
void sharing_ask(struct field_set *own);

/* A mapping of the process that it is about. -ENOMEM. */
int sharing_add_own(struct sharing *sharing, const struct mapping *mapping);

/* Leaves out what is shared with nobody. Call it before those of others are added. */
void sharing_order(struct sharing *sharing);

/* A mapping of another process; process by process. */
void sharing_add_other(struct sharing *sharing, int64_t pid, const struct mapping *mapping);

void sharing_done(struct sharing *sharing);

#endif
