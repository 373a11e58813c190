#include "kernel/pid_oom_score_adj.h"

#include <stdio.h>

#include "base/file.h"

int pid_oom_score_adj_write(int pid_dirfd, int value)
{
	char text[16];

	snprintf(text, sizeof text, "%d\n", value);
	return file_set(pid_dirfd, "oom_score_adj", text);
}
