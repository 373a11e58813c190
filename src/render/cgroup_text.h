/* The lines of /proc/PID/cgroup, "4:memory:/path", as people want to read them. */
#ifndef RENDER_CGROUP_TEXT_H
#define RENDER_CGROUP_TEXT_H

#include "base/buffer.h"

/* Adds all lines but those of root groups, with commas between them. */
void cgroup_text_all(struct buffer *buffer, struct span lines);

/* The path of the v2 group, else of the named one, else the first line that is no root group. Empty for none. */
struct span cgroup_text_path(struct span lines);

/* The name of the LXC container, and the first 12 characters of a Docker container's ID. Empty when it is none. */
struct span cgroup_text_lxc(struct span lines);
struct span cgroup_text_docker(struct span lines);

#endif
