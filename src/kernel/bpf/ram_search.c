#include "kernel/bpf/ram_search.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "kernel/frames.h"

#if defined(__x86_64__)
enum { PAGE_BYTES = 4096 };

/* Only then there are addresses behind the end. */
static bool has_five_levels(void)
{
	void *at = mmap((void *)(2 * ADDRESSES_END), PAGE_BYTES, PROT_NONE,
	                MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);

	if (at == MAP_FAILED)
		return errno == EEXIST;
	munmap(at, PAGE_BYTES);
	return (uintptr_t)at >= ADDRESSES_END;
}

int ram_search(uint64_t *word, struct ram *ret, struct why *why)
{
	int64_t end = 0;

	if (has_five_levels())
		return why_not(why, -ENOTSUP, "page tables of five levels are not known");
	int root = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	int r = root < 0 ? -errno : frames_end(root, &end);
	if (root >= 0)
		close(root);
	if (r < 0)
		return why_not(why, r, "page frames are not shown: %s", strerror(-r));
	*word = (uint64_t)(uintptr_t)word * UINT64_C(0x9e3779b97f4a7c15);
	*ret = (struct ram){ .frames_end = (uint64_t)end, .address = (uintptr_t)word, .word = *word };
	return 0;
}
#else
int ram_search(uint64_t *word, struct ram *ret, struct why *why)
{
	(void)word;
	(void)ret;
	return why_not(why, -ENOTSUP, "page tables are only known on x86-64");
}
#endif
