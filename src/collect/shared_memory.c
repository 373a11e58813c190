#include "collect/shared_memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/array.h"
#include "collect/root.h"
#include "kernel/pid_open_files.h"

enum { SYSV_MOST = 4096 };

static const struct tmpfs *mount_of(const struct shared_memory *shared, int64_t major_number, int64_t minor_number)
{
	for (size_t i = 0; i < shared->mount_count; i++)
		if (shared->mounts[i].device_major == major_number && shared->mounts[i].device_minor == minor_number)
			return &shared->mounts[i];
	return NULL;
}

static int add_mount(void *context, const struct tmpfs *mount)
{
	struct shared_memory *shared = context;
	struct tmpfs *known = (struct tmpfs *)mount_of(shared, mount->device_major, mount->device_minor);

	if (known) {
		if (known->used_bytes < 0 && mount->used_bytes >= 0)
			*known = *mount;
		return 0;
	}
	struct tmpfs *mounts = array_room(shared->mounts, shared->mount_count, &shared->mount_capacity, sizeof *mounts);
	if (!mounts)
		return -ENOMEM;
	shared->mounts = mounts;
	mounts[shared->mount_count++] = *mount;
	return 0;
}

static struct shared_object *object_new(struct shared_memory *shared)
{
	struct shared_object *objects = array_room(shared->objects, shared->count, &shared->capacity, sizeof *objects);

	if (!objects)
		return NULL;
	shared->objects = objects;
	return &objects[shared->count++];
}

/* Segments live on without any process: each is there from the beginning. Its inode is its id. */
static int add_segments(struct shared_memory *shared)
{
	shared->sysv = calloc(SYSV_MOST, sizeof *shared->sysv);
	if (!shared->sysv)
		return -ENOMEM;
	int count = sysv_shm_read(shared->sysv, SYSV_MOST);
	if (count == -ENOENT) /* a kernel without */
		return 0;
	if (count < 0)
		return count;
	shared->sysv_count = count < SYSV_MOST ? (size_t)count : SYSV_MOST;
	for (size_t i = 0; i < shared->sysv_count; i++) {
		const struct sysv_shm *segment = &shared->sysv[i];
		struct shared_object *object = object_new(shared);
		if (!object)
			return -ENOMEM;
		*object = (struct shared_object){
			.kind = SHARED_SYSV,
			.name = SPAN("SysV"),
			.inode = segment->id,
			.size_bytes = segment->size_bytes,
			.bytes = segment->rss_bytes + segment->swap_bytes,
			.sysv = segment,
		};
	}
	return 0;
}

int shared_memory_open(struct shared_memory *ret)
{
	*ret = (struct shared_memory){ 0 };
	int r = tmpfs_read(&ret->texts, add_mount, ret);
	if (r == 0)
		r = add_segments(ret);
	if (r < 0)
		shared_memory_done(ret);
	return r;
}

void shared_memory_done(struct shared_memory *shared)
{
	for (size_t i = 0; i < shared->count; i++)
		free(shared->objects[i].pids);
	free(shared->objects);
	free(shared->mounts);
	free(shared->sysv);
	arena_done(&shared->texts);
	*shared = (struct shared_memory){ 0 };
}

static enum shared_kind kind_of(struct span target, const struct file_facts *facts)
{
	if (!facts->in_memory)
		return SHARED_REMOVED;
	if (span_starts(target, SPAN("/memfd:")))
		return SHARED_MEMFD;
	if (span_starts(target, SPAN("/SYSV")) && facts->links == 0)
		return SHARED_SYSV;
	if (span_is(target, "/dev/zero (deleted)"))
		return SHARED_ANONYMOUS;
	return SHARED_TMPFS;
}

static struct shared_object *find(struct shared_memory *shared, enum shared_kind kind, const struct file_facts *facts)
{
	for (size_t i = 0; i < shared->count; i++) {
		struct shared_object *object = &shared->objects[i];
		bool listed = object->sysv && !object->pid_count; /* its device is not known yet */
		if (object->kind == kind && object->inode == facts->inode &&
		    (listed ||
		     (object->device_major == facts->device_major && object->device_minor == facts->device_minor)))
			return object;
	}
	return NULL;
}

static int add_holder(struct shared_object *object, int64_t pid)
{
	if (object->pid_count && object->pids[object->pid_count - 1] == pid)
		return 0;
	int64_t *pids = array_room(object->pids, object->pid_count, &object->pid_capacity, sizeof *pids);
	if (!pids)
		return -ENOMEM;
	object->pids = pids;
	pids[object->pid_count++] = pid;
	return 0;
}

struct looking {
	struct shared_memory *shared;
	int64_t pid;
};

static int look(void *context, const struct open_file *file)
{
	struct looking *looking = context;
	struct shared_memory *shared = looking->shared;
	struct file_facts facts;

	if (file->target.len == 0 || file->target.at[0] != '/' || open_file_facts(file, &facts) < 0 || !facts.regular ||
	    (!facts.in_memory && facts.links > 0))
		return 0;
	enum shared_kind kind = kind_of(file->target, &facts);
	struct shared_object *object = find(shared, kind, &facts);
	if (!object) {
		object = object_new(shared);
		if (!object)
			return -ENOMEM;
		*object = (struct shared_object){ .kind = kind,
			                          .name = arena_copy(&shared->texts, file->target),
			                          .inode = facts.inode,
			                          .size_bytes = facts.size_bytes,
			                          .bytes = facts.allocated_bytes,
			                          .removed = facts.links == 0 };
		if (!object->name.len)
			return -ENOMEM;
	}
	object->device_major = facts.device_major;
	object->device_minor = facts.device_minor;
	return add_holder(object, looking->pid);
}

int shared_memory_add(struct shared_memory *shared, int64_t pid)
{
	struct looking looking = { shared, pid };

	int fd = root_open_process(pid);
	if (fd < 0)
		return 0;
	int r = pid_open_files_walk(fd, "fd", look, &looking);
	int mapped = r == -ENOMEM ? r : pid_open_files_walk(fd, "map_files", look, &looking);
	close(fd);
	bool refused = r == -EACCES || r == -EPERM || mapped == -EACCES || mapped == -EPERM;
	shared->unseen += refused;
	return r == -ENOMEM || mapped == -ENOMEM ? -ENOMEM : 0;
}

int64_t shared_memory_found(const struct shared_memory *shared)
{
	int64_t bytes = 0;

	for (size_t i = 0; i < shared->mount_count; i++)
		bytes += shared->mounts[i].used_bytes > 0 ? shared->mounts[i].used_bytes : 0;
	for (size_t i = 0; i < shared->count; i++) {
		const struct shared_object *object = &shared->objects[i];
		const struct tmpfs *mount = mount_of(shared, object->device_major, object->device_minor);
		bool counted = mount && mount->used_bytes >= 0;
		if (object->kind != SHARED_REMOVED && !counted)
			bytes += object->bytes;
	}
	return bytes;
}

void shared_memory_of_mount(const struct shared_memory *shared, const struct tmpfs *mount, int64_t *ret_held,
                            int64_t *ret_removed)
{
	*ret_held = *ret_removed = 0;
	for (size_t i = 0; i < shared->count; i++) {
		const struct shared_object *object = &shared->objects[i];
		if (object->kind != SHARED_TMPFS ||
		    mount_of(shared, object->device_major, object->device_minor) != mount)
			continue;
		*ret_held += object->bytes;
		*ret_removed += object->removed ? object->bytes : 0;
	}
}
