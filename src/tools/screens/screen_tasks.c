/* Keys of the vires screen that deal with processes: the tagged ones, or the one under the cursor. */
#include <errno.h>
#include <sched.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

#include "base/array.h"
#include "base/signals.h"
#include "collect/affinity.h"
#include "collect/priority.h"
#include "collect/send.h"
#include "tools/screens/screen_show.h"

extern char **environ;

/* Whom a key is meant for. False when there is nobody. */
static bool each(struct screen_show *show, int (*deal)(struct screen_show *, struct screen_who, int64_t), int64_t value,
                 const char *what)
{
	struct screen_who who;
	size_t failed = 0;
	int why = 0;

	if (show->tag_count == 0) {
		if (!show_under_cursor(show, &who)) {
			show_say(show, "No single process is under the cursor");
			return false;
		}
		why = deal(show, who, value);
		failed = why < 0;
	}
	for (size_t i = 0; i < show->tag_count; i++) {
		int r = deal(show, show->tags[i], value);
		why = r < 0 ? r : why;
		failed += r < 0;
	}
	if (failed)
		show_say(show, "%s: %zu failed: %s", what, failed, strerror(-why));
	feed_hurry(&show->feed);
	return failed == 0;
}

static void tag(struct screen_show *show, struct screen_who who)
{
	struct screen_who *tags = reallocarray(show->tags, show->tag_count + 1, sizeof *tags);

	if (!tags)
		return;
	show->tags = tags;
	show->tags[show->tag_count++] = who;
}

static void untag(struct screen_show *show, struct screen_who who)
{
	for (size_t i = 0; i < show->tag_count; i++)
		if (show->tags[i].pid == who.pid && show->tags[i].started_ns == who.started_ns)
			show->tags[i--] = show->tags[--show->tag_count];
}

void tasks_tag(struct screen_show *show)
{
	struct screen_who who;

	if (show_under_cursor(show, &who)) {
		if (show_is_tagged(show, who))
			untag(show, who);
		else
			tag(show, who);
	}
	list_key(&show->list, KEY_ARROW_DOWN);
}

/* All rows whose parent is tagged, until no more are found. */
void tasks_tag_children(struct screen_show *show)
{
	const struct screen_frame *frame = show_frame(show);
	struct screen_who who;
	size_t before;

	if (!show_under_cursor(show, &who))
		return;
	if (!show_is_tagged(show, who))
		tag(show, who);
	do {
		before = show->tag_count;
		for (size_t row = 0; row < frame->view.now->count; row++) {
			int64_t parent = 0;
			view_number(&frame->view, row, TASK_ppid, &parent);
			if (!view_number(&frame->view, row, TASK_pid, &who.pid) ||
			    !view_number(&frame->view, row, TASK_started_ns, &who.started_ns) ||
			    show_is_tagged(show, who))
				continue;
			for (size_t i = 0; i < before; i++)
				if (show->tags[i].pid == parent) {
					tag(show, who);
					break;
				}
		}
	} while (show->tag_count > before);
	show_say(show, "%zu tagged", show->tag_count);
}

void tasks_untag(struct screen_show *show)
{
	show->tag_count = 0;
}

static int send(struct screen_show *show, struct screen_who who, int64_t signal)
{
	(void)show;
	return process_send(who.pid, who.started_ns, (int)signal, NULL);
}

/* Gives to how many. The table may have moved under the menu: whom the cursor was on when it was opened is meant. */
static size_t each_meant(struct screen_show *show, int (*deal)(struct screen_show *, struct screen_who, int64_t),
                         int64_t value, const char *what)
{
	bool alone = show->tag_count == 0;

	if (alone)
		tag(show, show->subject);
	size_t count = each(show, deal, value, what) ? show->tag_count : 0;
	if (alone)
		show->tag_count = 0;
	return count;
}

static bool may_act_on_some(struct screen_show *show)
{
	return show_may_act(show) && (show_under_cursor(show, &show->subject) || show->tag_count);
}

static void chosen_signal(struct screen_show *show, int64_t signal)
{
	size_t count = signal ? each_meant(show, send, signal, "Signal") : 0;

	if (count)
		show_say(show, "Signal %lld sent to %zu", (long long)signal, count);
}

void tasks_kill(struct screen_show *show)
{
	enum { TERM = 15 };
	char name[SIGNAL_NAME_BYTES], line[64];

	if (!may_act_on_some(show))
		return;
	show_menu(show, "Send signal:", chosen_signal);
	menu_add(&show->menu, SPAN("0 Cancel"), 0);
	for (int number = 1; number < SIGNALS_NAMED; number++) {
		snprintf(line, sizeof line, "%2d SIG%s", number, signal_name(number, name));
		menu_add(&show->menu, span_of(line), number);
	}
	show->menu.list.at = TERM;
	if (show->tag_count)
		show_say(show, "To %zu tagged processes: Enter sends, Esc does not", show->tag_count);
	else
		show_say(show, "To process %lld: Enter sends, Esc does not", (long long)show->subject.pid);
}

