/* Subcommands of known: memory of known size and kind. */
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "known.h"
#include "make.h"

static const size_t most = 1 << 20;

/* Bytes the allocator really mapped for a block too big for its heap: the block and its two words of header. */
static size_t mapped_for(void *block)
{
	return malloc_usable_size(block) + 2 * sizeof(size_t);
}

/* One MiB a step. An untouched block still has one resident page, where the allocator keeps the size. */
static void grow(char **arguments, int count, int touch)
{
	size_t milliseconds = count ? make_number(arguments[0], most) : 1000, mapped = 0, resident = 0;

	/* MALLOC_PERTURB_ in the environment (meson sets it for tests) would have malloc itself write all of it. */
	mallopt(M_PERTURB, 0);
	for (size_t steps = 1;; steps++) {
		char *block = malloc(MAKE_MIB);
		if (!block)
			make_fail("malloc");
		mapped += mapped_for(block);
		resident += touch ? mapped_for(block) : (size_t)sysconf(_SC_PAGESIZE);
		if (touch)
			memset(block, 1, malloc_usable_size(block));
		if (steps == 1)
			known_ready("bytes=%zu mapped=%zu resident=%zu", MAKE_MIB, mapped, resident);
		else
			printf("step bytes=%zu mapped=%zu resident=%zu\n", steps * MAKE_MIB, mapped, resident);
		fflush(stdout);
		known_wait(milliseconds);
	}
}

static void by_malloc(char **arguments, int count)
{
	grow(arguments, count, 0);
}

static void by_memset(char **arguments, int count)
{
	grow(arguments, count, 1);
}

static void anon(char **arguments, int count)
{
	size_t bytes = make_number(arguments[0], most) * MAKE_MIB;

	(void)count;
	if (bytes)
		make_touch(make_memory(bytes, MAP_PRIVATE), bytes);
	known_ready("bytes=%zu", bytes);
}

static void untouched(char **arguments, int count)
{
	size_t bytes = make_number(arguments[0], most) * MAKE_MIB;

	(void)count;
	if (bytes)
		make_memory(bytes, MAP_PRIVATE);
	known_ready("bytes=%zu", bytes);
}

static void file(char **arguments, int count)
{
	static char piece[MAKE_MIB];
	size_t bytes = make_number(arguments[1], most) * MAKE_MIB;
	int fd = open(arguments[0], O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	(void)count;
	if (fd < 0)
		make_fail(arguments[0]);
	for (size_t at = 0; at < bytes; at += sizeof piece)
		if (write(fd, piece, sizeof piece) != sizeof piece)
			make_fail(arguments[0]);
	/* `piece` would be resident beside the file. */
	madvise(piece, sizeof piece, MADV_DONTNEED);
	unsigned char *start = mmap(NULL, bytes, PROT_READ, MAP_SHARED, fd, 0);
	if (start == MAP_FAILED)
		make_fail("mmap");
	for (size_t at = 0; at < bytes; at += (size_t)sysconf(_SC_PAGESIZE))
		(void)*(volatile unsigned char *)(start + at);
	known_ready("bytes=%zu", bytes);
}

static void shmem(char **arguments, int count)
{
	size_t bytes = make_number(arguments[0], most) * MAKE_MIB;

	(void)count;
	make_touch(make_memory(bytes, MAP_SHARED), bytes);
	known_ready("bytes=%zu", bytes);
}

static void cow(char **arguments, int count)
{
	size_t bytes = make_number(arguments[0], most) * MAKE_MIB;
	unsigned char *start = make_memory(bytes, MAP_PRIVATE);
	int done[2];

	(void)count;
	make_touch(start, bytes);
	if (pipe(done))
		make_fail("pipe");
	pid_t child = known_fork();
	if (!child) {
		make_touch(start, bytes / 2);
		if (write(done[1], "", 1) != 1)
			make_fail("write");
		make_idle();
	}
	char one;
	close(done[1]);
	if (read(done[0], &one, 1) != 1)
		make_fail("child");
	known_ready("child=%d bytes=%zu shared=%zu private=%zu", child, bytes, bytes / 2, bytes / 2);
}

static void locked(char **arguments, int count)
{
	size_t bytes = make_number(arguments[0], most) << 10;

	(void)count;
	if (mlock(make_memory(bytes, MAP_PRIVATE), bytes))
		make_fail("mlock");
	known_ready("bytes=%zu", bytes);
}

static void peak(char **arguments, int count)
{
	size_t bytes = make_number(arguments[0], most) * MAKE_MIB;
	unsigned char *start = make_memory(bytes, MAP_PRIVATE);

	(void)count;
	make_touch(start, bytes);
	munmap(start, bytes);
	known_ready("bytes=0 peak=%zu", bytes);
}

static void mappings(char **arguments, int count)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE), wanted = make_number(arguments[0], most), bytes = wanted * page;

	(void)count;
	if (wanted < 3)
		make_fail("mappings: at least 3");
	/* Shared, so that none of them can be merged with a private neighbour; the untouched end keeps nothing
	 * resident. */
	unsigned char *start = make_memory(bytes, MAP_SHARED);
	make_split(start, bytes, wanted);
	known_ready("mappings=%zu bytes=%zu start=%p", wanted, bytes, (void *)start);
}

const struct known known_memory[] = {
	{ "malloc", "[MS]", 0, 1, "malloc of 1 MiB every MS (1000), not touched: bytes, mapped, resident; steps",
	  by_malloc },
	{ "memset", "[MS]", 0, 1, "the same, all of it written", by_memset },
	{ "anon", "MIB", 1, 1, "private anonymous memory, resident: bytes", anon },
	{ "untouched", "MIB", 1, 1, "private anonymous memory, none resident: bytes", untouched },
	{ "file", "PATH MIB", 2, 2, "a new file, mapped and resident; the caller removes it: bytes", file },
	{ "shmem", "MIB", 1, 1, "shared anonymous memory, resident: bytes", shmem },
	{ "cow", "MIB", 1, 1, "memory of a parent, half of it written by its child: child, bytes, shared, private",
	  cow },
	{ "locked", "KIB", 1, 1, "mlocked memory: bytes", locked },
	{ "peak", "MIB", 1, 1, "memory that was resident and is given back: bytes (0), peak", peak },
	{ "mappings", "N", 1, 1, "N mappings of one page, nothing resident: mappings, bytes, start", mappings },
	{ 0 },
};
