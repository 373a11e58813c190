/* Settings in files that people can read and edit: $XDG_CONFIG_HOME/vires/NAME, or ~/.config/vires/NAME. */
#ifndef TOOLS_CONFIG_H
#define TOOLS_CONFIG_H

#include "base/buffer.h"

enum { CONFIG_PATH = 4096 };

/* Appends the file to `buffer`, gives what was appended and where it lies. -ENOENT for none, or when nobody says where
 * home is. */
int config_read(const char *name, char path[CONFIG_PATH], struct buffer *buffer, struct span *ret);

/*
 * Writes it, and makes the folders on the way. The path is given whether it worked or not. The new file is written
 * beside and then moved, so that a full disk leaves the old one alone. -errno.
 */
int config_write(const char *name, char path[CONFIG_PATH], struct span bytes);

#endif
