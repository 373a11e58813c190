#include "kernel/bpf/mapping_list.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"
#include "kernel/bpf/cache.h"
#include "kernel/bpf/iteration.h"
#include "kernel/bpf/mapping_record.h"
#include "kernel/bpf/mapping_sums.h"
#include "kernel/bpf/program.h"
#include "kernel/mapping_file.h"
#include "kernel/pid_maps.h"
#include "kernel/pid_procmap.h"

enum { AT_ONCE = 64 * 1024, NAME_MOST = PATH_MAX + 64, OWN_MOST = 1 << 20 };
enum { READABLE = 1, WRITABLE = 2, EXECUTABLE = 4, SHARED = 0x80 }; /* VM_READ ... VM_MAYSHARE */

struct mapping_list {
	struct program program;
	int link_fd, fd, maps_fd;
	int64_t page_bytes;
	char *bytes; /* owned: AT_ONCE of them */
	size_t start, end;
	uint64_t shown_to; /* the end of the last one */
	bool has_gate, at_end;
	char perms[4];
	char asked[NAME_MOST];
	struct buffer escaped;
	struct mapping_sums sums;
	char gate[256]; /* the line of it */
};

/* An address that nothing is mapped at tells the same as one that something is: whether the kernel can be asked. */
static bool can_ask(const struct mapping_list *list)
{
	struct procmap found;
	char name[64];

	return pid_procmap_read(list->maps_fd, 0, name, sizeof name, &found) != -ENOTTY;
}

static int open_sums(struct mapping_list *list, const struct field_set *wanted, struct why *why)
{
	if (!mapping_wants_smaps(wanted))
		return 0;
	if (!mapping_sums_tell(wanted))
		return why_not(why, -ENOTSUP, "only smaps tells what is wanted");
	return mapping_sums_open(&list->sums, why);
}

static int open_list(struct mapping_list *list, int32_t pid, struct why *why)
{
	struct why note;

	if (!can_ask(list))
		return why_not(why, -ENOTTY, "this kernel has no PROCMAP_QUERY");
	list->bytes = malloc(AT_ONCE);
	if (!list->bytes)
		return why_not(why, -ENOMEM, "%s", strerror(ENOMEM));
	int r = program_start("mappings", 0, &list->program, why, &note);
	if (r < 0)
		return r;
	list->link_fd = iteration_link(list->program.fd, pid, why);
	if (list->link_fd < 0)
		return list->link_fd;
	list->fd = iteration_open(list->link_fd);
	return list->fd < 0 ? why_not(why, list->fd, "no file of an iterator: %s", strerror(-list->fd)) : 0;
}

int mapping_list_open(int32_t pid, int maps_fd, const struct field_set *wanted, struct mapping_list **ret,
                      struct why *why)
{
	struct mapping_list *list = calloc(1, sizeof *list);

	if (!list)
		return why_not(why, -ENOMEM, "%s", strerror(ENOMEM));
	list->link_fd = list->fd = -1;
	list->maps_fd = maps_fd;
	list->page_bytes = sysconf(_SC_PAGESIZE);
	program_init(&list->program);
	int r = open_sums(list, wanted, why);
	if (r == 0)
		r = open_list(list, pid, why);
	if (r < 0)
		mapping_list_close(list);
	else
		*ret = list;
	return r;
}

/* --- records */

/* What of those that were read is in RAM. Whose they are, the program says in its map. */
static int count_pages(struct mapping_list *list)
{
	struct mapping_buffer said;
	uint32_t zero = 0;
	union bpf_attr attr = { .map_fd = (uint32_t)list->program.map_fd[MAP_CONTROL],
		                .key = (uint64_t)(uintptr_t)&zero,
		                .value = (uint64_t)(uintptr_t)&said };

	if (!list->sums.walk)
		return 0;
	int r = bpf_call(BPF_MAP_LOOKUP_ELEM, &attr);
	struct span records = { list->bytes + list->start, list->end - list->start };
	return r < 0 ? r : mapping_sums_count(&list->sums, said.host_pid, said.boot_ns, records);
}

static int read_more(struct mapping_list *list)
{
	memmove(list->bytes, list->bytes + list->start, list->end - list->start);
	list->end -= list->start;
	list->start = 0;
	while (!list->at_end && list->end < sizeof(struct mapping_buffer)) {
		ssize_t n = read(list->fd, list->bytes + list->end, AT_ONCE - list->end);
		if (n < 0 && errno != EINTR && errno != EAGAIN)
			return -errno;
		list->at_end = n == 0;
		list->end += n > 0 ? (size_t)n : 0;
	}
	return count_pages(list);
}

