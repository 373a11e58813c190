/*
 * /etc/passwd and /etc/group: lines "name:password:number:...". For a captured tree this is all there is; on the live
 * machine the name service may know more users than these files.
 */
#ifndef KERNEL_PASSWD_H
#define KERNEL_PASSWD_H

#include "base/buffer.h"
#include "base/span.h"

struct passwd_entry {
	struct span name; /* points into the file's bytes */
	int64_t id;       /* uid or gid */
};

/* Cuts the next entry off the front of `rest`; comments, NIS lines and broken lines are passed over. False at the end.
 */
bool passwd_next(struct span *rest, struct passwd_entry *ret);

/* The first name with that number, and the number of that name. False when the file has none. */
bool passwd_name(struct span file, int64_t id, struct span *ret_name);
bool passwd_id(struct span file, struct span name, int64_t *ret_id);

/* Appends the bytes of etc/passwd (etc/group) below a root directory to `buffer`, and gives them. -errno. */
int passwd_read(int root_dirfd, struct buffer *buffer, struct span *ret);
int group_read(int root_dirfd, struct buffer *buffer, struct span *ret);

#endif
