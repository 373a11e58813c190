#include "collect/mappings.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "collect/mapping_bpf.h"
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

/* A program costs as much as reading some thousands from the file. */
enum { MANY = 5000 };

static int walk_file(struct mapping_file *file, enum table_kind kind, struct mapping_walk *walk)
{
	struct mapping mapping;
	size_t seen = 0;
	int r;

	if (kind == TABLE_BPF && mapping_bpf_walk(walk, &r))
		return r;
	while ((r = mapping_file_next(file, &mapping)) > 0) {
		if ((uint64_t)mapping.start < walk->from)
			continue;
		r = walk->visit(walk->context, &mapping);
		if (r != 0)
			break;
		walk->from = (uint64_t)mapping.end;
		if (++seen == MANY && kind == TABLE_AUTO && mapping_bpf_walk(walk, &r))
			break;
	}
	return r;
}

int mappings_walk(int proc_fd, enum table_kind kind, int64_t pid, const struct field_set *wanted, mapping_visit *visit,
                  void *context)
{
	struct mapping_file file;

	int r = open_file(proc_fd, pid, wanted, &file);
	if (r < 0)
		return r;
	struct mapping_walk walk = {
		.proc_fd = proc_fd, .maps_fd = file.fd, .pid = pid, .visit = visit, .context = context
	};
	r = walk_file(&file, file.smaps ? TABLE_PROC : kind, &walk);
	mapping_file_done(&file);
	return r;
}
