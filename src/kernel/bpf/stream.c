#include "kernel/bpf/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"
#include "base/buffer.h"
#include "kernel/bpf/iteration.h"

struct stream {
	struct program program;
	int link_fd;                 /* -1: pinned */
	char *path;                  /* owned; NULL: not pinned */
	bool threads;                /* it gives records of them */
	struct buffer bytes;         /* as read */
	struct task_record *records; /* owned */
	size_t capacity;
};

static struct stream *stream_new(void)
{
	struct stream *stream = calloc(1, sizeof *stream);

	if (stream) {
		stream->link_fd = -1;
		program_init(&stream->program);
	}
	return stream;
}

int stream_load(const struct program_image *image, const struct task_settings *settings, struct stream **ret,
                struct why *why)
{
	struct stream *stream = stream_new();

	if (!stream)
		return why_not(why, -ENOMEM, "%s", strerror(ENOMEM));
	int r = program_load(image, (struct program_room){ 0 }, settings, &stream->program, why);
	if (r == 0)
		r = stream->link_fd = iteration_link(stream->program.fd, 0, why);
	if (r < 0) {
		stream_close(stream);
		return r;
	}
	stream->threads = settings->threads;
	*ret = stream;
	return 0;
}

int stream_open(const char *path, bool threads, struct stream **ret)
{
	if (access(path, R_OK) < 0)
		return -errno;
	struct stream *stream = stream_new();
	if (!stream)
		return -ENOMEM;
	stream->threads = threads;
	stream->path = strdup(path);
	if (!stream->path) {
		stream_close(stream);
		return -ENOMEM;
	}
	*ret = stream;
	return 0;
}

int stream_pin(const struct stream *stream, const char *path)
{
	union bpf_attr attr = { .pathname = (uint64_t)(uintptr_t)path, .bpf_fd = (uint32_t)stream->link_fd };

	return bpf_call(BPF_OBJ_PIN, &attr);
}

/* Each opening is a look of its own. */
static int open_look(const struct stream *stream)
{
	if (!stream->path)
		return iteration_open(stream->link_fd);
	int fd = open(stream->path, O_RDONLY | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

static int read_look(struct stream *stream)
{
	int fd = open_look(stream);

	return fd < 0 ? fd : iteration_slurp(fd, &stream->bytes);
}

static size_t item_bytes(uint64_t item)
{
	return item == ITEM_TASK ? sizeof(struct task_item) : item == ITEM_SHARE ? sizeof(struct thread_share) : 0;
}

/* Cuts the next item off; NULL at the end, or where there is nothing that we know. */
static const void *next_item(struct span *rest, uint64_t *ret_item)
{
	if (rest->len < sizeof *ret_item)
		return NULL;
	memcpy(ret_item, rest->at, sizeof *ret_item);
	size_t bytes = item_bytes(*ret_item);
	if (bytes == 0 || bytes > rest->len)
		return NULL;
	const void *at = rest->at;
	*rest = span_skip(*rest, bytes);
	return at;
}

static struct task_record *add_record(struct stream *stream, size_t count)
{
	struct task_record *records = array_room(stream->records, count, &stream->capacity, sizeof *records);

	if (!records)
		return NULL;
	stream->records = records;
	return &stream->records[count];
}

static int by_task(const void *left, const void *right)
{
	const struct task_record *a = left, *b = right;
	unsigned differ = (a->identity.has ^ b->identity.has) & IS_THREAD;

	if (a->details.tgid != b->details.tgid)
		return a->details.tgid < b->details.tgid ? -1 : 1;
	if (differ)
		return a->identity.has & IS_THREAD ? 1 : -1;
	return a->identity.pid < b->identity.pid ? -1 : a->identity.pid > b->identity.pid;
}

/* Where the records of a process begin; `count` when there are none. */
static size_t first_of(const struct stream *stream, size_t count, int tgid)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		if (stream->records[middle].details.tgid < tgid)
			low = middle + 1;
		else
			high = middle;
	}
	return low < count && stream->records[low].details.tgid == tgid ? low : count;
}

static void add_sums(struct record_sums *to, const struct record_sums *more)
{
	unsigned long long *at = (unsigned long long *)to;
	const unsigned long long *other = (const unsigned long long *)more;

	for (size_t i = 0; i < sizeof *to / sizeof *at; i++)
		at[i] += other[i];
}

static void put_record(const struct task_item *item, struct task_record *to)
{
	to->identity = item->identity;
	to->details = item->details;
	if (item->identity.has & HAS_KERNEL_NAME)
		to->named = item->named;
	else
		to->memory = item->memory;
	to->inside = item->inside;
	to->sums = item->sums;
	to->counters = item->counters;
}

/* A record of each task. That of a first thread is its process's, with what it has by itself. */
static int collect_records(struct stream *stream)
{
	struct span rest = buffer_span(&stream->bytes);
	const void *at;
	uint64_t item;
	int count = 0;

	while ((at = next_item(&rest, &item)) && count < INT32_MAX / 2) {
		bool share = item == ITEM_SHARE;
		if (share && (!stream->threads || count == 0))
			continue;
		struct task_record *record = add_record(stream, (size_t)count);
		if (!record)
			return -ENOMEM;
		if (share) {
			*record = record[-1];
			record->identity.has |= IS_THREAD;
			record->sums = ((const struct thread_share *)at)->sums;
		} else {
			put_record(at, record);
		}
		count++;
	}
	return rest.len ? -EBADMSG : count;
}

/* A process has its first thread's own counters in its sums already; the others bring theirs. */
static void add_threads(struct stream *stream, size_t count)
{
	struct task_record *process = NULL;

	for (size_t i = 0; i < count; i++) {
		struct task_record *record = &stream->records[i];
		if (!(record->identity.has & IS_THREAD))
			process = record;
		else if (process && process->details.tgid == record->details.tgid &&
		         record->identity.pid != record->details.tgid)
			add_sums(&process->sums, &record->sums);
	}
}

static void add_shares(struct stream *stream, size_t count)
{
	struct span rest = buffer_span(&stream->bytes);
	const void *at;
	uint64_t item;

	while ((at = next_item(&rest, &item))) {
		const struct thread_share *share = at;
		if (item != ITEM_SHARE)
			continue;
		size_t process = first_of(stream, count, (int)share->tgid);
		if (process < count)
			add_sums(&stream->records[process].sums, &share->sums);
	}
}

int stream_take(struct stream *stream, struct task_records *ret)
{
	int r = read_look(stream);
	if (r < 0)
		return r;
	int count = collect_records(stream);
	if (count < 0)
		return count;
	if (count)
		qsort(stream->records, (size_t)count, sizeof *stream->records, by_task);
	if (stream->threads)
		add_threads(stream, (size_t)count);
	else
		add_shares(stream, (size_t)count);
	*ret = (struct task_records){ (char *)stream->records, sizeof *stream->records, (size_t)count };
	return 0;
}

void stream_close(struct stream *stream)
{
	if (!stream)
		return;
	if (stream->link_fd >= 0)
		close(stream->link_fd);
	program_close(&stream->program);
	buffer_done(&stream->bytes);
	free(stream->records);
	free(stream->path);
	free(stream);
}
