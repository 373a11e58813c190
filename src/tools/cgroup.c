/* vires cgroup: the control groups and their memory, beside their limits, and what the charge is made of. */
#include <errno.h>
#include <stdlib.h>

#include "collect/groups.h"
#include "render/number.h"
#include "render/text.h"
#include "tools/look.h"

static const struct option_row option_rows[] = {
	{ 'h', "help", ALONE, NULL, "this text", OPTION_HELP },
	{ 0, "json", ALONE, NULL, "JSON for programs", OPTION_JSON },
	OPTIONS_SOURCE,
};

static const char notes[] =
	"The groups of the memory controller that hold processes, and those above them; with GROUP it and those below. "
	"All amounts of a group count those below it. *used* is all that is charged to it: memory of programs "
	"(*anon*), shared memory and tmpfs (*shmem*), page cache of files (*cache*), which can mostly be given back, "
	"and the kernel's own objects (*kernel*). So a group can be full while its programs are small; where it is "
	"nearly full a line below the table says of what. *memwt*, *cpuwt* and *iowt* are the part of the last 10 "
	"seconds in which some of its tasks waited for memory, a CPU or a disk (PSI, cgroup v2 alone). *-* is what the "
	"kernel does not tell, or no limit.\n\n"
	"What each group's programs really use, with shares that add up, is in *vires screen --by cgroup*.";

struct row {
	struct span path; /* "/", "/a", "/a/b" */
	size_t processes; /* in it, and below it */
	struct cgroup memory;
};

struct list {
	struct row *at; /* owned */
	size_t count;
};

/* A path before those that continue it, whatever letters these have. */
static int by_path(const void *left, const void *right)
{
	struct span a = ((const struct row *)left)->path, b = ((const struct row *)right)->path;

	for (size_t i = 0; i < a.len && i < b.len; i++) {
		unsigned char x = a.at[i] == '/' ? 0 : (unsigned char)a.at[i];
		unsigned char y = b.at[i] == '/' ? 0 : (unsigned char)b.at[i];
		if (x != y)
			return x < y ? -1 : 1;
	}
	return a.len < b.len ? -1 : a.len > b.len;
}

static size_t depth_of(struct span path)
{
	size_t depth = 0;

	for (size_t i = 0; path.len > 1 && i < path.len; i++)
		depth += path.at[i] == '/';
	return depth;
}

static struct span parent_of(struct span path)
{
	ptrdiff_t slash = span_last(path, '/');

	return (struct span){ path.at, slash > 0 ? (size_t)slash : 1 };
}

/* The group of each process and all above it, one by one. */
static int gather(const struct look *look, const struct groups *groups, struct list *list)
{
	size_t capacity = 0;
	struct span lines, path;

	for (int pass = 0; pass < 2; pass++) {
		for (uint32_t row = 0; row < look->now.count; row++) {
			if (!view_text(&look->view, row, TASK_cgroup, &lines) || !groups_of(groups, lines, &path) ||
			    path.len == 0)
				continue;
			for (size_t depth = depth_of(path) + 1; depth-- > 0; path = parent_of(path)) {
				if (pass)
					list->at[list->count++] = (struct row){ .path = path, .processes = 1 };
				else
					capacity++;
			}
		}
		if (pass == 0 && !(list->at = calloc(capacity + 1, sizeof *list->at)))
			return -ENOMEM;
	}
	qsort(list->at, list->count, sizeof *list->at, by_path);
	return 0;
}

/* Equal ones stand beside each other by now. */
static void unite(struct list *list, struct span above)
{
	size_t kept = 0;

	for (size_t i = 0; i < list->count; i++) {
		if (above.len && !group_within(list->at[i].path, above))
			continue;
		if (kept && span_equal(list->at[kept - 1].path, list->at[i].path))
			list->at[kept - 1].processes++;
		else
			list->at[kept++] = list->at[i];
	}
	list->count = kept;
}

