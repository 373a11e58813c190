/* Meters of the vires screen that read what nothing else on it needs, and ask for it. */
#include "base/clock.h"
#include "model/pair_items.h"
#include "render/duration.h"
#include "render/number.h"
#include "render/text.h"
#include "tools/screen_meters.h"

enum { PERCENTS = 10000, WHOLE = 100 * PERCENTS };

void meter_request_cpu(const struct screen_call *call, struct request *ret)
{
	if (call->settings.cpu_frequency)
		request_cpu(ret, CPU_frequency_mhz);
	if (call->settings.cpu_temperature)
		request_cpu(ret, CPU_temperature_celsius);
}

void meter_request_huge(const struct screen_call *call, struct request *ret)
{
	(void)call;
	ret->huge_pools = true;
}

void meter_request_irq(const struct screen_call *call, struct request *ret)
{
	(void)call;
	request_machine(ret, MACHINE_irq_full_10s_percent);
}

void meter_request_disks(const struct screen_call *call, struct request *ret)
{
	(void)call;
	ret->disks = true;
}

void meter_request_files(const struct screen_call *call, struct request *ret)
{
	(void)call;
	request_machine(ret, MACHINE_files_open);
}

void meter_request_system(const struct screen_call *call, struct request *ret)
{
	(void)call;
	request_machine(ret, MACHINE_os_release);
}

bool meter_read_irq_full(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret)
{
	static const uint8_t ids[] = { MACHINE_irq_full_10s_percent, MACHINE_irq_full_60s_percent,
		                       MACHINE_irq_full_300s_percent };

	(void)cpu;
	return meter_pressure(scene, ids, ret);
}

/* Both bars in one, each against the sum of what there is. */
bool meter_read_memory_swap(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret)
{
	struct meter_reading memory = { 0 }, swap = { 0 };
	bool known = meter_read_memory(scene, cpu, &memory) && meter_read_swap(scene, cpu, &swap);

	ret->whole = memory.whole + swap.whole;
	for (size_t i = 0; known && i < memory.count; i++)
		meter_part(ret, memory.parts[i].value, memory.parts[i].mark);
	for (size_t i = 0; known && i < swap.count; i++)
		meter_part(ret, swap.parts[i].value, swap.parts[i].mark);
	buffer_text(&ret->words, " memory");
	buffer_add(&ret->words, buffer_span(&memory.words));
	buffer_text(&ret->words, " swap");
	buffer_add(&ret->words, buffer_span(&swap.words));
	buffer_add(&ret->text, buffer_span(&memory.text));
	buffer_char(&ret->text, ' ');
	buffer_add(&ret->text, buffer_span(&swap.text));
	buffer_done(&memory.text);
	buffer_done(&memory.words);
	buffer_done(&swap.text);
	buffer_done(&swap.words);
	return known;
}

/* "1.2G in 0.4G of RAM (3.0x)" */
static void put_compressed(struct meter_reading *ret, int64_t stored, int64_t ram)
{
	meter_size_word(ret, "stored", stored, MARK_VALUE);
	meter_size_word(ret, "RAM", ram, MARK_BAR);
	if (ram > 0)
		buffer_format(&ret->words, " ratio:%.1f", (double)stored / (double)ram);
}

bool meter_read_zram(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret)
{
	const struct snapshot *now = scene->view->now;
	int64_t stored = 0, ram = 0, size = 0;
	bool any = false;

	(void)cpu;
	for (size_t i = 0; i < now->swap_count; i++) {
		const struct swap *area = &now->swaps[i];
		if (!swap_has(area, stored_bytes) || !swap_has(area, stored_ram_bytes) || !swap_has(area, size_bytes))
			continue;
		any = true;
		stored += area->stored_bytes;
		ram += area->stored_ram_bytes;
		size += area->size_bytes;
	}
	if (!any)
		return false;
	ret->whole = size;
	meter_part(ret, ram, MARK_BAR);
	meter_part(ret, stored - ram, MARK_BAR4);
	meter_used_text(ret, stored, size);
	put_compressed(ret, stored, ram);
	return true;
}

