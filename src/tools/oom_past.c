#include "tools/oom_past.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "analysis/oom_log.h"
#include "base/clock.h"
#include "base/file.h"
#include "collect/groups.h"
#include "collect/kernel_log.h"
#include "model/derive.h"
#include "render/data.h"
#include "render/number.h"
#include "render/text.h"
#include "tools/look.h"

enum { HOLDERS_SHOWN = 5 };

/* A control group that has lost processes, as its memory.events says. */
struct lost {
	struct span group;
	int64_t kills;
};

struct past {
	const struct tool *tool;
	const struct shared *shared;
	struct oom_log log;
	struct look look;
	bool live;       /* the log is this machine's, of this boot */
	int64_t counted; /* by the kernel since boot; -1: not known */
	size_t first;    /* kill to show */
	struct lost *lost;
	size_t lost_count;
};

static int take_line(void *context, int64_t since_boot_ns, struct span line)
{
	return oom_log_line(context, since_boot_ns, line);
}

static int read_file(struct past *past, const char *path)
{
	enum { MOST = 64 * 1024 * 1024 };
	struct buffer buffer = { 0 };
	struct span bytes, line;

	int r = file_slurp(AT_FDCWD, path, MOST, &buffer, &bytes);
	while (r == 0 && span_line(&bytes, &line)) {
		int64_t time = oom_log_time(&line);
		r = oom_log_line(&past->log, time, line);
	}
	buffer_done(&buffer);
	return r;
}

static void put_size(struct buffer *out, int64_t bytes)
{
	if (bytes < 0)
		buffer_text(out, "an unknown amount");
	else
		number_human(out, bytes, false);
}

/* When, by the clock on the wall; or since boot, of a file that may be of any boot. */
static void put_time(struct buffer *out, const struct past *past, int64_t since_boot_ns)
{
	char text[64];
	struct tm parts;

	if (since_boot_ns < 0) {
		buffer_text(out, "at an unknown time");
		return;
	}
	if (!past->live) {
		buffer_format(out, "%lld.%03lld s after boot", (long long)(since_boot_ns / NS_PER_S),
		              (long long)(since_boot_ns % NS_PER_S / 1000000));
		return;
	}
	time_t when = (time_t)((past->look.now.wall_ns - past->look.now.monotonic_ns + since_boot_ns) / NS_PER_S);
	if (localtime_r(&when, &parts) && strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &parts))
		buffer_text(out, text);
}

static const struct oom_holder *next_largest(const struct oom_kill *kill, const struct oom_holder *than)
{
	const struct oom_holder *best = NULL;

	for (size_t i = 0; i < kill->holder_count; i++) {
		const struct oom_holder *h = &kill->holders[i];
		if (than && (h->rss_bytes > than->rss_bytes || (h->rss_bytes == than->rss_bytes && h <= than)))
			continue;
		if (!best || h->rss_bytes > best->rss_bytes)
			best = h;
	}
	return best;
}

static void put_holders(struct buffer *out, const struct oom_kill *kill)
{
	const struct oom_holder *holder = NULL;

	if (!kill->holder_count)
		return;
	buffer_format(out, "    of %zu that were looked at, held most:\n", kill->holder_count);
	for (unsigned i = 0; i < HOLDERS_SHOWN && (holder = next_largest(kill, holder)); i++) {
		buffer_format(out, "    %8lld ", (long long)holder->pid);
		number_memory(out, holder->rss_bytes, 9, 0);
		buffer_format(out, " kB  adj %5lld  ", (long long)holder->adj);
		text_put(out, holder->name, SIZE_MAX);
		buffer_text(out, holder->pid == kill->pid ? "  (killed)\n" : "\n");
	}
}

