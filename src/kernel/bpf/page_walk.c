#include "kernel/bpf/page_walk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/file.h"
#include "kernel/bpf/cache.h"
#include "kernel/bpf/program.h"
#include "kernel/bpf/ram_search.h"
#include "kernel/pid_smaps_rollup.h"

enum { PAGE_BYTES = 4096 }; /* of x86-64 */

struct page_walk {
	struct program program;
	struct page_sum *records;     /* mapped */
	struct page_control *control; /* mapped */
	uint32_t host_pid;            /* our own */
	uint64_t boot_ns;
};

static int load(struct page_walk *walk, struct why *why)
{
	struct why note;

	int r = program_start("pages", PAGE_SUMS_AT_ONCE, &walk->program, why, &note);
	if (r < 0)
		return r;
	walk->records = program_map(&walk->program, MAP_RECORDS, PAGE_SUMS_AT_ONCE * sizeof *walk->records);
	walk->control = program_map(&walk->program, MAP_CONTROL, sizeof *walk->control);
	return walk->records && walk->control ? 0 : why_not(why, -errno, "cannot map the sums of pages");
}

static int run(struct page_walk *walk)
{
	union bpf_attr attr = { .test.prog_fd = (uint32_t)walk->program.fd };

	return bpf_call(BPF_PROG_TEST_RUN, &attr);
}

/* --- where things are */

static int load_by(struct page_walk *walk, int file, uint64_t *page, struct why *why)
{
	struct ram ram;

	int r = ram_search(page, &ram, why);
	if (r == 0)
		r = load(walk, why);
	if (r < 0)
		return r;
	struct page_control *control = walk->control;
	control->ram = ram;
	control->job = JOB_CALIBRATE;
	control->file = (unsigned)file;
	r = run(walk);
	if (r < 0)
		return why_not(why, r, "the eBPF program does not run: %s", strerror(-r));
	if (!control->ram.direct_map || !control->page_map)
		return why_not(why, -ENOTSUP, "page tables are not laid out as expected");
	walk->host_pid = control->sum.host_pid;
	walk->boot_ns = control->sum.boot_ns;
	return 0;
}

/* With a page that we know a word of, and the kernel the folio. */
static int load_calibrated(struct page_walk *walk, struct why *why)
{
	int r = -ENOMEM;
	int file = memfd_create("vires", MFD_CLOEXEC);
	void *page = MAP_FAILED;

	if (file >= 0 && ftruncate(file, PAGE_BYTES) == 0)
		page = mmap(NULL, PAGE_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, file, 0);
	if (page != MAP_FAILED) {
		r = load_by(walk, file, page, why);
		munmap(page, PAGE_BYTES);
	} else {
		why_not(why, r, "no memory to calibrate with: %s", strerror(errno));
	}
	if (file >= 0)
		close(file);
	return r;
}

/* --- questions */

/* One call of the program. */
static int ask(struct page_walk *walk, struct page_sum *asked, size_t count)
{
	memcpy(walk->records, asked, count * sizeof *asked);
	walk->control->job = JOB_COUNT;
	walk->control->count = (unsigned)count;
	int r = run(walk);
	if (r == 0)
		memcpy(asked, walk->records, count * sizeof *asked);
	return r;
}

int page_walk_read(struct page_walk *walk, struct page_sum *asked, size_t count)
{
	int r = 0;

	for (size_t at = 0; r == 0 && at < count;) {
		size_t some = count - at < PAGE_SUMS_AT_ONCE ? count - at : PAGE_SUMS_AT_ONCE;
		uint64_t start = asked[at].start;
		r = ask(walk, asked + at, some);
		if (r == 0 && asked[at].status == PAGES_ASKED && asked[at].start <= start)
			r = -EBADMSG; /* it does not get on */
		while (at < count && asked[at].status != PAGES_ASKED)
			at++;
	}
	return r;
}

int64_t page_sum_resident(const struct page_sum *sum)
{
	int64_t pages = 0;

	for (size_t i = 0; i < PAGE_SORTS; i++)
		pages += (int64_t)sum->pages[i];
	return pages;
}

