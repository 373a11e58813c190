#include "collect/mappings.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "collect/listing.h"
#include "collect/mapping_bpf.h"
#include "kernel/mapping_file.h"

static int open_file(int proc_fd, int64_t pid, const struct field_set *wanted, struct mapping_file *ret)
{
	char name[24];

	snprintf(name, sizeof name, "%lld", (long long)pid);
	int fd = openat(proc_fd, name, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	int r = mapping_file_open(fd, wanted, ret);
	close(fd);
	return r;
}

/* Programs cost as much as reading so many from the file. */
enum { MANY_OF_MAPS = 5000, MANY_OF_SMAPS = 1000 };

static int walk_file(struct mapping_file *file, enum table_kind kind, struct mapping_walk *walk)
{
	struct mapping mapping;
	size_t seen = 0, many = file->smaps ? MANY_OF_SMAPS : MANY_OF_MAPS;
	int r;

	if (kind == TABLE_BPF && mapping_bpf_walk(walk, &r))
		return r;
	while ((r = mapping_file_next(file, &mapping)) > 0) {
		if ((uint64_t)mapping.start < walk->from)
			continue;
		r = walk->visit(walk->context, &mapping);
		if (r != 0)
			break;
		walk->from = (uint64_t)mapping.end;
		if (++seen == many && kind == TABLE_AUTO && mapping_bpf_walk(walk, &r))
			break;
	}
	return r;
}

int mappings_walk(int proc_fd, enum table_kind kind, int64_t pid, const struct field_set *wanted, mapping_visit *visit,
                  void *context)
{
	struct mapping_file file;

	int r = open_file(proc_fd, pid, wanted, &file);
	if (r < 0)
		return r;
	struct mapping_file plain = { .fd = -1 };
	if (file.smaps && kind != TABLE_PROC) /* eBPF needs the other one beside it */
		r = open_file(proc_fd, pid, &(struct field_set){ 0 }, &plain);
	struct mapping_walk walk = { .proc_fd = proc_fd,
		                     .maps_fd = file.smaps ? plain.fd : file.fd,
		                     .pid = pid,
		                     .wanted = wanted,
		                     .visit = visit,
		                     .context = context };
	r = walk_file(&file, r < 0 ? TABLE_PROC : kind, &walk);
	mapping_file_done(&plain);
	mapping_file_done(&file);
	return r;
}

/* --- of everybody */

struct files_of {
	int64_t pid;
	mapped_file_visit *visit;
	void *context;
};

static int show_file(void *context, const struct mapping *mapping)
{
	const struct files_of *of = context;

	return mapping_has(mapping, inode) && mapping->inode ? of->visit(of->context, of->pid, mapping) : 0;
}

int mapped_files_of(int proc_fd, int64_t pid, mapped_file_visit *visit, void *context)
{
	const uint8_t ids[] = { MAPPING_start, MAPPING_end, MAPPING_device_major, MAPPING_device_minor, MAPPING_inode };
	struct files_of of = { pid, visit, context };
	struct field_set wanted = { 0 };

	for (size_t i = 0; i < sizeof ids; i++)
		field_set_add(&wanted, ids[i]);
	int r = mappings_walk(proc_fd, TABLE_PROC, pid, &wanted, show_file, &of);
	return r < 0 ? 0 : r;
}

static int walk_each(int proc_fd, const struct listing *listing, mapped_file_visit *visit, void *context)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < listing->count; i++)
		r = mapped_files_of(proc_fd, listing->at[i].pid, visit, context);
	return r;
}

int mapped_files_walk(int proc_fd, enum table_kind kind, mapped_file_visit *visit, void *context)
{
	enum { MANY_PROCESSES = 100 }; /* their files cost as much as a program */
	const struct request everybody = { .tasks = true };
	struct listing listing = { 0 };

	int r = listing_read(proc_fd, &everybody, &listing);
	bool by_bpf = kind == TABLE_BPF || (kind == TABLE_AUTO && listing.count >= MANY_PROCESSES);
	if (r == 0 && !(by_bpf && mapping_bpf_files(proc_fd, visit, context, &r)))
		r = walk_each(proc_fd, &listing, visit, context);
	listing_done(&listing);
	return r;
}
