/* vmstat -s and -f: counters since boot, one a line. */
#include "tools/vmstat.h"

#include "base/clock.h"

/* What a counter is shown in. */
enum in { IN_UNIT, IN_TICKS, IN_KIB, IN_ITSELF };

static const struct {
	uint8_t id;
	enum in in;
	const char *words;
} counters[] = {
	{ MACHINE_mem_total_bytes, IN_UNIT, "total memory" },
	{ MACHINE_mem_used_bytes, IN_UNIT, "used memory" },
	{ MACHINE_active_bytes, IN_UNIT, "active memory" },
	{ MACHINE_inactive_bytes, IN_UNIT, "inactive memory" },
	{ MACHINE_mem_free_bytes, IN_UNIT, "free memory" },
	{ MACHINE_buffers_bytes, IN_UNIT, "buffer memory" },
	{ MACHINE_cache_bytes, IN_UNIT, "swap cache" },
	{ MACHINE_swap_total_bytes, IN_UNIT, "total swap" },
	{ MACHINE_swap_used_bytes, IN_UNIT, "used swap" },
	{ MACHINE_swap_free_bytes, IN_UNIT, "free swap" },
	{ MACHINE_cpu_user_ns, IN_TICKS, "non-nice user cpu ticks" },
	{ MACHINE_cpu_nice_ns, IN_TICKS, "nice user cpu ticks" },
	{ MACHINE_cpu_system_ns, IN_TICKS, "system cpu ticks" },
	{ MACHINE_cpu_idle_ns, IN_TICKS, "idle cpu ticks" },
	{ MACHINE_cpu_iowait_ns, IN_TICKS, "IO-wait cpu ticks" },
	{ MACHINE_cpu_irq_ns, IN_TICKS, "IRQ cpu ticks" },
	{ MACHINE_cpu_softirq_ns, IN_TICKS, "softirq cpu ticks" },
	{ MACHINE_cpu_steal_ns, IN_TICKS, "stolen cpu ticks" },
	{ MACHINE_cpu_guest_ns, IN_TICKS, "non-nice guest cpu ticks" },
	{ MACHINE_cpu_guest_nice_ns, IN_TICKS, "nice guest cpu ticks" },
	{ MACHINE_paged_in_bytes, IN_KIB, "K paged in" },
	{ MACHINE_paged_out_bytes, IN_KIB, "K paged out" },
	{ MACHINE_swap_in_pages, IN_ITSELF, "pages swapped in" },
	{ MACHINE_swap_out_pages, IN_ITSELF, "pages swapped out" },
	{ MACHINE_interrupts, IN_ITSELF, "interrupts" },
	{ MACHINE_context_switches, IN_ITSELF, "CPU context switches" },
	{ MACHINE_booted_s, IN_ITSELF, "boot time" },
	{ MACHINE_forks, IN_ITSELF, "forks" },
};

enum { COUNTERS = sizeof counters / sizeof *counters, WIDTH = 13 };

void vmstat_stats_request(struct request *request)
{
	request_machine(request, MACHINE_tick_ns);
	for (size_t i = 0; i < COUNTERS; i++)
		request_machine(request, counters[i].id);
}

static int64_t unit_of(const struct vmstat *vmstat, const struct view *view, enum in in)
{
	int64_t tick_ns = NS_PER_S / 100;

	switch (in) {
	case IN_UNIT:
		return vmstat->unit_bytes;
	case IN_TICKS:
		view_machine(view, MACHINE_tick_ns, &tick_ns);
		return tick_ns;
	case IN_KIB:
		return 1024;
	default:
		return 1;
	}
}

static void put_counter(struct buffer *buffer, const struct vmstat *vmstat, const struct view *view, size_t i)
{
	size_t start = buffer->len;
	int64_t value;

	if (view_machine(view, counters[i].id, &value))
		buffer_i64(buffer, value / unit_of(vmstat, view, counters[i].in), 0);
	else
		buffer_char(buffer, '-');
	buffer_right(buffer, start, WIDTH);
	buffer_format(buffer, " %s%s%s\n", counters[i].in == IN_UNIT ? vmstat->unit : "",
	              counters[i].in == IN_UNIT ? " " : "", counters[i].words);
}

static void put_data(struct buffer *buffer, const struct vmstat *vmstat, const struct view *view)
{
	uint8_t ids[COUNTERS + 1] = { MACHINE_tick_ns };

	for (size_t i = 0; i < COUNTERS; i++)
		ids[i + 1] = counters[i].id;
	data_machine_sample(buffer, vmstat->samples.shared.data, "vmstat", view, true, ids, sizeof ids);
}

int vmstat_stats_put(struct samples *samples, struct buffer *buffer, const struct view *view)
{
	const struct vmstat *vmstat = (const struct vmstat *)samples;

	if (samples->shared.data)
		put_data(buffer, vmstat, view);
	else
		for (size_t i = 0; i < COUNTERS; i++)
			put_counter(buffer, vmstat, view, i);
	return GO_ON;
}

int vmstat_forks_put(struct samples *samples, struct buffer *buffer, const struct view *view)
{
	static const uint8_t forks = MACHINE_forks;

	if (samples->shared.data)
		data_machine_sample(buffer, samples->shared.data, "vmstat", view, true, &forks, 1);
	else
		put_counter(buffer, (const struct vmstat *)samples, view, COUNTERS - 1);
	return GO_ON;
}
