/* Files of an experiment, and what of them is in the page cache. */
#ifndef LAB_CACHE_H
#define LAB_CACHE_H

#include <stdbool.h>
#include <stdint.h>

#include "lab/stage.h"

/* Why it cannot be told what of a file is in the page cache, or NULL: for `missing`. */
const char *cache_missing(void);

/* A new file of that size in the working directory (`.scratch`), written and open. The experiment ends without one. */
int cache_file(struct stage *stage, const char *name, int64_t bytes);

/* Bytes of the file that are in the page cache, or were written and have not come to the disk. -1: unknown. */
int64_t cache_used(int fd);
int64_t cache_dirty(int fd);

/* Puts the file on the disk and out of the cache. The experiment ends where files are nowhere but in memory. */
void cache_drop(struct stage *stage, int fd);

/* Reads the file whole, from its beginning. */
void cache_read(int fd);

#endif