static void put_kill(struct buffer *out, const struct past *past, const struct oom_kill *kill)
{
	buffer_char(out, '\n');
	put_time(out, past, kill->since_boot_ns);
	buffer_format(out, "  killed %lld ", (long long)kill->pid);
	text_put(out, kill->name, SIZE_MAX);
	if (kill->uid >= 0)
		buffer_format(out, " of user %lld", (long long)kill->uid);
	buffer_text(out, "\n    it held ");
	put_size(out, kill->anon_bytes);
	buffer_text(out, " anonymous, ");
	put_size(out, kill->file_bytes);
	buffer_text(out, " of files, ");
	put_size(out, kill->shmem_bytes);
	buffer_text(out, " shared; page tables ");
	put_size(out, kill->page_table_bytes);
	buffer_format(out, "; oom_score_adj %lld\n    ", (long long)kill->adj);
	if (kill->in_group) {
		buffer_text(out, "the limit of group ");
		text_put(out, kill->group.len ? kill->group : SPAN("(unknown)"), SIZE_MAX);
		if (kill->limit_bytes >= 0) {
			buffer_text(out, ", ");
			put_size(out, kill->limit_bytes);
			buffer_text(out, ", was reached");
		}
	} else {
		buffer_text(out, "the whole machine was out of memory");
	}
	if (kill->asker.len) {
		buffer_text(out, ", when more was asked for by ");
		text_put(out, kill->asker, SIZE_MAX);
	}
	buffer_char(out, '\n');
	put_holders(out, kill);
}

static void put_text(struct buffer *out, const struct past *past)
{
	buffer_format(out, "%zu kill%s in the log", past->log.count, past->log.count == 1 ? "" : "s");
	if (past->live && past->counted >= 0)
		buffer_format(out, "; the kernel has counted %lld since boot", (long long)past->counted);
	buffer_char(out, '\n');
	for (size_t i = 0; i < past->lost_count; i++) {
		buffer_format(out, "group ");
		text_put(out, past->lost[i].group, SIZE_MAX);
		buffer_format(out, " has lost %lld\n", (long long)past->lost[i].kills);
	}
	for (size_t i = past->first; i < past->log.count; i++)
		put_kill(out, past, &past->log.kills[i]);
}

static void put_json_number(struct buffer *out, const char *name, int64_t number)
{
	buffer_format(out, number < 0 ? ",\"%s\":null" : ",\"%s\":%lld", name, (long long)number);
}

static void put_json_kill(struct buffer *out, const struct oom_kill *kill)
{
	buffer_format(out, "{\"pid\":%lld,\"comm\":", (long long)kill->pid);
	data_json_text(out, kill->name);
	put_json_number(out, "since_boot_ns", kill->since_boot_ns);
	put_json_number(out, "uid", kill->uid);
	buffer_format(out, ",\"oom_score_adj\":%lld", (long long)kill->adj);
	put_json_number(out, "virt_bytes", kill->virt_bytes);
	put_json_number(out, "rss_anon_bytes", kill->anon_bytes);
	put_json_number(out, "rss_file_bytes", kill->file_bytes);
	put_json_number(out, "rss_shmem_bytes", kill->shmem_bytes);
	put_json_number(out, "page_table_bytes", kill->page_table_bytes);
	buffer_text(out, ",\"cgroup\":");
	if (kill->in_group)
		data_json_text(out, kill->group);
	else
		buffer_text(out, "null");
	put_json_number(out, "limit_bytes", kill->limit_bytes);
	put_json_number(out, "usage_bytes", kill->usage_bytes);
	buffer_text(out, ",\"others\":[");
	for (size_t i = 0; i < kill->holder_count; i++) {
		const struct oom_holder *holder = &kill->holders[i];
		buffer_format(out, "%s{\"pid\":%lld,\"comm\":", i ? "," : "", (long long)holder->pid);
		data_json_text(out, holder->name);
		buffer_format(out, ",\"oom_score_adj\":%lld", (long long)holder->adj);
		put_json_number(out, "rss_bytes", holder->rss_bytes);
		put_json_number(out, "swap_bytes", holder->swap_bytes);
		put_json_number(out, "page_table_bytes", holder->page_table_bytes);
		buffer_char(out, '}');
	}
	buffer_text(out, "]}");
}

