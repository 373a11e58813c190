#include "collect/listing.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/array.h"
#include "base/file.h"
#include "kernel/pid_status.h"

bool listing_reserve(struct listing *listing, size_t count)
{
	if (count <= listing->capacity)
		return true;
	struct listed *at = reallocarray(listing->at, count, sizeof *at);
	if (!at)
		return false;
	listing->at = at;
	listing->capacity = count;
	return true;
}

bool listing_add(struct listing *listing, struct listed one)
{
	struct listed *at = array_room(listing->at, listing->count, &listing->capacity, sizeof *at);

	if (!at)
		return false;
	listing->at = at;
	at[listing->count++] = one;
	return true;
}

int listed_compare(const struct listed *a, const struct listed *b)
{
	if (a->tgid != b->tgid)
		return a->tgid < b->tgid ? -1 : 1;
	if (a->thread != b->thread)
		return a->thread ? 1 : -1;
	return a->pid < b->pid ? -1 : a->pid > b->pid;
}

static int compare(const void *left, const void *right)
{
	return listed_compare(left, right);
}

/* The kernel lists in order; a captured tree on a disk does not. */
void listing_sort(struct listing *listing)
{
	for (size_t i = 1; i < listing->count; i++)
		if (listed_compare(&listing->at[i - 1], &listing->at[i]) > 0) {
			qsort(listing->at, listing->count, sizeof *listing->at, compare);
			return;
		}
}

void listing_done(struct listing *listing)
{
	free(listing->at);
	*listing = (struct listing){ 0 };
}

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

struct search {
	int proc_fd;
	enum threads threads;
	int32_t tgid;
	struct listing *found;
};

static int found_thread(void *context, int32_t tid)
{
	struct search *search = context;

	if (search->threads == OTHER_THREADS && tid == search->tgid)
		return 0;
	return listing_add(search->found, (struct listed){ search->tgid, tid, true, -1, 0 }) ? 0 : -ENOMEM;
}

static int found_process(void *context, int32_t pid)
{
	struct search *search = context;
	char path[32];

	if (search->threads != ONLY_THREADS && !listing_add(search->found, (struct listed){ pid, pid, false, -1, 0 }))
		return -ENOMEM;
	if (search->threads == NO_THREADS)
		return 0;
	search->tgid = pid;
	snprintf(path, sizeof path, "%d/task", pid);
	int r = each_number(search->proc_fd, path, found_thread, search);
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

int listing_read(int proc_fd, const struct request *request, struct listing *ret)
{
	struct search search = { .proc_fd = proc_fd, .threads = request->threads, .found = ret };
	int r = 0;

	if (!request->pids)
		r = each_number(proc_fd, ".", found_process, &search);
	for (size_t i = 0; request->pids && r == 0 && i < request->pid_count; i++)
		if (exists(proc_fd, request->pids[i]))
			r = found_process(&search, (int32_t)request->pids[i]);
	if (r == 0)
		listing_sort(ret);
	return r;
}
