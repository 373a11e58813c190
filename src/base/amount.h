/* An amount of memory in a sentence. */
#ifndef BASE_AMOUNT_H
#define BASE_AMOUNT_H

#include "base/buffer.h"

/*
 * Adds "968 KiB", "4.9 MiB", "120.6 MiB", "1.4 GiB": below a MiB whole KiB, from there on with one decimal, which is
 * cut off. Less than a KiB is in bytes, so that nothing is a rounded zero.
 */
void amount_put(struct buffer *buffer, int64_t bytes);

#endif
