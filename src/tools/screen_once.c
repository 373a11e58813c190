/* One frame of the vires screen to stdout: as text for people, as JSON or CSV for programs. */
#include <errno.h>
#include <langinfo.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "analysis/ledger.h"
#include "base/clock.h"
#include "render/data.h"
#include "tools/heading.h"
#include "tools/screen.h"

/* The two moments of a frame. */
struct moments {
	struct snapshot before, now;
	struct watch watch;
	struct screen_past past;
};

static void wait_ns(int64_t ns)
{
	struct timespec left = { ns / NS_PER_S, ns % NS_PER_S };

	while (nanosleep(&left, &left) < 0 && errno == EINTR)
		;
}

/*
 * What the second moment looks back to: counters, how large each was, and who it was. Shares are of one moment, and are
 * read once. The rest is named as details, of nobody, so that one eBPF program is made for both.
 */
static struct request look_back(const struct request *request)
{
	struct request ret = *request;

	ret.details = request->fields;
	ret.fields = (struct field_set){ 0 };
	for (unsigned id = 0; id < TASK_FIELDS; id++)
		if (field_set_has(&request->fields, id) && !field_derived(&task_fields[id]) &&
		    (task_fields[id].kind == COUNTER || id == TASK_started_ns || id == TASK_rss_bytes))
			field_set_add(&ret.fields, id);
	ret.share_longest_ns = 0;
	return ret;
}

/* A captured tree in steps has moments of its own. */
static int take(struct screen_call *call, struct moments *ret)
{
	struct request request, first;
	struct source *source;

	int r = place_open(&call->shared.place, true, &source);
	if (r < 0)
		return r;
	screen_request(call, &request);
	first = look_back(&request);
	r = source_take(source, &first, &ret->before);
	if (r == 0) {
		r = watch_update(&ret->watch, &ret->before);
		if (!call->shared.place.root)
			wait_ns(call->settings.delay_ns < NS_PER_S ? call->settings.delay_ns : NS_PER_S);
	}
	if (r == 0)
		r = source_take(source, &request, &ret->now);
	if (r == 0)
		r = watch_update(&ret->watch, &ret->now);
	source_free(source);
	return r;
}

static void moments_done(struct moments *moments)
{
	snapshot_done(&moments->before);
	snapshot_done(&moments->now);
	watch_done(&moments->watch);
}

/* A line without its marks and the blanks at its end. */
static void put_plain(struct buffer *buffer, struct span line)
{
	size_t start = buffer->len;

	marked_put(buffer, line, SCREEN_WIDTH_MOST);
	while (buffer->len > start && buffer->at[buffer->len - 1] == ' ')
		buffer->len--;
	buffer_char(buffer, '\n');
}

static void put_text(struct buffer *buffer, const struct screen_call *call, const struct screen_frame *frame,
                     const struct screen_past *past)
{
	size_t width = call->width ? (size_t)call->width : isatty(STDOUT_FILENO) ? screen_columns() : 160;
	struct screen_layout layout = { 0 };
	struct buffer lines = { 0 };
	struct span rest, line;

	if (call->settings.header)
		screen_header_put(&lines, call, frame, past, width, SIZE_MAX);
	screen_layout_make(&layout, call, frame, width);
	screen_title_put(&lines, call, &layout);
	buffer_char(&lines, '\n');
	for (size_t i = 0; i < frame->count; i++) {
		screen_row_put(&lines, call, frame, &layout, &frame->items[i], MARK_PLAIN);
		buffer_char(&lines, '\n');
	}
	screen_total_put(&lines, call, frame, width);
	buffer_char(&lines, '\n');
	rest = buffer_span(&lines);
	while (span_line(&rest, &line))
		put_plain(buffer, line);
	buffer_done(&lines);
}

static void put_sums(struct buffer *buffer, const char *name, const struct screen_sums *sums)
{
	buffer_format(buffer, "\"%s\":{\"processes\":%zu,\"with_memory\":%zu,\"pss_known\":%zu,", name, sums->processes,
	              sums->with_memory, sums->known);
	buffer_format(buffer, "\"pss_bytes\":%lld,\"uss_bytes\":%lld,\"rss_bytes\":%lld,\"swap_bytes\":%lld},",
	              (long long)sums->pss, (long long)sums->uss, (long long)sums->rss, (long long)sums->swap);
}

