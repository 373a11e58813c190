#include "kernel/bpf/mapped_files.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "kernel/bpf/cache.h"
#include "kernel/bpf/iteration.h"
#include "kernel/bpf/program.h"

static int read_all(int link_fd, struct buffer *ret, struct why *why)
{
	int fd = iteration_open(link_fd);

	int r = fd < 0 ? fd : iteration_slurp(fd, ret);
	if (r == 0 && ret->len % sizeof(struct mapped_file))
		r = -EBADMSG;
	return r < 0 ? why_not(why, r, "mapped files: %s", strerror(-r)) : 0;
}

int mapped_files_read(struct buffer *ret, struct why *why)
{
	struct program program;
	struct why note;

	int r = program_start("mapped_files", 0, &program, why, &note);
	if (r < 0)
		return r;
	int link_fd = iteration_link(program.fd, 0, why);
	r = link_fd < 0 ? link_fd : read_all(link_fd, ret, why);
	if (link_fd >= 0)
		close(link_fd);
	program_close(&program);
	return r;
}

void mapped_file_fill(const struct mapped_file *file, struct mapping *ret)
{
	ret->have = (struct field_set){ 0 };
	mapping_set(ret, start, (int64_t)file->start);
	mapping_set(ret, end, (int64_t)file->end);
	mapping_set(ret, size_bytes, (int64_t)(file->end - file->start));
	mapping_set(ret, device_major, file->device >> 20);
	mapping_set(ret, device_minor, file->device & 0xfffff);
	mapping_set(ret, inode, (int64_t)file->inode);
}
