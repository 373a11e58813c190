/* Keys of top that do something to one task. */
#include <errno.h>
#include <stdio.h>

#include "base/signals.h"
#include "collect/priority.h"
#include "collect/send.h"
#include "render/marked.h"
#include "tools/screens/top_screen.h"
#include "tools/words.h"

struct top_task top_first_task(struct top_screen *screen)
{
	const struct top_frame *frame = top_screen_frame(screen);
	size_t first = top_pane(screen)->first_row;

	return frame && first < frame->count ? top_task_of(&frame->view, frame->rows[first]) :
	                                       (struct top_task){ 0, -1 };
}

/* Since when that task runs, as we have seen it; -1 for one that we have not. */
static int64_t started(const struct top_screen *screen, int64_t pid)
{
	int64_t number, start;

	for (size_t row = 0; row < screen->feed.now.count; row++)
		if (snapshot_number(&screen->feed.now, row, TASK_pid, &number) && number == pid &&
		    snapshot_number(&screen->feed.now, row, TASK_started_ns, &start))
			return start;
	return -1;
}

bool top_is_here(struct top_screen *screen)
{
	if (!screen->top->shared.place.root)
		return true;
	top_screen_say(screen, "Not possible: these are tasks of a captured machine");
	return false;
}

bool top_choose_pid(struct top_screen *screen, const char *answer)
{
	int64_t pid = screen->pid;

	if (answer[0] && !word_integer(answer, &pid)) {
		top_screen_say(screen, "Unacceptable integer");
		return false;
	}
	screen->pid = pid;
	screen->started_ns = started(screen, pid);
	return pid > 0;
}

/* Does it to the tagged tasks, or to the one that was chosen. Gives the first -errno, and whose it is. */
static int each_task(struct top_screen *screen, int (*act)(int64_t pid, int64_t started_ns, int value), int value,
                     int64_t *ret_pid)
{
	const struct top *top = screen->top;
	int first = 0;

	*ret_pid = screen->pid;
	if (!top->tagged_count)
		return act(screen->pid, screen->started_ns, value);
	for (size_t i = 0; i < top->tagged_count; i++) {
		int r = act(top->tagged[i].pid, top->tagged[i].started_ns, value);
		if (r < 0 && first == 0) {
			first = r;
			*ret_pid = top->tagged[i].pid;
		}
	}
	return first;
}

static int send_signal(int64_t pid, int64_t started_ns, int number)
{
	return process_send(pid, started_ns, number, NULL);
}

static void answered_signal(struct top_screen *screen, const char *answer)
{
	enum { TERM = 15 };
	int signal = answer[0] ? signal_number(answer) : TERM;
	int64_t pid;

	if (signal < 0) {
		top_screen_say(screen, "Invalid signal");
		return;
	}
	if (signal == 0)
		return;
	int r = each_task(screen, send_signal, signal, &pid);
	if (r < 0)
		top_screen_say(screen, "Failed signal pid '%lld' with '%d': %s", (long long)pid, signal, strerror(-r));
	top_screen_refresh(screen);
}

static void answered_signal_pid(struct top_screen *screen, const char *answer)
{
	if (top_choose_pid(screen, answer))
		top_screen_ask(screen, answered_signal, "Send pid %lld signal [15/sigterm]", (long long)screen->pid);
}

void top_ask_signal(struct top_screen *screen)
{
	if (!top_is_here(screen))
		return;
	if (screen->top->tagged_count) {
		top_screen_ask(screen, answered_signal, "Send the %zu tagged tasks signal [15/sigterm]",
		               screen->top->tagged_count);
		return;
	}
	screen->pid = top_first_task(screen).pid;
	top_screen_ask(screen, answered_signal_pid, "PID to signal/kill [default pid = %lld]", (long long)screen->pid);
}

static void answered_nice(struct top_screen *screen, const char *answer)
{
	int64_t nice, pid;

	if (!answer[0])
		return;
	if (!word_integer(answer, &nice) || nice < -100 || nice > 100) {
		top_screen_say(screen, "Unacceptable integer");
		return;
	}
	int r = each_task(screen, process_renice, (int)nice, &pid);
	if (r < 0)
		top_screen_say(screen, "Failed renice of PID %lld to %lld: %s", (long long)pid, (long long)nice,
		               strerror(-r));
	top_screen_refresh(screen);
}

static void answered_nice_pid(struct top_screen *screen, const char *answer)
{
	if (top_choose_pid(screen, answer))
		top_screen_ask(screen, answered_nice, "Renice PID %lld to value", (long long)screen->pid);
}

void top_ask_nice(struct top_screen *screen)
{
	if (!top_is_here(screen))
		return;
	if (screen->top->tagged_count) {
		top_screen_ask(screen, answered_nice, "Renice the %zu tagged tasks to value",
		               screen->top->tagged_count);
		return;
	}
	screen->pid = top_first_task(screen).pid;
	top_screen_ask(screen, answered_nice_pid, "PID to renice [default pid = %lld]", (long long)screen->pid);
}

static void answered_tag(struct top_screen *screen, const char *answer)
{
	struct top *top = screen->top;

	if (!top_choose_pid(screen, answer))
		return;
	struct top_task task = { screen->pid, screen->started_ns };
	for (size_t i = 0; i < top->tagged_count; i++)
		if (!memcmp(&top->tagged[i], &task, sizeof task)) {
			top->tagged[i] = top->tagged[--top->tagged_count];
			top->tagged[top->tagged_count] = (struct top_task){ 0 };
			return;
		}
	if (task.started_ns < 0)
		top_screen_say(screen, "There is no task %lld", (long long)task.pid);
	else if (top->tagged_count == TOP_TAGGED_MOST)
		top_screen_say(screen, "No more than %d tasks can be tagged", TOP_TAGGED_MOST);
	else
		top->tagged[top->tagged_count++] = task;
}

void top_ask_tag(struct top_screen *screen)
{
	screen->pid = top_first_task(screen).pid;
	top_screen_ask(screen, answered_tag, "PID to tag, or to tag no longer [default pid = %lld]",
	               (long long)screen->pid);
}

static void answered_group_nice(struct top_screen *screen, const char *answer)
{
	enum { LEAST = -20, MOST = 19 };
	int64_t nice;

	if (!answer[0])
		return;
	if (!word_integer(answer, &nice)) {
		top_screen_say(screen, "Unacceptable integer");
		return;
	}
	if (nice < LEAST || nice > MOST) {
		top_screen_say(screen, "valid AGNI range is %d to +%d", LEAST, MOST);
		return;
	}
	int r = process_renice_group(screen->pid, screen->started_ns, (int)nice);
	if (r < 0)
		top_screen_say(screen, "Failed autogroup of PID %lld to %lld: %s", (long long)screen->pid,
		               (long long)nice, r == -ENOENT ? "this kernel has no autogroups" : strerror(-r));
	top_screen_refresh(screen);
}

static void answered_group_pid(struct top_screen *screen, const char *answer)
{
	if (top_choose_pid(screen, answer))
		top_screen_ask(screen, answered_group_nice, "set pid %lld AGNI value to", (long long)screen->pid);
}

void top_ask_group_nice(struct top_screen *screen)
{
	if (!top_is_here(screen))
		return;
	screen->pid = top_first_task(screen).pid;
	top_screen_ask(screen, answered_group_pid, "PID to renice [default pid = %lld]", (long long)screen->pid);
}
