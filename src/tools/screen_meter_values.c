/* What the meters of the vires screen show: of CPUs, memory, tasks, load, pressure. */
#include <unistd.h>

#include "base/clock.h"
#include "model/cpu_times.h"
#include "render/duration.h"
#include "render/number.h"
#include "render/text.h"
#include "render/uptime_line.h"
#include "tools/screen_meters.h"

enum { PERCENTS = 10000, WHOLE = 100 * PERCENTS };

void meter_part(struct meter_reading *reading, int64_t value, enum mark how)
{
	reading->parts[reading->count++] = (struct meter_part){ value, how };
}

static void word(struct meter_reading *reading, const char *name, int64_t share, enum mark how)
{
	buffer_format(&reading->words, " %s:", name);
	mark(&reading->words, how);
	buffer_format(&reading->words, "%.1f%%", (double)share / PERCENTS);
	mark(&reading->words, MARK_PLAIN);
}

static bool cpu_shares(const struct view *view, unsigned cpu, int64_t shares[CPU_TIMES])
{
	struct cpu_times before, now;

	if (!view->before)
		return false;
	if (cpu == 0)
		return cpu_times_of_machine(&view->before->machine, &before) &&
		       cpu_times_of_machine(&view->now->machine, &now) && cpu_times_shares(&before, &now, shares);
	if (cpu > view->now->cpu_count)
		return false;
	const struct cpu *line = &view->now->cpus[cpu - 1], *past = cpu_find(view->before, line->id);
	return past && cpu_times_of_cpu(past, &before) && cpu_times_of_cpu(line, &now) &&
	       cpu_times_shares(&before, &now, shares);
}

/* The one field of one CPU; of all: the mean of frequencies, the highest of temperatures. */
static bool cpu_figure(const struct snapshot *now, unsigned cpu, unsigned id, int64_t *ret)
{
	int64_t sum = 0, most = 0, count = 0, value;

	for (size_t i = cpu ? cpu - 1 : 0; i < (cpu ? cpu : now->cpu_count); i++)
		if (i < now->cpu_count && record_number(&cpu_fields[id], &now->cpus[i], &value)) {
			sum += value;
			most = count++ == 0 || value > most ? value : most;
		}
	if (count == 0)
		return false;
	*ret = id == CPU_frequency_mhz ? sum / count : most;
	return true;
}

/* How fast and how warm, as far as that is wanted: "2596MHz 45°C"; N/A where it is not told. */
static void put_sensors(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret)
{
	const struct screen_settings *settings = &scene->call->settings;
	struct buffer figures = { 0 };
	int64_t value;

	if (settings->cpu_frequency && cpu_figure(scene->view->now, cpu, CPU_frequency_mhz, &value))
		buffer_format(&figures, " %4.0fMHz", (double)value / 1000);
	else if (settings->cpu_frequency)
		buffer_text(&figures, " N/A MHz");
	const char *unit = settings->unicode ? "°" : "", *scale = settings->fahrenheit ? "F" : "C";
	if (settings->cpu_temperature && cpu_figure(scene->view->now, cpu, CPU_temperature_celsius, &value))
		buffer_format(&figures, " %3.0f%s%s",
		              settings->fahrenheit ? (double)value / 1000 * 9 / 5 + 32 : (double)value / 1000, unit,
		              scale);
	else if (settings->cpu_temperature)
		buffer_format(&figures, " N/A%s%s", unit, scale);
	buffer_add(&ret->words, buffer_span(&figures));
	buffer_add(&ret->text, ret->text.len ? buffer_span(&figures) : span_trim(buffer_span(&figures)));
	buffer_done(&figures);
}

bool meter_read_cpu(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret)
{
	int64_t shares[CPU_TIMES] = { 0 };

	if (!cpu_shares(scene->view, cpu, shares))
		return false;
	int64_t guest = shares[CPU_GUEST] + shares[CPU_GUEST_NICE];
	int64_t user = shares[CPU_USER] - shares[CPU_GUEST], nice = shares[CPU_NICE] - shares[CPU_GUEST_NICE];
	int64_t busy = WHOLE - shares[CPU_IDLE] - shares[CPU_IOWAIT];
	bool details = scene->call->settings.cpu_details;
	const struct {
		const char *name;
		int64_t share;
		enum mark how;
		bool shown;
	} uses[] = {
		{ "low", nice, MARK_BAR2, true },
		{ "user", user, MARK_BAR, true },
		{ "kernel", shares[CPU_SYSTEM] + (details ? 0 : shares[CPU_IRQ] + shares[CPU_SOFTIRQ]), MARK_BAD,
		  true },
		{ "irq", shares[CPU_IRQ], MARK_BAR4, details },
		{ "soft", shares[CPU_SOFTIRQ], MARK_BAR3, details },
		{ "steal", shares[CPU_STEAL], MARK_BAR5, details },
		{ "guest", guest, MARK_BAR5, details },
		{ "virt", shares[CPU_STEAL] + guest, MARK_BAR5, !details },
		{ "iowait", shares[CPU_IOWAIT], MARK_DIM, details },
	};
	ret->whole = WHOLE;
	word(ret, "busy", busy, MARK_VALUE);
	for (size_t i = 0; i < sizeof uses / sizeof *uses; i++)
		if (uses[i].shown) {
			meter_part(ret, uses[i].share, uses[i].how);
			word(ret, uses[i].name, uses[i].share, uses[i].how);
		}
	if (scene->call->settings.cpu_usage)
		buffer_format(&ret->text, "%.1f%%", (double)(details ? busy + shares[CPU_IOWAIT] : busy) / PERCENTS);
	put_sensors(scene, cpu, ret);
	return true;
}

