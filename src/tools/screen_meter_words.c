/* Meters of the vires screen by name: which there are, and those that are shown at first. */
#include <stdlib.h>

#include "tools/screen_meters.h"

enum { BAR = 1 << METER_BAR, TEXTS = 1 << METER_TEXT | 1 << METER_LED, GRAPH = 1 << METER_GRAPH };
enum { ROWS = BAR | 1 << METER_TEXT, ALL = BAR | TEXTS | GRAPH };

#define CPUS(name, abreast, half, meaning) \
	{ \
		name, "", meaning, ROWS, METER_BAR, abreast, half, meter_request_cpu, meter_read_cpu \
	}
#define METER(name, caption, styles, usual, read, meaning) \
	{ \
		name, caption, meaning, styles, usual, 0, 0, NULL, read \
	}
#define ASKING(name, caption, styles, usual, request, read, meaning) \
	{ \
		name, caption, meaning, styles, usual, 0, 0, request, read \
	}
#define STALL(name, caption, meaning, read) METER(name, caption, ALL, METER_TEXT, read, meaning)

/* The first is what graphs of all CPUs are made from. */
const struct meter_kind meter_kinds[] = {
	{ "CPU", "CPU", "all CPUs as one; CPU(n): the n-th", ALL, METER_BAR, 0, 0, meter_request_cpu, meter_read_cpu },
	CPUS("AllCPUs", 1, 0, "each CPU"),
	CPUS("AllCPUs2", 2, 0, "each CPU, 2 abreast"),
	CPUS("AllCPUs4", 4, 0, "each CPU, 4 abreast"),
	CPUS("AllCPUs8", 8, 0, "each CPU, 8 abreast"),
	CPUS("LeftCPUs", 1, 1, "the first half of the CPUs"),
	CPUS("LeftCPUs2", 2, 1, "the first half, 2 abreast"),
	CPUS("LeftCPUs4", 4, 1, "the first half, 4 abreast"),
	CPUS("LeftCPUs8", 8, 1, "the first half, 8 abreast"),
	CPUS("RightCPUs", 1, 2, "the other half of the CPUs"),
	CPUS("RightCPUs2", 2, 2, "the other half, 2 abreast"),
	CPUS("RightCPUs4", 4, 2, "the other half, 4 abreast"),
	CPUS("RightCPUs8", 8, 2, "the other half, 8 abreast"),
	METER("Memory", "Mem", ALL, METER_BAR, meter_read_memory, "used, shared, buffers, cache"),
	METER("Swap", "Swp", ALL, METER_BAR, meter_read_swap, "swap in use"),
	METER("Tasks", "Tasks", TEXTS, METER_TEXT, meter_read_tasks, "processes, threads, and how many run"),
	METER("LoadAverage", "Load average", TEXTS, METER_TEXT, meter_read_loads, "of 1, 5 and 15 minutes"),
	METER("Load", "Load", ALL, METER_TEXT, meter_read_load, "of 1 minute, against the CPUs"),
	METER("Uptime", "Uptime", TEXTS, METER_TEXT, meter_read_uptime, "time since boot"),
	METER("SecondsUptime", "Uptime", TEXTS, METER_TEXT, meter_read_seconds, "time since boot in seconds"),
	STALL("PressureStallCPUSome", "Some CPU pressure", "some wait for a CPU", meter_read_cpu_some),
	STALL("PressureStallIOSome", "Some IO pressure", "some wait for disks", meter_read_io_some),
	STALL("PressureStallIOFull", "Full IO pressure", "all wait for disks", meter_read_io_full),
	STALL("PressureStallMemorySome", "Some Mem pressure", "some wait for memory", meter_read_memory_some),
	STALL("PressureStallMemoryFull", "Full Mem pressure", "all wait for memory", meter_read_memory_full),
	ASKING("HugePages", "HP", BAR | TEXTS, METER_TEXT, meter_request_huge, meter_read_huge,
	       "pools of huge pages, by size"),
	ASKING("PressureStallIRQFull", "Full IRQ pressure", ALL, METER_TEXT, meter_request_irq, meter_read_irq_full,
	       "interrupts in place of tasks"),
	METER("MemorySwap", "M&S", BAR | TEXTS, METER_BAR, meter_read_memory_swap, "memory and swap in one"),
	METER("Zram", "zrm", BAR | TEXTS, METER_BAR, meter_read_zram, "swap that is compressed in RAM (zram)"),
	METER("Zswap", "zsw", BAR | TEXTS, METER_BAR, meter_read_zswap, "swap that is compressed before disks (zswap)"),
	ASKING("DiskIORate", "Disk IO", TEXTS, METER_TEXT, meter_request_disks, meter_read_disk_rate,
	       "read and written a second"),
	ASKING("DiskIOTime", "Dsk busy", ALL, METER_TEXT, meter_request_disks, meter_read_disk_time,
	       "share of time that disks are busy"),
	ASKING("NetworkIO", "Network", TEXTS, METER_TEXT, meter_request_network, meter_read_network,
	       "received and sent a second"),
	ASKING("FileDescriptors", "FDs", ALL, METER_TEXT, meter_request_files, meter_read_files,
	       "open files of the machine"),
	ASKING("System", "System", TEXTS, METER_TEXT, meter_request_system, meter_read_system,
	       "the kernel, and the kind of CPU"),
	METER("Date", "Date", TEXTS, METER_TEXT, meter_read_date, "the day"),
	METER("DateTime", "Date & Time", TEXTS, METER_TEXT, meter_read_date_time, "day and time"),
	METER("Hostname", "Hostname", TEXTS, METER_TEXT, meter_read_host, "name of the machine"),
	METER("Clock", "Time", TEXTS, METER_TEXT, meter_read_clock, "time of the day"),
};

