#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lab/cache.h"
#include "lab/experiment.h"

enum { MIB = 1 << 20, SIZE = 48 * MIB };

static void act(struct stage *stage)
{
	static char chunk[MIB];
	int fd = open("/dev/shm", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600); /* a file without a name: gone when closed */

	if (fd < 0)
		fd = memfd_create("vires-lab", MFD_CLOEXEC); /* the same, on the kernel's own tmpfs */
	stage_mark(stage, "before");
	for (int i = 0; i < SIZE / MIB; i++)
		if (write(fd, chunk, MIB) != MIB)
			stage_skip(stage, N_("no room on tmpfs"));
	stage_mark(stage, "written");
	stage_report(stage, "cached", cache_used(fd));
	fsync(fd);
	posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
	stage_report(stage, "after dropping", cache_used(fd));
	close(fd);
	stage_mark(stage, "closed");
}

static const struct series series[] = {
	{ .label = N_("Shmem of the machine"), .from = FROM_MACHINE, .field = MACHINE_shmem_bytes },
	{ .label = N_("RES of the program that wrote it"), .from = FROM_TASKS, .field = TASK_rss_bytes },
};
static const struct picture picture = { .kind = PICTURE_BARS, SERIES(series) };

static const struct claim claims[] = {
	{ N_("a file on tmpfs is in the page cache"), N_("48 MiB"), REPORT_OF("cached", BYTES), EXACTLY(SIZE) },
	{ N_("and cannot be put out of it: there is no disk below"), N_("48 MiB"), REPORT_OF("after dropping", BYTES),
	  EXACTLY(SIZE) },
	{ N_("Shmem of the machine"), N_("48 MiB more"), MACHINE_CHANGE_OF(shmem_bytes, "before", "written"),
	  WITHIN(10, SIZE), .noisy = true },
	{ N_("Cached, which contains it"), N_("48 MiB more"), MACHINE_CHANGE_OF(cached_bytes, "before", "written"),
	  WITHIN(20, SIZE), .noisy = true },
	{ N_("available: this cache is not free to be had"), N_("48 MiB less"),
	  MACHINE_CHANGE_OF(mem_available_bytes, "before", "written"), .observed = true },
};

EXPERIMENT(s05_tmpfs) = {
	.id = "S05",
	.name = "tmpfs",
	.theme = LAB_SYSTEM,
	.milliseconds = 300,
	.question = N_("Can all of buff/cache be freed?"),
	.theory = N_(
		"No. Files on tmpfs (/dev/shm, often /tmp) and shared memory are in the cache because they are nowhere "
		"else: dropping them would lose them. They count as Cached and as Shmem; only swap or deleting them "
		"frees the memory. available knows that, the old sum free + buffers + cached does not."),
	.watch = N_("Cached rises, available falls."),
	.act = act,
	.picture = &picture,
	CLAIMS(claims),
	.missing = cache_missing,
	.file = "s05_tmpfs.c",
};
