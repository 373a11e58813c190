#include "lab/huge.h"

#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>

#include "lab/look.h"
#include "lab/words.h"

char *huge_memory(size_t size, bool huge)
{
	char *block = mmap(NULL, size + HUGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (block == MAP_FAILED)
		return NULL;
	char *aligned = (char *)(((uintptr_t)block + HUGE_PAGE - 1) & ~(uintptr_t)(HUGE_PAGE - 1));
	if (huge)
		prctl(PR_SET_THP_DISABLE, 0, 0, 0, 0); /* the lab has switched it off */
	madvise(aligned, size, huge ? MADV_HUGEPAGE : MADV_NOHUGEPAGE);
	return aligned;
}

const char *huge_missing(void)
{
	if (look_machine_is(MACHINE_thp_enabled, "madvise") || look_machine_is(MACHINE_thp_enabled, "always"))
		return NULL;
	return N_("this kernel gives no transparent huge pages");
}