/* The page cache is that of files: shared memory has a column of its own. */
static bool amount_of(const struct cgroup *memory, unsigned id, int64_t *ret)
{
	return id == CGROUP_cache_bytes ? cgroup_file_cache(memory, ret) :
	                                  record_number(&cgroup_fields[id], memory, ret);
}

static void put_size(struct buffer *buffer, const struct cgroup *memory, unsigned id)
{
	enum { WIDTH = 7 };
	struct buffer text = { 0 };
	int64_t value;

	if (amount_of(memory, id, &value))
		number_size(&text, value);
	else
		buffer_char(&text, '-');
	text_cell(buffer, buffer_span(&text), WIDTH, true);
	buffer_done(&text);
}

static bool share_of(const struct cgroup *memory, double *ret)
{
	if (!cgroup_has(memory, current_bytes) || !cgroup_has(memory, limit_bytes) || memory->limit_bytes <= 0)
		return false;
	*ret = 100.0 * (double)memory->current_bytes / (double)memory->limit_bytes;
	return true;
}

static void put_percent(struct buffer *buffer, const struct cgroup *memory, unsigned id)
{
	enum { WIDTH = 6 };
	int64_t value;

	if (record_number(&cgroup_fields[id], memory, &value))
		number_percent(buffer, value, WIDTH);
	else
		text_cell(buffer, SPAN("-"), WIDTH, true);
}

static void put_row(struct buffer *buffer, const struct row *row, size_t above)
{
	const struct cgroup *memory = &row->memory;
	size_t depth = depth_of(row->path), indent = depth > above ? 2 * (depth - above) : 0;
	double share;

	put_size(buffer, memory, CGROUP_current_bytes);
	put_size(buffer, memory, CGROUP_limit_bytes);
	if (share_of(memory, &share))
		buffer_format(buffer, " %4.0f%%", share);
	else
		buffer_text(buffer, "     -");
	put_size(buffer, memory, CGROUP_peak_bytes);
	put_size(buffer, memory, CGROUP_anon_bytes);
	put_size(buffer, memory, CGROUP_shmem_bytes);
	put_size(buffer, memory, CGROUP_cache_bytes);
	put_size(buffer, memory, CGROUP_kernel_bytes);
	put_size(buffer, memory, CGROUP_swap_bytes);
	put_percent(buffer, memory, CGROUP_memory_some_10s_percent);
	put_percent(buffer, memory, CGROUP_cpu_some_10s_percent);
	put_percent(buffer, memory, CGROUP_io_some_10s_percent);
	if (cgroup_has(memory, oom_kills))
		buffer_format(buffer, " %5lld", (long long)memory->oom_kills);
	else
		buffer_text(buffer, "     -");
	buffer_format(buffer, " %5zu  ", row->processes);
	buffer_fill(buffer, ' ', indent);
	struct span name = indent ? span_skip(row->path, parent_of(row->path).len) : row->path;
	text_put(buffer, indent && name.len > 1 && name.at[0] == '/' ? span_skip(name, 1) : name, SIZE_MAX);
	buffer_char(buffer, '\n');
}

static void put_amount(struct buffer *buffer, const struct cgroup *memory, unsigned id, const char *words)
{
	int64_t value;

	if (!amount_of(memory, id, &value) || value <= 0)
		return;
	buffer_text(buffer, ", ");
	number_size(buffer, value);
	buffer_format(buffer, " %s", words);
}

static void put_full(struct buffer *buffer, const struct row *row)
{
	enum { NEARLY = 90 };
	const struct cgroup *memory = &row->memory;
	double share;

	if (!share_of(memory, &share) || share < NEARLY)
		return;
	buffer_char(buffer, '\n');
	text_put(buffer, row->path, SIZE_MAX);
	buffer_format(buffer, " has %.0f%% of its limit", share);
	put_amount(buffer, memory, CGROUP_anon_bytes, "of programs");
	put_amount(buffer, memory, CGROUP_shmem_bytes, "of shared memory and tmpfs");
	put_amount(buffer, memory, CGROUP_cache_bytes, "of page cache, which can mostly be given back");
	put_amount(buffer, memory, CGROUP_kernel_bytes, "of the kernel");
	buffer_text(buffer, "; who dies next in it: vires oom -g ");
	text_put(buffer, row->path, SIZE_MAX);
	buffer_char(buffer, '\n');
}

