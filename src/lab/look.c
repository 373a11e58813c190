#include "lab/look.h"

#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "collect/live.h"
#include "collect/pages.h"
#include "model/derive.h"

static struct source *machine_source(void)
{
	static struct source *source;
	static pid_t opened_by;

	if (opened_by != getpid()) /* a forked child opens its own */
		source = NULL;
	if (!source && live_new(NULL, false, &source) < 0)
		return NULL;
	opened_by = getpid();
	return source;
}

int64_t look_task(pid_t pid, unsigned task_id)
{
	struct source *source = machine_source();
	int64_t number = UNSEEN, wanted = pid;
	struct request request = { .pids = &wanted, .pid_count = 1 };
	struct snapshot snapshot;
	struct view view;

	request_field(&request, &request.fields, task_id);
	request.tasks = true;
	if (!source || source_take(source, &request, &snapshot) < 0)
		return UNSEEN;
	if (snapshot.count > 0 && view_init(&view, &snapshot, NULL, NULL) == 0) {
		view_number(&view, 0, task_id, &number);
		view_done(&view);
	}
	snapshot_done(&snapshot);
	return number;
}

bool look_becomes(pid_t pid, char state)
{
	const struct timespec pause = { .tv_nsec = 2000000 };

	for (int i = 0; i < 1000; i++) {
		if (look_task(pid, TASK_state) == state)
			return true;
		nanosleep(&pause, NULL);
	}
	return false;
}

bool look_each(const uint8_t *task_ids, look_visit *visit, void *context)
{
	struct source *source = machine_source();
	struct request request = { 0 };
	struct snapshot snapshot;
	struct view view;

	request_field(&request, &request.fields, TASK_pid);
	for (; *task_ids != TASK_pid; task_ids++)
		request_field(&request, &request.fields, *task_ids);
	if (!source || source_take(source, &request, &snapshot) < 0)
		return false;
	bool fine = view_init(&view, &snapshot, NULL, NULL) == 0;
	for (size_t row = 0; fine && row < snapshot.count; row++)
		visit(context, &view, row);
	if (fine)
		view_done(&view);
	snapshot_done(&snapshot);
	return fine;
}

bool look_machine_all(const unsigned *machine_ids, int64_t *ret)
{
	struct source *source = machine_source();
	struct request request = { 0 };
	struct snapshot snapshot;
	bool known = true;

	for (const unsigned *id = machine_ids; *id != MACHINE_FIELDS; id++)
		request_machine(&request, *id);
	if (!source || source_take(source, &request, &snapshot) < 0)
		return false;
	for (; known && *machine_ids != MACHINE_FIELDS; machine_ids++)
		known = machine_number(&snapshot.machine, *machine_ids, ret++);
	snapshot_done(&snapshot);
	return known;
}

int64_t look_machine(unsigned machine_id)
{
	int64_t number;

	return look_machine_all((unsigned[]){ machine_id, MACHINE_FIELDS }, &number) ? number : UNSEEN;
}

bool look_machine_is(unsigned machine_id, const char *word)
{
	const struct field *field = &machine_fields[machine_id];
	struct source *source = machine_source();
	struct request request = { 0 };
	struct snapshot snapshot;
	struct span text;

	request_machine(&request, machine_id);
	if (!source || source_take(source, &request, &snapshot) < 0)
		return false;
	bool is = record_text(field, &snapshot.machine, &text) && span_is(text, word);
	snapshot_done(&snapshot);
	return is;
}

int64_t look_minor_faults(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_minflt;
}

int64_t look_major_faults(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_majflt;
}

/* What a walk over the mappings looks for, and what it finds. */
struct walk {
	int64_t address, inode;
	const char *perms;
	unsigned mapping_id;
	int64_t number;
	struct place_in_memory *place;
};

static void copy(struct span text, char *ret, size_t size)
{
	size_t n = text.len < size - 1 ? text.len : size - 1;

	memcpy(ret, text.at, n);
	ret[n] = '\0';
}

static void note(struct walk *walk, const struct mapping *mapping)
{
	if (walk->mapping_id && field_set_has(&mapping->have, walk->mapping_id))
		record_number(&mapping_fields[walk->mapping_id], mapping, &walk->number);
	if (!walk->place)
		return;
	*walk->place = (struct place_in_memory){ mapping->start, mapping->end, mapping->offset_bytes, mapping->inode };
	copy(mapping->perms, walk->place->perms, sizeof walk->place->perms);
	if (mapping_has(mapping, name))
		copy(mapping->name, walk->place->name, sizeof walk->place->name);
}

