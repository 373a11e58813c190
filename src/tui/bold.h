/* How the terminal is told to write in bold, for tools that print lines and no screen. */
#ifndef TUI_BOLD_H
#define TUI_BOLD_H

#include "base/buffer.h"

/*
 * What begins bold text and what ends it, of the terminal that TERM names; both stay empty where it has none. -ENOENT
 * when TERM is not set, -ENODEV when nothing is known of such a terminal, -ENOMEM. The buffers are the caller's.
 */
int bold_of_terminal(struct buffer *on, struct buffer *off);

#endif
