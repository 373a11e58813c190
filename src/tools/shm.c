/* vires shm: whose the shared memory is. */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "collect/shared_memory.h"
#include "model/derive.h"
#include "render/data.h"
#include "render/number.h"
#include "render/text.h"
#include "tools/look.h"

static const struct option_row option_rows[] = {
	{ 'h', "help", ALONE, NULL, "this text", OPTION_HELP },
	{ 0, "json", ALONE, NULL, "JSON for programs", OPTION_JSON },
};

static const char notes[] =
	"Shmem of meminfo is all memory that belongs to no process: files of a tmpfs, System V segments, memfd, and "
	"mappings that are shared without a file. It is no page cache, though free counts it there: it cannot be "
	"given back, only swapped. A file or segment keeps it until it is removed, and nobody holds it any more.\n\n"
	"*taken* is what is really in RAM or swap, whatever the size says. *held by* are the processes that have it "
	"open or mapped. Removed files on disks are shown because they take space that no du finds.\n\n"
	"To look at the descriptors of others takes CAP_SYS_PTRACE, and at their mappings CAP_SYS_ADMIN; what could "
	"not be seen is counted on stderr. A tmpfs of another mount namespace is found only through who has files of "
	"it open.";

struct shm {
	const struct tool *tool;
	struct shared options;
	struct look look;
	struct shared_memory shared;
	int64_t shmem_bytes; /* -1: meminfo does not say */
};

static const struct {
	const char *name, *title;
} kinds[SHARED_KINDS] = {
	[SHARED_SYSV] = { "sysv", "SysV" },
	[SHARED_MEMFD] = { "memfd", "memfd" },
	[SHARED_ANONYMOUS] = { "anonymous", "no file" },
	[SHARED_TMPFS] = { "tmpfs", "tmpfs" },
	[SHARED_REMOVED] = { "removed", "on disk" },
};

static void put_size(struct buffer *out, int64_t bytes, size_t width)
{
	size_t start = out->len;

	if (bytes < 0)
		buffer_char(out, '-');
	else
		number_human(out, bytes, false);
	buffer_right(out, start, width);
}

/* "1234 postgres, 1240 postgres and 3 more" */
static void put_holders(struct buffer *out, const struct shm *shm, const struct shared_object *object)
{
	enum { NAMED = 2 };
	struct span comm;

	for (size_t i = 0; i < object->pid_count && i < NAMED; i++) {
		uint32_t row = look_row(&shm->look, object->pids[i]);
		buffer_format(out, "%s%lld", i ? ", " : "", (long long)object->pids[i]);
		if (row != UINT32_MAX && view_text(&shm->look.view, row, TASK_comm, &comm)) {
			buffer_char(out, ' ');
			text_put(out, comm, SIZE_MAX);
		}
	}
	if (object->pid_count > NAMED)
		buffer_format(out, " and %zu more", object->pid_count - NAMED);
	if (!object->pid_count)
		buffer_text(out, "nobody");
}

static void put_object(struct buffer *out, const struct shm *shm, const struct shared_object *object)
{
	struct buffer holders = { 0 };

	buffer_format(out, "%-8s", kinds[object->kind].title);
	put_size(out, object->bytes, 9);
	put_size(out, object->size_bytes, 9);
	buffer_text(out, "  ");
	put_holders(&holders, shm, object);
	text_cell_marked(out, buffer_span(&holders), 38);
	buffer_done(&holders);
	buffer_char(out, ' ');
	if (object->sysv)
		buffer_format(out, "id %lld, key 0x%08llx, made by %lld", (long long)object->sysv->id,
		              (unsigned long long)object->sysv->key & 0xffffffff, (long long)object->sysv->creator_pid);
	else
		text_put(out, object->name, SIZE_MAX);
	buffer_char(out, '\n');
}

static void put_mounts(struct buffer *out, const struct shm *shm)
{
	bool any = false;

	for (size_t i = 0; i < shm->shared.mount_count; i++) {
		const struct tmpfs *mount = &shm->shared.mounts[i];
		int64_t held, removed;
		if (mount->used_bytes <= 0)
			continue;
		if (!any)
			buffer_format(out, "\n%9s %8s %8s %8s  %s\n", "USED", "LIMIT", "HELD", "REMOVED", "TMPFS");
		any = true;
		shared_memory_of_mount(&shm->shared, mount, &held, &removed);
		put_size(out, mount->used_bytes, 9);
		put_size(out, mount->limit_bytes, 9);
		/* -1: whoever holds something may be one of those that were not seen. */
		put_size(out, held == 0 && shm->shared.unseen > 0 ? -1 : held, 9);
		put_size(out, removed, 9);
		buffer_text(out, "  ");
		text_put(out, mount->point, SIZE_MAX);
		buffer_char(out, '\n');
	}
}

static void put_text(struct buffer *out, const struct shm *shm)
{
	int64_t found = shared_memory_found(&shm->shared);

	buffer_text(out, "Shmem  ");
	put_size(out, shm->shmem_bytes, 0);
	buffer_text(out, ", of which ");
	put_size(out, found, 0);
	buffer_text(out, " are found here\n");
	if (shm->shmem_bytes > found && (shm->shmem_bytes - found) * 20 > shm->shmem_bytes) {
		buffer_format(out, "       the rest may be of another mount or IPC namespace, %sof a graphics driver\n",
		              shm->shared.unseen > 0 ? "of processes that were not looked into, or " : "or ");
	}
	put_mounts(out, shm);
	if (shm->shared.count)
		buffer_format(out, "\n%-8s %8s %8s  %-38s %s\n", "KIND", "TAKEN", "SIZE", "HELD BY", "NAME");
	for (size_t i = 0; i < shm->shared.count; i++)
		put_object(out, shm, &shm->shared.objects[i]);
}

