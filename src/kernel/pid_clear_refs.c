#include "kernel/pid_clear_refs.h"

#include "base/file.h"

int pid_clear_refs(int pid_dirfd)
{
	return file_set(pid_dirfd, "clear_refs", "1");
}
