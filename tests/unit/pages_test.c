/* Where pages are: the bits of pagemap, and pages of our own that are known. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "collect/pages.h"

static void each_bit_has_its_meaning(void **state)
{
	(void)state;
	struct page_entry none = page_entry_of(0), anon = page_entry_of(UINT64_C(0x8100000000012345)),
			  file = page_entry_of(UINT64_C(0xa000000000000007)),
			  swapped = page_entry_of(UINT64_C(0x4000000000000061)),
			  hidden = page_entry_of(UINT64_C(0x8000000000000000));

	assert_false(none.present || none.swapped || none.shared || none.exclusive);
	assert_int_equal(none.frame, -1);
	assert_true(anon.present && anon.exclusive && !anon.shared && !anon.swapped);
	assert_int_equal(anon.frame, 0x12345);
	assert_true(file.present && file.shared && !file.exclusive);
	assert_int_equal(file.frame, 7);
	assert_true(swapped.swapped && !swapped.present);
	assert_int_equal(swapped.frame, -1); /* a place in swap, no frame */
	assert_true(hidden.present);
	assert_int_equal(hidden.frame, -1);
}

static void written_pages_are_present_and_others_are_not(void **state)
{
	(void)state;
	enum { PAGES = 1200 };
	static struct page_entry entries[PAGES];
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	char *block = mmap(NULL, PAGES * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	assert_ptr_not_equal(block, MAP_FAILED);
	madvise(block, PAGES * page, MADV_NOHUGEPAGE);
	for (size_t i = 0; i < PAGES; i += 3)
		block[i * page] = 1;
	assert_int_equal(pages_read(getpid(), (uintptr_t)block, entries, PAGES), 0);
	for (size_t i = 0; i < PAGES; i++)
		assert_int_equal(entries[i].present, i % 3 == 0);
	munmap(block, PAGES * page);
}

static void no_such_process_and_no_such_address(void **state)
{
	(void)state;
	struct page_entry entry;

	assert_int_equal(pages_read(INT32_MAX, 0, &entry, 1), -ENOENT);
	assert_int_equal(pages_read(getpid(), UINT64_C(1) << 60, &entry, 1), -ERANGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_bit_has_its_meaning),
		cmocka_unit_test(written_pages_are_present_and_others_are_not),
		cmocka_unit_test(no_such_process_and_no_such_address),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
