/* vmstat without another mode: the table with a line a moment. */
#include "tools/vmstat.h"

static const uint8_t wanted[] = {
	MACHINE_tasks_running,          MACHINE_tasks_blocked,          MACHINE_swap_used_bytes,
	MACHINE_mem_free_bytes,         MACHINE_buffers_bytes,          MACHINE_cache_bytes,
	MACHINE_inactive_bytes,         MACHINE_active_bytes,           MACHINE_interval_ns,
	MACHINE_swap_in_pages_per_s,    MACHINE_swap_out_pages_per_s,   MACHINE_page_bytes,
	MACHINE_paged_in_bytes_per_s,   MACHINE_paged_out_bytes_per_s,  MACHINE_interrupts_per_s,
	MACHINE_context_switches_per_s, MACHINE_cpu_user_percent,       MACHINE_cpu_nice_percent,
	MACHINE_cpu_system_percent,     MACHINE_cpu_idle_percent,       MACHINE_cpu_iowait_percent,
	MACHINE_cpu_irq_percent,        MACHINE_cpu_softirq_percent,    MACHINE_cpu_steal_percent,
	MACHINE_cpu_guest_percent,      MACHINE_cpu_guest_nice_percent,
};

void vmstat_table_request(struct request *request)
{
	for (size_t i = 0; i < sizeof wanted; i++)
		request_machine(request, wanted[i]);
}

/* A line in the making. */
struct line {
	struct buffer *buffer;
	const struct vmstat *vmstat;
	const struct view *view;
};

static void put_number(const struct line *line, bool known, int64_t number, unsigned width, unsigned wide)
{
	size_t start = line->buffer->len;

	if (known)
		buffer_i64(line->buffer, number, 0);
	else
		buffer_char(line->buffer, '-');
	buffer_right(line->buffer, start, line->vmstat->wide ? wide : width);
	buffer_char(line->buffer, ' ');
}

static void put_count(const struct line *line, unsigned id)
{
	int64_t count = 0;
	bool known = view_machine(line->view, id, &count);

	put_number(line, known, count, 2, 4);
}

static void put_memory(const struct line *line, unsigned id)
{
	int64_t bytes = 0;
	bool known = view_machine(line->view, id, &bytes);

	put_number(line, known, bytes / line->vmstat->unit_bytes, 6, 12);
}

/* To the nearest whole of `unit`. */
static int64_t whole(int64_t value, int64_t unit)
{
	return (value + unit / 2) / unit;
}

static void put_bytes_per_s(const struct line *line, unsigned id, int64_t unit, unsigned width)
{
	int64_t bytes_per_s = 0;
	bool known = view_machine(line->view, id, &bytes_per_s);

	put_number(line, known, whole(bytes_per_s, unit), width, width);
}

static void put_per_s(const struct line *line, unsigned id)
{
	int64_t per_s = 0;
	bool known = view_machine(line->view, id, &per_s);

	put_number(line, known, whole(per_s, 1000), 4, 4);
}

/* The sum of `plus` fields less that of those behind them. */
static void put_percent(const struct line *line, const uint8_t *ids, size_t count, size_t plus)
{
	int64_t sum = 0, percent;
	bool known = true;

	for (size_t i = 0; i < count; i++) {
		known &= view_machine(line->view, ids[i], &percent);
		sum += known ? i < plus ? percent : -percent : 0;
	}
	put_number(line, known, whole(sum > 0 ? sum : 0, 10000), 2, 3);
}

#define PUT_PERCENT(plus, ...) \
	put_percent(line, (const uint8_t[]){ __VA_ARGS__ }, sizeof((const uint8_t[]){ __VA_ARGS__ }), plus)

static void put_line(const struct line *line)
{
	bool active = line->vmstat->active;

	put_count(line, MACHINE_tasks_running);
	put_count(line, MACHINE_tasks_blocked);
	put_memory(line, MACHINE_swap_used_bytes);
	put_memory(line, MACHINE_mem_free_bytes);
	put_memory(line, active ? MACHINE_inactive_bytes : MACHINE_buffers_bytes);
	put_memory(line, active ? MACHINE_active_bytes : MACHINE_cache_bytes);
	put_bytes_per_s(line, MACHINE_swap_in_bytes_per_s, line->vmstat->unit_bytes, 4);
	put_bytes_per_s(line, MACHINE_swap_out_bytes_per_s, line->vmstat->unit_bytes, 4);
	put_bytes_per_s(line, MACHINE_paged_in_bytes_per_s, 1024, 5);
	put_bytes_per_s(line, MACHINE_paged_out_bytes_per_s, 1024, 5);
	put_per_s(line, MACHINE_interrupts_per_s);
	put_per_s(line, MACHINE_context_switches_per_s);
	PUT_PERCENT(2, MACHINE_cpu_user_percent, MACHINE_cpu_nice_percent, MACHINE_cpu_guest_percent,
	            MACHINE_cpu_guest_nice_percent);
	PUT_PERCENT(3, MACHINE_cpu_system_percent, MACHINE_cpu_irq_percent, MACHINE_cpu_softirq_percent);
	PUT_PERCENT(1, MACHINE_cpu_idle_percent);
	PUT_PERCENT(1, MACHINE_cpu_iowait_percent);
	PUT_PERCENT(1, MACHINE_cpu_steal_percent);
	if (line->vmstat->wide)
		PUT_PERCENT(2, MACHINE_cpu_guest_percent, MACHINE_cpu_guest_nice_percent);
	line->buffer->len--;
	vmstat_put_time(line->buffer, line->vmstat, line->view);
	buffer_char(line->buffer, '\n');
}

static void put_heading(struct buffer *buffer, const struct vmstat *vmstat, const struct view *view)
{
	buffer_text(buffer,
	            vmstat->wide ?
	                    "--procs-- -----------------------memory---------------------- ---swap-- -----io---- "
	                    "-system-- ----------cpu----------" :
	                    "procs -----------memory---------- ---swap-- -----io---- -system-- ------cpu-----");
	vmstat_put_time_heading(buffer, vmstat);
	if (vmstat->wide)
		buffer_format(buffer,
		              "   r    b         swpd         free %12s %12s   si   so    bi    bo   in   cs  us  "
		              "sy  id  wa  st  gu",
		              vmstat->active ? "inact" : "buff", vmstat->active ? "active" : "cache");
	else
		buffer_format(buffer, " r  b   swpd   free %6s %6s   si   so    bi    bo   in   cs us sy id wa st",
		              vmstat->active ? "inact" : "buff", vmstat->active ? "active" : "cache");
	vmstat_put_zone(buffer, vmstat, view);
}

int vmstat_table_put(struct samples *samples, struct buffer *buffer, const struct view *view)
{
	struct vmstat *vmstat = (struct vmstat *)samples;
	const struct line line = { buffer, vmstat, view };
	bool left_out = vmstat->no_first && samples->repeat.taken == 1;

	if (samples->shared.data) {
		bool first = samples->repeat.taken == 1 + vmstat->no_first;
		if (!left_out)
			data_machine_sample(buffer, samples->shared.data, "vmstat", view, first, wanted, sizeof wanted);
		return GO_ON;
	}
	if (heading_due(&vmstat->heading))
		put_heading(buffer, vmstat, view);
	if (!left_out)
		put_line(&line);
	return GO_ON;
}
