/* The files below /proc/PID (and /proc/PID/task/TID): which reader belongs to which source. */
#ifndef KERNEL_PID_FILES_H
#define KERNEL_PID_FILES_H

#include "fields/task.h"
#include "kernel/units.h"

struct pid_file {
	const char *name; /* below the process's directory; NULL: not a file of a process */
	size_t limit;     /* a longer one is refused with -EFBIG */
	/* Parses the file's bytes. Texts set in `task` point into them. -EBADMSG when they are not that file. */
	int (*parse)(struct span bytes, const struct kernel_units *units, struct task *task);
	/* For what is no plain file: reads it from the process's directory. -errno. */
	int (*read)(int pid_dirfd, struct task *task);
	/* For what lies in the directory itself: looks at it, by its path below /proc. -errno. */
	int (*look)(int proc_fd, const char *path, struct task *task);
	bool link;   /* the text is where a symbolic link points to */
	bool mapped; /* of a task without a memory map it gives ESRCH, as if the task were gone */
};

extern const struct pid_file pid_files[SOURCES];

#endif
