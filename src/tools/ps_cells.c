/*
 * Cells that are numbers. What the kernel did not say is printed as ps has always printed it: 0 for sizes and counts.
 * Programs get null from --json.
 */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "render/number.h"
#include "tools/ps_cells.h"

enum { POLICY_OTHER = 0, POLICY_BATCH = 3, KIB = 1024 };

size_t ps_put(struct buffer *into, const char *text)
{
	size_t len = strlen(text);

	buffer_add(into, (struct span){ text, len });
	return len;
}

static size_t put_number(struct buffer *into, int64_t number, size_t width)
{
	size_t before = into->len;

	buffer_i64(into, number, width);
	return into->len - before;
}

static size_t put_hex(struct buffer *into, uint64_t number, size_t digits)
{
	for (size_t i = digits; i-- > 0;)
		buffer_char(into, "0123456789abcdef"[number >> (4 * i) & 15]);
	return digits;
}

static size_t put_tenths(struct buffer *into, int64_t tenths, size_t width)
{
	const char fraction[] = { '.', (char)('0' + tenths % 10) };
	size_t columns = put_number(into, tenths / 10, width);

	buffer_add(into, (struct span){ fraction, sizeof fraction });
	return columns + sizeof fraction;
}

CELL(nothing)
{
	(void)row, (void)field, (void)room;
	return ps_put(into, "-");
}

CELL(number)
{
	(void)room;
	return put_number(into, ps_number(row, field), 0);
}

CELL(kib)
{
	(void)room;
	return put_number(into, ps_number(row, field) / KIB, 0);
}

CELL(pages)
{
	(void)room;
	return put_number(into, ps_number(row, field) / getpagesize(), 0);
}

/* The share of one CPU since the start of the process, in 1/10,000 of a percent. */
static int64_t cpu_share(const struct ps_row *row)
{
	return ps_number(row, row->request->with_children ? TASK_cpu_life_total_percent : TASK_cpu_life_percent);
}

CELL(cpu_percent)
{
	int64_t tenths = cpu_share(row) / 1000;

	(void)field, (void)room;
	return tenths > 999 ? put_number(into, tenths / 10, 0) : put_tenths(into, tenths, 0);
}

CELL(cpu_whole)
{
	int64_t percent = cpu_share(row) / 10000;

	(void)field, (void)room;
	return put_number(into, percent > 99 ? 99 : percent, 2);
}

CELL(cpu_permille)
{
	int64_t tenths = cpu_share(row) / 1000;

	(void)field, (void)room;
	return put_number(into, tenths > 999 ? 999 : tenths, 3);
}

CELL(cpu_fine)
{
	int64_t thousandths = (ps_number(row, field) + 5) / 10;
	size_t columns;

	(void)room;
	if (thousandths > 99000)
		thousandths = 99999;
	columns = put_number(into, thousandths / 1000, 0);
	buffer_char(into, '.');
	for (int64_t scale = 100; scale; scale /= 10)
		buffer_char(into, (char)('0' + thousandths / scale % 10));
	return columns + 4;
}

CELL(memory_percent)
{
	int64_t total, tenths = 0;

	(void)room;
	if (view_machine(row->view, MACHINE_mem_total_bytes, &total) && total >= KIB)
		tenths = ps_number(row, field) / KIB * 1000 / (total / KIB);
	return put_tenths(into, tenths > 999 ? 999 : tenths, 2);
}

static int64_t code_bytes(const struct ps_row *row)
{
	return ps_number(row, TASK_code_end) - ps_number(row, TASK_code_start);
}

CELL(data_size)
{
	int64_t all = ps_number(row, field);

	(void)room;
	return put_number(into, all ? (all - code_bytes(row)) / KIB : 0, 0);
}

CELL(code_size)
{
	(void)room;
	return put_number(into, ps_number(row, field) ? code_bytes(row) / KIB : 0, 0);
}

CELL(swappable)
{
	(void)field, (void)room;
	return put_number(into, ps_number(row, TASK_heap_data_bytes) / KIB + ps_number(row, TASK_stack_bytes) / KIB, 0);
}

CELL(major_faults)
{
	(void)room;
	int64_t children = row->request->with_children ? ps_number(row, TASK_children_major_faults) : 0;
	return put_number(into, ps_number(row, field) + children, 0);
}

CELL(minor_faults)
{
	(void)room;
	int64_t children = row->request->with_children ? ps_number(row, TASK_children_minor_faults) : 0;
	return put_number(into, ps_number(row, field) + children, 0);
}

