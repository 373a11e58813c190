#include "collect/listing.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "kernel/pid_status.h"

/* The number that is the whole name, or -1. */
static int32_t number_of(const char *name)
{
	struct span rest = span_of(name);
	int64_t number;

	if (name[0] < '1' || name[0] > '9' || !span_i64(&rest, &number) || rest.len || number > INT32_MAX)
		return -1;
	return (int32_t)number;
}

/* Calls `found` for every number in the folder; stops at its first error. */
static int each_number(int dirfd, const char *path, int (*found)(void *context, int32_t number), void *context)
{
	DIR *directory;
	int r = file_folder(dirfd, path, &directory);

	if (r < 0)
		return r;
	for (struct dirent *entry; r == 0 && (entry = readdir(directory));) {
		int32_t number = number_of(entry->d_name);
		if (number > 0)
			r = found(context, number);
	}
	closedir(directory);
	return r;
}

struct listing {
	int proc_fd;
	enum threads threads;
	int32_t tgid;
	struct entries *entries;
};

static int found_thread(void *context, int32_t tid)
{
	struct listing *listing = context;

	if (listing->threads == OTHER_THREADS && tid == listing->tgid)
		return 0;
	return entries_add(listing->entries, entry_new(listing->tgid, tid, true)) ? 0 : -ENOMEM;
}

static int found_process(void *context, int32_t pid)
{
	struct listing *listing = context;
	char path[32];

	if (listing->threads != ONLY_THREADS && !entries_add(listing->entries, entry_new(pid, pid, false)))
		return -ENOMEM;
	if (listing->threads == NO_THREADS)
		return 0;
	listing->tgid = pid;
	snprintf(path, sizeof path, "%d/task", pid);
	int r = each_number(listing->proc_fd, path, found_thread, listing);
	return r == -ENOMEM ? r : 0;
}

/* A thread's number leads to a folder in /proc too, though none is listed: it is no process. */
static bool exists(int proc_fd, int64_t pid)
{
	enum { MOST = 16 * 1024 };
	char path[32], text[MOST];
	struct span status;
	int64_t process = pid;

	if (pid <= 0 || pid > INT32_MAX)
		return false;
	snprintf(path, sizeof path, "%d/status", (int32_t)pid);
	if (file_read(proc_fd, path, text, sizeof text, &status) == 0) {
		pid_status_process(status, &process);
		return process == pid;
	}
	snprintf(path, sizeof path, "%d/stat", (int32_t)pid);
	return faccessat(proc_fd, path, F_OK, 0) == 0;
}

int listing_read(int proc_fd, const struct request *request, struct entries *ret)
{
	struct listing listing = { .proc_fd = proc_fd, .threads = request->threads, .entries = ret };
	int r = 0;

	if (!request->pids)
		r = each_number(proc_fd, ".", found_process, &listing);
	for (size_t i = 0; request->pids && r == 0 && i < request->pid_count; i++)
		if (exists(proc_fd, request->pids[i]))
			r = found_process(&listing, (int32_t)request->pids[i]);
	if (r == 0)
		entries_sort(ret);
	return r;
}
