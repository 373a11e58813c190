/* Mappings by eBPF are those of /proc/PID/maps, field by field: of a process that has every kind of them, and many. */
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
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "collect/live.h"
#include "kernel/bpf/mapping_list.h"

enum { PAGE = 4096, MANY = 12000, PATH_BYTES = 4200 };

static char folder[] = "/tmp/vires-mappings-XXXXXX";
static pid_t few = -1, many = -1, ended = -1, guarded = -1;

/* Maps a new file of that name, written to; removed again or not. */
static void map_file(const char *name, bool removed)
{
	char path[PATH_BYTES];

	snprintf(path, sizeof path, "%s/%s", folder, name);
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0 || ftruncate(fd, 8L * PAGE) < 0)
		_exit(1);
	char *at = mmap(NULL, 4L * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 2L * PAGE);
	if (at == MAP_FAILED || mmap(NULL, PAGE, PROT_READ | PROT_EXEC, MAP_PRIVATE, fd, 0) == MAP_FAILED)
		_exit(1);
	at[0] = 1;
	close(fd);
	if (removed)
		unlink(path);
}

/* Deeper than a program's buffer: such names are asked for. */
static void map_deep_file(void)
{
	char path[PATH_BYTES];
	size_t len = (size_t)snprintf(path, sizeof path, "%s", folder);

	for (int i = 0; i < 8; i++) {
		len += (size_t)snprintf(path + len, sizeof path - len, "/%d%0200d", i, 0);
		if (mkdir(path, 0700) < 0)
			_exit(1);
	}
	snprintf(path + len, sizeof path - len, "/deep");
	map_file(path + strlen(folder) + 1, false);
}

/* Of two layers, where we may mount them: the process sees a file that lies elsewhere. */
static void map_layered_file(void)
{
	static const char *const parts[] = { "below", "above", "work", "layered" };
	char path[PATH_BYTES], options[PATH_BYTES];

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		snprintf(path, sizeof path, "%s/%s", folder, parts[i]);
		if (mkdir(path, 0700) < 0)
			_exit(1);
	}
	map_file("below/file", false);
	snprintf(options, sizeof options, "lowerdir=%s/below,upperdir=%s/above,workdir=%s/work", folder, folder,
	         folder);
	if (unshare(CLONE_NEWNS) == 0 && mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
	    mount("overlay", path, "overlay", 0, options) == 0)
		map_file("layered/file", false);
}

