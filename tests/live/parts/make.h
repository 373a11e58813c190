/* Parts of the programs that make processes whose memory is known: the loads of bench/ and tests/live/known.
 * They share nothing with vires itself, so that a fault there cannot hide here. A part that cannot do what it says
 * ends the program with a message: a load that is smaller than asked for would make every figure wrong. */
#ifndef LIVE_MAKE_H
#define LIVE_MAKE_H

#include <stddef.h>
#include <sys/types.h>

#define MAKE_MIB ((size_t)1 << 20)

/* "what: why" for the present errno on stderr, then exit status 1. */
__attribute__((noreturn)) void make_fail(const char *what);

/* A whole decimal number of 0..most, or a message and exit status 2. */
size_t make_number(const char *text, size_t most);

/* SIGKILL when `parent` ends, or at once if it already has. */
void make_die_with(pid_t parent);

/* The comm of the calling process: at most 15 bytes are kept, any but NUL. */
void make_name(const char *bytes);

/* `bytes` of anonymous memory, readable and writable, never in huge pages, so that RSS grows by what is touched.
 * `flags` is MAP_PRIVATE or MAP_SHARED. Untouched: no page is resident yet. */
unsigned char *make_memory(size_t bytes, int flags);

/* Writes one byte of each page: afterwards all of it is resident (no swap assumed) and dirty. */
void make_touch(unsigned char *start, size_t bytes);

/* Makes one mapping into exactly `count` by turning every second piece read-only. The pieces are of whole pages and
 * of equal size but the last; `bytes` must hold `count` pages. */
void make_split(unsigned char *start, size_t bytes, size_t count);

/* Sleeps until a signal ends the process. */
__attribute__((noreturn)) void make_idle(void);

#endif
