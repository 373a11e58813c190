/*
 * The digits of numbers, for columns that are written thousands of times a refresh. Each writes to `at`, which has room
 * for DIGITS_MOST, and gives the length; no NUL behind.
 */
#ifndef RENDER_DIGITS_H
#define RENDER_DIGITS_H

#include "base/buffer.h"

enum { DIGITS_MOST = 32 };

/* As "%lld" writes it. */
size_t digits_whole(char *at, int64_t value);

/* The last two digits of a number of 0 or more, as "%02d" writes 0..99. */
size_t digits_two(char *at, int64_t value);

/* value / scale with one decimal, as "%.1f" writes and rounds it in the reader's locale. `scale` is at least 1. */
size_t digits_tenths(char *at, int64_t value, int64_t scale);

/* Adds the text with blanks in front of it, `width` bytes in all; more when it is longer. */
void digits_right(struct buffer *buffer, const char *text, size_t len, size_t width);

#endif