static int renice(struct screen_show *show, struct screen_who who, int64_t step)
{
	enum { NICE_LEAST = -20, NICE_MOST = 19 };
	uint32_t row;
	int64_t nice;

	if (!show_row_of(show, who, &row) || !view_number(&show->frame.view, row, TASK_nice, &nice))
		return -ESRCH;
	nice += step;
	if (nice < NICE_LEAST || nice > NICE_MOST)
		return -ERANGE;
	return process_renice(who.pid, who.started_ns, (int)nice);
}

void tasks_nicer(struct screen_show *show)
{
	if (show_may_act(show))
		each(show, renice, 1, "Nice value");
}

void tasks_less_nice(struct screen_show *show)
{
	if (show_may_act(show))
		each(show, renice, -1, "Nice value");
}

/* It is in no row of the table: read now. */
static int group_nice(struct screen_who who, int64_t *ret)
{
	struct request request = { .tasks = true, .pids = &who.pid, .pid_count = 1 };
	struct source *source;
	struct snapshot now;

	request_field(&request, &request.fields, TASK_autogroup_nice);
	int r = place_open(&(struct place){ NULL, "proc" }, false, &source);
	if (r < 0)
		return r;
	r = source_take(source, &request, &now);
	source_free(source);
	if (r < 0)
		return r;
	bool known = now.count && snapshot_number(&now, 0, TASK_autogroup_nice, ret);
	snapshot_done(&now);
	return known ? 0 : -ENOENT;
}

static int renice_group(struct screen_show *show, struct screen_who who, int64_t step)
{
	int64_t nice;

	int r = group_nice(who, &nice);
	if (r == 0)
		r = process_renice_group(who.pid, who.started_ns, (int)(nice + step));
	if (r == 0)
		show_say(show, "The autogroup of %lld has nice %lld", (long long)who.pid, (long long)(nice + step));
	return r;
}

void tasks_group_nicer(struct screen_show *show)
{
	if (show_may_act(show))
		each(show, renice_group, 1, "Nice of the autogroup");
}

void tasks_group_less_nice(struct screen_show *show)
{
	if (show_may_act(show))
		each(show, renice_group, -1, "Nice of the autogroup");
}

enum { IO_LEVELS = 8, CANCELLED = -1 };

static int set_io_priority(struct screen_show *show, struct screen_who who, int64_t value)
{
	(void)show;
	return process_io_priority(who.pid, who.started_ns, (enum io_class)(value / IO_LEVELS),
	                           (int)(value % IO_LEVELS));
}

static void chosen_io_priority(struct screen_show *show, int64_t value)
{
	size_t count = value == CANCELLED ? 0 : each_meant(show, set_io_priority, value, "IO priority");

	if (count)
		show_say(show, "IO priority of %zu is set", count);
}

void tasks_io_priority(struct screen_show *show)
{
	char line[64];

	if (!may_act_on_some(show))
		return;
	show_menu(show, "IO priority:", chosen_io_priority);
	menu_add(&show->menu, SPAN("Cancel"), CANCELLED);
	menu_add(&show->menu, SPAN("By the nice value"), IO_CLASS_NONE * IO_LEVELS);
	for (int class = IO_CLASS_REALTIME; class <= IO_CLASS_BEST_EFFORT; class ++)
		for (int level = 0; level < IO_LEVELS; level++) {
			snprintf(line, sizeof line, "%s %d%s", class == IO_CLASS_REALTIME ? "Realtime" : "Best effort",
			         level,
			         level == 0             ? " (high)" :
			         level == IO_LEVELS - 1 ? " (low)" :
			                                  "");
			menu_add(&show->menu, span_of(line), class * IO_LEVELS + level);
		}
	menu_add(&show->menu, SPAN("Idle"), IO_CLASS_IDLE * IO_LEVELS);
}

enum { PRIORITIES = 100 };

static int set_policy(struct screen_show *show, struct screen_who who, int64_t value)
{
	(void)show;
	return process_schedule(who.pid, who.started_ns, (int)(value / PRIORITIES), (int)(value % PRIORITIES));
}

static void chosen_priority(struct screen_show *show, int64_t value)
{
	size_t count = value == CANCELLED ? 0 : each_meant(show, set_policy, value, "Policy");

	if (count)
		show_say(show, "Scheduling policy of the first thread of %zu is set", count);
}

static void chosen_policy(struct screen_show *show, int64_t policy)
{
	char line[16];

	if (policy != SCHED_FIFO && policy != SCHED_RR) {
		chosen_priority(show, policy == CANCELLED ? CANCELLED : policy * PRIORITIES);
		return;
	}
	show_menu(show, "Its priority:", chosen_priority);
	menu_add(&show->menu, SPAN("Cancel"), CANCELLED);
	for (int priority = 1; priority < PRIORITIES; priority++) {
		snprintf(line, sizeof line, "%d", priority);
		menu_add(&show->menu, span_of(line), policy * PRIORITIES + priority);
	}
}

