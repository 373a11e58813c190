/* Completion for the shells, made from the same rows as the parser. */
#ifndef TOOLS_COMPLETE_H
#define TOOLS_COMPLETE_H

#include <stdbool.h>

#include "base/buffer.h"
#include "tools/tool.h"

/* The script of one shell ("bash", "zsh", "fish") for `vires` and all of its tools. False for another shell. */
bool complete_script(struct buffer *buffer, const char *shell, const struct tool *const *tools, size_t count);

#endif