int64_t page_sum_part_bytes(const struct page_sum *sum)
{
	uint64_t private = sum->pages[PRIVATE_CLEAN] + sum->pages[PRIVATE_DIRTY];
	uint64_t bytes = private * PAGE_BYTES + (sum->shared_part >> PAGE_PART_SHIFT);

	return (int64_t)(bytes / 1024 * 1024);
}

void page_sum_fill(const struct page_sum *sum, struct task *task)
{
	task_set(task, smaps_rss_bytes, page_sum_resident(sum) * PAGE_BYTES);
	task_set(task, pss_bytes, page_sum_part_bytes(sum));
	task_set(task, shared_clean_bytes, (int64_t)sum->pages[SHARED_CLEAN] * PAGE_BYTES);
	task_set(task, shared_dirty_bytes, (int64_t)sum->pages[SHARED_DIRTY] * PAGE_BYTES);
	task_set(task, private_clean_bytes, (int64_t)sum->pages[PRIVATE_CLEAN] * PAGE_BYTES);
	task_set(task, private_dirty_bytes, (int64_t)sum->pages[PRIVATE_DIRTY] * PAGE_BYTES);
}

/* --- proof */

static int read_rollup(struct task *ret)
{
	char bytes[4096];
	struct span span;
	struct kernel_units units = { 0 };

	ret->have = (struct field_set){ 0 };
	int r = file_read(AT_FDCWD, "/proc/self/smaps_rollup", bytes, sizeof bytes, &span);
	return r < 0 ? r : pid_smaps_rollup_parse(span, &units, ret);
}

static const unsigned proven[] = { TASK_smaps_rss_bytes,    TASK_pss_bytes,           TASK_shared_clean_bytes,
	                           TASK_shared_dirty_bytes, TASK_private_clean_bytes, TASK_private_dirty_bytes };

static bool lies_between(const struct task *walked, const struct task *before, const struct task *after)
{
	for (size_t i = 0; i < sizeof proven / sizeof *proven; i++) {
		int64_t value, low, high;
		if (!record_number(&task_fields[proven[i]], walked, &value) ||
		    !record_number(&task_fields[proven[i]], before, &low) ||
		    !record_number(&task_fields[proven[i]], after, &high))
			return false;
		if (value < (low < high ? low : high) || value > (low < high ? high : low))
			return false;
	}
	return true;
}

/* Our own pages stand still while we count them, but those of libraries are shared with whoever comes and goes. */
static int prove(struct page_walk *walk, struct why *why)
{
	enum { TRIES = 5 };
	struct task before, walked, after;
	int r = read_rollup(&before);

	for (int i = 0; r == 0 && i < TRIES; i++) {
		struct page_sum own = { .host_pid = walk->host_pid, .boot_ns = walk->boot_ns, .end = ADDRESSES_END };
		walked.have = (struct field_set){ 0 };
		r = page_walk_read(walk, &own, 1);
		if (r == 0)
			r = read_rollup(&after);
		if (r < 0 || own.status != PAGES_COUNTED)
			break;
		page_sum_fill(&own, &walked);
		if (lies_between(&walked, &before, &after))
			return 0;
		before = after;
	}
	return why_not(why, r < 0 ? r : -EBADMSG, "pages are not counted as smaps_rollup counts them");
}

static int open_walk(struct page_walk *walk, struct why *why)
{
	int r = load_calibrated(walk, why);

	return r < 0 ? r : prove(walk, why);
}

int page_walk_open(struct page_walk **ret, struct why *why)
{
	struct page_walk *walk = calloc(1, sizeof *walk);

	if (!walk)
		return why_not(why, -ENOMEM, "%s", strerror(ENOMEM));
	program_init(&walk->program);
	int r = open_walk(walk, why);
	if (r < 0)
		page_walk_close(walk);
	else
		*ret = walk;
	return r;
}

void page_walk_close(struct page_walk *walk)
{
	if (!walk)
		return;
	program_close(&walk->program);
	free(walk);
}
