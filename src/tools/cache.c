/* vires cache: what of a file, or of the files of a process, is in the page cache, clean or dirty. */
#include <errno.h>

#include "collect/cached.h"
#include "render/number.h"
#include "render/text.h"
#include "tools/run.h"
#include "tools/words.h"

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

static void put_text(struct buffer *buffer, struct span path, const struct cached *file)
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
	text_put(buffer, path, SIZE_MAX);
	buffer_char(buffer, '\n');
}

static void put_json(struct buffer *buffer, struct span path, const struct cached *file)
{
	const struct cache_use *use = &file->use;

	buffer_text(buffer, "{\"path\":");
	data_json_text(buffer, path);
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

struct showing {
	const struct tool *tool;
	bool json;
	struct buffer buffer;
	size_t shown;
};

static void put(struct showing *showing, struct span path, const struct cached *file)
{
	static const char heading[] =
		"      SIZE    CACHED     DIRTY   WRITING   EVICTED   REFAULT   CACHED%  FILE (kB)\n";
	bool first = !showing->shown++;

	buffer_text(&showing->buffer, showing->json ? (first ? "" : ",") : first ? heading : "");
	(showing->json ? put_json : put_text)(&showing->buffer, path, file);
}

static int show_process(struct showing *showing, const char *word, int64_t pid)
{
	struct cached_files files;

	int r = cached_of_process(pid, &files);
	if (r == -ENOENT || r == -ESRCH)
		return complain(showing->tool, STATUS_NOT_POSSIBLE, "%s: neither a file nor a process", word);
	if (r == -EACCES || r == -EPERM)
		return complain(showing->tool, STATUS_NOT_PERMITTED,
		                "%s: its owner and CAP_SYS_PTRACE may see its files", word);
	if (r < 0)
		return cannot(showing->tool, word, r);
	for (size_t i = 0; i < files.count; i++)
		put(showing, files.files[i].name, &files.files[i].cached);
	if (files.mapped_are_out)
		complain(showing->tool, 0, "%s: files that are only mapped are left out: to follow them takes root",
		         word);
	if (files.untold)
		complain(showing->tool, 0, "%s: of %zu more files only who may write them is told", word, files.untold);
	cached_files_done(&files);
	return STATUS_OK;
}

/* A number is a process, unless a file has that name. */
static int show_word(struct showing *showing, const char *word)
{
	struct cached file;
	int64_t pid;

	int r = cached_read(word, &file);
	if (r == -ENOENT && word_pid(word, &pid))
		return show_process(showing, word, pid);
	if (r < 0)
		return cannot(showing->tool, word, r);
	put(showing, span_of(word), &file);
	return STATUS_OK;
}

static int show(const struct tool *tool, char **words, bool json)
{
	struct showing showing = { .tool = tool, .json = json };
	int status = STATUS_OK;

	buffer_text(&showing.buffer, json ? "{\"schema\":1,\"tool\":\"cache\",\"files\":[" : "");
	for (; *words; words++) {
		int r = show_word(&showing, *words);
		status = r != STATUS_OK ? r : status;
	}
	buffer_text(&showing.buffer, json ? "]}\n" : "");
	say(tool, &showing.buffer);
	buffer_done(&showing.buffer);
	return status;
}

static int run(const struct tool *tool, int argc, char **argv)
{
	struct shared shared = { 0 };

	int status = shared_options(tool, STATUS_USAGE, argc, argv, &shared);
	if (status == GO_ON && optind == argc)
		status = usage(tool, STATUS_USAGE);
	return status == GO_ON ? show(tool, argv + optind, shared.data == DATA_JSON) : status;
}

TOOL(cache, {
		    .name = "cache",
		    .summary = "what of a file, or of the files of a process, is in the page cache, clean or dirty",
		    .usage = "[options] FILE|PID...",
		    TOOL_OPTIONS(option_rows),
		    .notes = notes,
		    .run = run,
	    });