CELL(address)
{
	(void)room;
	return put_hex(into, (uint64_t)ps_number(row, field), 16);
}

static void put_signal(struct buffer *into, unsigned number)
{
	const char *name = sigabbrev_np((int)number);

	if (name)
		ps_put(into, name);
	else if ((int)number == SIGRTMIN)
		ps_put(into, "RTMIN");
	else if ((int)number > SIGRTMIN)
		buffer_format(into, "RTMIN+%d", (int)number - SIGRTMIN);
	else
		buffer_format(into, "%u", number);
}

/* Names with commas between; '+' ends those that do not fit. */
static size_t put_signal_names(struct buffer *into, uint64_t mask, size_t room)
{
	size_t before = into->len;

	if (!mask)
		return ps_put(into, "-");
	for (; mask && into->len - before <= room; mask &= mask - 1) {
		if (into->len > before)
			buffer_char(into, ',');
		put_signal(into, (unsigned)__builtin_ctzll(mask) + 1);
	}
	if (into->len - before > room) {
		into->len = before + room;
		if (room)
			into->at[into->len - 1] = '+';
	}
	return into->len - before;
}

/* In 8 digits when the page is narrow; '<' in front of those that do not fit. */
CELL(signals)
{
	enum { WIDE = 16, NARROW = 8 };
	uint64_t mask = (uint64_t)ps_number(row, field);

	if (row->request->signal_names)
		return put_signal_names(into, mask, room);
	if (room >= WIDE)
		return put_hex(into, mask, WIDE);
	if (mask >> 32 == 0)
		return put_hex(into, mask, NARROW);
	buffer_char(into, '<');
	return 1 + put_hex(into, mask & UINT32_MAX, NARROW);
}

CELL(flags)
{
	(void)room;
	return put_number(into, ps_number(row, field) >> 6 & 7, 0);
}

CELL(priority_60)
{
	(void)room;
	return put_number(into, 60 + ps_number(row, field), 0);
}

CELL(priority_39)
{
	(void)room;
	return put_number(into, 39 - ps_number(row, field), 0);
}

CELL(priority_api)
{
	(void)room;
	return put_number(into, -1 - ps_number(row, field), 0);
}

CELL(priority_bar)
{
	(void)room;
	return put_number(into, ps_number(row, field) + 1, 0);
}

CELL(priority_baz)
{
	(void)room;
	return put_number(into, ps_number(row, field) + 100, 0);
}

CELL(priority_foo)
{
	(void)room;
	return put_number(into, ps_number(row, field) - 20, 0);
}

/* Only ordinary and batch scheduling have a nice value. */
CELL(nice)
{
	int64_t policy = ps_number(row, TASK_policy);

	(void)room;
	if (policy != POLICY_OTHER && policy != POLICY_BATCH)
		return ps_put(into, "-");
	return put_number(into, ps_number(row, field), 0);
}

CELL(realtime)
{
	(void)room;
	if (ps_number(row, TASK_policy) == POLICY_OTHER)
		return ps_put(into, "-");
	return put_number(into, ps_number(row, field), 0);
}

CELL(running_on)
{
	(void)field, (void)room;
	if (ps_number(row, TASK_state) != 'R')
		return ps_put(into, "*");
	return put_number(into, ps_number(row, TASK_cpu_last), 0);
}

CELL(limit)
{
	int64_t limit;

	(void)room;
	if (!view_number(row->view, row->at, field, &limit))
		return ps_put(into, "xx");
	return put_number(into, limit / KIB, 5);
}

CELL(login)
{
	int64_t user;

	(void)room;
	if (!view_number(row->view, row->at, field, &user) || user == UINT32_MAX)
		return ps_put(into, "-");
	return put_number(into, user, 0);
}

CELL(namespace)
{
	int64_t inode;

	(void)room;
	if (!view_number(row->view, row->at, field, &inode))
		return ps_put(into, "-");
	return put_number(into, inode, 0);
}

/* Any field of the table by its own name: printed as its name says, in its own unit; '-' when absent. */
CELL(field)
{
	const struct field *f = &task_fields[field];
	size_t before = into->len;
	int64_t number;

	if (f->kind == TEXT)
		return ps_cell_text(row, field, room, into);
	if (!view_number(row->view, row->at, field, &number))
		return ps_put(into, "-");
	data_number(into, f, number, DATA_CSV);
	return into->len - before;
}
