/* vires cache: what of a file is in the page cache, clean or dirty. */
#include <errno.h>

#include "collect/cached.h"
#include "render/number.h"
#include "render/text.h"
#include "tools/run.h"

static const struct option_row option_rows[] = {
	{ 'h', "help", ALONE, NULL, "this text", OPTION_HELP },
	{ 0, "json", ALONE, NULL, "JSON for programs", OPTION_JSON },
};

static const char notes[] =
	"Asks the kernel with cachestat(2), so the figures are exact and need Linux 6.5. Before that nobody can tell "
	"honestly: mincore(2) tells a reader without write permission that the whole file is in memory.\n\n"
	"*cached* is in RAM now, *dirty* has been changed and is not on the disk yet, *evicted* was in RAM once and "
	"was taken; *refault* is the part of it that was taken so lately that reading it again shows the cache is too "
	"small.";

static void put_text(struct buffer *buffer, const char *path, const struct cached *file)
{
	const struct cache_use *use = &file->use;
	int64_t tenths = file->size_bytes > 0 ? use->cached_bytes * 1000 / file->size_bytes : 0;
	const int64_t columns[] = { file->size_bytes,     use->cached_bytes,  use->dirty_bytes,
		                    use->writeback_bytes, use->evicted_bytes, use->recently_evicted_bytes };

	if (tenths > 1000) /* whole pages, of which the file fills the last one in part */
		tenths = 1000;
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		number_memory(buffer, columns[i], 10, 0);
	buffer_format(buffer, " %5lld.%lld  ", (long long)(tenths / 10), (long long)(tenths % 10));
	text_put(buffer, span_of(path), SIZE_MAX);
	buffer_char(buffer, '\n');
}

static void put_json(struct buffer *buffer, const char *path, const struct cached *file)
{
	const struct cache_use *use = &file->use;

	buffer_text(buffer, "{\"path\":");
	data_json_text(buffer, span_of(path));
	buffer_format(buffer,
	              ",\"size_bytes\":%lld,\"cached_bytes\":%lld,\"dirty_bytes\":%lld,\"writeback_bytes\":%lld,",
	              (long long)file->size_bytes, (long long)use->cached_bytes, (long long)use->dirty_bytes,
	              (long long)use->writeback_bytes);
	buffer_format(buffer, "\"evicted_bytes\":%lld,\"recently_evicted_bytes\":%lld}", (long long)use->evicted_bytes,
	              (long long)use->recently_evicted_bytes);
}

static int cannot(const struct tool *tool, const char *path, int r)
{
	switch (r) {
	case -EINVAL:
		return complain(tool, STATUS_USAGE, "%s: not a regular file", path);
	case -ENOSYS:
		return complain(tool, STATUS_NOT_POSSIBLE, "%s: this kernel has no cachestat (Linux 6.5)", path);
	case -EPERM:
	case -EACCES:
		return complain(tool, STATUS_NOT_PERMITTED, "%s: only its owner, or who may write it, is told", path);
	default:
		return complain(tool, STATUS_NOT_POSSIBLE, "%s: %s", path, strerror(-r));
	}
}

static int show(const struct tool *tool, char **paths, bool json)
{
	struct buffer buffer = { 0 };
	int status = STATUS_OK, shown = 0;

	buffer_text(&buffer,
	            json ? "{\"schema\":1,\"tool\":\"cache\",\"files\":[" :
	                   "      SIZE    CACHED     DIRTY   WRITING   EVICTED   REFAULT   CACHED%  FILE (kB)\n");
	for (; *paths; paths++) {
		struct cached file;
		int r = cached_read(*paths, &file);
		if (r < 0) {
			status = cannot(tool, *paths, r);
			continue;
		}
		buffer_text(&buffer, json && shown++ ? "," : "");
		(json ? put_json : put_text)(&buffer, *paths, &file);
	}
	buffer_text(&buffer, json ? "]}\n" : "");
	say(tool, &buffer);
	buffer_done(&buffer);
	return status;
}

struct call {
	const struct tool *tool;
	struct shared shared;
};

static int set(void *context, int id, const char *argument)
{
	struct call *call = context;

	return shared_option(call->tool, STATUS_USAGE, &call->shared, id, argument);
}

static int run(const struct tool *tool, int argc, char **argv)
{
	struct call call = { .tool = tool };

	int status = options_read(tool, argc, argv, set, &call);
	if (status == GO_ON && optind == argc)
		status = usage(tool, STATUS_USAGE);
	return status == GO_ON ? show(tool, argv + optind, call.shared.data == DATA_JSON) : status;
}

TOOL(cache, {
		    .name = "cache",
		    .summary = "what of a file is in the page cache, clean or dirty",
		    .usage = "[options] FILE...",
		    TOOL_OPTIONS(option_rows),
		    .notes = notes,
		    .run = run,
	    });