/* As number_size, but htop has a unit behind nothing, too. */
static void put_size(struct buffer *buffer, int64_t bytes)
{
	number_size(buffer, bytes);
	if (bytes == 0)
		buffer_char(buffer, 'K');
}

void meter_size_word(struct meter_reading *reading, const char *name, int64_t bytes, enum mark how)
{
	buffer_format(&reading->words, " %s:", name);
	mark(&reading->words, how);
	put_size(&reading->words, bytes);
	mark(&reading->words, MARK_PLAIN);
}

void meter_used_text(struct meter_reading *reading, int64_t used, int64_t total)
{
	put_size(&reading->text, used);
	buffer_char(&reading->text, '/');
	put_size(&reading->text, total);
}

/* htop's sum: shared memory counts as used, though the kernel counts it among its cache. */
bool meter_read_memory(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret)
{
	const struct view *view = scene->view;
	int64_t total, unused, buffers, cached, slab = 0, shared = 0;

	(void)cpu;
	if (!view_machine(view, MACHINE_mem_total_bytes, &total) ||
	    !view_machine(view, MACHINE_mem_free_bytes, &unused) ||
	    !view_machine(view, MACHINE_buffers_bytes, &buffers) || !view_machine(view, MACHINE_cached_bytes, &cached))
		return false;
	view_machine(view, MACHINE_slab_reclaimable_bytes, &slab);
	view_machine(view, MACHINE_shmem_bytes, &shared);
	int64_t cache = cached + slab - shared, used = total - unused - buffers - cached - slab;
	ret->whole = total;
	meter_part(ret, used, MARK_BAR);
	meter_part(ret, shared, MARK_BAR3);
	if (scene->call->settings.cached) {
		meter_part(ret, buffers, MARK_BAR2);
		meter_part(ret, cache, MARK_BAR4);
	}
	meter_used_text(ret, used + shared, total);
	meter_size_word(ret, "total", total, MARK_VALUE);
	meter_size_word(ret, "used", used + shared, MARK_BAR);
	meter_size_word(ret, "shared", shared, MARK_BAR3);
	meter_size_word(ret, "buffers", buffers, MARK_BAR2);
	meter_size_word(ret, "cache", cache, MARK_BAR4);
	return true;
}

bool meter_read_swap(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret)
{
	int64_t total, unused, cached = 0;

	(void)cpu;
	if (!view_machine(scene->view, MACHINE_swap_total_bytes, &total) ||
	    !view_machine(scene->view, MACHINE_swap_free_bytes, &unused))
		return false;
	view_machine(scene->view, MACHINE_swap_cached_bytes, &cached);
	ret->whole = total;
	meter_part(ret, total - unused - cached, MARK_BAD);
	if (scene->call->settings.cached)
		meter_part(ret, cached, MARK_BAR4);
	meter_used_text(ret, total - unused - cached, total);
	meter_size_word(ret, "total", total, MARK_VALUE);
	meter_size_word(ret, "used", total - unused - cached, MARK_BAD);
	meter_size_word(ret, "cache", cached, MARK_BAR4);
	return true;
}

bool meter_read_tasks(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret)
{
	const struct screen_frame *frame = scene->frame;
	struct buffer *words = &ret->words;

	(void)cpu;
	if (!frame)
		return false;
	size_t mains = frame->processes + frame->kernel_threads;
	buffer_char(words, ' ');
	mark(words, MARK_VALUE);
	buffer_format(words, "%zu", frame->processes);
	mark(words, scene->call->settings.threads ? MARK_GOOD : MARK_DIM);
	buffer_format(words, ", %zu thr", frame->threads > mains ? frame->threads - mains : 0);
	mark(words, scene->call->settings.kernel_threads ? MARK_GOOD : MARK_DIM);
	buffer_format(words, ", %zu kthr", frame->kernel_threads);
	mark(words, MARK_PLAIN);
	buffer_text(words, "; ");
	mark(words, MARK_ACTIVE);
	buffer_format(words, "%zu", frame->running);
	mark(words, MARK_PLAIN);
	buffer_text(words, " running");
	return true;
}

