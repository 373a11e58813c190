#include "kernel/tmpfs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/sysmacros.h>

#include "base/escape.h"
#include "base/file.h"

static bool parse_device(struct span word, struct tmpfs *mount)
{
	struct span first;

	return span_until(&word, ':', &first) && span_i64(&first, &mount->device_major) && !first.len &&
	       span_i64(&word, &mount->device_minor) && !word.len;
}

/* Whether the line is about a tmpfs; its mount point is left escaped. */
static bool parse_line(struct span line, struct tmpfs *mount)
{
	struct span word, root;

	if (!span_word(&line, &word) || !span_word(&line, &word) || !span_word(&line, &word) ||
	    !parse_device(word, mount) || !span_word(&line, &root) || !span_word(&line, &mount->point))
		return false;
	while (span_word(&line, &word) && !span_is(word, "-"))
		;
	return span_word(&line, &word) && (span_is(word, "tmpfs") || span_is(word, "devtmpfs"));
}

int tmpfs_parse(struct span mountinfo, struct arena *arena, tmpfs_visit *visit, void *context)
{
	struct span line;
	int r = 0;

	while (r == 0 && span_whole_line(&mountinfo, &line)) {
		struct tmpfs mount = { .used_bytes = -1, .limit_bytes = -1 };
		if (!parse_line(line, &mount))
			continue;
		mount.point = escape_undo(mount.point, arena);
		r = mount.point.len ? visit(context, &mount) : -ENOMEM;
	}
	return r;
}

struct reading {
	tmpfs_visit *visit;
	void *context;
};

/* Asks the mount point, if it is not hidden below another file system. */
static int ask(void *context, const struct tmpfs *mount)
{
	const struct reading *reading = context;
	struct tmpfs asked = *mount;
	struct statfs use;
	struct stat status;
	char path[4096];

	snprintf(path, sizeof path, "%.*s", (int)mount->point.len, mount->point.at);
	if (stat(path, &status) == 0 && major(status.st_dev) == mount->device_major &&
	    minor(status.st_dev) == mount->device_minor && statfs(path, &use) == 0) {
		asked.used_bytes = (int64_t)(use.f_blocks - use.f_bfree) * use.f_bsize;
		asked.limit_bytes = (int64_t)use.f_blocks * use.f_bsize;
		if (use.f_blocks == 0) /* no limit: the kernel counts nothing */
			asked.used_bytes = -1;
	}
	return reading->visit(reading->context, &asked);
}

int tmpfs_read(struct arena *arena, tmpfs_visit *visit, void *context)
{
	enum { MOST = 8 * 1024 * 1024 };
	struct reading reading = { visit, context };
	struct buffer buffer = { 0 };
	struct span bytes;

	int r = file_slurp(AT_FDCWD, "/proc/self/mountinfo", MOST, &buffer, &bytes);
	if (r == 0)
		r = tmpfs_parse(bytes, arena, ask, &reading);
	buffer_done(&buffer);
	return r;
}
