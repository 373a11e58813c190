/* The public C API: sources, requests, and reading snapshots. Each function is described in vires.h. */
#include <errno.h>
#include <stdlib.h>

#include "base/clock.h"
#include "collect/live.h"
#include "lib/handles.h"
#include "model/derive.h"
#include "model/rate.h"

const char *vires_version(void)
{
	return VIRES_VERSION;
}

const char *vires_strerror(int error)
{
	const char *text = error <= 0 && error > -4096 ? strerrordesc_np(-error) : NULL;

	return text ? text : "unknown error";
}

int vires_open(const char *root, unsigned flags, struct vires_source **ret)
{
	const struct live_options options = {
		.root = root,
		.keep = flags & VIRES_KEEP_OPEN,
		.kind = flags & VIRES_BPF ? TABLE_AUTO : TABLE_PROC,
	};
	struct why why;

	if (flags & ~(VIRES_KEEP_OPEN | VIRES_BPF))
		return -EINVAL;
	struct vires_source *made = calloc(1, sizeof *made);
	if (!made)
		return -ENOMEM;
	int r = live_open(&options, &made->source, &why);
	if (r < 0)
		free(made);
	else
		*ret = made;
	return r;
}

void vires_close(struct vires_source *source)
{
	if (!source)
		return;
	source_free(source->source);
	watch_done(&source->watch);
	free(source);
}

int vires_request_new(struct vires_request **ret)
{
	struct vires_request *made = calloc(1, sizeof *made);

	if (!made)
		return -ENOMEM;
	*ret = made;
	return 0;
}

void vires_request_free(struct vires_request *request)
{
	if (!request)
		return;
	free(request->pids);
	free(request);
}

static void ask_task(struct vires_request *request, const struct field *field)
{
	request_field(&request->request, &request->request.fields, field->id);
	if (field->kind == COUNTER)
		request_field(&request->request, &request->request.fields, TASK_started_ns);
	request->growth |= field->id == TASK_rss_growth_bytes_per_min;
}

int vires_request_field(struct vires_request *request, enum vires_table table, int id)
{
	const struct field *field = lib_field(table, id);

	if (!field)
		return -EINVAL;
	switch (table) {
	case VIRES_TASK:
		ask_task(request, field);
		break;
	case VIRES_MACHINE:
		request_machine(&request->request, field->id);
		break;
	case VIRES_CPU:
		request_cpu(&request->request, field->id);
		break;
	case VIRES_SWAP:
		request->request.swaps = true;
		break;
	}
	return 0;
}

int vires_request_name(struct vires_request *request, enum vires_table table, const char *name)
{
	int id = vires_field_find(table, name);

	return id < 0 ? id : vires_request_field(request, table, id);
}

int vires_request_pids(struct vires_request *request, const int64_t *pids, size_t count)
{
	int64_t *copy = NULL;

	for (size_t i = 0; i < count; i++)
		if (pids[i] < 1)
			return -EINVAL;
	if (count) {
		copy = reallocarray(NULL, count, sizeof *copy);
		if (!copy)
			return -ENOMEM;
		memcpy(copy, pids, count * sizeof *copy);
	}
	free(request->pids);
	request->request.pids = request->pids = copy;
	request->request.pid_count = count;
	return 0;
}

int vires_request_threads(struct vires_request *request, enum vires_threads threads)
{
	switch (threads) {
	case VIRES_NO_THREADS:
		request->request.threads = NO_THREADS;
		return 0;
	case VIRES_ONLY_THREADS:
		request->request.threads = ONLY_THREADS;
		return 0;
	case VIRES_THREADS_TOO:
		request->request.threads = THREADS_TOO;
		return 0;
	}
	return -EINVAL;
}

static void note_asked(struct vires_snapshot *snapshot, const struct vires_request *request)
{
	static const unsigned row_keys[] = { TASK_pid, TASK_tgid, TASK_is_thread, TASK_read_ns };

	snapshot->asked[VIRES_TASK] = request->request.fields;
	for (size_t i = 0; request->request.tasks && i < sizeof row_keys / sizeof *row_keys; i++)
		field_set_add(&snapshot->asked[VIRES_TASK], row_keys[i]);
	snapshot->asked[VIRES_MACHINE] = request->request.machine;
	for (unsigned id = 0; request->request.cpus && id < CPU_FIELDS; id++)
		if (cpu_fields[id].from == FROM_SYSTEM_STAT || field_derived(&cpu_fields[id]) ||
		    field_set_has(&request->request.cpu_fields, id))
			field_set_add(&snapshot->asked[VIRES_CPU], id);
	for (unsigned id = 0; request->request.swaps && id < SWAP_FIELDS; id++)
		field_set_add(&snapshot->asked[VIRES_SWAP], id);
}

