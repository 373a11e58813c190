/* UTF-8 in output for programs, whatever the locale. */
#ifndef RENDER_UTF8_H
#define RENDER_UTF8_H

#include "base/span.h"

/* Bytes of the character at the front of `rest`, which is not empty; 0 when there is none. */
size_t utf8_length(struct span rest);

#endif
