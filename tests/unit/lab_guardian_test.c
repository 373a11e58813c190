/* The guardian puts everything back, whatever ends the lab. Root: it changes settings of the machine, harmlessly and
 * briefly. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "kernel/setting.h"
#include "lab/group.h"
#include "lab/guardian.h"
#include "lab/undo.h"
#include "skip_because.h"

/* Others who change settings are kept out as long as this runs. */
static struct guardian outer = GUARDIAN_NONE;

/* A value that nobody notices for a moment: one more than it is, or the next word. */
static void other_value(const char *name, const char *value, char ret[SETTING_BYTES])
{
	if (!strcmp(name, "vm.overcommit_memory"))
		snprintf(ret, SETTING_BYTES, "%s", strcmp(value, "1") ? "1" : "0");
	else if (!strcmp(name, "thp.enabled"))
		snprintf(ret, SETTING_BYTES, "%s", strcmp(value, "madvise") ? "madvise" : "never");
	else if (!strcmp(name, "ksm.run"))
		snprintf(ret, SETTING_BYTES, "%s", strcmp(value, "1") ? "1" : "0");
	else
		snprintf(ret, SETTING_BYTES, "%ld",
		         strtol(value, NULL, 10) + (!strcmp(name, "vm.overcommit_kbytes") ? 4096 : 1));
}

/* All settings as they are, for comparing. */
static void take_all(char ret[32][SETTING_BYTES])
{
	for (size_t i = 0; setting_name(i); i++)
		if (setting_read(setting_name(i), ret[i]) < 0)
			ret[i][0] = '\0';
}

static void assert_all(char wanted[32][SETTING_BYTES], const char *changed)
{
	char now[32][SETTING_BYTES];

	take_all(now);
	for (size_t i = 0; setting_name(i); i++)
		if (strcmp(now[i], wanted[i]) != 0)
			fail_msg("after %s: %s is %s and was %s", changed, setting_name(i), now[i], wanted[i]);
}

static void pause_shortly(void)
{
	nanosleep(&(struct timespec){ .tv_nsec = 2000000 }, NULL);
}

/* A lab in a process of its own: does `act`, says who its guardian is, and waits to be killed. */
static pid_t start_lab(void (*act)(struct guardian *guardian, const char *what), const char *what, pid_t *ret_guardian)
{
	int said[2];
	pid_t guardian_pid = 0;

	assert_int_equal(pipe(said), 0);
	pid_t pid = fork();
	if (pid == 0) {
		struct guardian guardian = GUARDIAN_NONE;
		act(&guardian, what);
		if (write(said[1], &guardian.pid, sizeof guardian.pid) < 0)
			_exit(1);
		for (;;)
			pause();
	}
	close(said[1]);
	if (read(said[0], &guardian_pid, sizeof guardian_pid) != (ssize_t)sizeof guardian_pid)
		fail_msg("the lab did not come so far: %s", what);
	close(said[0]);
	*ret_guardian = guardian_pid;
	return pid;
}

