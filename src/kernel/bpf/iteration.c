#include "kernel/bpf/iteration.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "kernel/bpf/program.h"

int iteration_link(int program_fd, int32_t pid, struct why *why)
{
	union bpf_iter_link_info one = { .task.tid = (uint32_t)pid };
	union bpf_attr attr = { .link_create = { .prog_fd = (uint32_t)program_fd, .attach_type = BPF_TRACE_ITER } };

	if (pid) {
		attr.link_create.iter_info = (uint64_t)(uintptr_t)&one;
		attr.link_create.iter_info_len = sizeof one;
	}
	int fd = bpf_call(BPF_LINK_CREATE, &attr);
	return fd < 0 ? why_not(why, fd, "no iterator: %s", strerror(-fd)) : fd;
}

int iteration_open(int link_fd)
{
	union bpf_attr attr = { .iter_create.link_fd = (uint32_t)link_fd };

	return bpf_call(BPF_ITER_CREATE, &attr);
}

int iteration_slurp(int fd, struct buffer *ret)
{
	enum { AT_ONCE = 256 * 1024 };
	int r = 0;

	buffer_clear(ret);
	for (;;) {
		char *room = buffer_room(ret, AT_ONCE);
		ssize_t n = room ? read(fd, room, AT_ONCE) : -1;
		if (!room)
			r = -ENOMEM;
		else if (n < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		else if (n < 0)
			r = -errno;
		if (n <= 0)
			break;
		ret->len += (size_t)n;
	}
	close(fd);
	return r;
}
