/* What experiments read while they run, held against memory and processes of our own; and the second process. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab/look.h"

enum { PAGE = 4096, PAGES = 64, SIZE = PAGES * PAGE };

static char *map(int protection)
{
	char *block = mmap(NULL, SIZE, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	assert_ptr_not_equal(block, MAP_FAILED);
	madvise(block, SIZE, MADV_NOHUGEPAGE);
	return block;
}

static void a_mapping_is_found_by_any_address_in_it(void **state)
{
	(void)state;
	char *block = map(PROT_READ | PROT_WRITE);
	struct place_in_memory place;

	mprotect(block + PAGE, PAGE, PROT_READ); /* so that nothing joins it */
	mprotect(block + 3 * PAGE, PAGE, PROT_READ);
	assert_true(look_mapping(getpid(), block + 2 * PAGE + 17, &place));
	assert_int_equal(place.start, (intptr_t)(block + 2 * PAGE));
	assert_int_equal(place.end, (intptr_t)(block + 3 * PAGE));
	assert_string_equal(place.perms, "rw-p");
	assert_int_equal(place.inode, 0);
	assert_false(look_mapping(getpid(), (void *)(uintptr_t)1, &place));
	munmap(block, SIZE);
}

static void numbers_of_a_mapping_are_those_of_smaps(void **state)
{
	(void)state;
	char *block = map(PROT_READ | PROT_WRITE);

	mprotect(block, PAGE, PROT_NONE);
	mprotect(block + SIZE - PAGE, PAGE, PROT_NONE);
	for (int i = 1; i <= 10; i++)
		block[i * PAGE] = 1;
	assert_int_equal(look_mapping_number(getpid(), block + PAGE, MAPPING_rss_bytes), 10 * PAGE);
	assert_int_equal(look_mapping_number(getpid(), block + PAGE, MAPPING_size_bytes), SIZE - 2 * PAGE);
	assert_true(look_mapping_number(getpid(), (void *)(uintptr_t)1, MAPPING_rss_bytes) == UNSEEN);
	munmap(block, SIZE);
}

static void processes_and_machine_are_seen_and_what_is_not_there_is_not(void **state)
{
	(void)state;
	int64_t numbers[2];

	assert_int_equal(look_task(getpid(), TASK_ppid), getppid());
	assert_true(look_task(INT32_MAX, TASK_ppid) == UNSEEN);
	assert_true(look_machine(MACHINE_mem_total_bytes) > 0);
	assert_true(look_machine_all((unsigned[]){ MACHINE_mem_total_bytes, MACHINE_mem_free_bytes, MACHINE_FIELDS },
	                             numbers));
	assert_true(numbers[0] >= numbers[1]);
	assert_false(look_machine_is(MACHINE_os_name, "Minix"));
	assert_true(look_machine_is(MACHINE_os_name, "Linux"));
	assert_true(look_mapping_count(getpid()) > 3);
	assert_true(look_mapping_count(INT32_MAX) == UNSEEN);
}

static void a_state_is_waited_for(void **state)
{
	(void)state;
	pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	assert_true(look_becomes(pid, 'Z'));
	waitpid(pid, NULL, 0);
	assert_true(look_task(pid, TASK_state) == UNSEEN);
}

static void count_own(void *context, const struct view *view, size_t row)
{
	int64_t pid;

	*(int *)context += view_number(view, row, TASK_pid, &pid) && pid == getpid();
}

static void each_process_is_shown_once(void **state)
{
	(void)state;
	static const uint8_t fields[] = { TASK_ppid, TASK_pid };
	int own = 0;

	assert_true(look_each(fields, count_own, &own));
	assert_int_equal(own, 1);
}

static void committed_is_what_can_be_written_to_privately(void **state)
{
	(void)state;
	/* In a child without threads, in which nothing else maps anything: told by its status. */
	pid_t pid = fork();

	if (pid == 0) {
		enum { LARGE = 1 << 30 };
		look_committed(getpid());
		int64_t before = look_committed(getpid());
		mmap(NULL, LARGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		int64_t charged = look_committed(getpid()) - before;
		mmap(NULL, LARGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		int64_t readable = look_committed(getpid()) - before - charged;
		_exit(charged >= LARGE && charged < LARGE + LARGE / 8 && readable < LARGE / 8 ? 0 : 1);
	}
	int status = -1;
	waitpid(pid, &status, 0);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mapping_is_found_by_any_address_in_it),
		cmocka_unit_test(numbers_of_a_mapping_are_those_of_smaps),
		cmocka_unit_test(processes_and_machine_are_seen_and_what_is_not_there_is_not),
		cmocka_unit_test(a_state_is_waited_for),
		cmocka_unit_test(each_process_is_shown_once),
		cmocka_unit_test(committed_is_what_can_be_written_to_privately),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
