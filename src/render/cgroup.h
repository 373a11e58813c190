/*
 * What the control groups of a process say about it. All take the field `cgroup`: the lines "number:controllers:path"
 * of /proc/PID/cgroup. Spans given back point into it.
 */
#ifndef RENDER_CGROUP_H
#define RENDER_CGROUP_H

#include "base/buffer.h"

/* The lines of groups other than the root, with commas between; nothing when there is none. */
void cgroup_joined(struct buffer *buffer, struct span lines);

/*
 * Of the joined text: what follows "name=" of the first hierarchy that has a name, with those behind it: ps cgname has
 * always shown them too. False when none has.
 */
bool cgroup_named(struct span joined, struct span *ret);

/* As systemd makes paths: /user.slice/user-1000.slice/session-2.scope, /system.slice/cron.service, ... */
enum cgroup_part {
	CGROUP_SLICE,     /* the innermost slice; "-.slice" at the root */
	CGROUP_UNIT,      /* of the system: a service or scope */
	CGROUP_USER_UNIT, /* of the user's own manager */
	CGROUP_SESSION,   /* of a login: its number */
	CGROUP_OWNER,     /* number of the user whose slice it is */
};
bool cgroup_part(struct span lines, enum cgroup_part part, struct span *ret);

/* The first 12 digits of a Docker container's ID, and the name of an LXC container. */
bool cgroup_docker(struct span lines, struct span *ret);
bool cgroup_lxc(struct span lines, struct span *ret);

/* Of any container that can be told by its path: Docker, Podman, containerd, CRI-O (12 digits of the ID), LXC (its
 * name). */
bool cgroup_container(struct span lines, struct span *ret);

#endif
