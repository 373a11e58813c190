#include "kernel/bpf/pinned.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "kernel/bpf/cache.h"
#include "kernel/bpf/relocate.h"
#include "kernel/bpf/settings.h"
#include "kernel/bpf/stream.h"

#define FOLDER "/run/vires/bpf"

const char *pinned_folder(void)
{
	const char *other = secure_getenv("VIRES_PINNED");

	return other ? other : FOLDER;
}

void pinned_path(bool threads, char ret[PINNED_PATH_BYTES])
{
	snprintf(ret, PINNED_PATH_BYTES, "%s/%s-%s", pinned_folder(), threads ? "threads" : "tasks",
	         program_object_id("each"));
}

/* The folder and the one above it. */
static int make_folders(struct why *why)
{
	char path[PINNED_PATH_BYTES];

	snprintf(path, sizeof path, "%s", pinned_folder());
	char *slash = strrchr(path, '/');
	if (slash && slash != path) {
		*slash = '\0';
		if (mkdir(path, 0755) < 0 && errno != EEXIST)
			return why_not(why, -errno, "%s: %s", path, strerror(errno));
		/* Ours, but of a version that let nobody through. */
		if (!strcmp(pinned_folder(), FOLDER) && chmod(path, 0755) < 0)
			return why_not(why, -errno, "%s: %s", path, strerror(errno));
		*slash = '/';
	}
	if (mkdir(path, 0755) < 0 && errno != EEXIST)
		return why_not(why, -errno, "%s: %s", path, strerror(errno));
	return 0;
}

static bool is_bpffs(const char *path)
{
	struct statfs status;

	return statfs(path, &status) == 0 && status.f_type == BPF_FS_MAGIC;
}

static int mount_bpffs(struct why *why)
{
	const char *folder = pinned_folder();

	int r = make_folders(why);
	if (r < 0 || is_bpffs(folder))
		return r;
	if (mount("bpf", folder, "bpf", MS_NOSUID | MS_NODEV | MS_NOEXEC, "mode=0755") < 0)
		return why_not(why, -errno, "cannot mount a bpffs at %s: %s", folder, strerror(errno));
	return 0;
}

/* All that vires has pinned, of any version. */
static void unlink_all(const char *folder)
{
	DIR *directory = opendir(folder);

	if (!directory)
		return;
	for (struct dirent *entry; (entry = readdir(directory));)
		if (!strncmp(entry->d_name, "tasks-", 6) || !strncmp(entry->d_name, "threads-", 8))
			unlinkat(dirfd(directory), entry->d_name, 0);
	closedir(directory);
}

static int load(const struct task_settings *settings, struct stream **ret, struct why *why)
{
	struct program_image *image;
	struct why note;

	int r = program_find("each", &image, why, &note);
	if (r < 0)
		r = program_find("each_plain", &image, why, &note);
	if (r < 0)
		return r;
	r = stream_load(image, settings, ret, why);
	free(image);
	return r;
}

/* One look first: it finds the per-CPU offsets, while nobody else can read. */
static int pin_one(int proc_fd, bool threads, unsigned group, struct why *why)
{
	char path[PINNED_PATH_BYTES];
	struct task_settings settings;
	struct task_records records;
	struct stream *stream;

	pinned_path(threads, path);
	int r = settings_for_anyone(proc_fd, threads, &settings, why);
	if (r < 0)
		return r;
	r = load(&settings, &stream, why);
	if (r < 0)
		return r;
	r = stream_take(stream, &records);
	if (r < 0)
		why_not(why, r, "the iterator cannot be read: %s", strerror(-r));
	else if ((r = stream_pin(stream, path)) < 0)
		why_not(why, r, "cannot pin %s: %s", path, strerror(-r));
	else if (chown(path, 0, group) < 0 || chmod(path, 0440) < 0)
		r = why_not(why, -errno, "%s: %s", path, strerror(errno));
	stream_close(stream);
	return r < 0 ? r : 0;
}

int pinned_make(int proc_fd, unsigned group, struct why *why)
{
	int r = mount_bpffs(why);
	if (r < 0)
		return r;
	unlink_all(pinned_folder());
	r = pin_one(proc_fd, false, group, why);
	if (r == 0)
		r = pin_one(proc_fd, true, group, why);
	if (r < 0)
		unlink_all(pinned_folder());
	return r;
}

int pinned_remove(struct why *why)
{
	const char *folder = pinned_folder();

	if (!is_bpffs(folder))
		return access(folder, F_OK) < 0 && errno != ENOENT ?
		               why_not(why, -errno, "%s: %s", folder, strerror(errno)) :
		               0;
	unlink_all(folder);
	if (umount2(folder, 0) < 0)
		return why_not(why, -errno, "%s: %s", folder, strerror(errno));
	rmdir(folder);
	return 0;
}
