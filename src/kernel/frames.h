/*
 * /proc/kpageflags and /proc/kpagecount: 64 bits for each frame of RAM. Root only. The flags are those of
 * linux/kernel-page-flags.h; the count is how often the frame is mapped.
 *
 * Sharp edges: since 6.16 the count of a page of a large folio may be the folio's average.
 */
#ifndef KERNEL_FRAMES_H
#define KERNEL_FRAMES_H

#include <stdint.h>

struct frame {
	uint64_t flags;
	int64_t mapped; /* how often */
};

/* Of one frame, below a root directory. -errno: -EACCES, -EPERM; -ERANGE for a frame that there is not. */
int frame_read(int root_dirfd, int64_t frame, struct frame *ret);

/* One more than the last frame there is: the file ends there. -errno. */
int frames_end(int root_dirfd, int64_t *ret);

/* "anon", "lru": the name of flag `bit`; NULL for one that has none. */
const char *frame_flag_name(unsigned bit);

#endif
