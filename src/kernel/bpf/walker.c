#include "kernel/bpf/walker.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysinfo.h>

enum { SPARE = 64 };

struct walker {
	const struct program_image *image;
	struct program program;
	struct task_settings settings;
	struct task_control *control; /* mapped */
	char *records;                /* mapped */
	uint32_t capacity, record_bytes;
	int proc_fd;
};

/* How many records a walk will need: the link count of /proc tells the processes, sysinfo the threads. */
static uint32_t guess(const struct walker *walker)
{
	struct stat proc;
	struct sysinfo info;
	uint64_t processes = 0, threads = 0;

	if (fstat(walker->proc_fd, &proc) == 0)
		processes = proc.st_nlink;
	if (sysinfo(&info) == 0)
		threads = info.procs;
	if (processes < 2 || processes > threads + SPARE)
		processes = threads; /* some other file system's idea of links */
	uint64_t wanted = walker->settings.threads ? threads + processes : processes;
	wanted += wanted / 8 + SPARE;
	return wanted < 1U << 24 ? (uint32_t)wanted : 1U << 24;
}

/* So many bytes of a record hold all that is wanted, in whole cache lines. Kernel threads' names are always told. */
static uint32_t bytes_for(unsigned want)
{
	enum { LINE = 64 };
	static const struct {
		unsigned bits;
		size_t end;
	} parts[] = {
		{ HAS_INSIDE, offsetof(struct task_record, sums) },
		{ HAS_SUMS, offsetof(struct task_record, sums.io) },
		{ HAS_IO_BYTES | HAS_IO_CHARS, offsetof(struct task_record, sums.delay_ns) },
		{ HAS_DELAYS | HAS_RUN_QUEUE | HAS_SWITCHES | HAS_CHILDREN | HAS_CGROUP, sizeof(struct task_record) },
	};
	size_t bytes = offsetof(struct task_record, inside);

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (want & parts[i].bits)
			bytes = parts[i].end;
	return (uint32_t)((bytes + LINE - 1) & ~(size_t)(LINE - 1));
}

static void unload(struct walker *walker)
{
	walker->control = NULL;
	walker->records = NULL;
	program_close(&walker->program);
}

static int load(struct walker *walker, uint32_t capacity, struct why *why)
{
	unload(walker);
	uint32_t bytes = bytes_for(walker->settings.want);
	int r = program_load(walker->image, (struct program_room){ capacity, bytes }, &walker->settings,
	                     &walker->program, why);
	if (r < 0)
		return r;
	walker->capacity = capacity;
	walker->record_bytes = bytes;
	walker->control = program_map(&walker->program, MAP_CONTROL, sizeof *walker->control);
	walker->records = program_map(&walker->program, MAP_RECORDS, (size_t)capacity * bytes);
	if (walker->control && walker->records)
		return 0;
	r = -errno;
	unload(walker);
	return why_not(why, r, "cannot map the records: %s", strerror(-r));
}

int walker_open(const struct program_image *image, const struct task_settings *settings, int proc_fd,
                struct walker **ret, struct why *why)
{
	struct walker *walker = calloc(1, sizeof *walker);

	if (!walker)
		return why_not(why, -ENOMEM, "%s", strerror(ENOMEM));
	walker->proc_fd = proc_fd;
	walker->settings = *settings;
	program_init(&walker->program);
	walker->image = image;
	int r = load(walker, guess(walker), why);
	if (r < 0)
		walker_close(walker);
	else
		*ret = walker;
	return r;
}

/* Again where a thread ended in the middle of a sum, but not for ever. */
static int walk(struct walker *walker, unsigned patience)
{
	enum { TRIES = 4 };
	int r = 0;

	for (int i = 0; i < TRIES && (i == 0 || (r == 0 && walker->control->torn)); i++) {
		union bpf_attr attr = { .test.prog_fd = (uint32_t)walker->program.fd };
		walker->control->patience = patience ? patience : 1;
		r = bpf_call(BPF_PROG_TEST_RUN, &attr);
	}
	return r == 0 && walker->control->strange ? -EOPNOTSUPP : r;
}

int walker_take(struct walker *walker, unsigned patience, struct task_records *ret)
{
	for (;;) {
		struct why why;
		int r = walk(walker, patience);
		if (r < 0)
			return r;
		uint64_t count = walker->control->count;
		*ret = (struct task_records){ walker->records, walker->record_bytes, count };
		if (count <= walker->capacity)
			return 0;
		if (count > INT32_MAX / 2)
			return -E2BIG;
		r = load(walker, (uint32_t)(count + count / 4 + SPARE), &why);
		if (r < 0)
			return r;
	}
}

uint64_t walker_offset_ns(const struct walker *walker)
{
	return walker->control->time_offset_ns;
}

void walker_close(struct walker *walker)
{
	if (!walker)
		return;
	unload(walker);
	free(walker);
}
