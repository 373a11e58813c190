#include "kernel/cpu_node.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>

#include "base/file.h"

static bool is_node(const char *name, int64_t *ret)
{
	struct span rest = span_of(name);

	if (!span_starts(rest, SPAN("node")))
		return false;
	rest = span_skip(rest, 4);
	return rest.len && rest.at[0] >= '0' && rest.at[0] <= '9' && span_i64(&rest, ret) && !rest.len;
}

int cpu_node_read(int root_dirfd, int64_t cpu, int64_t *ret)
{
	char path[64];
	DIR *directory;

	snprintf(path, sizeof path, "sys/devices/system/cpu/cpu%lld", (long long)cpu);
	int r = file_folder(root_dirfd, path, &directory);
	if (r < 0)
		return r;
	r = -ENOENT;
	for (const struct dirent *entry; r < 0 && (entry = readdir(directory));)
		if (is_node(entry->d_name, ret))
			r = 0;
	closedir(directory);
	return r;
}
