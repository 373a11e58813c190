#include "kernel/pid_namespace.h"

#include <errno.h>
#include <sys/stat.h>

#include "base/file.h"

enum { FIRST_NAMESPACE = 0xeffffffc }; /* PROC_PID_INIT_INO: its inode on every kernel */

int pid_namespace_parse(struct span status, unsigned *ret_count)
{
	struct span line, word;

	while (span_whole_line(&status, &line)) {
		unsigned count = 0;
		if (!span_starts(line, SPAN("NSpid:")))
			continue;
		line = span_skip(line, 6);
		while (span_word(&line, &word))
			count++;
		if (count == 0)
			return -EBADMSG;
		*ret_count = count;
		return 0;
	}
	return -EBADMSG;
}

int pid_namespace_read(int proc_fd, struct pid_namespace_view *ret)
{
	struct stat own;
	char bytes[16384];
	struct span status;
	unsigned count;

	if (fstatat(proc_fd, "self/ns/pid", &own, 0) < 0)
		return -errno;
	if (own.st_ino == FIRST_NAMESPACE) {
		*ret = (struct pid_namespace_view){ .whole_machine = true };
		return 0;
	}
	int r = file_read(proc_fd, "self/status", bytes, sizeof bytes, &status);
	if (r == 0)
		r = pid_namespace_parse(status, &count);
	if (r == 0)
		*ret = (struct pid_namespace_view){ .levels_up = count - 1 };
	return r;
}
