#include "analysis/oom_log.h"

#include <errno.h>
#include <stdlib.h>

#include "base/array.h"

static const struct oom_kill nothing = { .since_boot_ns = -1,
	                                 .usage_bytes = -1,
	                                 .limit_bytes = -1,
	                                 .uid = -1,
	                                 .virt_bytes = -1,
	                                 .anon_bytes = -1,
	                                 .file_bytes = -1,
	                                 .shmem_bytes = -1,
	                                 .page_table_bytes = -1 };

void oom_log_init(struct oom_log *log, int64_t page_bytes)
{
	*log = (struct oom_log){ .page_bytes = page_bytes, .open = nothing };
}

void oom_log_done(struct oom_log *log)
{
	free(log->kills);
	free(log->rows);
	arena_done(&log->texts);
	*log = (struct oom_log){ 0 };
}

static bool find(struct span text, const char *what, size_t *ret_at)
{
	size_t len = strlen(what);

	for (size_t i = 0; i + len <= text.len; i++)
		if (memcmp(text.at + i, what, len) == 0) {
			*ret_at = i;
			return true;
		}
	return false;
}

/* The number behind `key`, in `unit` bytes; -1 when there is none. */
static int64_t number_after(struct span text, const char *key, int64_t unit)
{
	size_t at, digits = 0;
	int64_t number;

	if (!find(text, key, &at))
		return -1;
	text = span_skip(text, at + strlen(key));
	while (digits < text.len && text.at[digits] >= '0' && text.at[digits] <= '9')
		digits++;
	text.len = digits;
	if (!span_i64(&text, &number) || __builtin_mul_overflow(number, unit, &number))
		return -1;
	return number;
}

static struct span word_after(struct span text, const char *key)
{
	size_t at;
	struct span word = { 0 };

	if (!find(text, key, &at))
		return word;
	text = span_skip(text, at + strlen(key));
	if (!span_until(&text, ',', &word))
		word = text;
	return word;
}

/* A new report: what is left of one without its end goes. */
static int begin(struct oom_log *log, struct span line, size_t asker_len)
{
	log->open = nothing;
	log->row_count = 0;
	log->columns = 0;
	log->open.asker = arena_copy(&log->texts, (struct span){ line.at, asker_len });
	return asker_len == 0 || log->open.asker.len ? 0 : -ENOMEM;
}

static unsigned count_words(struct span line)
{
	struct span word;
	unsigned count = 0;

	while (span_word(&line, &word))
		count++;
	return count;
}

static int64_t scaled(int64_t number, int64_t unit)
{
	int64_t product;

	return number < 0 || __builtin_mul_overflow(number, unit, &product) ? -1 : product;
}

/*
 * "[   1234]  1000  1234    18167    8670 ... name": pid, uid, tgid, total_vm, rss, then three parts of rss since 6.8,
 * page-table bytes, swap entries, oom_score_adj, name. Amounts are pages.
 */
static int add_row(struct oom_log *log, struct span line)
{
	enum { NEW_COLUMNS = 14, PID = 0, RSS = 4, MOST = 11 };
	int64_t number[MOST];
	struct span first;
	size_t numbers = log->columns == NEW_COLUMNS ? MOST : MOST - 3;

	line = span_skip(line, 1);
	if (!span_until(&line, ']', &first) || !span_numbers(&first, number, 1) ||
	    span_numbers(&line, number + 1, numbers - 1) < numbers - 1)
		return 0;
	struct oom_holder *rows = array_room(log->rows, log->row_count, &log->row_capacity, sizeof *rows);
	if (!rows)
		return -ENOMEM;
	log->rows = rows;
	struct span name = arena_copy(&log->texts, span_trim(line));
	log->rows[log->row_count++] = (struct oom_holder){ .pid = number[PID],
		                                           .rss_bytes = scaled(number[RSS], log->page_bytes),
		                                           .page_table_bytes = number[numbers - 3],
		                                           .swap_bytes = scaled(number[numbers - 2], log->page_bytes),
		                                           .adj = number[numbers - 1],
		                                           .name = name };
	return 0;
}

