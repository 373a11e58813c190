/*
 * What an experiment reads while it runs, of itself, its children and the machine, through the engine that the tools
 * read with. It takes a little memory at its first use: where that matters, look once before the first mark. For
 * numbers of a process at a mark there are claims; this is for what only the experiment knows where to look for.
 */
#ifndef LAB_LOOK_H
#define LAB_LOOK_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "fields/machine.h"
#include "fields/mapping.h"
#include "fields/task.h"
#include "model/view.h"

/* What could not be seen. */
#define UNSEEN INT64_MIN

/* One field of a process, or of the machine; or UNSEEN. */
int64_t look_task(pid_t pid, unsigned task_id);
int64_t look_machine(unsigned machine_id);

/* Several of one moment, closed by MACHINE_FIELDS. False when one of them is not to be seen. */
bool look_machine_all(const unsigned *machine_ids, int64_t *ret);

/* Waits until a process is in that state, for two seconds at most: whether it came to be. */
bool look_becomes(pid_t pid, char state);

/* Shows `visit` every process of the machine, with the fields in `task_ids`, which TASK_pid closes. */
typedef void look_visit(void *context, const struct view *view, size_t row);
bool look_each(const uint8_t *task_ids, look_visit *visit, void *context);

/* Whether a text of the machine is that word. */
bool look_machine_is(unsigned machine_id, const char *word);

/* The faults of this process so far: without opening anything. */
int64_t look_minor_faults(void);
int64_t look_major_faults(void);

/* The mapping that holds an address. */
struct place_in_memory {
	int64_t start, end, offset_bytes, inode;
	char perms[5], name[256];
};

bool look_mapping(pid_t pid, const volatile void *address, struct place_in_memory *ret);

/* One field of it, or UNSEEN. */
int64_t look_mapping_number(pid_t pid, const volatile void *address, unsigned mapping_id);

/* The mapping of that file, with these permissions; the first one of any file when `inode` is 0. */
bool look_mapping_of(pid_t pid, int64_t inode, const char *perms, struct place_in_memory *ret);

/* How many mappings there are, and how many bytes of them count towards the commit charge; or UNSEEN. */
int64_t look_mapping_count(pid_t pid);
int64_t look_committed(pid_t pid);

/* The frame of RAM that holds the page, or UNSEEN: only root may know it. */
int64_t look_frame(pid_t pid, const volatile void *address);

/* Over pages from `address` on: how many different frames hold them, and how many runs of neighbouring frames. */
int64_t look_frames(const volatile void *address, size_t pages);
int64_t look_frame_runs(const volatile void *address, size_t pages);

#endif
