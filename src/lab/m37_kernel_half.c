#include <signal.h>
#include <unistd.h>

#include "lab/experiment.h"
#include "lab/look.h"
#include "lab/probe.h"

static const char *missing(void)
{
#ifdef __x86_64__
	return NULL;
#else
	return N_("only where the kernel's addresses are known: x86-64");
#endif
}

static void act(struct stage *stage)
{
	struct probe probe = probe_read(probe_kernel_address);
	struct place_in_memory place;

	stage_report(stage, "signal", probe.signal);
	stage_report(stage, "mapped", look_mapping(getpid(), probe_kernel_address, &place));
	/* A system call runs there, and comes back. */
	stage_report(stage, "kernel runs", getppid() > 0);
}

static const struct claim claims[] = {
	{ N_("reading an address of the kernel's half"), N_("SIGSEGV (11)"), REPORT_OF("signal", PLAIN),
	  EXACTLY(SIGSEGV) },
	{ N_("maps does not know it"), N_("0"), REPORT_OF("mapped", PLAIN), EXACTLY(0) },
	{ N_("though a system call goes there and comes back"), N_("1"), REPORT_OF("kernel runs", PLAIN), EXACTLY(1) },
};

EXPERIMENT(m37_kernel_half) = {
	.id = "M37",
	.name = "kernel-half",
	.theme = LAB_MEMORY,
	.milliseconds = 100,
	.question = N_("Can a program read the kernel's memory?"),
	.theory = N_("The upper half of the addresses belongs to the kernel, and its entries are marked as not for "
	             "programs. The kernel uses virtual addresses like everyone. Since Meltdown (2018) affected "
	             "processors get a second page table, without the kernel's half, while a program runs (KPTI); on "
	             "others, KPTI is off and the entries are there, but forbidden. "
	             "/sys/devices/system/cpu/vulnerabilities/meltdown says which."),
	.watch = N_("One read, one signal."),
	.act = act,
	CLAIMS(claims),
	.missing = missing,
	.file = "m37_kernel_half.c",
};
