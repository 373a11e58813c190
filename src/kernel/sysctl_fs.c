#include "kernel/sysctl_fs.h"

#include <errno.h>
#include <stdio.h>

#include "base/file.h"

int sysctl_fs_parse(struct span bytes, unsigned id, struct machine *machine)
{
	struct span line;
	int64_t first, second;

	if (!span_whole_line(&bytes, &line) || !span_i64(&line, &first) || !span_i64(&line, &second))
		return -EBADMSG;
	int64_t value = id == MACHINE_dentries_unused ? second : first - second;
	if (first < 0 || second < 0 || value < 0)
		return -EBADMSG;
	record_set(&machine_fields[id], machine, value);
	/* "open free most", and no fourth number. */
	if (id == MACHINE_files_open && span_i64(&line, &second) && second > 0)
		machine_set(machine, files_limit, second);
	return 0;
}

static int read_one(int root_dirfd, unsigned id, struct machine *machine)
{
	char path[64], buf[256];
	struct span bytes;

	snprintf(path, sizeof path, "proc/sys/fs/%s", machine_fields[id].key);
	int r = file_read(root_dirfd, path, buf, sizeof buf, &bytes);
	return r < 0 ? r : sysctl_fs_parse(bytes, id, machine);
}

int sysctl_fs_read(int root_dirfd, struct machine *machine)
{
	int dentries = read_one(root_dirfd, MACHINE_dentries_unused, machine);
	int files = read_one(root_dirfd, MACHINE_files_open, machine);
	int inodes = read_one(root_dirfd, MACHINE_inodes_used, machine);

	return dentries < 0 && files < 0 && inodes < 0 ? dentries : 0;
}
