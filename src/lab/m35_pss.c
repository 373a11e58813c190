#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lab/experiment.h"
#include "lab/look.h"
#include "lab/peer.h"

enum { MIB = 1 << 20, SIZE = 16 * MIB, PAGE = 4096, MOST = 8 };

static void read_all(struct peer *peer, void *context)
{
	volatile const char *block = mmap(NULL, SIZE, PROT_READ, MAP_SHARED, *(int *)context, 0);

	for (long i = 0; i < SIZE; i += PAGE)
		(void)block[i];
	peer_stop(peer);
}

static void report_sums(struct stage *stage, const struct peer *peers, int count)
{
	int64_t sum_of_res = 0, sum_of_pss = 0;

	for (int i = 0; i < count; i++) {
		sum_of_res += look_task(peers[i].pid, TASK_shmem_bytes);
		sum_of_pss += look_task(peers[i].pid, TASK_pss_shmem_bytes);
	}
	stage_report(stage, "sum of RES", sum_of_res);
	stage_report(stage, "sum of PSS", sum_of_pss);
	stage_point(stage, "sum of RES", count, sum_of_res);
	stage_point(stage, "sum of PSS", count, sum_of_pss);
}

static void act(struct stage *stage)
{
	static struct peer peers[MOST];
	static const char *const marks[MOST + 1] = { [1] = "one", [2] = "two", [4] = "four", [8] = "eight" };
	int file = memfd_create("shared", MFD_CLOEXEC);

	if (ftruncate(file, SIZE) < 0)
		stage_skip(stage, N_("no shared memory"));
	for (int i = 0; i < MOST; i++) {
		peer_start(stage, &peers[i], read_all, &file);
		if (!marks[i + 1])
			continue;
		stage_mark_of(stage, marks[i + 1], peers[0].pid);
		report_sums(stage, peers, i + 1);
	}
	for (int i = 0; i < MOST; i++)
		peer_end(&peers[i]);
}

static const struct series series[] = {
	{ .label = N_("sum of RES"), .from = FROM_POINTS, .name = "sum of RES" },
	{ .label = N_("sum of PSS"), .from = FROM_POINTS, .name = "sum of PSS" },
};
static const char *const groups[] = { "", N_("1 process"),  N_("2 processes"), "", N_("4 processes"), "", "",
	                              "", N_("8 processes") };
static const struct picture picture = { .kind = PICTURE_BARS, .unit = BYTES, SERIES(series), GROUPS(groups) };

static const struct claim claims[] = {
	{ N_("SHR of the only process that maps it: shared with nobody"), N_("16 MiB all the same"),
	  LEVEL_OF(shared_bytes, "one"), BETWEEN(SIZE - MIB, SIZE + 8 * MIB) },
	{ N_("its PSS: all of it"), N_("16 MiB"), LEVEL_OF(pss_shmem_bytes, "one"), WITHIN(2, SIZE) },
	{ N_("mapped by two"), N_("16 / 2 MiB"), LEVEL_OF(pss_shmem_bytes, "two"), WITHIN(2, SIZE / 2) },
	{ N_("by four"), N_("16 / 4 MiB"), LEVEL_OF(pss_shmem_bytes, "four"), WITHIN(2, SIZE / 4) },
	{ N_("by eight"), N_("16 / 8 MiB"), LEVEL_OF(pss_shmem_bytes, "eight"), WITHIN(2, SIZE / 8) },
	{ N_("RES of the first one has not moved"), N_("0"), CHANGE_OF(shmem_bytes, "one", "eight"), EXACTLY(0) },
	{ N_("the sum of RES over all eight"), N_("8 x 16 MiB"), REPORT_OF("sum of RES", BYTES),
	  WITHIN(10, 8LL * SIZE) },
	{ N_("the sum of PSS: the truth"), N_("16 MiB"), REPORT_OF("sum of PSS", BYTES), WITHIN(2, SIZE) },
};

EXPERIMENT(m35_pss) = {
	.id = "M35",
	.name = "pss",
	.theme = LAB_MEMORY,
	.milliseconds = 300,
	.question = N_("Whose is memory that several processes map?"),
	.theory = N_("RES counts it in full in each of them, so sums of RES are more than there is. SHR does not tell "
	             "either: it is what is backed by files or shared memory and could be shared, whether anyone does "
	             "or not. PSS divides each page by the number of processes that map it: its sum is the truth."),
	.watch = N_("Sum of RES climbs with each process; sum of PSS stays."),
	.act = act,
	.picture = &picture,
	CLAIMS(claims),
	.file = "m35_pss.c",
};