/* Growth is counted from the first time that this source saw a process: each snapshot keeps what was known then. */
static int note_growth(struct vires_source *source, struct vires_snapshot *snapshot)
{
	int r = watch_update(&source->watch, &snapshot->data);

	if (r < 0)
		return r;
	size_t count = source->watch.count;
	snapshot->watch.sightings = reallocarray(NULL, count + 1, sizeof *snapshot->watch.sightings);
	if (!snapshot->watch.sightings)
		return -ENOMEM;
	if (count)
		memcpy(snapshot->watch.sightings, source->watch.sightings, count * sizeof *source->watch.sightings);
	snapshot->watch.count = count;
	return 0;
}

int vires_take(struct vires_source *source, const struct vires_request *request, struct vires_snapshot **ret)
{
	struct vires_snapshot *made = calloc(1, sizeof *made);

	if (!made)
		return -ENOMEM;
	int r = source_take(source->source, &request->request, &made->data);
	if (r == 0 && request->growth)
		r = note_growth(source, made);
	if (r == 0)
		r = view_init(&made->view, &made->data, NULL, request->growth ? &made->watch : NULL);
	if (r < 0) {
		vires_snapshot_free(made);
		return r;
	}
	note_asked(made, request);
	*ret = made;
	return 0;
}

void vires_snapshot_free(struct vires_snapshot *snapshot)
{
	if (!snapshot)
		return;
	view_done(&snapshot->view);
	watch_done(&snapshot->watch);
	snapshot_done(&snapshot->data);
	free(snapshot);
}

int64_t vires_wall_ns(const struct vires_snapshot *snapshot)
{
	return snapshot->data.wall_ns;
}

int64_t vires_monotonic_ns(const struct vires_snapshot *snapshot)
{
	return snapshot->data.monotonic_ns;
}

const char *vires_boot_id(const struct vires_snapshot *snapshot)
{
	return snapshot->data.boot_id;
}

const char *vires_source_name(const struct vires_snapshot *snapshot)
{
	return snapshot->data.source;
}

size_t vires_rows(const struct vires_snapshot *snapshot, enum vires_table table)
{
	switch (table) {
	case VIRES_TASK:
		return snapshot->data.count;
	case VIRES_MACHINE:
		return 1;
	case VIRES_CPU:
		return snapshot->data.cpu_count;
	case VIRES_SWAP:
		return snapshot->data.swap_count;
	}
	return 0;
}

int vires_find_pid(const struct vires_snapshot *snapshot, int64_t pid, size_t *ret_row)
{
	int64_t value;

	for (size_t row = 0; row < snapshot->data.count; row++) {
		if (!snapshot_number(&snapshot->data, row, TASK_pid, &value) || value != pid ||
		    !snapshot_number(&snapshot->data, row, TASK_is_thread, &value) || value)
			continue;
		*ret_row = row;
		return 1;
	}
	return 0;
}

/* The field that a caller names, if it may be read of that row; else why not. */
static int find(const struct vires_snapshot *snapshot, enum vires_table table, size_t row, int id,
                const struct field **ret)
{
	const struct field *field = lib_field(table, id);

	if (!field)
		return -EINVAL;
	if (!field_set_has(&snapshot->asked[table], field->id))
		return -ENODATA;
	if (row >= vires_rows(snapshot, table))
		return -ERANGE;
	*ret = field;
	return 0;
}

/* The record of one CPU or swap area. */
static const void *record_of(const struct snapshot *snapshot, enum vires_table table, size_t row)
{
	return table == VIRES_CPU ? (const void *)&snapshot->cpus[row] : &snapshot->swaps[row];
}

