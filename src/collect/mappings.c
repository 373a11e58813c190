#include "collect/mappings.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "kernel/mapping_file.h"

static int open_file(int proc_fd, int64_t pid, const struct field_set *wanted, struct mapping_file *ret)
{
	char name[24];

	snprintf(name, sizeof name, "%lld", (long long)pid);
	int fd = openat(proc_fd, name, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	int r = mapping_file_open(fd, wanted, ret);
	close(fd);
	return r;
}

int mappings_walk(int proc_fd, int64_t pid, const struct field_set *wanted, mapping_visit *visit, void *context)
{
	struct mapping_file file;
	struct mapping mapping;

	int r = open_file(proc_fd, pid, wanted, &file);
	if (r < 0)
		return r;
	while ((r = mapping_file_next(&file, &mapping)) > 0) {
		r = visit(context, &mapping);
		if (r != 0)
			break;
	}
	mapping_file_done(&file);
	return r;
}
