#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lab/experiment.h"
#include "lab/look.h"
#include "lab/peer.h"

enum { ROUNDS = 4, TIMES = 250, BLOCK = 1000, EACH_ROUND = TIMES * BLOCK };

/* Two that point at each other: where every pointer is counted, neither count ever falls to 0. */
struct pair {
	struct pair *other;
	char payload[BLOCK - sizeof(struct pair *)];
};

static void *volatile last;
static void **kept;
static int kept_count;

static void *block(size_t size)
{
	return memset(malloc(size), 1, size);
}

static void balanced(void)
{
	last = block(BLOCK);
	free(last);
}

static void lose_pointer(void)
{
	last = block(BLOCK);
}

static void keep_all(void)
{
	kept[kept_count++] = block(BLOCK);
}

static void make_cycle(void)
{
	struct pair *one = block(sizeof *one), *other = block(sizeof *other);

	one->other = other;
	other->other = one;
	last = one; /* for a moment; or the compiler leaves all of it out */
}

static void forget_file(void)
{
	if (TIMES * ROUNDS > kept_count++ && kept_count % 8 == 0)
		last = (void *)(intptr_t)open("/dev/null", O_RDONLY);
}

static void forget_mapping(void)
{
	/* Rights in turn, or the kernel would make one of them. */
	last = mmap(NULL, 4096, kept_count++ % 2 ? PROT_READ : PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

/* Leaks in rounds, and stands still after each. */
static void leak(struct peer *peer, void *context)
{
	void (*const *one)(void) = context;

	kept = malloc(sizeof *kept * TIMES * ROUNDS);
	balanced();
	for (;;) {
		peer_stop(peer);
		for (int i = 0; i < TIMES; i++)
			(*one)();
	}
}

/* How much grew in the round that grew least: a leak grows in every one. */
static int64_t least_growth(struct stage *stage, const char *lane, void (*one)(void), int64_t (*look)(pid_t pid))
{
	int64_t least = INT64_MAX;
	struct peer peer;

	peer_start(stage, &peer, leak, &one);
	int64_t first = look(peer.pid), before = first;
	for (int i = 0; i < ROUNDS; i++) {
		peer_next(&peer);
		int64_t now = look(peer.pid);
		least = now - before < least ? now - before : least;
		before = now;
		stage_point(stage, lane, i + 1, now - first);
	}
	peer_end(&peer);
	return least;
}

static int64_t look_memory(pid_t pid)
{
	return look_task(pid, TASK_pss_anon_bytes);
}

static int64_t look_files(pid_t pid)
{
	return look_task(pid, TASK_fd_count);
}

static void act(struct stage *stage)
{
	stage_report(stage, "balanced", least_growth(stage, "balanced", balanced, look_memory));
	stage_report(stage, "lost", least_growth(stage, "lost", lose_pointer, look_memory));
	stage_report(stage, "kept", least_growth(stage, "kept", keep_all, look_memory));
	stage_report(stage, "cycles", least_growth(stage, "cycles", make_cycle, look_memory));
	stage_report(stage, "files", least_growth(stage, "files", forget_file, look_files));
	stage_report(stage, "mappings", least_growth(stage, "mappings", forget_mapping, look_mapping_count));
}

static const struct series series[] = {
	{ .label = N_("balanced"), .from = FROM_POINTS, .name = "balanced" },
	{ .label = N_("lost pointer"), .from = FROM_POINTS, .name = "lost" },
	{ .label = N_("growing list"), .from = FROM_POINTS, .name = "kept" },
	{ .label = N_("cycles"), .from = FROM_POINTS, .name = "cycles" },
};
static const struct picture picture = {
	.kind = PICTURE_SWEEP, .x_label = N_("rounds"), .unit = BYTES, .x_unit = PLAIN, SERIES(series)
};

#define HEAP(blocks) BETWEEN(-16384 + 1LL * EACH_ROUND * (blocks), 1LL * EACH_ROUND * (blocks) + EACH_ROUND / 5)

static const struct claim claims[] = {
	{ N_("malloc and free in balance: growth in the quietest of 4 rounds"), N_("0"), REPORT_OF("balanced", BYTES),
	  BETWEEN(0, 8192) },
	{ N_("a lost pointer"), N_("250 x 1,000 bytes a round"), REPORT_OF("lost", BYTES), HEAP(1) },
	{ N_("a list that only grows: nothing is lost, and it leaks all the same"), N_("250 x 1,000 bytes a round"),
	  REPORT_OF("kept", BYTES), HEAP(1) },
	{ N_("pairs that hold each other"), N_("250 x 2 x 1,000 bytes a round"), REPORT_OF("cycles", BYTES), HEAP(2) },
	{ N_("files that are not closed"), N_("250 / 8 a round"), REPORT_OF("files", PLAIN),
	  BETWEEN(TIMES / 8, TIMES / 8 + 1) },
	{ N_("mappings that are not unmapped"), N_("250 a round"), REPORT_OF("mappings", PLAIN),
	  BETWEEN(TIMES - 2, TIMES + 2) },
};

EXPERIMENT(l01_leaks) = {
	.id = "L01",
	.name = "leaks",
	.theme = LAB_LEAKS,
	.milliseconds = 500,
	.question = N_("What does a leak look like from outside?"),
	.theory = N_(
		"A leak is growth that does not end. Its kinds look different: a lost pointer, a list that only grows "
		"and pairs that hold each other let the heap grow; unclosed files their number; forgotten mappings "
		"the lines of maps. One look shows none of them, only several over time do. In C++, RAII and smart "
		"pointers (weak ones against the pairs) do the freeing; a list that only grows, they cannot help."),
	.watch = N_("One lane for each kind, round by round; the balanced one is flat."),
	.act = act,
	.picture = &picture,
	CLAIMS(claims),
	.file = "l01_leaks.c",
};