/* Against all of swap: what it holds counts as used there. */
bool meter_read_zswap(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret)
{
	int64_t ram, stored;

	(void)cpu;
	if (!view_machine(scene->view, MACHINE_zswap_bytes, &ram) ||
	    !view_machine(scene->view, MACHINE_zswapped_bytes, &stored) ||
	    !view_machine(scene->view, MACHINE_swap_total_bytes, &ret->whole))
		return false;
	meter_part(ret, ram, MARK_BAR);
	meter_part(ret, stored - ram, MARK_BAR4);
	meter_used_text(ret, stored, ret->whole);
	put_compressed(ret, stored, ram);
	return true;
}

static void rate_word(struct meter_reading *ret, const char *name, int64_t bytes)
{
	meter_size_word(ret, name, bytes, MARK_VALUE);
	buffer_text(&ret->words, "/s");
}

bool meter_read_disk_rate(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret)
{
	int64_t in, out;

	(void)cpu;
	if (!pair_disks(scene->view, DISK_read_bytes_per_s, &in) ||
	    !pair_disks(scene->view, DISK_written_bytes_per_s, &out))
		return false;
	rate_word(ret, "read", in);
	rate_word(ret, "write", out);
	return true;
}

void meter_request_network(const struct screen_call *call, struct request *ret)
{
	(void)call;
	request_machine(ret, MACHINE_net_received_bytes_per_s);
	request_machine(ret, MACHINE_net_sent_bytes_per_s);
}

bool meter_read_network(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret)
{
	int64_t in, out;

	(void)cpu;
	if (!view_machine(scene->view, MACHINE_net_received_bytes_per_s, &in) ||
	    !view_machine(scene->view, MACHINE_net_sent_bytes_per_s, &out))
		return false;
	rate_word(ret, "rx", in);
	rate_word(ret, "tx", out);
	return true;
}

/* Of the one that is busiest: a sum says nothing of any. */
bool meter_read_disk_time(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret)
{
	const struct snapshot *now = scene->view->now;
	const struct disk *busiest = NULL;
	int64_t most = -1, share;

	(void)cpu;
	for (size_t i = 0; i < now->disk_count; i++)
		if (pair_disk_counts(&now->disks[i]) &&
		    pair_disk(scene->view, &now->disks[i], DISK_busy_percent, &share) && share > most) {
			busiest = &now->disks[i];
			most = share;
		}
	if (!busiest)
		return false;
	ret->whole = WHOLE;
	meter_part(ret, most, most > 90 * PERCENTS ? MARK_BAD : MARK_BAR);
	buffer_format(&ret->text, "%.1f%%", (double)most / PERCENTS);
	buffer_format(&ret->words, " %.1f%% ", (double)most / PERCENTS);
	text_put(&ret->words, busiest->name, 20);
	return true;
}

bool meter_read_files(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret)
{
	int64_t used, most;

	(void)cpu;
	if (!view_machine(scene->view, MACHINE_files_open, &used) ||
	    !view_machine(scene->view, MACHINE_files_limit, &most))
		return false;
	ret->whole = most;
	meter_part(ret, used, MARK_BAR);
	buffer_format(&ret->text, "%lld", (long long)used);
	/* Systems set no limit by setting it to the largest number. */
	if (most > INT32_MAX)
		buffer_format(&ret->words, " %lld, no limit", (long long)used);
	else
		buffer_format(&ret->words, " %lld of %lld", (long long)used, (long long)most);
	return true;
}

bool meter_read_system(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret)
{
	const struct machine *machine = &scene->view->now->machine;

	(void)cpu;
	if (!machine_has(machine, os_release))
		return false;
	buffer_text(&ret->words, " Linux ");
	text_put(&ret->words, machine->os_release, 60);
	if (machine_has(machine, architecture)) {
		buffer_text(&ret->words, " [");
		text_put(&ret->words, machine->architecture, 20);
		buffer_char(&ret->words, ']');
	}
	return true;
}

bool meter_read_date(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret)
{
	enum { DAY = 10 };
	struct buffer moment = { 0 };

	(void)cpu;
	moment_iso(&moment, scene->view->now->wall_ns / NS_PER_S);
	buffer_format(&ret->words, " %.*s", DAY, buffer_cstr(&moment));
	buffer_done(&moment);
	return true;
}

bool meter_read_date_time(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret)
{
	(void)cpu;
	buffer_char(&ret->words, ' ');
	moment_iso(&ret->words, scene->view->now->wall_ns / NS_PER_S);
	return true;
}
