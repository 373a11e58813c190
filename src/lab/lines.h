/* What the usual tools would print at the moment of a mark, from our own tools' rows. */
#ifndef LAB_LINES_H
#define LAB_LINES_H

#include "lab/trial.h"

struct lines;

/* -ENOMEM. */
int lines_new(struct lines **ret);
void lines_free(struct lines *lines);

/* The task fields that they need at each mark. */
const struct field_set *lines_fields(const struct lines *lines);

/* Adds them for the last moment of a trial, each cut at `columns`; nothing before the first. At most `most` lines. */
void lines_put(struct buffer *buffer, const struct lines *lines, const struct trial *trial, size_t columns,
               size_t most);

#endif