static int visit_address(void *context, const struct mapping *mapping)
{
	struct walk *walk = context;

	if (walk->address < mapping->start || walk->address >= mapping->end)
		return 0;
	note(walk, mapping);
	return 1;
}

static int visit_file(void *context, const struct mapping *mapping)
{
	struct walk *walk = context;

	if (mapping->inode == 0 || (walk->inode && mapping->inode != walk->inode) ||
	    !span_is(mapping->perms, walk->perms))
		return 0;
	note(walk, mapping);
	return 1;
}

static int visit_count(void *context, const struct mapping *mapping)
{
	(void)mapping;
	((struct walk *)context)->number++;
	return 0;
}

static int visit_committed(void *context, const struct mapping *mapping)
{
	struct walk *walk = context;
	struct span flags = mapping->vm_flags, flag;

	while (span_word(&flags, &flag))
		if (span_is(flag, "ac"))
			walk->number += mapping->size_bytes;
	return 0;
}

static int visit_all(pid_t pid, unsigned mapping_id, mapping_visit *visit, struct walk *walk)
{
	struct source *source = machine_source();
	struct field_set wanted = { 0 };

	field_set_add(&wanted, mapping_id);
	return source ? source_mappings(source, pid, &wanted, visit, walk) : -ENOMEM;
}

bool look_mapping(pid_t pid, const volatile void *address, struct place_in_memory *ret)
{
	struct walk walk = { .address = (int64_t)(intptr_t)address, .place = ret };

	return visit_all(pid, MAPPING_start, visit_address, &walk) == 1;
}

int64_t look_mapping_number(pid_t pid, const volatile void *address, unsigned mapping_id)
{
	struct walk walk = { .address = (int64_t)(intptr_t)address, .mapping_id = mapping_id, .number = UNSEEN };

	visit_all(pid, mapping_id, visit_address, &walk);
	return walk.number;
}

bool look_mapping_of(pid_t pid, int64_t inode, const char *perms, struct place_in_memory *ret)
{
	struct walk walk = { .inode = inode, .perms = perms, .place = ret };

	return visit_all(pid, MAPPING_start, visit_file, &walk) == 1;
}

int64_t look_mapping_count(pid_t pid)
{
	struct walk walk = { 0 };

	return visit_all(pid, MAPPING_start, visit_count, &walk) < 0 ? UNSEEN : walk.number;
}

int64_t look_committed(pid_t pid)
{
	struct walk walk = { 0 };

	return visit_all(pid, MAPPING_vm_flags, visit_committed, &walk) < 0 ? UNSEEN : walk.number;
}

int64_t look_frame(pid_t pid, const volatile void *address)
{
	struct page_entry entry;

	if (pages_read(pid, (uint64_t)(uintptr_t)address, &entry, 1) < 0 || entry.frame < 0)
		return UNSEEN;
	return entry.frame;
}

static int compare(const void *left, const void *right)
{
	const struct page_entry *a = left, *b = right;

	return a->frame < b->frame ? -1 : a->frame > b->frame;
}

static int64_t count_frames(const volatile void *address, size_t pages, bool sorted, int64_t step_most)
{
	struct page_entry *entries = calloc(pages, sizeof *entries);
	int64_t count = UNSEEN;

	if (entries && pages_read(getpid(), (uint64_t)(uintptr_t)address, entries, pages) == 0) {
		if (sorted)
			qsort(entries, pages, sizeof *entries, compare);
		count = entries[0].frame < 0 ? UNSEEN : 1;
		for (size_t i = 1; count != UNSEEN && i < pages; i++) {
			int64_t step = entries[i].frame - entries[i - 1].frame;
			count += sorted ? step != 0 : step != step_most;
		}
	}
	free(entries);
	return count;
}

int64_t look_frames(const volatile void *address, size_t pages)
{
	return count_frames(address, pages, true, 0);
}

int64_t look_frame_runs(const volatile void *address, size_t pages)
{
	return count_frames(address, pages, false, 1);
}
