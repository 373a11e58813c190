/* Processes that want all of one CPU, side by side, and what the scheduler gives each of them. */
#ifndef LAB_HOGS_H
#define LAB_HOGS_H

#include "lab/stage.h"

enum { HOGS_MOST = 4 };

struct hog {
	const char *lane; /* its name in a picture; NULL: it is in none */
	int nice;
	int policy;       /* SCHED_OTHER, ... */
	int rt_priority;  /* of SCHED_FIFO and SCHED_RR */
	bool own_session; /* and with it an autogroup of its own */
};

struct hog_share {
	int64_t run_ns, wait_ns; /* on the CPU, and ready to run */
	int64_t involuntary;     /* times it was taken off the CPU */
	int64_t share;           /* of the CPU time of all hogs, in 1/1,000 */
	int64_t priority, nice;  /* as /proc shows them */
	int64_t turns;           /* times it began to run after another one had */
};

/* Runs them on one CPU for that long, all from the same moment on. The experiment ends where a policy is refused. */
void hogs_run(struct stage *stage, const struct hog *hogs, size_t count, int milliseconds, struct hog_share *ret);

/* Whether this process may use the real-time policies. */
bool hogs_may_real_time(void);

#endif