_Static_assert(sizeof meter_kinds / sizeof *meter_kinds == METER_KINDS, "as many as screen.h says");

static const char *const style_names[METER_STYLES] = { "bar", "text", "graph", "led" };

const char *meter_style_name(unsigned style)
{
	return style_names[style];
}

/* There is no past of single CPUs. */
static bool can_be(const struct screen_meter *meter, unsigned style)
{
	return meter_kinds[meter->kind].styles >> style & 1 && !(meter->cpu && style == METER_GRAPH);
}

bool meter_parse(struct span word, struct screen_meter *ret)
{
	struct span name = word, style = word, rest, number;
	bool styled = span_until(&style, ':', &name);
	int64_t cpu = 0;

	rest = name;
	if (span_until(&rest, '(', &name) &&
	    (!span_until(&rest, ')', &number) || rest.len || !span_i64(&number, &cpu) || cpu < 0 || cpu > UINT16_MAX))
		return false;
	for (uint8_t kind = 0; kind < METER_KINDS; kind++) {
		if (!span_is_any_case(name, meter_kinds[kind].name))
			continue;
		struct screen_meter meter = { kind, meter_kinds[kind].usual, kind == METER_CPU ? (uint16_t)cpu : 0 };
		for (uint8_t i = 0; i < METER_STYLES; i++)
			if (styled && span_is_any_case(style, style_names[i]) && can_be(&meter, i))
				meter.style = i;
		*ret = meter;
		return true;
	}
	return false;
}

void meter_put(struct buffer *buffer, const struct screen_meter *meter)
{
	buffer_text(buffer, meter_kinds[meter->kind].name);
	if (meter->cpu)
		buffer_format(buffer, "(%u)", meter->cpu);
	buffer_format(buffer, ":%s", style_names[meter->style]);
}

void meter_turn(struct screen_meter *meter)
{
	do
		meter->style = (uint8_t)((meter->style + 1) % METER_STYLES);
	while (!can_be(meter, meter->style));
}

static void add(struct screen_meters *meters, const char *name)
{
	if (meters->count < METERS_MOST && meter_parse(span_of(name), &meters->at[meters->count]))
		meters->count++;
}

void meters_of(const struct screen_settings *settings, size_t cpus, struct screen_meters ret[METER_SIDES])
{
	/* As htop has it: rows of CPUs while they fit. */
	static const struct {
		size_t cpus;
		const char *left, *right;
	} rows[] = {
		{ 4, "AllCPUs", NULL },
		{ 8, "LeftCPUs", "RightCPUs" },
		{ 16, "LeftCPUs2", "RightCPUs2" },
		{ 32, "LeftCPUs4", "RightCPUs4" },
		{ 128, "LeftCPUs8", "RightCPUs8" },
		{ SIZE_MAX, "CPU", NULL },
	};
	size_t row = 0;

	memcpy(ret, settings->meters, METER_SIDES * sizeof *ret);
	if (!settings->usual_meters)
		return;
	while (cpus > rows[row].cpus)
		row++;
	for (int side = 0; side < METER_SIDES; side++)
		ret[side].count = 0;
	size_t right = meter_layout_of(settings)->count > 1;
	add(&ret[0], rows[row].left);
	add(&ret[0], "Memory");
	add(&ret[0], "Swap");
	if (rows[row].right)
		add(&ret[right], rows[row].right);
	add(&ret[right], "Tasks");
	add(&ret[right], "LoadAverage");
	add(&ret[right], "Uptime");
}

void meters_request(const struct screen_call *call, struct request *ret)
{
	struct screen_meters meters[METER_SIDES];

	/* The usual ones have CPUs in some way, however many there are. */
	meters_of(&call->settings, 1, meters);
	for (int side = 0; side < METER_SIDES; side++)
		for (size_t i = 0; i < meters[side].count; i++) {
			const struct meter_kind *kind = &meter_kinds[meters[side].at[i].kind];
			if (kind->request)
				kind->request(call, ret);
		}
}