static void kill_lab(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

static bool journal_is_there(pid_t guardian)
{
	char path[64];

	snprintf(path, sizeof path, "/run/vires/undo.%d", (int)guardian);
	return access(path, F_OK) == 0;
}

/* The journal goes when all has been put back. */
static void await_guardian(pid_t guardian)
{
	for (int i = 0; i < 5000 && journal_is_there(guardian); i++)
		pause_shortly();
	assert_false(journal_is_there(guardian));
}

static void change(struct guardian *guardian, const char *name)
{
	char old[SETTING_BYTES], new[SETTING_BYTES], now[SETTING_BYTES];

	if (setting_read(name, old) < 0)
		_exit(1);
	other_value(name, old, new);
	int r = guardian_set(guardian, name, new);
	if (r < 0 || setting_read(name, now) < 0 || !strcmp(now, old)) {
		fprintf(stderr, "%s: %s -> %s gave %d\n", name, old, new, r);
		_exit(1);
	}
}

static void every_setting_is_restored_when_the_lab_is_killed(void **state)
{
	(void)state;
	char before[32][SETTING_BYTES];
	pid_t guardian;

	if (geteuid() != 0)
		skip_because("only root may change settings");
	take_all(before);
	for (size_t i = 0; setting_name(i); i++) {
		if (!before[i][0])
			continue; /* this kernel does not have it */
		pid_t lab = start_lab(change, setting_name(i), &guardian);
		kill_lab(lab);
		await_guardian(guardian);
		assert_all(before, setting_name(i));
	}
}

static void every_setting_is_restored_from_the_journal_when_both_are_killed(void **state)
{
	(void)state;
	char before[32][SETTING_BYTES];
	pid_t guardian;

	if (geteuid() != 0)
		skip_because("only root may change settings");
	take_all(before);
	for (size_t i = 0; setting_name(i); i++) {
		struct buffer said = { 0 };
		if (!before[i][0])
			continue;
		pid_t lab = start_lab(change, setting_name(i), &guardian);
		kill(guardian, SIGKILL);
		kill_lab(lab);
		int repaired = 0;
		for (int n = 0; n < 2000 && journal_is_there(guardian); n++) {
			repaired = guardian_repair(&said); /* its lock goes with it, a moment later */
			pause_shortly();
		}
		assert_true(repaired >= 0);
		assert_true(said.len > 0);
		assert_all(before, setting_name(i));
		buffer_done(&said);
	}
}

static void change_all(struct guardian *guardian, const char *what)
{
	(void)what;
	for (size_t i = 0; setting_name(i); i++) {
		char value[SETTING_BYTES];
		/* the other form of overcommit_ratio; both in a row are tested by themselves */
		if (!strcmp(setting_name(i), "vm.overcommit_kbytes"))
			continue;
		if (setting_read(setting_name(i), value) == 0)
			change(guardian, setting_name(i));
	}
}

static void cycle(struct guardian *guardian, const char *what)
{
	(void)what;
	if (guardian_set(guardian, "vm.overcommit_ratio", "51") < 0 ||
	    guardian_set(guardian, "vm.overcommit_kbytes", "99999999") < 0 ||
	    guardian_set(guardian, "vm.overcommit_ratio", "52") < 0 ||
	    guardian_set(guardian, "vm.swappiness", "61") < 0 || guardian_set(guardian, "vm.swappiness", "62") < 0)
		_exit(1);
}

static void many_changes_are_undone_in_reverse(void **state)
{
	(void)state;
	void (*const acts[])(struct guardian *, const char *) = { change_all, cycle };
	char before[32][SETTING_BYTES];
	pid_t guardian;

	if (geteuid() != 0)
		skip_because("only root may change settings");
	take_all(before);
	for (size_t i = 0; i < 2; i++) {
		pid_t lab = start_lab(acts[i], "all", &guardian);
		kill_lab(lab);
		await_guardian(guardian);
		assert_all(before, i ? "several changes of one setting" : "all settings");
	}
}

static void swap_on(struct guardian *guardian, const char *what)
{
	(void)what;
	int r = guardian_swap(guardian, 8 << 20);
	if (r < 0)
		_exit(r == -EOPNOTSUPP ? 0 : 1);
}

static int count_lines(const char *path)
{
	FILE *file = fopen(path, "r");
	int count = 0, c;

	while (file && (c = fgetc(file)) != EOF)
		count += c == '\n';
	if (file)
		fclose(file);
	return count;
}

static void swap_goes_again(void **state)
{
	(void)state;
	pid_t guardian;

	if (geteuid() != 0 || access("/sys/class/zram-control/hot_add", R_OK) < 0)
		skip_because("no right to make zram devices, or no such thing");
	int before = count_lines("/proc/swaps");
	pid_t lab = start_lab(swap_on, "", &guardian);
	assert_int_equal(count_lines("/proc/swaps"), before + 1);
	kill_lab(lab);
	await_guardian(guardian);
	assert_int_equal(count_lines("/proc/swaps"), before);
}

static char scratch_path[] = "/tmp/lab_guardian_test.scratch";

static void make_things(struct guardian *guardian, const char *what)
{
	struct group group;
	char file[64];

	if (guardian_scratch(guardian, scratch_path) < 0 || mkdir(scratch_path, 0700) < 0)
		_exit(1);
	snprintf(file, sizeof file, "%s/file", scratch_path);
	close(open(file, O_WRONLY | O_CREAT, 0600));
	if (guardian_group(guardian, what) < 0 || group_make(what, &group) < 0)
		_exit(1);
	pid_t inside = fork();
	if (inside == 0) {
		close(guardian->socket); /* as an exec does: who holds it is the lab */
		for (;;)
			pause();
	}
	if (inside < 0 || group_enter(&group, inside) < 0)
		_exit(1);
}

static void groups_and_scratch_directories_go_again(void **state)
{
	(void)state;
	struct group group;
	pid_t guardian;

	if (geteuid() != 0 || group_make("lab-guardian-test", &group) < 0)
		skip_because("no right to make control groups, or none to be had");
	assert_int_equal(group_remove(&group), 0);
	pid_t lab = start_lab(make_things, "lab-guardian-test", &guardian);
	assert_int_equal(access(scratch_path, F_OK), 0);
	kill_lab(lab);
	await_guardian(guardian);
	assert_int_equal(access(scratch_path, F_OK), -1);
	for (int c = 0; c < GROUP_CONTROLLERS; c++)
		if (group.version[c])
			assert_int_equal(access(group.path[c], F_OK), -1);
}

static void what_others_changed_meanwhile_is_left_alone(void **state)
{
	(void)state;
	char old[SETTING_BYTES], now[SETTING_BYTES];
	struct buffer said = { 0 };
	struct undo undo;

	if (geteuid() != 0 || setting_read("vm.swappiness", old) < 0)
		skip_because("only root may change settings");
	undo_read(SPAN("setting vm.swappiness 11 12\n"), &undo);
	assert_int_equal(undo.count, 1);
	assert_int_equal(undo_all(&undo, &said), 0);
	assert_int_equal(setting_read("vm.swappiness", now), 0);
	assert_string_equal(now, old);
	assert_non_null(strstr(buffer_cstr(&said), "somebody else"));
	buffer_done(&said);
}

static void a_journal_that_was_cut_is_believed_as_far_as_it_is_whole(void **state)
{
	(void)state;
	struct undo undo;

	undo_read(
		SPAN("setting vm.nr_hugepages 0 32\nsettled 30\nswap 3\nnonsense\nsetting vm.swap\ngroup vires-lab.7"),
		&undo);
	assert_int_equal(undo.count, 2);
	assert_string_equal(undo.steps[0].old, "0");
	assert_string_equal(undo.steps[0].new, "30");
	assert_int_equal(undo.steps[1].kind, UNDO_SWAP);
	assert_string_equal(undo.steps[1].name, "3");
}

static void only_one_lab_at_a_time_holds_the_lock(void **state)
{
	(void)state;
	struct guardian first = GUARDIAN_NONE, second = GUARDIAN_NONE;
	int64_t holder = 0;

	if (geteuid() != 0)
		skip_because("only root has /run/vires");
	guardian_end(&outer);
	int r = guardian_lock(&first, &holder);
	if (r == -EBUSY)
		skip_because("a lab runs at this moment");
	assert_int_equal(r, 0);
	assert_int_equal(guardian_lock(&second, &holder), -EBUSY);
	assert_int_equal(holder, getpid());
	assert_int_equal(guardian_start(&first), 0);
	pid_t pid = first.pid;
	close(first.lock);
	assert_int_equal(guardian_lock(&second, &holder), -EBUSY); /* the guardian has it, too */
	first.lock = -1;
	assert_int_equal(guardian_end(&first), 0);
	assert_false(journal_is_there(pid));
	assert_int_equal(guardian_lock(&second, &holder), 0);
	assert_int_equal(guardian_end(&second), 0);
}

static void unknown_settings_are_refused(void **state)
{
	(void)state;
	struct guardian guardian = GUARDIAN_NONE;

	if (geteuid() != 0)
		skip_because("only root may change settings");
	assert_int_equal(guardian_set(&guardian, "vm.nonsense", "1"), -EINVAL);
	assert_int_equal(guardian_set(&guardian, "vm.swappiness", "no number"), -EINVAL);
	assert_int_equal(guardian_end(&guardian), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_setting_is_restored_when_the_lab_is_killed),
		cmocka_unit_test(every_setting_is_restored_from_the_journal_when_both_are_killed),
		cmocka_unit_test(many_changes_are_undone_in_reverse),
		cmocka_unit_test(swap_goes_again),
		cmocka_unit_test(groups_and_scratch_directories_go_again),
		cmocka_unit_test(what_others_changed_meanwhile_is_left_alone),
		cmocka_unit_test(a_journal_that_was_cut_is_believed_as_far_as_it_is_whole),
		cmocka_unit_test(unknown_settings_are_refused),
		cmocka_unit_test(only_one_lab_at_a_time_holds_the_lock), /* last: it gives the outer one away */
	};

	int64_t holder;
	while (geteuid() == 0 && guardian_lock(&outer, &holder) == -EBUSY)
		pause_shortly();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
