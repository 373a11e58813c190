/* What the usual tools would print at the moment of a mark, from our own tools' rows. */
#ifndef LAB_LINES_H
#define LAB_LINES_H

#include "lab/trial.h"

struct lines;

/* -ENOMEM. */
int lines_new(struct lines **ret);
void lines_free(struct lines *lines);

/* The fields that they need at each mark. */
const struct request *lines_request(const struct lines *lines);

/* Looks at the largest part of its memory that a process has asked for, while it stands still. */
void lines_look(struct lines *lines, struct source *source, int64_t pid);

/* Forgets it, for the next experiment. */
void lines_forget(struct lines *lines);

/*
 * Adds them for the last moment of a trial, each cut at `columns`; nothing before the first. At most `most` lines: top,
 * then maps, sar -r and sar -B.
 */
void lines_put(struct buffer *buffer, const struct lines *lines, const struct trial *trial, size_t columns,
               size_t most);

#endif
