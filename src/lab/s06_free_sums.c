#include "lab/experiment.h"
#include "lab/look.h"

enum { TOTAL, UNUSED, AVAILABLE, BUFFERS, CACHED, RECLAIMABLE, SLAB, SHMEM, USED, USED_BEFORE, USED_OF_SAR, NUMBERS };

static void act(struct stage *stage)
{
	static const unsigned ids[] = {
		[TOTAL] = MACHINE_mem_total_bytes,
		[UNUSED] = MACHINE_mem_free_bytes,
		[AVAILABLE] = MACHINE_mem_available_bytes,
		[BUFFERS] = MACHINE_buffers_bytes,
		[CACHED] = MACHINE_cached_bytes,
		[RECLAIMABLE] = MACHINE_slab_reclaimable_bytes,
		[SLAB] = MACHINE_slab_bytes,
		[SHMEM] = MACHINE_shmem_bytes,
		[USED] = MACHINE_mem_used_bytes,
		[USED_BEFORE] = MACHINE_mem_used_classic_bytes,
		[USED_OF_SAR] = MACHINE_mem_used_without_slab_bytes,
		[NUMBERS] = MACHINE_FIELDS,
	};
	int64_t m[NUMBERS];

	if (!look_machine_all(ids, m))
		stage_skip(stage, N_("this kernel's meminfo lacks some of the lines"));
	int64_t cache = m[BUFFERS] + m[CACHED] + m[RECLAIMABLE];
	stage_report(stage, "used", m[USED]);
	stage_report(stage, "sum of procps 4", m[TOTAL] - m[AVAILABLE]);
	stage_report(stage, "used before", m[USED_BEFORE]);
	stage_report(stage, "sum of procps 3", m[TOTAL] - m[UNUSED] - cache);
	stage_report(stage, "used of sar", m[USED_OF_SAR]);
	stage_report(stage, "sum of sar", m[TOTAL] - m[UNUSED] - m[BUFFERS] - m[CACHED] - m[SLAB]);
	stage_report(stage, "not to be had", m[UNUSED] + cache - m[AVAILABLE]);
	stage_report(stage, "shmem in it", m[SHMEM]);
	stage_report(stage, "in order", m[AVAILABLE] <= m[TOTAL] && m[UNUSED] <= m[TOTAL] && m[SHMEM] <= m[CACHED]);
}

static const struct claim claims[] = {
	{ N_("used of free (procps 4)"), N_("total - available"), REPORT_OF("used", BYTES), EXACTLY(0),
	  .around = "sum of procps 4" },
	{ N_("used as it was (procps 3)"), N_("total - free - buff/cache"), REPORT_OF("used before", BYTES), EXACTLY(0),
	  .around = "sum of procps 3" },
	{ N_("kbmemused of sar"), N_("total - free - buffers - cached - slab"), REPORT_OF("used of sar", BYTES),
	  EXACTLY(0), .around = "sum of sar" },
	{ N_("Shmem <= Cached, free and available <= total"), "1", REPORT_OF("in order", PLAIN), EXACTLY(1) },
	{ N_("free + buff/cache - available: what is cache, but not to be had"), N_("Shmem and a reserve"),
	  REPORT_OF("not to be had", BYTES), .observed = true },
	{ N_("of that, Shmem"), N_("a part"), REPORT_OF("shmem in it", BYTES), .observed = true },
};

EXPERIMENT(s06_free_sums) = {
	.id = "S06",
	.name = "free-sums",
	.theme = LAB_SYSTEM,
	.milliseconds = 100,
	.question = N_("How do the numbers of free add up?"),
	.theory = N_(
		"buff/cache = Buffers + Cached + SReclaimable, everywhere. used is not one thing: procps 3 took "
		"total - free - buff/cache, procps 4 (Debian 12) takes total - available; sar leaves out the slab as "
		"well. available is the kernel's estimate of what programs could still get: it leaves out shared "
		"memory, a reserve, and a part of the cache that is needed all the time. It is not free + cache."),
	.watch = N_("Three kinds of used from one moment."),
	.act = act,
	CLAIMS(claims),
	.file = "s06_free_sums.c",
};