void tasks_policy(struct screen_show *show)
{
	if (!may_act_on_some(show))
		return;
	show_menu(show, "Scheduling policy:", chosen_policy);
	menu_add(&show->menu, SPAN("Cancel"), CANCELLED);
	menu_add(&show->menu, SPAN("Other: shares by nice"), SCHED_OTHER);
	menu_add(&show->menu, SPAN("Batch: the same, for long work"), SCHED_BATCH);
	menu_add(&show->menu, SPAN("Idle: when nobody else runs"), SCHED_IDLE);
	menu_add(&show->menu, SPAN("FIFO: until it waits"), SCHED_FIFO);
	menu_add(&show->menu, SPAN("RR: FIFO in turns"), SCHED_RR);
}

static struct cpu_set wanted_cpus;

static int set_affinity(struct screen_show *show, struct screen_who who, int64_t unused)
{
	uint32_t row;

	(void)unused;
	return show_row_of(show, who, &row) ? affinity_set((int32_t)who.pid, &wanted_cpus) : -ESRCH;
}

static void answered_affinity(struct screen_show *show, const char *text)
{
	if (!text || !text[0])
		return;
	if (cpu_set_parse_list(span_of(text), &wanted_cpus) < 0)
		show_say(show, "'%s' is no list of CPUs; it looks like 0-3,8", text);
	else if (each(show, set_affinity, 0, "Affinity"))
		show_say(show, "May run on CPUs %s now", text);
	cpu_set_done(&wanted_cpus);
	wanted_cpus = (struct cpu_set){ 0 };
}

void tasks_affinity(struct screen_show *show)
{
	struct buffer question = { 0 };
	struct cpu_set now = { 0 };
	struct screen_who who;

	if (!show_may_act(show) || !show_under_cursor(show, &who))
		return;
	buffer_format(&question, "CPUs of %lld (first thread)", (long long)who.pid);
	if (affinity_get((int32_t)who.pid, &now) == 0) {
		buffer_text(&question, ", now ");
		cpu_set_put_list(&question, &now);
	}
	buffer_char(&question, ':');
	show_ask(show, NULL, answered_affinity, buffer_cstr(&question));
	cpu_set_done(&now);
	buffer_done(&question);
}

/* strace has the terminal until it is stopped with ^C. */
void tasks_trace(struct screen_show *show)
{
	struct screen_who who;
	char pid[24];
	char *const argv[] = { "strace", "-f", "-p", pid, NULL };
	pid_t child;
	int status = 0;

	if (!show_may_act(show) || !show_under_cursor(show, &who))
		return;
	snprintf(pid, sizeof pid, "%lld", (long long)who.pid);
	screen_leave();
	printf("strace -f -p %s: ^C comes back\n", pid);
	fflush(stdout);
	signals_give_back();
	int r = posix_spawnp(&child, "strace", NULL, NULL, argv, environ);
	if (r == 0)
		while (waitpid(child, &status, 0) < 0 && errno == EINTR)
			;
	signals_take();
	screen_return();
	if (r)
		show_say(show, r == ENOENT ? "strace is not installed" : "strace: %s", strerror(r));
	else if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
		show_say(show, "strace is not installed");
	else if (WIFEXITED(status) && WEXITSTATUS(status))
		show_say(show, "strace could not trace %s", pid);
}

static bool unfold(struct screen_folds *folds, int64_t pid)
{
	for (size_t i = 0; i < folds->count; i++)
		if (folds->pids[i] == pid) {
			folds->pids[i] = folds->pids[--folds->count];
			return true;
		}
	return false;
}

static void fold(struct screen_folds *folds, int64_t pid)
{
	int64_t *pids = array_room(folds->pids, folds->count, &folds->capacity, sizeof *pids);
	if (!pids)
		return;
	folds->pids = pids;
	folds->pids[folds->count++] = pid;
}

void tasks_fold(struct screen_show *show)
{
	struct screen_who who;

	if (!screen_is_tree(&show->call->settings) || !show_under_cursor(show, &who))
		return;
	if (!unfold(&show->folds, who.pid))
		fold(&show->folds, who.pid);
	show_changed(show);
}

void tasks_fold_all(struct screen_show *show)
{
	const struct screen_frame *frame = show_frame(show);
	int64_t pid;

	if (!screen_is_tree(&show->call->settings) || !frame)
		return;
	if (show->folds.count) {
		show->folds.count = 0;
	} else {
		for (size_t i = 0; i < frame->count; i++)
			if (frame->items[i].branch > 1 &&
			    view_number(&frame->view, screen_item_row(frame, &frame->items[i]), TASK_pid, &pid))
				fold(&show->folds, pid);
	}
	show_changed(show);
}

void tasks_fold_parent(struct screen_show *show)
{
	const struct screen_frame *frame = show_frame(show);
	size_t at = show->list.at;

	if (!screen_is_tree(&show->call->settings) || !frame || at >= frame->count || frame->items[at].depth == 0)
		return;
	while (at > 0 && frame->items[at].depth >= frame->items[show->list.at].depth)
		at--;
	show->list.at = at;
	tasks_fold(show);
}