static bool number(const struct vires_snapshot *snapshot, enum vires_table table, size_t row, const struct field *field,
                   int64_t *ret)
{
	if (table == VIRES_TASK)
		return view_number(&snapshot->view, row, field->id, ret);
	if (table == VIRES_MACHINE)
		return machine_number(&snapshot->data.machine, field->id, ret);
	return record_number(field, record_of(&snapshot->data, table, row), ret);
}

int vires_number(const struct vires_snapshot *snapshot, enum vires_table table, size_t row, int id, int64_t *ret)
{
	const struct field *field;

	int r = find(snapshot, table, row, id, &field);
	if (r < 0)
		return r;
	return field->kind == TEXT ? -EINVAL : number(snapshot, table, row, field, ret);
}

int vires_text(const struct vires_snapshot *snapshot, enum vires_table table, size_t row, int id, const char **ret_text,
               size_t *ret_length)
{
	const struct field *field;
	struct span text;
	bool there;

	int r = find(snapshot, table, row, id, &field);
	if (r < 0)
		return r;
	if (field->kind != TEXT)
		return -EINVAL;
	if (table == VIRES_TASK)
		there = view_text(&snapshot->view, row, field->id, &text);
	else if (table == VIRES_MACHINE)
		there = record_text(field, &snapshot->data.machine, &text);
	else
		there = record_text(field, record_of(&snapshot->data, table, row), &text);
	if (there) {
		*ret_text = text.at;
		*ret_length = text.len;
	}
	return there;
}

int vires_number_of(const struct vires_snapshot *snapshot, enum vires_table table, size_t row, const char *name,
                    int64_t *ret)
{
	int id = vires_field_find(table, name);

	return id < 0 ? id : vires_number(snapshot, table, row, id, ret);
}

int vires_text_of(const struct vires_snapshot *snapshot, enum vires_table table, size_t row, const char *name,
                  const char **ret_text, size_t *ret_length)
{
	int id = vires_field_find(table, name);

	return id < 0 ? id : vires_text(snapshot, table, row, id, ret_text, ret_length);
}

int vires_compare(struct vires_snapshot *snapshot, const struct vires_snapshot *before)
{
	struct view view;

	if (before && (strcmp(before->data.boot_id, snapshot->data.boot_id) != 0 ||
	               before->data.monotonic_ns > snapshot->data.monotonic_ns))
		return -EINVAL;
	int r = view_init(&view, &snapshot->data, before ? &before->data : NULL, snapshot->view.watch);
	if (r < 0)
		return r;
	view_done(&snapshot->view);
	snapshot->view = view;
	return 0;
}

/* The same CPU a moment ago. */
static const struct cpu *cpu_before(const struct vires_snapshot *snapshot, size_t row)
{
	const struct snapshot *before = snapshot->view.before;

	for (size_t i = 0; i < before->cpu_count; i++)
		if (before->cpus[i].id == snapshot->data.cpus[row].id)
			return &before->cpus[i];
	return NULL;
}

static bool past(const struct vires_snapshot *snapshot, enum vires_table table, size_t row, const struct field *field,
                 int64_t *ret, int64_t *ret_elapsed_ns)
{
	const struct snapshot *before = snapshot->view.before;

	if (table == VIRES_TASK)
		return view_past(&snapshot->view, row, field->id, ret, ret_elapsed_ns);
	const void *record = table == VIRES_CPU ? (const void *)cpu_before(snapshot, row) : &before->machine;
	*ret_elapsed_ns = snapshot->data.monotonic_ns - before->monotonic_ns;
	return record && record_number(field, record, ret);
}

int vires_rate(const struct vires_snapshot *snapshot, enum vires_table table, size_t row, int id, double *ret)
{
	enum { PARTS = 1000 };
	const struct field *field;
	int64_t now, then, elapsed, value;

	int r = find(snapshot, table, row, id, &field);
	if (r < 0)
		return r;
	if (field->kind != COUNTER || field_derived(field))
		return -EINVAL;
	if (!snapshot->view.before || !number(snapshot, table, row, field, &now) ||
	    !past(snapshot, table, row, field, &then, &elapsed) || elapsed <= 0 ||
	    !rate(then, now, elapsed, PARTS * NS_PER_S, &value))
		return 0;
	*ret = (double)value / PARTS;
	return 1;
}