static void put_json(struct buffer *out, const struct past *past)
{
	data_begin(out, "oom", &past->look.now);
	buffer_text(out, "\"kills_since_boot\":");
	buffer_format(out, past->live && past->counted >= 0 ? "%lld" : "null", (long long)past->counted);
	buffer_text(out, ",\"kills\":[");
	for (size_t i = past->first; i < past->log.count; i++) {
		buffer_text(out, i > past->first ? ",\n" : "\n");
		put_json_kill(out, &past->log.kills[i]);
	}
	buffer_text(out, "],\"cgroups\":[");
	for (size_t i = 0; i < past->lost_count; i++) {
		buffer_text(out, i ? ",{\"cgroup\":" : "{\"cgroup\":");
		data_json_text(out, past->lost[i].group);
		buffer_format(out, ",\"kills\":%lld}", (long long)past->lost[i].kills);
	}
	buffer_char(out, ']');
	data_end(out);
}

static bool is_listed(const struct past *past, struct span group)
{
	for (size_t i = 0; i < past->lost_count; i++)
		if (span_equal(past->lost[i].group, group))
			return true;
	return false;
}

/* The groups in which processes live now; one that is empty or gone tells nothing any more. */
static int read_groups(struct past *past)
{
	struct snapshot *now = &past->look.now;
	struct groups *groups;

	if (!past->live || groups_new(past->shared->place.root, &groups) < 0)
		return 0;
	past->lost = calloc(now->count + 1, sizeof *past->lost);
	for (size_t row = 0; past->lost && row < now->count; row++) {
		struct span text, group;
		struct cgroup cgroup = { 0 };
		if (!snapshot_text(now, row, TASK_cgroup, &text) || !groups_of(groups, text, &group) ||
		    is_listed(past, group) || groups_read(groups, group, &cgroup) < 0 ||
		    !field_set_has(&cgroup.have, CGROUP_oom_kills) || cgroup.oom_kills <= 0)
			continue;
		group = arena_copy(&past->log.texts, group);
		past->lost[past->lost_count++] = (struct lost){ group, cgroup.oom_kills };
	}
	groups_free(groups);
	return past->lost ? 0 : -ENOMEM;
}

static int read_log(struct past *past, const char *path)
{
	int r = path ? read_file(past, path) : kernel_log_walk(take_line, &past->log);

	if (r == -EACCES || r == -EPERM)
		return complain(past->tool, STATUS_NOT_PERMITTED, "%s: %s", path ? path : "the kernel's log",
		                path ? strerror(-r) : "root may read it, or CAP_SYSLOG; a file with it: --log FILE");
	if (r < 0)
		return complain(past->tool, STATUS_NOT_POSSIBLE, "%s: %s", path ? path : "/dev/kmsg", strerror(-r));
	return GO_ON;
}

int oom_past(const struct tool *tool, const struct shared *shared, const char *log, int64_t most)
{
	struct past past = { .tool = tool, .shared = shared, .live = !log, .counted = -1 };
	struct request request = { 0 };
	struct buffer out = { 0 };

	request_machine(&request, MACHINE_oom_kills);
	request_field(&request, &request.fields, TASK_cgroup);
	oom_log_init(&past.log, sysconf(_SC_PAGESIZE));
	int status = look_take(tool, STATUS_NOT_POSSIBLE, &shared->place, &request, &past.look);
	if (status == GO_ON)
		status = read_log(&past, log);
	if (status == GO_ON && read_groups(&past) < 0)
		status = complain(tool, STATUS_NOT_POSSIBLE, "%s", strerror(ENOMEM));
	if (status == GO_ON) {
		machine_number(&past.look.now.machine, MACHINE_oom_kills, &past.counted);
		past.first = past.log.count > (size_t)most ? past.log.count - (size_t)most : 0;
		(shared->data == DATA_JSON ? put_json : put_text)(&out, &past);
		say(tool, &out);
		status = past.log.count ? STATUS_OK : STATUS_FOUND;
	}
	buffer_done(&out);
	free(past.lost);
	oom_log_done(&past.log);
	look_done(&past.look);
	return status;
}