static void put_json_object(struct buffer *out, const struct shared_object *object)
{
	buffer_format(out, "{\"kind\":\"%s\",\"name\":", kinds[object->kind].name);
	data_json_text(out, object->name);
	buffer_format(out, ",\"taken_bytes\":%lld,\"size_bytes\":%lld,\"removed\":%s,\"inode\":%lld,",
	              (long long)object->bytes, (long long)object->size_bytes, object->removed ? "true" : "false",
	              (long long)object->inode);
	if (object->sysv)
		buffer_format(
			out, "\"sysv\":{\"id\":%lld,\"key\":%lld,\"creator_pid\":%lld,\"attached\":%lld,\"uid\":%lld},",
			(long long)object->sysv->id, (long long)object->sysv->key, (long long)object->sysv->creator_pid,
			(long long)object->sysv->attached, (long long)object->sysv->uid);
	buffer_text(out, "\"pids\":[");
	for (size_t i = 0; i < object->pid_count; i++)
		buffer_format(out, "%s%lld", i ? "," : "", (long long)object->pids[i]);
	buffer_text(out, "]}");
}

static void put_json(struct buffer *out, const struct shm *shm)
{
	bool any = false;

	data_begin(out, "shm", &shm->look.now);
	buffer_text(out, "\"shmem_bytes\":");
	buffer_format(out, shm->shmem_bytes < 0 ? "null" : "%lld", (long long)shm->shmem_bytes);
	buffer_format(out, ",\"found_bytes\":%lld,\"unseen_processes\":%zu,\"mounts\":[",
	              (long long)shared_memory_found(&shm->shared), shm->shared.unseen);
	for (size_t i = 0; i < shm->shared.mount_count; i++) {
		const struct tmpfs *mount = &shm->shared.mounts[i];
		int64_t held, removed;
		if (mount->used_bytes < 0)
			continue;
		shared_memory_of_mount(&shm->shared, mount, &held, &removed);
		buffer_text(out, any ? ",\n{\"point\":" : "\n{\"point\":");
		any = true;
		data_json_text(out, mount->point);
		buffer_format(out,
		              ",\"used_bytes\":%lld,\"limit_bytes\":%lld,\"held_bytes\":%lld,\"removed_bytes\":%lld}",
		              (long long)mount->used_bytes, (long long)mount->limit_bytes, (long long)held,
		              (long long)removed);
	}
	buffer_text(out, "],\"objects\":[");
	for (size_t i = 0; i < shm->shared.count; i++) {
		buffer_text(out, i ? ",\n" : "\n");
		put_json_object(out, &shm->shared.objects[i]);
	}
	buffer_text(out, "],");
	data_end(out);
}

static int larger_first(const void *left, const void *right)
{
	const struct shared_object *a = left, *b = right;

	if (a->bytes != b->bytes)
		return a->bytes < b->bytes ? 1 : -1;
	return a->inode > b->inode ? 1 : a->inode < b->inode ? -1 : 0;
}

static int collect(struct shm *shm)
{
	int r = shared_memory_open(&shm->shared);

	for (uint32_t row = 0; r == 0 && row < shm->look.now.count; row++) {
		int64_t pid;
		if (view_number(&shm->look.view, row, TASK_pid, &pid))
			r = shared_memory_add(&shm->shared, pid);
	}
	if (r < 0)
		return complain(shm->tool, STATUS_NOT_POSSIBLE, "%s", strerror(-r));
	if (shm->shared.count)
		qsort(shm->shared.objects, shm->shared.count, sizeof *shm->shared.objects, larger_first);
	return GO_ON;
}

static int show(struct shm *shm)
{
	struct request request = { 0 };
	struct buffer out = { 0 };

	request_field(&request, &request.fields, TASK_pid);
	request_field(&request, &request.fields, TASK_comm);
	request_machine(&request, MACHINE_shmem_bytes);
	int status = look_take(shm->tool, STATUS_NOT_POSSIBLE, &shm->options.place, &request, &shm->look);
	if (status == GO_ON)
		status = collect(shm);
	if (status == GO_ON) {
		shm->shmem_bytes = -1;
		machine_number(&shm->look.now.machine, MACHINE_shmem_bytes, &shm->shmem_bytes);
		(shm->options.data == DATA_JSON ? put_json : put_text)(&out, shm);
		say(shm->tool, &out);
		if (shm->shared.unseen)
			complain(shm->tool, 0, "%zu process%s could not be looked into%s", shm->shared.unseen,
			         shm->shared.unseen == 1 ? "" : "es", geteuid() ? ": that takes root" : "");
		status = STATUS_OK;
	}
	buffer_done(&out);
	shared_memory_done(&shm->shared);
	look_done(&shm->look);
	return status;
}

static int run(const struct tool *tool, int argc, char **argv)
{
	struct shm shm = { .tool = tool };

	int status = shared_options(tool, STATUS_USAGE, argc, argv, &shm.options);
	if (status == GO_ON && optind < argc)
		status = usage(tool, STATUS_USAGE);
	return status == GO_ON ? show(&shm) : status;
}

TOOL(shm, {
		  .name = "shm",
		  .summary = "whose the shared memory is: tmpfs, System V, memfd, and removed files still open",
		  .usage = "[options]",
		  TOOL_OPTIONS(option_rows),
		  .notes = notes,
		  .run = run,
	  });
