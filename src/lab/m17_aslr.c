#include <signal.h>
#include <sys/personality.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab/experiment.h"
#include "lab/look.h"

enum { RUNS = 3 };

/* Starts this program anew and stops it before its first instruction: where it was put. */
static int64_t address_of_new_program(struct stage *stage, bool random)
{
	struct place_in_memory place = { 0 };
	int status;
	pid_t pid = stage_fork(stage);

	if (pid == 0) {
		if ((!random && personality(ADDR_NO_RANDOMIZE) < 0) || ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0)
			_exit(1);
		execl("/proc/self/exe", "vires", "--version", (char *)NULL);
		_exit(1);
	}
	if (pid < 0 || waitpid(pid, &status, 0) < 0 || !WIFSTOPPED(status))
		stage_skip(stage, N_("tracing a child or changing its personality is not permitted here"));
	look_mapping_of(pid, 0, "r-xp", &place);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	return place.start;
}

static void act(struct stage *stage)
{
	int64_t random[RUNS], fixed[RUNS];
	int random_equal = 0, fixed_equal = 0;

	for (int i = 0; i < RUNS; i++) {
		random[i] = address_of_new_program(stage, true);
		fixed[i] = address_of_new_program(stage, false);
		random_equal += random[i] == random[0];
		fixed_equal += fixed[i] != 0 && fixed[i] == fixed[0];
	}
	if (random_equal == RUNS)
		stage_skip(stage, N_("this machine puts programs at fixed addresses (kernel.randomize_va_space = 0)"));
	stage_report(stage, "random", random_equal);
	stage_report(stage, "fixed", fixed_equal);
}

static const struct claim claims[] = {
	{ N_("as it is, of 3 starts so many lie where the first one did"), N_("1: itself"), REPORT_OF("random", PLAIN),
	  BETWEEN(1, RUNS - 1) },
	{ N_("with randomization off for the process, all do"), N_("3"), REPORT_OF("fixed", PLAIN), EXACTLY(RUNS) },
};

EXPERIMENT(m17_aslr) = {
	.id = "M17",
	.name = "aslr",
	.theme = LAB_MEMORY,
	.milliseconds = 200,
	.question = N_("Is a program always loaded at the same address?"),
	.theory = N_("Program, libraries, heap and stack are put at random addresses at each start (ASLR), so that an "
	             "attacker cannot know them beforehand. A process may ask to be started without, as debuggers "
	             "do: the same addresses then mean nothing in common with other processes, which have their own "
	             "page tables."),
	.watch = N_("The start of the code, three times with and three times without."),
	.act = act,
	CLAIMS(claims),
	.file = "m17_aslr.c",
};
