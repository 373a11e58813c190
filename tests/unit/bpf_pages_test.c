/* Pages counted by eBPF are those that smaps_rollup counts: of processes that have every sort of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "built_with.h"
#include "child.h"
#include "skip_because.h"

#if WITH_BPF

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "kernel/bpf/page_walk.h"
#include "kernel/bpf/tasks.h"
#include "kernel/pid_smaps_rollup.h"

enum { PAGE = 4096, HUGE = 2 << 20, OWN = 30000, SHARED = 50, COPIED = 40, CLEAN = 8, HIDDEN = 6 };

/* What the others inherit, at the same addresses. */
static char *shared, *copied, *own;
static pid_t rich = -1, heir = -1, huge = -1;

static char *make(size_t bytes, int flags)
{
	char *at = mmap(NULL, bytes, PROT_READ | PROT_WRITE, flags | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (at == MAP_FAILED)
		_exit(1);
	return at;
}

static void write_pages(char *at, size_t count)
{
	for (size_t i = 0; i < count; i++)
		((volatile char *)at)[i * PAGE] = 1;
}

static char read_pages(const char *at, size_t count)
{
	char sum = 0;

	for (size_t i = 0; i < count; i++)
		sum = (char)(sum + ((const volatile char *)at)[i * PAGE]);
	return sum;
}

/* More pages of its own than one call counts; pages of zeroes; a file's; and some that it may not touch any more. */
static void be_rich(void)
{
	own = make((size_t)OWN * PAGE, MAP_PRIVATE);
	madvise(own, (size_t)OWN * PAGE, MADV_NOHUGEPAGE);
	write_pages(own, OWN);
	read_pages(make(HUGE, MAP_PRIVATE), 100);
	int file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	char *clean = mmap(NULL, (size_t)CLEAN * PAGE, PROT_READ, MAP_PRIVATE, file, 0);
	if (clean == MAP_FAILED)
		_exit(1);
	read_pages(clean, CLEAN);
	char *hidden = make((size_t)HIDDEN * PAGE, MAP_PRIVATE);
	write_pages(hidden, HIDDEN);
	mprotect(hidden, (size_t)HIDDEN * PAGE, PROT_NONE);
	write_pages(shared, SHARED);
}

static void be_heir(void)
{
	read_pages(shared, SHARED);
	write_pages(copied, COPIED / 2); /* the others stay shared with the parent and the rest of the family */
}

/* Where the kernel gives none, there are small ones. Some of the last are cut out of it again. */
static void be_huge(void)
{
	char *at = make(8L * HUGE, MAP_PRIVATE);

	at += HUGE - (uintptr_t)at % HUGE;
	madvise(at, 6L * HUGE, MADV_HUGEPAGE);
	write_pages(at, 6 * 512);
	madvise(at + 5L * HUGE + 64L * PAGE, 100L * PAGE, MADV_DONTNEED);
	if (fork() == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		write_pages(at, 3);
		for (;;)
			pause();
	}
}

static int begin(void **state)
{
	(void)state;
	shared = make((size_t)SHARED * PAGE, MAP_SHARED);
	copied = make((size_t)COPIED * PAGE, MAP_PRIVATE);
	madvise(copied, (size_t)COPIED * PAGE, MADV_NOHUGEPAGE);
	write_pages(copied, COPIED);
	rich = child_start(be_rich);
	heir = child_start(be_heir);
	huge = child_start(be_huge);
	return rich < 0 || heir < 0 || huge < 0;
}

static int end(void **state)
{
	(void)state;
	child_end(rich);
	child_end(heir);
	child_end(huge);
	return 0;
}

/* --- */

static struct page_walk *open_walk(void)
{
	struct page_walk *walk;
	struct why why;

	if (geteuid() != 0)
		skip_because("not root");
	int r = page_walk_open(&walk, &why);
	if (r == -EBADMSG) /* all is there, and the numbers are wrong */
		fail_msg("%s", why.text);
	if (r < 0)
		skip_because(why.text);
	return walk;
}

/* As the program knows a process; host_pid 0 for one that the walk does not show. */
static struct page_sum question(pid_t pid, const void *start, uint64_t end)
{
	struct task_options options = { .way = WAY_WALK, .proc_fd = open("/proc", O_PATH | O_CLOEXEC) };
	struct page_sum sum = { .start = (uint64_t)(uintptr_t)start, .end = end };
	struct task_records records;
	struct task_list *list;
	struct why why, note;
	uint64_t offset_ns;

	if (task_list_open(&options, &list, &why, &note) < 0 || task_list_want(list, 0, false, &why) < 0)
		skip_because(why.text);
	assert_int_equal(task_list_take(list, 0, &records), 0);
	assert_true(task_list_walks(list, &offset_ns));
	for (size_t i = 0; i < records.count; i++) {
		const struct task_record *record = task_record_at(&records, i);
		if (record->identity.pid != pid)
			continue;
		sum.host_pid = (unsigned)record->details.host_pid;
		sum.boot_ns = record->identity.started_ns - offset_ns;
	}
	task_list_close(list);
	close(options.proc_fd);
	return sum;
}

static struct page_sum all_of(pid_t pid)
{
	return question(pid, NULL, ADDRESSES_END);
}

static struct task rollup_of(pid_t pid)
{
	char path[64], bytes[4096];
	struct kernel_units units = { 0 };
	struct task task = { .have = { { 0 } } };
	struct span span;

	snprintf(path, sizeof path, "/proc/%d/smaps_rollup", pid);
	assert_int_equal(file_read(AT_FDCWD, path, bytes, sizeof bytes, &span), 0);
	assert_int_equal(pid_smaps_rollup_parse(span, &units, &task), 0);
	return task;
}

static bool is_between(const struct task *got, const struct task *before, const struct task *after, bool tell)
{
	static const unsigned ids[] = { TASK_smaps_rss_bytes,    TASK_pss_bytes,           TASK_shared_clean_bytes,
		                        TASK_shared_dirty_bytes, TASK_private_clean_bytes, TASK_private_dirty_bytes };
	bool all = true;

	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
		int64_t value = -1, low = 0, high = 0;
		assert_true(record_number(&task_fields[ids[i]], got, &value));
		record_number(&task_fields[ids[i]], before, &low);
		record_number(&task_fields[ids[i]], after, &high);
		bool fits = value >= (low < high ? low : high) && value <= (low > high ? low : high);
		if (!fits && tell)
			print_error("%s: %lld, not %lld to %lld\n", task_fields[ids[i]].name, (long long)value,
			            (long long)low, (long long)high);
		all = all && fits;
	}
	return all;
}

