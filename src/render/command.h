/* The command of a process for people, as ps and pmap of procps write it. */
#ifndef RENDER_COMMAND_H
#define RENDER_COMMAND_H

#include "base/buffer.h"
#include "model/view.h"

/*
 * The arguments, with blanks for the NUL bytes and newlines; "?" when they are empty; "[name]" when there are none, as
 * of kernel threads; and " <defunct>" behind that of a zombie. Fit for a terminal. From cmdline, comm and state.
 */
void command_put(struct buffer *buffer, const struct view *view, size_t row);

/* The same, with arguments quoted so that a shell reads them as the process got them. */
void command_put_quoted(struct buffer *buffer, const struct view *view, size_t row);

#endif
