#include "kernel/mapping_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "kernel/pid_maps.h"

/* Below what malloc makes a mapping of its own for: who looks at himself would see it. */
enum { FIRST_SIZE = 64 * 1024, LIMIT = 4 * 1024 * 1024 };

bool mapping_wants_smaps(const struct field_set *wanted)
{
	for (unsigned id = 0; id < MAPPING_FIELDS; id++)
		if (mapping_fields[id].from == FROM_SMAPS && field_set_has(wanted, id))
			return true;
	return false;
}

int mapping_file_open(int pid_dirfd, const struct field_set *wanted, struct mapping_file *ret)
{
	bool smaps = mapping_wants_smaps(wanted);

	int fd = openat(pid_dirfd, smaps ? "smaps" : "maps", O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return -errno;
	char *bytes = malloc(FIRST_SIZE);
	if (!bytes) {
		close(fd);
		return -ENOMEM;
	}
	*ret = (struct mapping_file){ .fd = fd, .smaps = smaps, .wanted = *wanted, .bytes = bytes, .size = FIRST_SIZE };
	return 0;
}

/* Moves what is left to the front; doubles the buffer when nothing could be taken out of a full one. */
static int make_room(struct mapping_file *file)
{
	if (file->start == 0 && file->end == file->size) {
		char *bytes = file->size < LIMIT ? realloc(file->bytes, file->size * 2) : NULL;
		if (!bytes)
			return file->size < LIMIT ? -ENOMEM : -EFBIG;
		file->bytes = bytes;
		file->size *= 2;
	}
	memmove(file->bytes, file->bytes + file->start, file->end - file->start);
	file->end -= file->start;
	file->start = 0;
	return 0;
}

/* The kernel gives a page at a time: fills the whole buffer before anything is parsed. */
static int fill(struct mapping_file *file)
{
	int r = make_room(file);

	while (r == 0 && file->end < file->size && !file->at_end) {
		ssize_t n = read(file->fd, file->bytes + file->end, file->size - file->end);
		if (n < 0 && errno != EINTR)
			r = -errno;
		file->at_end = n == 0;
		file->end += n > 0 ? (size_t)n : 0;
	}
	return r;
}

int mapping_file_next(struct mapping_file *file, struct mapping *ret)
{
	for (;;) {
		struct span rest = { file->bytes + file->start, file->end - file->start };
		int r = file->smaps ? pid_smaps_next(&rest, file->at_end, &file->wanted, &file->layout, ret) :
		                      pid_maps_next(&rest, ret);
		if (r > 0)
			file->start = (size_t)(rest.at - file->bytes);
		if (r != 0 || file->at_end)
			return r;
		r = fill(file);
		if (r < 0)
			return r;
	}
}

void mapping_file_done(struct mapping_file *file)
{
	if (file->fd >= 0)
		close(file->fd);
	free(file->bytes);
	*file = (struct mapping_file){ .fd = -1 };
}
