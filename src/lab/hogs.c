#include "lab/hogs.h"

#include <sched.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/clock.h"
#include "lab/look.h"
#include "lab/peer.h"
#include "lab/words.h"

enum { SLICES_MOST = 2048, GAP_NS = 300000, DRAWN_NS = 100000000 /* more could not be told apart */ };

/* What hogs and their parent share. */
struct pen {
	volatile bool stop;
	struct trail {
		int64_t begin_ns, end_ns;
	} slices[HOGS_MOST][SLICES_MOST];
	volatile size_t slice_count[HOGS_MOST];
	bool refused[HOGS_MOST];
};

struct stall {
	struct pen *pen;
	const struct hog *hog;
	size_t number;
	int cpu;
	int64_t longest_ns;
};

/* The last CPU that this process may use: the first one has the most other work. */
static int choose_cpu(void)
{
	cpu_set_t allowed;
	int last = 0;

	CPU_ZERO(&allowed);
	sched_getaffinity(0, sizeof allowed, &allowed);
	for (int i = 0; i < CPU_SETSIZE; i++)
		if (CPU_ISSET(i, &allowed))
			last = i;
	return last;
}

/* Reads the clock without pause: where it leaps, somebody else had the CPU. */
static void spin(struct stall *stall)
{
	struct pen *pen = stall->pen;
	struct trail *slices = pen->slices[stall->number];
	int64_t begin = clock_ns(CLOCK_MONOTONIC), now = begin, deadline = begin + stall->longest_ns;
	size_t count = 0;

	while (!pen->stop && now < deadline) {
		int64_t next = clock_ns(CLOCK_MONOTONIC);
		if (next - now > GAP_NS && count < SLICES_MOST) {
			slices[count++] = (struct trail){ begin, now };
			begin = next;
		}
		now = next;
	}
	if (count < SLICES_MOST)
		slices[count++] = (struct trail){ begin, now };
	pen->slice_count[stall->number] = count;
}

static void be_hog(struct peer *peer, void *context)
{
	struct stall *stall = context;
	cpu_set_t one;

	CPU_ZERO(&one);
	CPU_SET(stall->cpu, &one);
	if (stall->hog->own_session)
		setsid();
	setpriority(PRIO_PROCESS, 0, stall->hog->nice);
	stall->pen->refused[stall->number] =
		sched_setaffinity(0, sizeof one, &one) < 0 ||
		(stall->hog->policy != SCHED_OTHER &&
	         sched_setscheduler(0, stall->hog->policy, &(struct sched_param){ stall->hog->rt_priority }) < 0);
	peer_stop(peer);
	spin(stall);
	peer_stop(peer);
}

/* How often one began to run after another, over all of their slices. */
static int64_t turns_of(const struct pen *pen, size_t number, size_t count)
{
	int64_t turns = 0;

	for (size_t i = 1; i < pen->slice_count[number]; i++) {
		int64_t left = pen->slices[number][i - 1].end_ns, came = pen->slices[number][i].begin_ns;
		bool other = false;
		for (size_t k = 0; k < count && !other; k++)
			for (size_t j = 0; k != number && j < pen->slice_count[k] && !other; j++)
				other = pen->slices[k][j].begin_ns >= left - GAP_NS &&
				        pen->slices[k][j].begin_ns < came;
		turns += other;
	}
	return turns;
}

/* Counted from `start_ns`, when the first of them began. */
static void draw(struct stage *stage, const struct pen *pen, const struct hog *hogs, size_t number, int64_t start_ns)
{
	const struct trail *slices = pen->slices[number];

	for (size_t i = 0; hogs[number].lane && i < pen->slice_count[number]; i++)
		if (slices[i].begin_ns < start_ns + DRAWN_NS)
			stage_slice(stage, hogs[number].lane, slices[i].begin_ns - start_ns,
			            slices[i].end_ns - start_ns);
}

static void weigh(struct stage *stage, struct hog_share *shares, size_t count)
{
	int64_t sum = 0;

	for (size_t i = 0; i < count; i++)
		sum += shares[i].run_ns;
	if (sum <= 0)
		stage_skip(stage, N_("this kernel does not count who gets the CPU (schedstat)"));
	for (size_t i = 0; i < count; i++)
		shares[i].share = shares[i].run_ns * 1000 / sum;
}

static void look_at(pid_t pid, struct hog_share *share, int sign)
{
	share->run_ns += sign * look_task(pid, TASK_run_ns);
	share->wait_ns += sign * look_task(pid, TASK_run_wait_ns);
	share->involuntary += sign * look_task(pid, TASK_involuntary_switches);
	share->priority = look_task(pid, TASK_priority);
	share->nice = look_task(pid, TASK_nice);
}

void hogs_run(struct stage *stage, const struct hog *hogs, size_t count, int milliseconds, struct hog_share *ret)
{
	struct pen *pen = mmap(NULL, sizeof *pen, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct peer peers[HOGS_MOST];
	struct stall stalls[HOGS_MOST];

	for (size_t i = 0; i < count; i++) {
		stalls[i] = (struct stall){ pen, &hogs[i], i, choose_cpu(), milliseconds * INT64_C(2000000) };
		peer_start(stage, &peers[i], be_hog, &stalls[i]);
		if (pen->refused[i])
			stage_skip(stage, N_("this scheduling policy is not permitted here"));
		ret[i] = (struct hog_share){ 0 };
		look_at(peers[i].pid, &ret[i], -1);
	}
	for (size_t i = 0; i < count; i++)
		peer_send(&peers[i]);
	usleep((useconds_t)milliseconds * 1000);
	for (size_t i = 0; i < count; i++)
		look_at(peers[i].pid, &ret[i], 1);
	pen->stop = true;
	for (size_t i = 0; i < count; i++)
		peer_await(&peers[i]);
	weigh(stage, ret, count);
	int64_t start = pen->slices[0][0].begin_ns;
	for (size_t i = 1; i < count; i++)
		start = pen->slices[i][0].begin_ns < start ? pen->slices[i][0].begin_ns : start;
	for (size_t i = 0; i < count; i++) {
		ret[i].turns = turns_of(pen, i, count);
		draw(stage, pen, hogs, i, start);
		peer_end(&peers[i]);
	}
	munmap(pen, sizeof *pen);
}

bool hogs_may_real_time(void)
{
	struct sched_param param = { 1 }, ordinary = { 0 };

	if (sched_setscheduler(0, SCHED_RR, &param) < 0)
		return false;
	sched_setscheduler(0, SCHED_OTHER, &ordinary);
	return true;
}
