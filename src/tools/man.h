/* Man pages and option lists, made from the same rows as the parser. */
#ifndef TOOLS_MAN_H
#define TOOLS_MAN_H

#include "base/buffer.h"
#include "tools/tool.h"

/* The page as scdoc source. */
void man_page(struct buffer *buffer, const struct tool *tool);

/* The page of vires itself: what it is, and its tools, which are given by name. */
void man_index(struct buffer *buffer, const struct tool *const *tools, size_t count);

/* A line an option: letter or '-', long name or '-', and 0, 1 or 2 for no, a needed or a possible value. */
void man_options(struct buffer *buffer, const struct tool *tool);

#endif