/* "Out of memory: Killed process 123 (name) total-vm:1kB, anon-rss:1kB, ..., UID:0 pgtables:1kB oom_score_adj:0" */
static bool read_victim(struct oom_log *log, struct span line, struct oom_kill *kill)
{
	static const char mark[] = "Killed process ";
	size_t at, end;

	if (!find(line, mark, &at) || !find(line, ") total-vm:", &end))
		return false;
	struct span rest = span_skip(line, at + sizeof mark - 1);
	if (!span_i64(&rest, &kill->pid) || !span_starts(rest, SPAN(" (")))
		return false;
	size_t start = (size_t)(rest.at - line.at) + 2;
	if (start > end)
		return false;
	kill->name = arena_copy(&log->texts, (struct span){ line.at + start, end - start });
	rest = span_skip(line, end);
	kill->virt_bytes = number_after(rest, "total-vm:", 1024);
	kill->anon_bytes = number_after(rest, "anon-rss:", 1024);
	kill->file_bytes = number_after(rest, "file-rss:", 1024);
	kill->shmem_bytes = number_after(rest, "shmem-rss:", 1024);
	kill->uid = number_after(rest, "UID:", 1);
	kill->page_table_bytes = number_after(rest, "pgtables:", 1024);
	if (find(rest, "oom_score_adj:", &at)) {
		rest = span_skip(rest, at + strlen("oom_score_adj:"));
		span_i64(&rest, &kill->adj);
	}
	return true;
}

static int finish(struct oom_log *log, int64_t since_boot_ns, struct span line)
{
	struct oom_kill *kill = &log->open;

	if (!read_victim(log, line, kill))
		return 0;
	kill->since_boot_ns = since_boot_ns;
	kill->in_group |= span_starts(line, SPAN("Memory cgroup"));
	if (log->row_count) {
		struct oom_holder *rows = arena_new(&log->texts, log->row_count * sizeof *rows);
		if (!rows)
			return -ENOMEM;
		memcpy(rows, log->rows, log->row_count * sizeof *rows);
		kill->holders = rows;
		kill->holder_count = log->row_count;
	}
	struct oom_kill *kills = array_room(log->kills, log->count, &log->capacity, sizeof *kills);
	if (!kills)
		return -ENOMEM;
	log->kills = kills;
	log->kills[log->count++] = *kill;
	log->open = nothing;
	log->row_count = 0;
	log->columns = 0;
	return 0;
}

int oom_log_line(struct oom_log *log, int64_t since_boot_ns, struct span line)
{
	struct oom_kill *kill = &log->open;
	size_t at;

	if (find(line, " invoked oom-killer: ", &at))
		return begin(log, line, at);
	if (span_starts(line, SPAN("memory: usage "))) {
		kill->usage_bytes = number_after(line, "usage ", 1024);
		kill->limit_bytes = number_after(line, "limit ", 1024);
	} else if (span_starts(line, SPAN("[  pid  ]"))) {
		log->columns = count_words(line);
		log->row_count = 0;
	} else if (span_starts(line, SPAN("oom-kill:"))) {
		struct span group = word_after(line, "oom_memcg=");
		kill->in_group = group.len > 0;
		kill->group = arena_copy(&log->texts, group);
		log->columns = 0;
		return group.len && !kill->group.len ? -ENOMEM : 0;
	} else if (log->columns && span_starts(line, SPAN("["))) {
		return add_row(log, line);
	} else if (span_starts(line, SPAN("Out of memory")) || span_starts(line, SPAN("Memory cgroup out of memory"))) {
		return finish(log, since_boot_ns, line);
	}
	return 0;
}

int64_t oom_log_time(struct span *line)
{
	struct span rest = *line, inside;
	int64_t microseconds;

	if (!span_starts(rest, SPAN("[")))
		return -1;
	rest = span_skip(rest, 1);
	if (!span_until(&rest, ']', &inside))
		return -1;
	inside = span_trim(inside);
	if (span_last(inside, '.') < 0) /* a process of the table, in a log without times */
		return -1;
	if (!span_fixed(&inside, 6, &microseconds) || inside.len ||
	    __builtin_mul_overflow(microseconds, 1000, &microseconds))
		return -1;
	*line = span_starts(rest, SPAN(" ")) ? span_skip(rest, 1) : rest;
	return microseconds;
}
