#include "kernel/pid_procmap.h"

#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>

/* As in linux/fs.h of newer kernels. */
struct query {
	uint64_t size, flags, address;
	uint64_t start, end, found_flags, page_size, offset, inode;
	uint32_t device_major, device_minor, name_size, build_id_size;
	uint64_t name, build_id;
};

int pid_procmap_read(int maps_fd, uint64_t address, char *buf, uint32_t size, struct procmap *ret)
{
	struct query query = {
		.size = sizeof query, .address = address, .name_size = size, .name = (uint64_t)(uintptr_t)buf
	};

	if (ioctl(maps_fd, _IOWR('f', 17, struct query), &query) < 0)
		return -errno;
	uint32_t name = query.name_size < size ? query.name_size : size; /* with its NUL; 0 for none */
	*ret = (struct procmap){ .inode = query.inode,
		                 .device_major = query.device_major,
		                 .device_minor = query.device_minor,
		                 .name = { buf, strnlen(buf, name) } };
	return 0;
}
