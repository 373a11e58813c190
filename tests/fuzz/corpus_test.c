/* Feeds every seed of the fuzzers, and every part of it that is left when it is cut short, to its parser. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "targets.h"

static const char *corpus;

/* Parses a copy that ends where its memory ends, so that a sanitizer sees a step too far. The caller frees the copy. */
static int feed(const struct fuzz_target *target, struct span bytes, struct fuzz_records *ret, char **ret_copy)
{
	char *copy = malloc(bytes.len ? bytes.len : 1);

	assert_non_null(copy);
	if (bytes.len)
		memcpy(copy, bytes.at, bytes.len);
	*ret_copy = copy;
	return fuzz_feed(target, (struct span){ copy, bytes.len }, ret);
}

static void feed_cut_at(const struct fuzz_target *target, const char *seed, struct span bytes, size_t len,
                        const struct fuzz_records *whole)
{
	static struct fuzz_records part;
	char *copy;

	feed(target, (struct span){ bytes.at, len }, &part, &copy);
	if (target->cut_shows && !fuzz_records_within(&part, whole))
		fail_msg("%s/%s cut after %zu bytes says something that the whole does not say", target->name, seed,
		         len);
	fuzz_records_done(&part);
	free(copy);
}

static void feed_seed(const struct fuzz_target *target, int dirfd, const char *seed)
{
	enum { LIMIT = 1024 * 1024 };
	static struct fuzz_records whole;
	struct buffer buffer = { 0 };
	struct span bytes;
	char *copy;

	assert_int_equal(file_slurp(dirfd, seed, LIMIT, &buffer, &bytes), 0);
	int r = feed(target, bytes, &whole, &copy);
	if (strncmp(seed, "bad", 3) ? r < 0 : r >= 0)
		fail_msg("%s/%s: %d", target->name, seed, r);
	static struct fuzz_records none;
	fuzz_feed(target, (struct span){ NULL, 0 }, &none);
	fuzz_records_done(&none);
	for (size_t len = 0; len < bytes.len; len++)
		feed_cut_at(target, seed, bytes, len, &whole);
	fuzz_records_done(&whole);
	free(copy);
	buffer_done(&buffer);
}

/* Seeds named bad... must be refused, all others taken. */
static void seeds_are_parsed_whole_and_cut_short(void **state)
{
	const struct fuzz_target *target = *state;
	int seeds = 0;

	int corpus_fd = open(corpus, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_true(corpus_fd >= 0);
	int fd = openat(corpus_fd, target->name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	close(corpus_fd);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	if (!dir)
		fail_msg("%s has no seeds", target->name);
	for (const struct dirent *entry; (entry = readdir(dir));) {
		if (entry->d_name[0] == '.')
			continue;
		feed_seed(target, fd, entry->d_name);
		seeds++;
	}
	closedir(dir);
	assert_true(seeds > 0);
}

/* The build makes a fuzzer of each folder. */
static void every_folder_of_seeds_has_a_parser(void **state)
{
	(void)state;
	DIR *dir = opendir(corpus);
	assert_non_null(dir);
	for (const struct dirent *entry; (entry = readdir(dir));)
		if (entry->d_name[0] != '.' && !fuzz_target_find(span_of(entry->d_name)))
			fail_msg("%s is the name of no parser", entry->d_name);
	closedir(dir);
}

int main(int argc, char **argv)
{
	struct CMUnitTest tests[64] = { cmocka_unit_test(every_folder_of_seeds_has_a_parser) };

	if (argc != 2 || fuzz_target_count >= 64)
		return 2;
	corpus = argv[1];
	for (unsigned i = 0; i < fuzz_target_count; i++)
		tests[i + 1] = (struct CMUnitTest){ fuzz_targets[i].name, seeds_are_parsed_whole_and_cut_short, NULL,
			                            NULL, (void *)(uintptr_t)&fuzz_targets[i] };
	return _cmocka_run_group_tests("corpus", tests, fuzz_target_count + 1, NULL, NULL);
}
