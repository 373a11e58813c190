#include <elf.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab/experiment.h"
#include "lab/look.h"

static volatile unsigned long *counter;

struct context {
	unsigned char registers[1024];
	size_t length;
};

/* Where it stands: all registers, as the kernel saved them when it took the CPU away. */
static struct context context_of(pid_t pid)
{
	struct context context = { 0 };
	struct iovec all = { context.registers, sizeof context.registers };

	if (ptrace(PTRACE_GETREGSET, pid, (void *)NT_PRSTATUS, &all) == 0)
		context.length = all.iov_len;
	return context;
}

static void act(struct stage *stage)
{
	counter = mmap(NULL, sizeof *counter, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pid_t pid = stage_fork(stage);
	if (pid == 0)
		for (;;)
			++*counter;
	while (*counter == 0)
		usleep(1000);
	if (ptrace(PTRACE_SEIZE, pid, NULL, NULL) < 0 || ptrace(PTRACE_INTERRUPT, pid, NULL, NULL) < 0 ||
	    waitpid(pid, NULL, 0) < 0)
		stage_skip(stage, N_("a child may not be traced here"));

	struct context before = context_of(pid);
	unsigned long stood = *counter;
	stage_mark_of(stage, "stopped", pid);
	usleep(100000);
	struct context after = context_of(pid);
	stage_mark_of(stage, "still stopped", pid);
	stage_report(stage, "bytes saved", (int64_t)before.length);
	stage_report(stage, "changed", before.length != after.length || memcmp(&before, &after, sizeof before) != 0);
	stage_report(stage, "counted meanwhile", (int64_t)(*counter - stood));
	ptrace(PTRACE_CONT, pid, NULL, NULL);
	for (int i = 0; i < 2000 && *counter == stood; i++)
		usleep(1000);
	stage_report(stage, "counted after", (int64_t)(*counter - stood));
	int64_t pointer = look_task(pid, TASK_instruction_pointer);
	stage_report(stage, "pointer shown", pointer == UNSEEN ? 0 : pointer);
}

static const struct claim claims[] = {
	{ N_("registers that the kernel keeps of a stopped process: bytes"), N_("some hundred"),
	  REPORT_OF("bytes saved", PLAIN), AT_LEAST(64) },
	{ N_("changed a tenth of a second later"), "0", REPORT_OF("changed", PLAIN), EXACTLY(0) },
	{ N_("its loop has counted on by"), "0", REPORT_OF("counted meanwhile", PLAIN), EXACTLY(0) },
	{ N_("it has used no CPU time"), "0", CHANGE_OF(cpu_ns, "stopped", "still stopped"), EXACTLY(0) },
	{ N_("let go, it counts on from there"), N_("more than 0"), REPORT_OF("counted after", PLAIN), AT_LEAST(1) },
	{ N_("/proc no longer tells others where it stands"), "0", REPORT_OF("pointer shown", PLAIN), EXACTLY(0) },
};

EXPERIMENT(p09_saved_context) = {
	.id = "P09",
	.name = "saved-context",
	.theme = LAB_PROCESS,
	.milliseconds = 300,
	.question = N_("How can a process go on where it was?"),
	.theory = N_(
		"When a process loses the CPU, the kernel keeps all its registers. The textbook puts them into the "
		"process control block; in Linux that is task_struct, and the program's registers lie on the "
		"task's kernel stack. A tracer may read them there. Once they are back in the processor, the program "
		"cannot tell that it was away."),
	.watch = N_("A counter stands still, and goes on."),
	.act = act,
	CLAIMS(claims),
	.file = "p09_saved_context.c",
};
