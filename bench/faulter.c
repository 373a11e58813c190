/* A large process that keeps faulting, and says how long it was held up.
 *
 *	faulter MIB
 *
 * Makes MIB of private memory resident in small pages and prints "ready". From then on it gives single pages back and
 * touches them again, and makes and removes a small mapping each time, which takes its mmap lock for writing: whoever
 * holds that lock is waited for. At each line on stdin it prints what the turns since the last one took:
 *
 *	turns=N median_us=X p999_us=X p9999_us=X longest_us=X waits=N longest_wait_us=X
 *
 * and begins anew. Waits are turns in which it gave up the CPU by itself, as for a lock; the longest of all may be the
 * scheduler's doing. It ends with its stdin, and dies with its parent.
 */
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "../tests/live/parts/make.h"

/* Turns by their time, in tenths of microseconds; those beyond count in the last one. */
enum { BINS = 1000000, LOOK_EVERY = 64 };

struct times {
	unsigned bins[BINS];
	unsigned long turns, longest_ns, waits, longest_wait_ns;
};

static unsigned long now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (unsigned long)now.tv_sec * 1000000000 + (unsigned long)now.tv_nsec;
}

static void turn(unsigned char *page, size_t page_bytes)
{
	if (madvise(page, page_bytes, MADV_DONTNEED))
		make_fail("MADV_DONTNEED");
	*(volatile unsigned char *)page = 1;
	unsigned char *small = make_memory(16 * page_bytes, MAP_PRIVATE);
	*(volatile unsigned char *)small = 1;
	munmap(small, 16 * page_bytes);
}

static long waits(void)
{
	struct rusage usage;

	getrusage(RUSAGE_THREAD, &usage);
	return usage.ru_nvcsw;
}

static void count(struct times *times, unsigned long took_ns, bool waited)
{
	unsigned long bin = took_ns / 100;

	times->bins[bin < BINS ? bin : BINS - 1]++;
	times->turns++;
	times->longest_ns = took_ns > times->longest_ns ? took_ns : times->longest_ns;
	times->waits += waited;
	if (waited && took_ns > times->longest_wait_ns)
		times->longest_wait_ns = took_ns;
}

/* The time that `part` of the turns stayed below. */
static double quantile_us(const struct times *times, double part)
{
	unsigned long seen = 0;

	for (size_t bin = 0; bin < BINS; bin++) {
		seen += times->bins[bin];
		if ((double)seen >= part * (double)times->turns)
			return (double)bin / 10;
	}
	return 0;
}

/* False at the end of stdin. */
static bool report(struct times *times)
{
	char line[16];

	if (read(STDIN_FILENO, line, sizeof line) <= 0)
		return false;
	printf("turns=%lu median_us=%.1f p999_us=%.1f p9999_us=%.1f", times->turns, quantile_us(times, 0.5),
	       quantile_us(times, 0.999), quantile_us(times, 0.9999));
	printf(" longest_us=%.1f", (double)times->longest_ns / 1e3);
	printf(" waits=%lu longest_wait_us=%.1f\n", times->waits, (double)times->longest_wait_ns / 1e3);
	fflush(stdout);
	*times = (struct times){ .turns = 0 };
	return true;
}

int main(int argc, char **argv)
{
	static struct times times;
	size_t page_bytes = (size_t)sysconf(_SC_PAGESIZE);
	struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN };

	if (argc != 2) {
		fputs("usage: faulter MIB\n", stderr);
		return 2;
	}
	if (prctl(PR_SET_PDEATHSIG, SIGKILL))
		make_fail("PR_SET_PDEATHSIG");
	size_t bytes = make_number(argv[1], 1 << 20) * MAKE_MIB;
	unsigned char *start = make_memory(bytes, MAP_PRIVATE);
	make_name("faulter");
	make_touch(start, bytes);
	puts("ready");
	fflush(stdout);
	for (size_t i = 0;; i++) {
		long waited = waits();
		unsigned long began = now_ns();
		turn(start + i * 7919 * page_bytes % bytes, page_bytes);
		unsigned long took_ns = now_ns() - began;
		count(&times, took_ns, waits() != waited);
		if (i % LOOK_EVERY == 0 && poll(&input, 1, 0) > 0 && !report(&times))
			return 0;
	}
}
