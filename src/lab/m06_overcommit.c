#include <stdio.h>
#include <sys/mman.h>

#include "lab/experiment.h"
#include "lab/look.h"
#include "lab/picture.h"

#define MIB INT64_C(1048576)
#define GIB (1024 * MIB)

enum { RUNGS = 9, PIECES = 32, MODES = 3 };

/* Some room above what is promised already, so that nobody else is refused anything meanwhile. */
#define ROOM (8 * GIB)

static bool is_granted(int64_t bytes, int flags)
{
	void *block = mmap(NULL, (size_t)bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | flags, -1, 0);

	if (block == MAP_FAILED)
		return false;
	munmap(block, (size_t)bytes);
	return true;
}

/* The smallest request that is refused, to the MiB. */
static int64_t smallest_refused(void)
{
	int64_t granted = 0, refused = INT64_C(1) << 47;

	while (refused - granted > MIB) {
		int64_t middle = granted + (refused - granted) / 2 / MIB * MIB;
		middle = middle == granted ? granted + MIB : middle;
		if (is_granted(middle, 0))
			granted = middle;
		else
			refused = middle;
	}
	return refused;
}

/* Requests of 1, 4, 16, ... GiB. */
static void climb(struct stage *stage, const char *row)
{
	uint8_t cells[RUNGS];

	for (int i = 0; i < RUNGS; i++)
		cells[i] = is_granted(GIB << 2 * i, 0) ? CELL_GRANTED : CELL_REFUSED;
	stage_cells(stage, row, cells, RUNGS);
}

/* Many requests, together twice RAM and swap: how many are granted. */
static int64_t count_pieces(int64_t all)
{
	static void *pieces[PIECES];
	int64_t size = all / PIECES * 2 / MIB * MIB, count = 0;

	for (int i = 0; i < PIECES; i++) {
		pieces[i] = mmap(NULL, (size_t)size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		count += pieces[i] != MAP_FAILED;
	}
	for (int i = 0; i < PIECES; i++)
		if (pieces[i] != MAP_FAILED)
			munmap(pieces[i], (size_t)size);
	return count;
}

static void try_mode(struct stage *stage, int64_t mode)
{
	static const unsigned ids[] = { MACHINE_mem_total_bytes, MACHINE_swap_total_bytes, MACHINE_commit_limit_bytes,
		                        MACHINE_committed_bytes, MACHINE_FIELDS };
	static const char *const rows[MODES] = { "mode 0", "mode 1", "mode 2" };
	static const char *const limits[MODES] = { "RAM and swap", "addresses", "limit less charge" };
	int64_t m[4];

	if (mode < 0 || mode >= MODES || !look_machine_all(ids, m))
		stage_skip(stage, N_("an unknown overcommit mode"));
	stage_report(stage, limits[mode], mode == 0 ? m[0] + m[1] : mode == 2 ? m[2] - m[3] : 0);
	stage_report(stage, rows[mode], smallest_refused());
	climb(stage, rows[mode]);
	if (mode == 0)
		stage_report(stage, "pieces", count_pieces(m[0] + m[1]));
	if (mode != 1)
		stage_report(stage, mode ? "not reserved, mode 2" : "not reserved, mode 0",
		             is_granted(4 * (m[0] + m[1]), MAP_NORESERVE));
}

static void act(struct stage *stage)
{
	int64_t now = look_machine(MACHINE_overcommit_mode);
	char kib[32];

	stage_report(stage, "now", now);
	try_mode(stage, now);
	snprintf(kib, sizeof kib, "%lld", (long long)((look_machine(MACHINE_committed_bytes) + ROOM) / 1024));
	for (int64_t mode = 0; mode < MODES; mode++) {
		const char digit[] = { (char)('0' + mode), '\0' };
		if (mode == now || (mode == 2 && stage_set(stage, "vm.overcommit_kbytes", kib) < 0) ||
		    stage_set(stage, "vm.overcommit_memory", digit) < 0)
			continue;
		try_mode(stage, mode);
	}
}

static const struct series series[] = {
	{ .label = N_("0: estimate"), .from = FROM_CELLS, .name = "mode 0" },
	{ .label = N_("1: always"), .from = FROM_CELLS, .name = "mode 1" },
	{ .label = N_("2: strict"), .from = FROM_CELLS, .name = "mode 2" },
};
static const char *const rungs[] = { "1 GiB", "4 GiB", "16 GiB", "64 GiB", "256 GiB",
	                             "1 TiB", "4 TiB", "16 TiB", "64 TiB" };
static const struct picture picture = { .kind = PICTURE_LADDER, SERIES(series), GROUPS(rungs) };

static const struct claim claims[] = {
	{ N_("mode of this machine"), N_("0, unless somebody has changed it"), REPORT_OF("now", PLAIN), BETWEEN(0, 2) },
	{ N_("mode 0: the smallest request that is refused"), N_("just above RAM + swap"), REPORT_OF("mode 0", BYTES),
	  BETWEEN(-64 * MIB, 64 * MIB), .around = "RAM and swap", .if_seen = true },
	{ N_("mode 0: of 32 requests, together twice RAM + swap, are granted"), N_("all: each by itself is modest"),
	  REPORT_OF("pieces", PLAIN), EXACTLY(PIECES), .if_seen = true },
	{ N_("mode 0: four times RAM + swap with MAP_NORESERVE"), N_("1: granted"),
	  REPORT_OF("not reserved, mode 0", PLAIN), EXACTLY(1), .if_seen = true },
	{ N_("mode 1: the smallest that is refused"), N_("only where addresses end: tens of TiB"),
	  REPORT_OF("mode 1", BYTES), AT_LEAST(16 * 1024 * GIB), .if_seen = true },
	{ N_("mode 2: the smallest that is refused"), N_("CommitLimit - Committed_AS"), REPORT_OF("mode 2", BYTES),
	  BETWEEN(-GIB, GIB), .around = "limit less charge", .if_seen = true, .noisy = true },
	{ N_("mode 2: MAP_NORESERVE makes no difference"), N_("0: refused"), REPORT_OF("not reserved, mode 2", PLAIN),
	  EXACTLY(0), .if_seen = true },
};

EXPERIMENT(m06_overcommit) = {
	.id = "M06",
	.name = "overcommit",
	.theme = LAB_MEMORY,
	.milliseconds = 300,
	.question = N_("How much may a program ask for?"),
	.theory = N_(
		"vm.overcommit_memory decides. 0, the default: a single request may not be larger than RAM and swap "
		"together, but many smaller ones may sum up to anything. 1: everything is granted. 2: no more is "
		"promised than CommitLimit, which is swap and vm.overcommit_ratio percent of RAM (it is not called "
		"overcommit_memory_ratio), or overcommit_kbytes. A large promise does not lead to swapping: touching "
		"it does. The danger of 0 and 1 comes later, as the OOM killer. Without --system only the mode in "
		"force is tried."),
	.watch = N_("Rungs from 1 GiB to 64 TiB, granted or refused."),
	.act = act,
	.more_with_system = true,
	.picture = &picture,
	CLAIMS(claims),
	.file = "m06_overcommit.c",
};