static const uint8_t ids[] = {
	TASK_pid,
	TASK_ppid,
	TASK_started_ns,
	TASK_user,
	TASK_state,
	TASK_comm,
	TASK_cmdline,
	TASK_threads,
	TASK_pss_bytes,
	TASK_uss_bytes,
	TASK_rss_bytes,
	TASK_swap_bytes,
	TASK_anon_bytes,
	TASK_file_bytes,
	TASK_shmem_bytes,
	TASK_pss_unknown,
	TASK_pss_age_ns,
	TASK_pss_cost_ns,
	TASK_rss_growth_bytes_per_min,
	TASK_faults_per_s,
	TASK_cpu_percent,
};

static const uint8_t sum_ids[] = { TASK_pss_bytes,    TASK_uss_bytes,  TASK_rss_bytes,   TASK_swap_bytes,
	                           TASK_anon_bytes,   TASK_file_bytes, TASK_shmem_bytes, TASK_rss_growth_bytes_per_min,
	                           TASK_faults_per_s, TASK_cpu_percent };

/* What was put together: its name, how many, and the sums. */
static void put_groups(struct buffer *buffer, const struct screen_frame *frame)
{
	buffer_text(buffer, "\"groups\":[");
	for (size_t i = 0; i < frame->count; i++) {
		const struct screen_item *item = &frame->items[i];
		buffer_text(buffer, i ? ",\n{\"name\":" : "\n{\"name\":");
		data_json_text(buffer, item->name);
		buffer_format(buffer, ",\"processes\":%zu", screen_item_processes(frame, item));
		for (size_t k = 0; k < sizeof sum_ids; k++) {
			const struct screen_column column = { .column = { .id = sum_ids[k] } };
			int64_t value;
			buffer_format(buffer, ",\"%s\":", task_fields[sum_ids[k]].name);
			if (screen_item_number(frame, item, &column, &value))
				data_number(buffer, &task_fields[sum_ids[k]], value, DATA_JSON);
			else
				buffer_text(buffer, "null");
		}
		buffer_char(buffer, '}');
	}
	buffer_text(buffer, "],");
}

static void put_json(struct buffer *buffer, const struct screen_call *call, const struct screen_frame *frame,
                     const uint32_t *rows)
{
	data_begin(buffer, "screen", frame->view.now);
	put_sums(buffer, "all", &frame->all);
	put_sums(buffer, "shown", &frame->shown);
	data_machine(buffer, &frame->view.now->machine, ledger_fields, ledger_field_count);
	data_machine(buffer, &frame->view.now->machine, (const uint8_t[]){ MACHINE_mapped_bytes }, 1);
	if (call->settings.roll > ROLL_TREE)
		put_groups(buffer, frame);
	data_tasks(buffer, "processes", &frame->view, rows, frame->row_count, ids, sizeof ids);
	data_end(buffer);
}

static int put(struct screen_call *call, const struct moments *moments, struct buffer *buffer)
{
	struct screen_frame frame;

	int r = screen_frame_init(&frame, call, &moments->now, &moments->before, &moments->watch, NULL);
	if (r < 0)
		return r;
	uint32_t *rows = calloc(frame.row_count + 1, sizeof *rows);
	size_t count = 0;
	for (size_t i = 0; rows && i < frame.count; i++)
		for (uint32_t k = 0; k < (frame.items[i].name.at ? frame.items[i].count : 1); k++)
			rows[count++] = frame.order[frame.items[i].first + k];
	if (rows && call->shared.data == DATA_JSON)
		put_json(buffer, call, &frame, rows);
	else if (rows && call->shared.data == DATA_CSV)
		data_document(buffer, DATA_CSV, "screen", &frame.view, rows, count, ids, sizeof ids);
	else if (rows)
		put_text(buffer, call, &frame, &moments->past);
	free(rows);
	screen_frame_done(&frame);
	return rows ? 0 : -ENOMEM;
}

int screen_once(struct screen_call *call)
{
	struct moments moments = { 0 };
	struct buffer buffer = { 0 };

	call->once = true;
	screen_limit_read(call);
	call->settings.unicode &= !strcmp(nl_langinfo(CODESET), "UTF-8");
	int r = take(call, &moments);
	if (r < 0) {
		moments_done(&moments);
		return place_complain(call->tool, STATUS_NOT_POSSIBLE, &call->shared.place, r);
	}
	screen_past_add(&moments.past, call, &moments.now, &moments.before);
	r = put(call, &moments, &buffer);
	moments_done(&moments);
	if (r < 0)
		return complain(call->tool, STATUS_NOT_POSSIBLE, "%s", strerror(-r));
	say(call->tool, &buffer);
	buffer_done(&buffer);
	return STATUS_OK;
}
