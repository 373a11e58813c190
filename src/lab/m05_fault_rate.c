#include <linux/perf_event.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lab/experiment.h"
#include "lab/look.h"

enum { MIB = 1 << 20, STEPS = 5, STEP = 20 * MIB, SIZE = STEPS * STEP, PAGE = 4096, PAGES_A_STEP = STEP / PAGE };

/* The kernel's own counter of our page faults, where it lets us have one. */
static int open_counter(void)
{
	struct perf_event_attr attr = {
		.type = PERF_TYPE_SOFTWARE,
		.size = sizeof attr,
		.config = PERF_COUNT_SW_PAGE_FAULTS,
		.exclude_kernel = 1,
	};

	return (int)syscall(SYS_perf_event_open, &attr, 0, -1, -1, 0);
}

static void act(struct stage *stage)
{
	volatile char *block = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int counter = open_counter();
	int64_t counted, least = INT64_MAX, most = 0;

	stage_mark(stage, "asked");
	usleep(100000);
	stage_mark(stage, "waited");
	if (counter >= 0)
		ioctl(counter, PERF_EVENT_IOC_RESET, 0);
	for (int step = 0; step < STEPS; step++) {
		int64_t before = look_minor_faults();
		for (long i = 0; i < STEP; i += PAGE)
			block[(long)step * STEP + i] = 1;
		int64_t faults = look_minor_faults() - before;
		least = faults < least ? faults : least;
		most = faults > most ? faults : most;
		usleep(20000);
		stage_mark(stage, "step");
	}
	if (counter >= 0 && read(counter, &counted, sizeof counted) == (ssize_t)sizeof counted)
		stage_report(stage, "counted", counted);
	stage_mark(stage, "touched");
	stage_report(stage, "least", least);
	stage_report(stage, "most", most);
}

static const struct claim claims[] = {
	{ N_("no fault while the memory is only promised"), N_("0"), CHANGE_OF(minor_faults, "asked", "waited"),
	  BETWEEN(0, 16) },
	{ N_("every step of 20 MiB costs the same: the quietest"), N_("20 MiB / 4 KiB = 5,120"),
	  REPORT_OF("least", PLAIN), BETWEEN(PAGES_A_STEP, PAGES_A_STEP + 32) },
	{ N_("and the busiest"), N_("5,120"), REPORT_OF("most", PLAIN), BETWEEN(PAGES_A_STEP, PAGES_A_STEP + 64) },
	{ N_("the kernel's counter of fault events agrees"), N_("5 x 5,120 = 25,600"), REPORT_OF("counted", PLAIN),
	  BETWEEN(SIZE / PAGE, SIZE / PAGE + 128), .if_seen = true },
};

EXPERIMENT(m05_fault_rate) = {
	.id = "M05",
	.name = "fault-rate",
	.theme = LAB_MEMORY,
	.milliseconds = 400,
	.question = N_("When do page faults begin?"),
	.theory = N_("A request is answered without a fault: only address space is noted. The faults come with the "
	             "first touch, one for each page, as fast as the program walks. So the fault rate of sar -B "
	             "shows who takes memory now, a step later than the commit charge, which rose at the request."),
	.watch = N_("Fault rate: nothing, then five equal steps."),
	.act = act,
	CLAIMS(claims),
	.file = "m05_fault_rate.c",
};
