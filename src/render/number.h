/* Numbers for people, in the ways that top, free and the like have taught them to read. */
#ifndef RENDER_NUMBER_H
#define RENDER_NUMBER_H

#include "base/buffer.h"

/*
 * top's memory columns: KiB as an integer while it fits in `width`, else divided by 1024 until it does, with one
 * decimal and k m g t p e behind it. `unit` is where to begin: 0 KiB, 1 MiB, ... Right-aligned; '?' when nothing fits.
 */
void number_memory(struct buffer *buffer, int64_t bytes, size_t width, unsigned unit);

/* top's counts: as an integer while it fits, else scaled by 1024 with k m g t p e. */
void number_count(struct buffer *buffer, int64_t value, size_t width);

/* top's percentages: one decimal while it fits, else none; '?' when nothing fits. In 1/10,000 of a percent. */
void number_percent(struct buffer *buffer, int64_t percent, size_t width);

/*
 * An amount in at most 5 columns, with three digits that count: "0", "412K", "1.38G", "13.8G", "138G", "1023G". Whole
 * KiB below 1 MiB. Not padded.
 */
void number_size(struct buffer *buffer, int64_t bytes);

/* free -h: bytes in at most `width` characters with B Ki Mi Gi Ti Pi (or B K M G T P of 1000 with `si`). Not padded. */
void number_human(struct buffer *buffer, int64_t bytes, bool si);

/* A number held in 1/10^decimals, with its decimals: 12345 and 3 give 12.345. Trailing zeros go, and so does a bare
 * point. */
void number_fixed(struct buffer *buffer, int64_t value, unsigned decimals);

#endif
