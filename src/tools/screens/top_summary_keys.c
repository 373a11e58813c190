/* Keys of top about the lines above its tables, and switches that hold for all windows. */
#include <errno.h>
#include <string.h>

#include "base/clock.h"
#include "tools/screens/top_screen.h"
#include "tools/words.h"

static struct top_settings *set(struct top_screen *screen)
{
	return &screen->top->settings;
}

void top_toggle_load(struct top_screen *screen)
{
	top_window(screen)->load = !top_window(screen)->load;
	top_screen_changed(screen);
}

void top_turn_cpu_graph(struct top_screen *screen)
{
	top_window(screen)->cpu_graph = (top_window(screen)->cpu_graph + 1) % GRAPHS;
	top_screen_inks(set(screen));
}

void top_turn_memory_graph(struct top_screen *screen)
{
	top_window(screen)->memory_graph = (top_window(screen)->memory_graph + 1) % GRAPHS;
	top_screen_inks(set(screen));
	top_screen_changed(screen);
}

void top_toggle_promise(struct top_screen *screen)
{
	top_window(screen)->promise = !top_window(screen)->promise;
	top_screen_changed(screen);
}

/* What is about single CPUs does nothing where they are not to be seen. */
static bool is_mode(struct top_screen *screen, bool right)
{
	if (!right)
		top_screen_say(screen, "wrong mode, command inactive");
	return right;
}

void top_toggle_each_cpu(struct top_screen *screen)
{
	struct top_window *window = top_window(screen);

	window->cpus = window->cpus == CPUS_EACH ? CPUS_ALL : CPUS_EACH;
	window->abreast = 1;
}

void top_toggle_nodes(struct top_screen *screen)
{
	struct top_window *window = top_window(screen);

	window->cpus = window->cpus == CPUS_NODES ? CPUS_ALL : CPUS_NODES;
	top_screen_changed(screen);
}

static int64_t last_node(const struct top_screen *screen)
{
	int64_t last = -1;

	for (size_t i = 0; i < screen->feed.now.cpu_count; i++) {
		const struct cpu *cpu = &screen->feed.now.cpus[i];
		if (cpu_has(cpu, node) && cpu->node > last)
			last = cpu->node;
	}
	return last;
}

static void answered_node(struct top_screen *screen, const char *answer)
{
	struct top_window *window = top_window(screen);
	int64_t node;

	if (!answer[0])
		return;
	if (!word_integer(answer, &node) || node < 0 || node > last_node(screen)) {
		top_screen_say(screen, "invalid numa node");
		return;
	}
	window->node = node;
	window->cpus = CPUS_NODE;
	top_screen_changed(screen);
}

/* The nodes are looked up from here on, so that there is something to choose from. */
void top_ask_node(struct top_screen *screen)
{
	if (top_window(screen)->cpus < CPUS_NODES) {
		top_window(screen)->cpus = CPUS_NODES;
		top_screen_changed(screen);
	}
	if (last_node(screen) < 0)
		top_screen_ask(screen, answered_node, "expand which numa node");
	else
		top_screen_ask(screen, answered_node, "expand which numa node (0-%lld)", (long long)last_node(screen));
}

void top_check_nodes(struct top_screen *screen)
{
	if (top_window(screen)->cpus < CPUS_NODES || !field_set_has(&screen->feed.request.cpu_fields, CPU_node) ||
	    screen->feed.waiting || last_node(screen) >= 0)
		return;
	top_window(screen)->cpus = CPUS_ALL;
	screen->answered = NULL;
	top_screen_say(screen, "sorry, NUMA extensions unavailable");
}

void top_turn_abreast(struct top_screen *screen)
{
	struct top_window *window = top_window(screen);
	size_t most = screen->feed.now.cpu_count < TOP_ABREAST_MOST ? screen->feed.now.cpu_count : TOP_ABREAST_MOST;

	if (!is_mode(screen, window->cpus < CPUS_NODES))
		return;
	window->cpus = CPUS_EACH;
	window->abreast = most ? window->abreast % (unsigned)most + 1 : 1;
	top_screen_say(screen, "%u CPUs on a line", window->abreast);
}

/* Each time twice as many are added to the first one. */
void top_combine_cpus(struct top_screen *screen)
{
	struct top_window *window = top_window(screen);
	unsigned more = window->combined - 1;

	if (!is_mode(screen, window->cpus == CPUS_EACH))
		return;
	more = more ? more * 2 : 1;
	window->combined = more < screen->feed.now.cpu_count ? more + 1 : 1;
}

void top_turn_summary_unit(struct top_screen *screen)
{
	set(screen)->summary_unit = (set(screen)->summary_unit + 1) % 6;
}

void top_turn_task_unit(struct top_screen *screen)
{
	set(screen)->task_unit = (set(screen)->task_unit + 1) % 5;
	top_screen_changed(screen);
}

void top_turn_time_unit(struct top_screen *screen)
{
	set(screen)->time_unit = (set(screen)->time_unit + 1) % 5;
	top_screen_changed(screen);
}

void top_toggle_irix(struct top_screen *screen)
{
	if (screen->feed.now.cpu_count < 2) {
		top_screen_say(screen, "Only 1 cpu detected");
		return;
	}
	set(screen)->irix = !set(screen)->irix;
	top_screen_changed(screen);
	top_screen_say_switch(screen, "Irix mode", set(screen)->irix);
}

void top_toggle_threads(struct top_screen *screen)
{
	set(screen)->threads = !set(screen)->threads;
	top_screen_changed(screen);
	top_screen_say_switch(screen, "Show threads", set(screen)->threads);
}

void top_toggle_zeros(struct top_screen *screen)
{
	set(screen)->zeros_blank = !set(screen)->zeros_blank;
	top_screen_changed(screen);
}

static void answered_widening(struct top_screen *screen, const char *answer)
{
	enum { MOST = TOP_COLUMN_WIDEST - 10 };
	struct top *top = screen->top;
	int64_t more;

	if (!answer[0])
		return;
	if (!word_integer(answer, &more) || more > MOST) {
		top_screen_say(screen, "Unacceptable integer");
		return;
	}
	top->settings.widening = more < 0 ? -1 : (int)more;
	top_columns_make(&top->columns, top->pid_most, top->cpu_count, top->settings.widening);
	top_screen_changed(screen);
}

void top_ask_widening(struct top_screen *screen)
{
	top_screen_ask(screen, answered_widening, "width incr is %d, change to (0 default, -1 auto)",
	               set(screen)->widening);
}

static void answered_delay(struct top_screen *screen, const char *answer)
{
	int64_t delay;

	if (!answer[0])
		return;
	if (!word_seconds(answer, &delay) || delay < 0) {
		top_screen_say(screen, "Unacceptable floating point");
		return;
	}
	set(screen)->delay_ns = delay;
	top_screen_refresh(screen);
}

void top_ask_delay(struct top_screen *screen)
{
	top_screen_ask(screen, answered_delay, "Change delay from %.1f to", (double)set(screen)->delay_ns / NS_PER_S);
}

void top_save(struct top_screen *screen)
{
	char path[CONFIG_PATH];

	int r = top_settings_save(screen->top, path);
	if (r < 0)
		top_screen_say(screen, "Failed '%s' open: %s", path, strerror(-r));
	else
		top_screen_say(screen, "Wrote configuration to '%s'", path);
}
