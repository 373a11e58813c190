/* What an experiment may ask of its runner, with experiments made for that: this program is their runner and they. */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "collect/live.h"
#include "lab/child.h"
#include "lab/conduct.h"
#include "lab/judge.h"
#include "lab/peer.h"

enum { TURNS = 40 };

static void go_along(struct peer *peer, void *context)
{
	struct stage *stage = context;

	stage_mark(stage, "peer begins");
	peer_stop(peer);
	for (int i = 0; i < TURNS; i++)
		stage_mark(stage, "at once");
	stage_report(stage, "peer's pid", getpid());
	peer_stop(peer);
}

static void act_together(struct stage *stage)
{
	struct peer peer;

	peer_start(stage, &peer, go_along, stage);
	peer_send(&peer);
	for (int i = 0; i < TURNS; i++)
		stage_mark(stage, "at once");
	peer_await(&peer);
	stage_report(stage, "its child's pid", peer.pid);
	pid_t other = stage_fork(stage);
	if (other == 0) {
		pause();
		_exit(0);
	}
	stage_mark_of(stage, "another child", other);
	peer_end(&peer);
	stage_mark_of(stage, "gone", peer.pid);
}

static void act_marking(struct stage *stage)
{
	stage_mark(stage, "a mark");
	stage_report(stage, "a report", 1);
}

static void act_skip(struct stage *stage)
{
	stage_skip(stage, "not on a Saturday");
}

static void act_noise(struct stage *stage)
{
	stage_noise(stage, "too loud");
}

static void act_die(struct stage *stage)
{
	(void)stage;
	raise(SIGKILL);
}

static void act_for_ever(struct stage *stage)
{
	(void)stage;
	for (;;)
		pause();
}

static void act_scratch(struct stage *stage)
{
	struct stat status;

	stage_report(stage, "made", mkdir("folder", 0700) == 0 && symlink("/etc", "folder/link") == 0);
	stage_report(stage, "inode", stat(".", &status) == 0 ? (int64_t)status.st_ino : -1);
}

static void act_set(struct stage *stage)
{
	stage_report(stage, "set", stage_set(stage, "vm.swappiness", "61"));
	stage_report(stage, "swap", stage_swap(stage, 1 << 20));
	stage_report(stage, "group", stage_group_enter(stage));
}

static void act_cells(struct stage *stage)
{
	uint8_t cells[1000];

	for (size_t i = 0; i < sizeof cells; i++)
		cells[i] = i % 7;
	stage_cells(stage, "row", cells, sizeof cells);
	stage_slice(stage, "lane", 5, 9);
	stage_point(stage, "line", -1, INT64_MIN);
	/* a page of its own: what lies on the stack is written */
	cells[0] = 1;
	stage_pages(stage, "page", cells, 1);
}

EXPERIMENT(together) = { .id = "T01", .milliseconds = 1000, .act = act_together };
EXPERIMENT(skipping) = { .id = "T03", .milliseconds = 1000, .act = act_skip };
EXPERIMENT(noisy) = { .id = "T04", .milliseconds = 1000, .act = act_noise };
EXPERIMENT(dying) = { .id = "T05", .milliseconds = 1000, .act = act_die };
EXPERIMENT(for_ever) = { .id = "T06", .milliseconds = -490, .act = act_for_ever }; /* 100 ms are left of its patience */
EXPERIMENT(scratching) = { .id = "T07", .milliseconds = 1000, .act = act_scratch, .scratch = true };
EXPERIMENT(setting) = { .id = "T08", .milliseconds = 1000, .act = act_set, .needs = NEEDS_SYSTEM };
EXPERIMENT(drawing) = { .id = "T09", .milliseconds = 1000, .act = act_cells };
EXPERIMENT(marking) = { .id = "T02", .milliseconds = 1000, .act = act_marking };

static struct source *source;

static struct trial run(const struct experiment *experiment, const struct audience *audience)
{
	struct guardian guardian = GUARDIAN_NONE;
	const struct conditions conditions = { .source = source, .audience = audience, .guardian = &guardian };
	struct trial trial;

	assert_int_equal(conduct(experiment, &conditions, &trial), 0);
	assert_int_equal(guardian_end(&guardian), 0);
	return trial;
}

static enum verdict verdict_of(const struct trial *trial)
{
	struct judgement judgement;

	judge(trial, &judgement);
	return judgement.verdict;
}

static void marks_of_several_processes_are_told_apart(void **state)
{
	(void)state;
	struct trial trial = run(&together, NULL);
	int own = 0, of_peer = 0;
	int64_t said = 0, known = 1, pid;

	assert_string_equal(trial.reason, "");
	for (size_t i = 0; i < trial.moment_count; i++) {
		const struct moment *moment = &trial.moments[i];
		if (strcmp(moment->name, "at once") != 0)
			continue;
		own += !moment->of_child;
		of_peer += moment->of_child;
		assert_true(moment_number(moment, TASK_pid, &pid));
		assert_int_equal(pid, moment->pid); /* who stands still is who was measured */
	}
	assert_int_equal(own, TURNS);
	assert_int_equal(of_peer, TURNS);
	assert_true(trial_report(&trial, "peer's pid", &said) && trial_report(&trial, "its child's pid", &known));
	assert_int_equal(said, known);
	assert_true(trial_number(&trial, "peer begins", TASK_pid, &pid));
	assert_int_equal(pid, known);
	assert_true(trial_number(&trial, "another child", TASK_virt_bytes, &pid));
	assert_false(trial_number(&trial, "gone", TASK_virt_bytes, &pid));
	trial_done(&trial);
}

struct steps {
	char text[256];
	int measured;
};

static void count_measured(void *context, const struct trial *trial, int64_t pid)
{
	(void)trial;
	(void)pid;
	((struct steps *)context)->measured++;
}

