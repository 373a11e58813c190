#include <signal.h>
#include <sys/mman.h>

#include "lab/experiment.h"
#include "lab/look.h"

enum { PAGE = 4096, PAGES = 16 };

static volatile sig_atomic_t signals;

/* Gives the page the rights it lacks and returns: the processor then tries the same instruction again. */
static void repair(int signal, siginfo_t *info, void *context)
{
	(void)signal, (void)context;
	signals++;
	mprotect((void *)((uintptr_t)info->si_addr & ~(uintptr_t)(PAGE - 1)), PAGE, PROT_READ | PROT_WRITE);
}

static void act(struct stage *stage)
{
	volatile char *open = mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	volatile char *shut = mmap(NULL, PAGES * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int arrived = 0;

	sigaction(SIGSEGV, &(struct sigaction){ .sa_sigaction = repair, .sa_flags = SA_SIGINFO }, NULL);
	int64_t before = look_minor_faults();
	for (int i = 0; i < PAGES; i++)
		open[i * PAGE] = 1;
	stage_report(stage, "faults", look_minor_faults() - before);
	stage_report(stage, "signals", signals);
	for (int i = 0; i < PAGES; i++)
		shut[i * PAGE] = 1;
	for (int i = 0; i < PAGES; i++)
		arrived += shut[i * PAGE];
	stage_report(stage, "repairs", signals);
	stage_report(stage, "arrived", arrived);
}

static const struct claim claims[] = {
	{ N_("16 first writes are 16 faults"), N_("16"), REPORT_OF("faults", PLAIN), BETWEEN(PAGES, PAGES + 4) },
	{ N_("the program hears of none of them"), N_("0 signals"), REPORT_OF("signals", PLAIN), EXACTLY(0) },
	{ N_("16 forbidden writes are 16 signals"), N_("16"), REPORT_OF("repairs", PLAIN), EXACTLY(PAGES) },
	{ N_("and with the rights given in the handler, all 16 arrive"), N_("16"), REPORT_OF("arrived", PLAIN),
	  EXACTLY(PAGES) },
};

EXPERIMENT(m14_normal_fault) = {
	.id = "M14",
	.name = "normal-fault",
	.theme = LAB_MEMORY,
	.milliseconds = 100,
	.question = N_("Is a page fault an error?"),
	.theory = N_("Most page faults are ordinary work: the kernel repairs them and the instruction runs again. "
	             "SIGSEGV comes only when the kernel has nothing to repair with. Even that can be repaired, by the "
	             "program's own handler: garbage collectors and emulators live from it."),
	.watch = N_("Faults without signals, then signals that the program answers itself."),
	.act = act,
	CLAIMS(claims),
	.file = "m14_normal_fault.c",
};