/* 1, 0 at the end, -errno. The path of the record follows it. */
static int next_record(struct mapping_list *list, struct mapping_record *ret, const char **ret_path)
{
	for (int tries = 0; tries < 2; tries++) {
		size_t have = list->end - list->start;
		if (have >= sizeof *ret) {
			memcpy(ret, list->bytes + list->start, sizeof *ret);
			size_t name = ((size_t)ret->name_bytes + 7) & ~(size_t)7;
			if (name > MAPPING_PATH_MOST)
				return -EBADMSG;
			if (have >= sizeof *ret + name) {
				*ret_path = list->bytes + list->start + sizeof *ret;
				list->start += sizeof *ret + name;
				return 1;
			}
		}
		int r = tries ? 0 : read_more(list);
		if (r < 0)
			return r;
	}
	return list->end > list->start ? -EBADMSG : 0;
}

/* As the file writes it. */
static struct span escape(struct mapping_list *list, struct span name)
{
	if (!memchr(name.at, '\n', name.len))
		return name;
	buffer_clear(&list->escaped);
	for (size_t i = 0; i < name.len; i++) {
		if (name.at[i] == '\n')
			buffer_text(&list->escaped, "\\012");
		else
			buffer_char(&list->escaped, name.at[i]);
	}
	return buffer_span(&list->escaped);
}

static int ask(struct mapping_list *list, const struct mapping_record *record, struct mapping *ret)
{
	struct procmap found;

	int r = pid_procmap_read(list->maps_fd, record->start, list->asked, sizeof list->asked, &found);
	if (r < 0)
		return r == -ENOENT ? 0 : r; /* gone since */
	mapping_set(ret, device_major, found.device_major);
	mapping_set(ret, device_minor, found.device_minor);
	mapping_set(ret, inode, (int64_t)found.inode);
	if (found.name.len)
		mapping_set(ret, name, escape(list, found.name));
	return 0;
}

static int fill(struct mapping_list *list, const struct mapping_record *record, const char *path, struct mapping *ret)
{
	uint64_t flags = record->flags;

	ret->have = (struct field_set){ 0 };
	list->perms[0] = flags & READABLE ? 'r' : '-';
	list->perms[1] = flags & WRITABLE ? 'w' : '-';
	list->perms[2] = flags & EXECUTABLE ? 'x' : '-';
	list->perms[3] = flags & SHARED ? 's' : 'p';
	mapping_set(ret, start, (int64_t)record->start);
	mapping_set(ret, end, (int64_t)record->end);
	mapping_set(ret, size_bytes, (int64_t)(record->end - record->start));
	mapping_set(ret, perms, ((struct span){ list->perms, sizeof list->perms }));
	mapping_set(ret, offset_bytes, (int64_t)record->page_offset * list->page_bytes);
	mapping_set(ret, device_major, record->device >> 20);
	mapping_set(ret, device_minor, record->device & 0xfffff);
	mapping_set(ret, inode, (int64_t)record->inode);
	if (record->name == MAPPING_PATH)
		mapping_set(ret, name, escape(list, ((struct span){ path, record->name_bytes - 1 })));
	return record->name == MAPPING_ASKED ? ask(list, record, ret) : 0;
}

/* The page [vsyscall], which all see that see it: it is the last line of our own file. */
static int next_gate(struct mapping_list *list, struct mapping *ret)
{
	struct buffer own = { 0 };
	struct span rest = { 0 }, line;
	int found = 0;

	list->has_gate = false;
	file_slurp(AT_FDCWD, "/proc/self/maps", OWN_MOST, &own, &rest);
	while (!found && span_line(&rest, &line)) {
		size_t len = line.len < sizeof list->gate ? line.len : sizeof list->gate;
		memcpy(list->gate, line.at, len);
		ret->have = (struct field_set){ 0 };
		found = pid_maps_parse((struct span){ list->gate, len }, ret) == 0 && mapping_has(ret, name) &&
		        span_is(ret->name, "[vsyscall]");
	}
	if (found && list->sums.walk)
		mapping_sums_none(ret);
	buffer_done(&own);
	return found;
}

int mapping_list_next(struct mapping_list *list, struct mapping *ret)
{
	struct mapping_record record;
	const char *path = NULL;

	int r = next_record(list, &record, &path);
	if (r > 0 && record.end <= list->shown_to) { /* at its end the kernel's iterator gives the last one for ever */
		list->at_end = true;
		list->start = list->end;
		r = 0;
	}
	if (r == 0 && list->has_gate)
		return next_gate(list, ret);
	if (r <= 0)
		return r;
	list->shown_to = record.end;
	list->has_gate = record.more & MAPPING_HAS_GATE;
	r = fill(list, &record, path, ret);
	if (r == 0 && list->sums.walk)
		r = mapping_sums_next(&list->sums, ret);
	return r < 0 ? r : 1;
}

void mapping_list_close(struct mapping_list *list)
{
	if (!list)
		return;
	if (list->fd >= 0)
		close(list->fd);
	if (list->link_fd >= 0)
		close(list->link_fd);
	program_close(&list->program);
	mapping_sums_done(&list->sums);
	buffer_done(&list->escaped);
	free(list->bytes);
	free(list);
}
