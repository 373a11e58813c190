#include "kernel/sysctl_fs.h"

#include <errno.h>
#include <stdio.h>

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

static int read_one(struct files *files, unsigned id, struct machine *machine)
{
	enum { LIMIT = 256 };
	char path[64];
	struct span bytes;

	snprintf(path, sizeof path, "proc/sys/fs/%s", machine_fields[id].key);
	int r = files_read(files, path, LIMIT, &bytes);
	return r < 0 ? r : sysctl_fs_parse(bytes, id, machine);
}

int sysctl_fs_read(struct files *files, struct machine *machine)
{
	int dentries = read_one(files, MACHINE_dentries_unused, machine);
	int open_files = read_one(files, MACHINE_files_open, machine);
	int inodes = read_one(files, MACHINE_inodes_used, machine);

	return dentries < 0 && open_files < 0 && inodes < 0 ? dentries : 0;
}
