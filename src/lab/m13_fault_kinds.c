#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lab/experiment.h"
#include "lab/probe.h"

enum { PAGE = 4096 };

/* Signal and code in one number: 11,001 is SIGSEGV (11) with SEGV_MAPERR (1). */
static void report(struct stage *stage, const char *name, struct probe probe)
{
	stage_report(stage, name, probe.signal * 1000 + probe.code);
}

static char *map(int protection, int file)
{
	return mmap(NULL, PAGE, protection, file < 0 ? MAP_PRIVATE | MAP_ANONYMOUS : MAP_SHARED, file, 0);
}

static void act(struct stage *stage)
{
	char *gone = map(PROT_READ, -1), *writable = map(PROT_READ | PROT_WRITE, -1);
	int empty = memfd_create("empty", MFD_CLOEXEC);

	munmap(gone, PAGE);
	report(stage, "good", probe_write(writable));
	report(stage, "null", probe_read(NULL));
	report(stage, "unmapped", probe_read(gone));
	report(stage, "read only", probe_write(map(PROT_READ, -1)));
	report(stage, "none", probe_read(map(PROT_NONE, -1)));
	report(stage, "beyond", probe_read(map(PROT_READ, empty)));
#ifdef __x86_64__
	report(stage, "kernel", probe_read(probe_kernel_address));
	report(stage, "impossible", probe_read(probe_impossible_address));
#endif
}

#define SEGV_WITH(code) EXACTLY(SIGSEGV * 1000 + (code))

static const struct claim claims[] = {
	{ N_("writing to a good page: no signal"), N_("0"), REPORT_OF("good", PLAIN), EXACTLY(0) },
	{ N_("reading address 0: SIGSEGV, nothing is mapped there"), N_("11 and SEGV_MAPERR (1)"),
	  REPORT_OF("null", PLAIN), SEGV_WITH(SEGV_MAPERR) },
	{ N_("reading a page that was unmapped: the same"), N_("11 and SEGV_MAPERR (1)"), REPORT_OF("unmapped", PLAIN),
	  SEGV_WITH(SEGV_MAPERR) },
	{ N_("writing to a read-only page: SIGSEGV, not permitted"), N_("11 and SEGV_ACCERR (2)"),
	  REPORT_OF("read only", PLAIN), SEGV_WITH(SEGV_ACCERR) },
	{ N_("reading a page with no rights: the same"), N_("11 and SEGV_ACCERR (2)"), REPORT_OF("none", PLAIN),
	  SEGV_WITH(SEGV_ACCERR) },
	{ N_("reading a mapped file behind its end: SIGBUS"), N_("7 and BUS_ADRERR (2)"), REPORT_OF("beyond", PLAIN),
	  EXACTLY(SIGBUS * 1000 + BUS_ADRERR) },
	{ N_("reading the kernel's half: as if nothing were there"), N_("11 and SEGV_MAPERR (1)"),
	  REPORT_OF("kernel", PLAIN), SEGV_WITH(SEGV_MAPERR), .if_seen = true },
	{ N_("an address that no page table can hold: from the processor itself"), N_("11 and SI_KERNEL (128)"),
	  REPORT_OF("impossible", PLAIN), SEGV_WITH(SI_KERNEL), .if_seen = true },
};

EXPERIMENT(m13_fault_kinds) = {
	.id = "M13",
	.name = "fault-kinds",
	.theme = LAB_MEMORY,
	.milliseconds = 100,
	.question = N_("Which accesses end in SIGSEGV?"),
	.theory = N_("A page fault is no error yet. The kernel looks whether the address belongs to a mapping of the "
	             "process and whether that permits the access; if so, it supplies the page and the program never "
	             "knows. Only if not, it sends a signal, which says why: nothing mapped (MAPERR), not permitted "
	             "(ACCERR), or a mapped file that is too short (SIGBUS)."),
	.watch = N_("Eight accesses: signal x 1,000 + code of each."),
	.act = act,
	CLAIMS(claims),
	.file = "m13_fault_kinds.c",
};
