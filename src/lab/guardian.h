/*
 * A process that outlives the lab and puts everything back, whatever ends it: it makes the changes itself, after noting
 * them, and undoes them when it is told to or when the other end of its socket closes. A kill -9 of the lab is such an
 * end. Should the guardian be killed too, its journal stays for guardian_repair.
 */
#ifndef LAB_GUARDIAN_H
#define LAB_GUARDIAN_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buffer.h"

struct guardian {
	int socket; /* -1: not started */
	pid_t pid;
	int lock; /* -1: nobody is kept out */
};

#define GUARDIAN_NONE ((struct guardian){ .socket = -1, .lock = -1 })

/*
 * Keeps other labs from changing settings at the same time: for --system. -EBUSY, and who has it: another one runs.
 * -errno. Held until the guardian, too, has ended.
 */
int guardian_lock(struct guardian *guardian, int64_t *ret_holder);

/* Starts it when it does not run yet. -errno. */
int guardian_start(struct guardian *guardian);

/* Ends it, after it has put everything back. -errno of what it could not. */
int guardian_end(struct guardian *guardian);

/* What it is to do now; each starts it when needed. -errno, and nothing is changed. */
int guardian_set(struct guardian *guardian, const char *setting, const char *value);
int guardian_swap(struct guardian *guardian, int64_t bytes);

/* What will be made, to be removed again: a control group by its name, a directory by its path. */
int guardian_group(struct guardian *guardian, const char *name);
int guardian_scratch(struct guardian *guardian, const char *path);

/* Whom to kill first. 0: nobody any more. */
int guardian_processes(struct guardian *guardian, pid_t process_group);

/* Puts everything back, and goes on. */
int guardian_undo(struct guardian *guardian);

/*
 * Undoes what the journals of dead guardians say, and tells it in `said`. Gives how many journals there were, or -errno
 * of what could not be undone; its journal stays.
 */
int guardian_repair(struct buffer *said);

#endif
