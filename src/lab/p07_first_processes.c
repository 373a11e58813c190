#include <unistd.h>

#include "lab/experiment.h"
#include "lab/look.h"

enum { KERNEL_THREAD = 0x200000, KTHREADD = 2 };

struct census {
	int64_t threads, of_others, with_memory, flagged_kthreadd;
};

static void count(void *context, const struct view *view, size_t row)
{
	struct census *census = context;
	int64_t pid, parent, flags, virt;

	if (!view_number(view, row, TASK_pid, &pid) || !view_number(view, row, TASK_ppid, &parent) ||
	    !view_number(view, row, TASK_flags, &flags) || !(flags & KERNEL_THREAD))
		return;
	census->threads++;
	census->of_others += pid != KTHREADD && parent != KTHREADD;
	census->with_memory += view_number(view, row, TASK_virt_bytes, &virt) && virt > 0;
	census->flagged_kthreadd += pid == KTHREADD && parent == 0;
}

static void act(struct stage *stage)
{
	static const uint8_t fields[] = { TASK_ppid, TASK_flags, TASK_virt_bytes, TASK_pid };
	struct census census = { 0 };

	stage_report(stage, "process 0", look_task(0, TASK_state) != UNSEEN);
	int64_t parent = look_task(1, TASK_ppid);
	if (parent == UNSEEN)
		stage_skip(stage, N_("other users' processes are hidden here"));
	stage_report(stage, "parent of 1", parent);
	if (!look_each(fields, count, &census) || census.threads == 0)
		return; /* in a container there are none to be seen */
	stage_report(stage, "kernel threads", census.threads);
	stage_report(stage, "kthreadd", census.flagged_kthreadd);
	stage_report(stage, "of others", census.of_others);
	stage_report(stage, "with memory", census.with_memory);
}

static const struct claim claims[] = {
	{ N_("process 0 is in no list"), "0", REPORT_OF("process 0", PLAIN), EXACTLY(0) },
	{ N_("but it is the parent of process 1"), "0", REPORT_OF("parent of 1", PLAIN), EXACTLY(0) },
	{ N_("threads of the kernel"), N_("some dozens"), REPORT_OF("kernel threads", PLAIN), AT_LEAST(1),
	  .if_seen = true },
	{ N_("process 2, kthreadd, is one of them, and also a child of 0"), "1", REPORT_OF("kthreadd", PLAIN),
	  EXACTLY(1), .if_seen = true },
	{ N_("of the others so many are not its children"), "0", REPORT_OF("of others", PLAIN), EXACTLY(0),
	  .if_seen = true },
	{ N_("so many have an address space"), "0", REPORT_OF("with memory", PLAIN), EXACTLY(0), .if_seen = true },
};

EXPERIMENT(p07_first_processes) = {
	.id = "P07",
	.name = "first-processes",
	.theme = LAB_PROCESS,
	.milliseconds = 100,
	.question = N_("Which processes are there from the start?"),
	.theory = N_(
		"PID 0 is not the scheduler: it is the idle task, one for each CPU, which runs when nobody else wants "
		"to, and is in no list. The scheduler is no process but code that every CPU runs. 1 is init, the "
		"ancestor of all programs; 2 is kthreadd, the parent of the kernel's own threads, which have no "
		"address space. ps -e shows those too. In a container, 1 is that container's first program."),
	.watch = N_("Two children of 0, and two families."),
	.act = act,
	CLAIMS(claims),
	.file = "p07_first_processes.c",
};