static void map_every_kind(void)
{
	static const int rights[] = { PROT_NONE, PROT_READ, PROT_WRITE, PROT_READ | PROT_WRITE | PROT_EXEC };

	map_file("plain", false);
	map_file("gone", true);
	map_file("two\nlines\n", false);
	map_file("(deleted)", false);
	map_file("back\\012slash", true);
	map_deep_file();
	map_layered_file();
	for (size_t i = 0; i < sizeof rights / sizeof *rights; i++)
		mmap(NULL, PAGE, rights[i], MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	mmap(NULL, 3L * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	mmap(NULL, 3L * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_GROWSDOWN, -1, 0);
	mmap(NULL, PAGE, PROT_READ, MAP_SHARED, memfd_create("secret \x1b", MFD_CLOEXEC), 0);
	mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, open("/dev/zero", O_RDONLY | O_CLOEXEC), 0);
	void *named = mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	prctl(0x53564d41, 0, named, PAGE, "a name of its own"); /* PR_SET_VMA: not every kernel has it */
	if (sbrk(64L * PAGE) == (void *)-1)
		_exit(1);
}

static void map_many(void)
{
	char *at = mmap(NULL, (size_t)MANY * PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	for (int i = 0; i < MANY; i += 2)
		mprotect(at + (size_t)i * PAGE, PAGE, PROT_NONE);
}

/* Its guards stand in the page tables as what only the kernel knows to read. Some mappings come before them. */
static void map_guards(void)
{
	enum { GUARD_INSTALL = 102 }; /* MADV_GUARD_INSTALL, since 6.13 */
	char *at = mmap(NULL, 8L * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	at[0] = at[5 * PAGE] = 1;
	if (madvise(at + PAGE, 2L * PAGE, GUARD_INSTALL) < 0)
		_exit(1);
}

static pid_t start_zombie(void)
{
	siginfo_t info;
	pid_t pid = child_start(NULL);

	if (pid < 0 || kill(pid, SIGKILL) < 0 || waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT) < 0)
		return -1;
	return pid;
}

static int begin(void **state)
{
	(void)state;
	if (!mkdtemp(folder))
		return -1;
	few = child_start(map_every_kind);
	many = child_start(map_many);
	ended = start_zombie();
	guarded = child_start(map_guards); /* -1 where there are none */
	return few > 0 && many > 0 && ended > 0 ? 0 : -1;
}

static int end(void **state)
{
	const pid_t all[] = { few, many, ended, guarded };
	char *const words[] = { (char[]){ "rm" }, (char[]){ "-rf" }, folder, NULL };

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		child_end(all[i]);
	pid_t pid = fork();
	if (pid == 0) {
		execvp("rm", words);
		_exit(1);
	}
	waitpid(pid, NULL, 0);
	return 0;
}

/* --- comparing */

struct taken {
	struct mapping *at;
	size_t count;
};

static int take(void *context, const struct mapping *mapping)
{
	struct taken *taken = context;

	if ((taken->count & (taken->count - 1)) == 0) /* at each power of two */
		taken->at = reallocarray(taken->at, taken->count ? 2 * taken->count : 1, sizeof *taken->at);
	struct mapping *own = &taken->at[taken->count++];
	*own = *mapping;
	if (mapping_has(own, name))
		own->name.at = memcpy(malloc(own->name.len + 1), own->name.at, own->name.len);
	own->perms.at = memcpy(malloc(own->perms.len + 1), own->perms.at, own->perms.len);
	return 0;
}

static struct field_set rows_of(enum source_id from)
{
	static const unsigned counted[] = { MAPPING_rss_bytes,           MAPPING_pss_bytes,
		                            MAPPING_shared_clean_bytes,  MAPPING_shared_dirty_bytes,
		                            MAPPING_private_clean_bytes, MAPPING_private_dirty_bytes };
	struct field_set rows = { 0 };

	for (unsigned id = 0; id < MAPPING_FIELDS; id++)
		if (mapping_fields[id].from == FROM_MAPS)
			field_set_add(&rows, id);
	for (size_t i = 0; from == FROM_SMAPS && i < sizeof counted / sizeof *counted; i++)
		field_set_add(&rows, counted[i]);
	return rows;
}

static struct taken take_all(enum table_kind kind, pid_t pid, enum source_id from)
{
	struct live_options options = { .kind = kind };
	struct field_set wanted = rows_of(from);
	struct taken taken = { 0 };
	struct source *source;
	struct why why;

	assert_int_equal(live_open(&options, &source, &why), 0);
	assert_int_equal(source_mappings(source, pid, &wanted, take, &taken), 0);
	source_free(source);
	return taken;
}

static void forget(struct taken *taken)
{
	for (size_t i = 0; i < taken->count; i++) {
		if (mapping_has(&taken->at[i], name))
			free((void *)(uintptr_t)taken->at[i].name.at);
		free((void *)(uintptr_t)taken->at[i].perms.at);
	}
	free(taken->at);
}

static bool is_same(const struct mapping *got, const struct mapping *wanted, bool tell)
{
	bool all = true;

	for (unsigned id = 0; id < MAPPING_FIELDS; id++) {
		const struct field *field = &mapping_fields[id];
		struct span texts[2] = { 0 };
		int64_t numbers[2] = { 0 };
		bool has = field_set_has(&wanted->have, id), same = field_set_has(&got->have, id) == has;
		if (has && same && field->kind == TEXT)
			same = record_text(field, got, &texts[0]) && record_text(field, wanted, &texts[1]) &&
			       span_equal(texts[0], texts[1]);
		else if (has && same)
			same = record_number(field, got, &numbers[0]) && record_number(field, wanted, &numbers[1]) &&
			       numbers[0] == numbers[1];
		if (!same && tell)
			print_error("%s of %llx: %lld '%.*s', not %lld '%.*s'", field->name, (long long)wanted->start,
			            (long long)numbers[0], (int)texts[0].len, texts[0].at ? texts[0].at : "",
			            (long long)numbers[1], (int)texts[1].len, texts[1].at ? texts[1].at : "");
		all = all && same;
	}
	return all;
}

static bool are_same(const struct taken *got, const struct taken *wanted, bool tell)
{
	bool all = got->count == wanted->count;

	if (!all && tell)
		print_error("%zu mappings, not %zu\n", got->count, wanted->count);
	for (size_t i = 0; all && i < got->count; i++)
		all = is_same(&got->at[i], &wanted->at[i], tell);
	return all;
}

static void expect_agreement(enum table_kind kind, pid_t pid, size_t least)
{
	struct taken got = take_all(kind, pid, FROM_MAPS), wanted = take_all(TABLE_PROC, pid, FROM_MAPS);

	assert_true(wanted.count >= least);
	assert_true(are_same(&got, &wanted, true));
	forget(&got);
	forget(&wanted);
}

static int open_list(pid_t pid, enum source_id from, struct mapping_list **ret, struct why *why)
{
	struct field_set wanted = rows_of(from);

	char path[64];

	snprintf(path, sizeof path, "/proc/%d/maps", pid);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	int r = mapping_list_open(pid, fd, &wanted, ret, why);
	if (r < 0)
		close(fd);
	return r < 0 ? r : fd;
}

/* Where eBPF works for processes, it must for mappings: else all below would compare /proc with itself. */
static void require_bpf(void)
{
	struct live_options options = { .kind = TABLE_BPF };
	struct request request = { .tasks = true };
	struct mapping_list *list;
	struct source *source;
	struct snapshot now;
	struct why why;

	if (live_open(&options, &source, &why) < 0)
		skip_because(why.text);
	int r = source_take(source, &request, &now);
	if (r == 0)
		snapshot_done(&now);
	source_free(source);
	if (r < 0)
		skip_because("no snapshot by eBPF here");
	int fd = open_list(few, FROM_MAPS, &list, &why);
	if (fd == -ENOTTY)
		skip_because("this kernel has no PROCMAP_QUERY");
	if (fd < 0)
		fail_msg("%s", why.text);
	mapping_list_close(list);
	close(fd);
}

static void every_kind_of_mapping_is_that_of_proc(void **state)
{
	(void)state;
	require_bpf();
	expect_agreement(TABLE_BPF, few, 30);
}

static void many_mappings_are_those_of_proc(void **state)
{
	(void)state;
	require_bpf();
	expect_agreement(TABLE_BPF, many, MANY);
	expect_agreement(TABLE_AUTO, many, MANY); /* begins with the file */
}

/* Pages of libraries are shared with whoever comes and goes meanwhile: looked at again then. */
static void expect_same_pages(pid_t pid, struct taken (*take_pages)(pid_t pid))
{
	enum { TRIES = 50 };
	bool same = false;

	for (int i = 0; i < TRIES && !same; i++) {
		struct taken got = take_pages(pid), wanted = take_all(TABLE_PROC, pid, FROM_SMAPS);
		same = are_same(&got, &wanted, i == TRIES - 1);
		forget(&got);
		forget(&wanted);
	}
	assert_true(same);
}

static struct mapping_list *open_pages(pid_t pid, int *ret_fd)
{
	struct mapping_list *list = NULL;
	struct why why;

	*ret_fd = open_list(pid, FROM_SMAPS, &list, &why);
	if (*ret_fd == -EBADMSG) /* all is there, and the numbers are wrong */
		fail_msg("%s", why.text);
	if (*ret_fd < 0)
		skip_because(why.text);
	return list;
}

/* Without the file to fall back on. */
static struct taken take_by_program(pid_t pid)
{
	struct taken taken = { 0 };
	struct mapping mapping;
	int fd, r;
	struct mapping_list *list = open_pages(pid, &fd);

	while ((r = mapping_list_next(list, &mapping)) > 0)
		take(&taken, &mapping);
	mapping_list_close(list);
	close(fd);
	assert_int_equal(r, 0);
	return taken;
}

static struct taken take_by_source(pid_t pid)
{
	return take_all(TABLE_BPF, pid, FROM_SMAPS);
}

static void what_is_in_ram_is_that_of_smaps(void **state)
{
	(void)state;
	require_bpf();
	expect_same_pages(few, take_by_program);
	expect_same_pages(few, take_by_source);
	expect_same_pages(many, take_by_program);
}

static void what_only_smaps_tells_comes_from_there(void **state)
{
	struct mapping mapping;
	int fd, r;

	(void)state;
	require_bpf();
	if (guarded < 0)
		skip_because("this kernel has no guard pages");
	struct mapping_list *list = open_pages(guarded, &fd);
	while ((r = mapping_list_next(list, &mapping)) > 0)
		;
	mapping_list_close(list);
	close(fd);
	assert_int_equal(r, -ENODATA);
	expect_same_pages(guarded, take_by_source);
}

static void who_has_no_memory_has_no_mappings(void **state)
{
	(void)state;
	require_bpf();
	expect_agreement(TABLE_BPF, ended, 0);
}

/* --- of everybody */

enum { FILES_MOST = 512 };

/* What is seen of some processes. */
struct seen {
	struct {
		int64_t pid, start, end, major, minor, inode;
	} at[FILES_MOST];
	size_t count;
};

static int see(void *context, int64_t pid, const struct mapping *mapping)
{
	struct seen *seen = context;

	if ((pid != few && pid != many) || seen->count == FILES_MOST)
		return 0;
	assert_true(mapping_has(mapping, inode) && mapping_has(mapping, device_major));
	memset(&seen->at[seen->count], 0, sizeof *seen->at);
	seen->at[seen->count].pid = pid;
	seen->at[seen->count].start = mapping->start;
	seen->at[seen->count].end = mapping->end;
	seen->at[seen->count].major = mapping->device_major;
	seen->at[seen->count].minor = mapping->device_minor;
	seen->at[seen->count++].inode = mapping->inode;
	return 0;
}

static void see_all(enum table_kind kind, struct seen *ret)
{
	struct live_options options = { .kind = kind };
	struct source *source;
	struct why why;

	*ret = (struct seen){ .count = 0 };
	assert_int_equal(live_open(&options, &source, &why), 0);
	assert_int_equal(source_mapped_files(source, see, ret), 0);
	source_free(source);
}

static void mapped_files_of_everybody_are_those_of_proc(void **state)
{
	static struct seen got, wanted;

	(void)state;
	require_bpf();
	see_all(TABLE_BPF, &got);
	see_all(TABLE_PROC, &wanted);
	assert_true(wanted.count > 20 && wanted.count < FILES_MOST);
	assert_int_equal(got.count, wanted.count);
	for (size_t i = 0; i < got.count; i++)
		assert_memory_equal(&got.at[i], &wanted.at[i], sizeof *got.at);
}

static int stop_at_once(void *context, int64_t pid, const struct mapping *mapping)
{
	(void)pid;
	(void)mapping;
	++*(int *)context;
	return 7;
}

static void who_looks_at_mapped_files_may_end_it(void **state)
{
	(void)state;
	for (enum table_kind kind = TABLE_AUTO; kind <= TABLE_PROC; kind++) {
		struct live_options options = { .kind = kind };
		struct source *source;
		struct why why;
		int calls = 0;
		if (live_open(&options, &source, &why) < 0)
			continue;
		assert_int_equal(source_mapped_files(source, stop_at_once, &calls), 7);
		assert_int_equal(calls, 1);
		source_free(source);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mapped_files_of_everybody_are_those_of_proc),
		cmocka_unit_test(who_looks_at_mapped_files_may_end_it),
		cmocka_unit_test(every_kind_of_mapping_is_that_of_proc),
		cmocka_unit_test(many_mappings_are_those_of_proc),
		cmocka_unit_test(what_is_in_ram_is_that_of_smaps),
		cmocka_unit_test(what_only_smaps_tells_comes_from_there),
		cmocka_unit_test(who_has_no_memory_has_no_mappings),
	};

	return cmocka_run_group_tests(tests, begin, end);
}

#else
#include "without_bpf.h"
#endif