bool meter_read_loads(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret)
{
	(void)cpu;
	if (!machine_has(&scene->view->now->machine, load_1min))
		return false;
	buffer_char(&ret->words, ' ');
	mark(&ret->words, MARK_VALUE);
	load_averages_put(&ret->words, scene->view, " ");
	mark(&ret->words, MARK_PLAIN);
	return true;
}

/* Against the number of CPUs. */
bool meter_read_load(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret)
{
	int64_t load, cpus = (int64_t)scene->view->now->cpu_count;

	(void)cpu;
	if (!view_machine(scene->view, MACHINE_load_1min, &load))
		return false;
	ret->whole = (cpus ? cpus : 1) * 1000;
	meter_part(ret, load, load > ret->whole ? MARK_BAD : load > ret->whole / 2 ? MARK_BAR4 : MARK_BAR);
	buffer_format(&ret->text, "%.2f", (double)load / 1000);
	buffer_format(&ret->words, " %.2f", (double)load / 1000);
	return true;
}

bool meter_read_uptime(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret)
{
	int64_t up;

	(void)cpu;
	if (!view_machine(scene->view, MACHINE_uptime_ns, &up))
		return false;
	long long seconds = up / NS_PER_S, days = seconds / 86400;
	buffer_char(&ret->words, ' ');
	mark(&ret->words, MARK_VALUE);
	if (days)
		buffer_format(&ret->words, "%lld day%s%s, ", days, days > 1 ? "s" : "", days > 100 ? "(!)" : "");
	buffer_format(&ret->words, "%02lld:%02lld:%02lld", seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
	mark(&ret->words, MARK_PLAIN);
	return true;
}

bool meter_read_seconds(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret)
{
	int64_t up;

	(void)cpu;
	if (!view_machine(scene->view, MACHINE_uptime_ns, &up))
		return false;
	buffer_format(&ret->words, " %llds", (long long)(up / NS_PER_S));
	return true;
}

bool meter_read_host(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret)
{
	(void)cpu;
	if (!machine_has(&scene->view->now->machine, host_name))
		return false;
	buffer_char(&ret->words, ' ');
	text_put(&ret->words, scene->view->now->machine.host_name, 40);
	return true;
}

bool meter_read_clock(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret)
{
	(void)cpu;
	buffer_char(&ret->words, ' ');
	moment_clock(&ret->words, scene->view->now->wall_ns / NS_PER_S);
	return true;
}

/* Each size of the machine; those of its nodes are in them. */
bool meter_read_huge(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret)
{
	const struct snapshot *now = scene->view->now;
	int64_t used = 0;

	(void)cpu;
	for (size_t i = 0; i < now->huge_pool_count; i++) {
		const struct huge_pool *pool = &now->huge_pools[i];
		if (huge_pool_has(pool, node) || !huge_pool_has(pool, page_bytes) || !huge_pool_has(pool, pages) ||
		    !huge_pool_has(pool, free_pages))
			continue;
		int64_t taken = (pool->pages - pool->free_pages) * pool->page_bytes;
		used += taken;
		ret->whole += pool->pages * pool->page_bytes;
		buffer_char(&ret->words, ' ');
		put_size(&ret->words, pool->page_bytes);
		buffer_char(&ret->words, ':');
		mark(&ret->words, MARK_VALUE);
		put_size(&ret->words, taken);
		buffer_char(&ret->words, '/');
		put_size(&ret->words, pool->pages * pool->page_bytes);
		mark(&ret->words, MARK_PLAIN);
	}
	meter_part(ret, used, MARK_BAR);
	meter_used_text(ret, used, ret->whole);
	return ret->words.len > 0;
}

bool meter_pressure(const struct meter_scene *scene, const uint8_t ids[3], struct meter_reading *ret)
{
	static const char *const names[3] = { "10s", "60s", "300s" };
	int64_t shares[3];

	for (int i = 0; i < 3; i++)
		if (!view_machine(scene->view, ids[i], &shares[i]))
			return false;
	ret->whole = WHOLE;
	meter_part(ret, shares[0], MARK_BAR4);
	buffer_format(&ret->text, "%.2f%%", (double)shares[0] / PERCENTS);
	for (int i = 0; i < 3; i++) {
		buffer_format(&ret->words, " %s:", names[i]);
		mark(&ret->words, shares[i] > 10 * PERCENTS ? MARK_BAD : MARK_VALUE);
		buffer_format(&ret->words, "%.2f%%", (double)shares[i] / PERCENTS);
		mark(&ret->words, MARK_PLAIN);
	}
	return true;
}

#define PRESSURE(what) \
	bool meter_read_##what(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret) \
	{ \
		static const uint8_t ids[] = { MACHINE_##what##_10s_percent, MACHINE_##what##_60s_percent, \
			                       MACHINE_##what##_300s_percent }; \
		(void)cpu; \
		return meter_pressure(scene, ids, ret); \
	}

PRESSURE(cpu_some)
PRESSURE(io_some)
PRESSURE(io_full)
PRESSURE(memory_some)
PRESSURE(memory_full)
