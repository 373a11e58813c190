/* Keys of top that do something to one task. */
#include <errno.h>
#include <stdio.h>

#include "base/signals.h"
#include "collect/renice.h"
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

	for (size_t row = 0; row < screen->now.count; row++)
		if (snapshot_number(&screen->now, row, TASK_pid, &number) && number == pid &&
		    snapshot_number(&screen->now, row, TASK_started_ns, &start))
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

static void answered_signal(struct top_screen *screen, const char *answer)
{
	enum { TERM = 15 };
	int signal = answer[0] ? signal_number(answer) : TERM;

	if (signal < 0) {
		top_screen_say(screen, "Invalid signal");
		return;
	}
	if (signal == 0)
		return;
	int r = process_send(screen->pid, screen->started_ns, signal, NULL);
	if (r < 0)
		top_screen_say(screen, "Failed signal pid '%lld' with '%d': %s", (long long)screen->pid, signal,
		               strerror(-r));
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
	screen->pid = top_first_task(screen).pid;
	top_screen_ask(screen, answered_signal_pid, "PID to signal/kill [default pid = %lld]", (long long)screen->pid);
}

static void answered_nice(struct top_screen *screen, const char *answer)
{
	int64_t nice;

	if (!answer[0])
		return;
	if (!word_integer(answer, &nice) || nice < -100 || nice > 100) {
		top_screen_say(screen, "Unacceptable integer");
		return;
	}
	int r = process_renice(screen->pid, screen->started_ns, (int)nice);
	if (r < 0)
		top_screen_say(screen, "Failed renice of PID %lld to %lld: %s", (long long)screen->pid, (long long)nice,
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
	screen->pid = top_first_task(screen).pid;
	top_screen_ask(screen, answered_nice_pid, "PID to renice [default pid = %lld]", (long long)screen->pid);
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