static void put_text(struct buffer *buffer, const struct list *list)
{
	size_t above = list->count ? depth_of(list->at[0].path) : 0;

	buffer_text(buffer, "   USED  LIMIT     %   PEAK   ANON  SHMEM  CACHE KERNEL   SWAP");
	buffer_text(buffer, " MEMWT CPUWT  IOWT KILLS PROCS  GROUP\n");
	for (size_t i = 0; i < list->count; i++)
		put_row(buffer, &list->at[i], above);
	for (size_t i = 0; i < list->count; i++)
		put_full(buffer, &list->at[i]);
}

static void put_json(struct buffer *buffer, const struct list *list, const struct look *look)
{
	uint8_t ids[CGROUP_FIELDS];

	for (unsigned id = 0; id < CGROUP_FIELDS; id++)
		ids[id] = (uint8_t)id;
	data_begin(buffer, "cgroup", &look->now);
	buffer_text(buffer, "\"groups\":[");
	for (size_t i = 0; i < list->count; i++) {
		buffer_text(buffer, i ? ",\n{\"path\":" : "\n{\"path\":");
		data_json_text(buffer, list->at[i].path);
		buffer_format(buffer, ",\"processes\":%zu,\"memory\":", list->at[i].processes);
		data_record(buffer, &cgroup_table, &list->at[i].memory, ids, CGROUP_FIELDS);
		buffer_char(buffer, '}');
	}
	buffer_text(buffer, "]");
	data_end(buffer);
}

static int show(const struct tool *tool, const struct shared *shared, const struct groups *groups,
                const struct look *look, struct span above)
{
	struct list list = { 0 };
	struct buffer buffer = { 0 };

	if (gather(look, groups, &list) < 0)
		return complain(tool, STATUS_NOT_POSSIBLE, "not enough memory");
	unite(&list, above);
	for (size_t i = 0; i < list.count; i++)
		groups_read(groups, list.at[i].path, &list.at[i].memory);
	int status = list.count || shared->data == DATA_JSON ? STATUS_OK : STATUS_FOUND;
	if (status == STATUS_FOUND)
		complain(tool, status, "no process in a group of that name, or below it");
	else if (shared->data == DATA_JSON)
		put_json(&buffer, &list, look);
	else
		put_text(&buffer, &list);
	say(tool, &buffer);
	buffer_done(&buffer);
	free(list.at);
	return status;
}

static int run(const struct tool *tool, int argc, char **argv)
{
	struct request request = { .tasks = true };
	struct groups *groups = NULL;
	struct shared shared = { 0 };
	struct look look;

	int status = shared_options(tool, STATUS_USAGE, argc, argv, &shared);
	if (status == GO_ON && argc - optind > 1)
		status = usage(tool, STATUS_USAGE);
	if (status != GO_ON)
		return status;
	int r = groups_new(shared.place.root, &groups);
	if (r < 0)
		return complain(tool, STATUS_NOT_POSSIBLE, "no control groups with a memory controller here: %s",
		                strerror(-r));
	request_field(&request, &request.fields, TASK_cgroup);
	status = look_take(tool, STATUS_NOT_POSSIBLE, &shared.place, &request, &look);
	if (status == GO_ON)
		status = show(tool, &shared, groups, &look, optind < argc ? span_of(argv[optind]) : (struct span){ 0 });
	look_done(&look);
	groups_free(groups);
	return status;
}

TOOL(cgroup, {
		     .name = "cgroup",
		     .summary = "control groups, their memory beside their limits, and what it is made of",
		     .usage = "[options] [GROUP]",
		     TOOL_OPTIONS(option_rows),
		     .notes = notes,
		     .run = run,
	     });