/* Libraries are shared with whoever comes and goes meanwhile: looked at again then. */
static void expect_rollup(struct page_walk *walk, pid_t pid, struct page_sum *ret)
{
	enum { TRIES = 50 };
	const struct page_sum asked = all_of(pid);
	bool same = false;

	for (int i = 0; i < TRIES && !same; i++) {
		struct task got = { .have = { { 0 } } };
		*ret = asked;
		struct task before = rollup_of(pid);
		assert_int_equal(page_walk_read(walk, ret, 1), 0);
		struct task after = rollup_of(pid);
		assert_int_equal(ret->status, PAGES_COUNTED);
		page_sum_fill(ret, &got);
		same = is_between(&got, &before, &after, i == TRIES - 1);
	}
	assert_true(same);
}

static void every_sort_of_page_is_counted_as_the_kernel_does(void **state)
{
	struct page_walk *walk = open_walk();
	struct page_sum sum;

	(void)state;
	expect_rollup(walk, rich, &sum);
	assert_true(sum.pages[PRIVATE_DIRTY] >= OWN + HIDDEN);
	expect_rollup(walk, heir, &sum);
	assert_true(sum.pages[SHARED_DIRTY] >= SHARED + COPIED / 2);
	page_walk_close(walk);
}

static void huge_pages_are_counted_as_the_kernel_does(void **state)
{
	struct page_walk *walk = open_walk();
	struct page_sum sum;

	(void)state;
	expect_rollup(walk, huge, &sum);
	if (sum.huge == 0) {
		page_walk_close(walk);
		skip_because("the kernel gave no huge pages");
	}
	page_walk_close(walk);
}

/* Many at once, and in parts: each is told by itself. */
static void a_range_is_counted_by_itself(void **state)
{
	enum { PARTS = 3 * PAGE_SUMS_AT_ONCE, EACH = 3 };
	struct page_walk *walk = open_walk();
	struct page_sum *asked = calloc(PARTS, sizeof *asked), first;

	(void)state;
	first = question(heir, copied, (uint64_t)(uintptr_t)copied + COPIED * PAGE);
	assert_int_equal(page_walk_read(walk, &first, 1), 0);
	assert_int_equal(first.status, PAGES_COUNTED);
	assert_int_equal(first.pages[PRIVATE_DIRTY], COPIED / 2);
	assert_int_equal(first.pages[SHARED_DIRTY], COPIED / 2);
	assert_int_equal(page_sum_resident(&first), COPIED);

	/* Page by page, over again: what is shared and what is not lie side by side. */
	struct page_sum one = question(heir, copied, 0);
	for (uint64_t i = 0; i < PARTS; i++) {
		asked[i] = one;
		asked[i].start = one.start + i % COPIED * PAGE;
		asked[i].end = asked[i].start + PAGE;
	}
	assert_int_equal(page_walk_read(walk, asked, PARTS), 0);
	for (unsigned i = 0; i < PARTS; i++) {
		assert_int_equal(asked[i].status, PAGES_COUNTED);
		assert_int_equal(page_sum_resident(&asked[i]), 1);
		assert_int_equal(asked[i].pages[i % COPIED < COPIED / 2 ? PRIVATE_DIRTY : SHARED_DIRTY], 1);
	}
	free(asked);
	page_walk_close(walk);
}

static void another_process_is_not_counted(void **state)
{
	struct page_walk *walk = open_walk();
	struct page_sum later = all_of(rich), none = all_of(rich), odd = all_of(rich);

	(void)state;
	later.boot_ns++;
	none.host_pid = 0x7ffffff0;
	odd.end = odd.start;
	struct page_sum *const all[] = { &later, &none, &odd };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		assert_int_equal(page_walk_read(walk, all[i], 1), 0);
		assert_int_equal(all[i]->status, PAGES_ELSEWHERE);
		assert_int_equal(page_sum_resident(all[i]), 0);
	}
	page_walk_close(walk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_sort_of_page_is_counted_as_the_kernel_does),
		cmocka_unit_test(huge_pages_are_counted_as_the_kernel_does),
		cmocka_unit_test(a_range_is_counted_by_itself),
		cmocka_unit_test(another_process_is_not_counted),
	};

	return cmocka_run_group_tests(tests, begin, end);
}

#else
#include "without_bpf.h"
#endif