static void nothing_new(void *context, const struct trial *trial)
{
	(void)context;
	(void)trial;
}

static void note_step(void *context, const struct trial *trial)
{
	struct steps *steps = context;

	strncat(steps->text, trial->step, sizeof steps->text - strlen(steps->text) - 1);
	strncat(steps->text, ",", sizeof steps->text - strlen(steps->text) - 1);
}

static void each_mark_is_shown_while_its_process_stands_still(void **state)
{
	(void)state;
	struct steps steps = { 0 };
	const struct audience audience = { &steps, count_measured, nothing_new, note_step };
	struct trial trial = run(&together, &audience);

	assert_int_equal(steps.measured, 2 * TURNS + 3);
	trial_done(&trial);
}

static void marks_and_reports_are_steps_where_that_is_wanted(void **state)
{
	(void)state;
	struct steps steps = { 0 };
	const struct audience audience = { &steps, count_measured, nothing_new, note_step };
	struct guardian guardian = GUARDIAN_NONE;
	struct conditions conditions = {
		.source = source, .audience = &audience, .guardian = &guardian, .steps = true
	};
	struct trial trial;

	assert_int_equal(conduct(&marking, &conditions, &trial), 0);
	assert_string_equal(steps.text, "a mark,a report,");
	trial_done(&trial);
	steps = (struct steps){ 0 };
	conditions.steps = false;
	assert_int_equal(conduct(&marking, &conditions, &trial), 0);
	assert_string_equal(steps.text, "");
	assert_int_equal(guardian_end(&guardian), 0);
	trial_done(&trial);
}

static void an_experiment_ends_as_it_says(void **state)
{
	(void)state;
	static const struct {
		const struct experiment *experiment;
		enum verdict verdict;
		const char *reason;
	} cases[] = { { &skipping, SKIP, "not on a Saturday" },
		      { &noisy, INCONCLUSIVE, "too loud" },
		      { &dying, FAIL, "it did not come to its end" },
		      { &for_ever, FAIL, "it did not come to its end" },
		      { &marking, OBSERVED, "" } };

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct trial trial = run(cases[i].experiment, NULL);
		assert_int_equal(verdict_of(&trial), cases[i].verdict);
		assert_string_equal(trial.reason, cases[i].reason);
		trial_done(&trial);
	}
}

static void a_scratch_directory_is_its_own_and_goes_with_it(void **state)
{
	(void)state;
	struct trial trial = run(&scratching, NULL);
	char path[64];
	int64_t made, first, second;

	assert_true(trial_report(&trial, "made", &made) && trial_report(&trial, "inode", &first));
	assert_true(made);
	trial_done(&trial);
	for (int i = 0; i < 4; i++) {
		snprintf(path, sizeof path, "/var/tmp/vires-lab.%d.%d", (int)getpid(), i);
		assert_int_equal(access(path, F_OK), -1);
	}
	assert_int_equal(access("/etc", F_OK), 0); /* links are not followed */
	struct stat here;
	assert_int_equal(stat(".", &here), 0);
	second = (int64_t)here.st_ino;
	assert_int_not_equal(first, second);
}

static void without_the_option_nothing_of_the_machine_is_changed(void **state)
{
	(void)state;
	struct trial trial = run(&setting, NULL);
	int64_t error;

	assert_true(trial_report(&trial, "set", &error));
	assert_int_equal(error, -EPERM);
	assert_true(trial_report(&trial, "swap", &error));
	assert_int_equal(error, -EPERM);
	assert_true(trial_report(&trial, "group", &error));
	assert_int_equal(error, -EOPNOTSUPP);
	trial_done(&trial);
}

static void what_is_drawn_arrives_whole(void **state)
{
	(void)state;
	struct trial trial = run(&drawing, NULL);
	const struct cells *row = trial_cells(&trial, "row"), *page = trial_cells(&trial, "page");

	assert_non_null(row);
	assert_int_equal(row->count, 1000);
	for (size_t i = 0; i < row->count; i++)
		assert_int_equal(row->at[i], i % 7);
	assert_non_null(page);
	assert_int_equal(page->count, 1);
	assert_int_equal(page->at[0], CELL_OWN);
	assert_int_equal(trial.point_count, 2);
	assert_true(trial.points[0].slice && trial.points[0].x == 5 && trial.points[0].y == 9);
	assert_true(!trial.points[1].slice && trial.points[1].x == -1 && trial.points[1].y == INT64_MIN);
	trial_done(&trial);
}

static int be_child(char **words)
{
	for (const struct experiment *const *e = __start_vires_lab; e < __stop_vires_lab; e++)
		if (!strcmp((*e)->id, words[0]))
			child_run(*e, (int)strtol(words[1], NULL, 10), (int)strtol(words[2], NULL, 10),
			          !strcmp(words[3], "idle"));
	return 1;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(marks_of_several_processes_are_told_apart),
		cmocka_unit_test(each_mark_is_shown_while_its_process_stands_still),
		cmocka_unit_test(marks_and_reports_are_steps_where_that_is_wanted),
		cmocka_unit_test(an_experiment_ends_as_it_says),
		cmocka_unit_test(a_scratch_directory_is_its_own_and_goes_with_it),
		cmocka_unit_test(without_the_option_nothing_of_the_machine_is_changed),
		cmocka_unit_test(what_is_drawn_arrives_whole),
	};

	if (argc == 7 && !strcmp(argv[2], "--child"))
		return be_child(argv + 3);
	signal(SIGPIPE, SIG_IGN);
	unsetenv("TMPDIR");
	if (live_new(NULL, true, &source) < 0)
		return 1;
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	source_free(source);
	return failed;
}
