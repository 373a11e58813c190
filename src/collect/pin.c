#include "collect/pin.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "kernel/bpf/pinned.h"

int pin_make(unsigned group, struct why *why)
{
	int proc_fd = open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (proc_fd < 0)
		return why_not(why, -errno, "/proc: %s", strerror(errno));
	int r = pinned_make(proc_fd, group, why);
	close(proc_fd);
	return r;
}

int pin_remove(struct why *why)
{
	return pinned_remove(why);
}

const char *pin_folder(void)
{
	return pinned_folder();
}

bool pin_is_there(void)
{
	char path[PINNED_PATH_BYTES];

	pinned_path(false, path);
	return access(path, F_OK) == 0;
}
