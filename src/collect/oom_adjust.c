#include "collect/oom_adjust.h"

#include <unistd.h>

#include "collect/root.h"
#include "kernel/pid_oom_score_adj.h"

int oom_adjust(int64_t pid, int value)
{
	int fd = root_open_process(pid);

	if (fd < 0)
		return fd;
	int r = pid_oom_score_adj_write(fd, value);
	close(fd);
	return r;
}
