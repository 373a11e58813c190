/* vires pidof: the numbers of the processes of a program. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "tools/look.h"
#include "tools/words.h"

enum { STATUS_NONE = 1, COMM_BYTES = 15 };

static const struct option_row option_rows[] = {
	{ 's', "single-shot", ALONE, NULL, "only one process of each program", 0 },
	{ 'c', "check-root", ALONE, NULL, "only processes with our root directory; for root", 0 },
	{ 'd', NULL, TAKES, "sep", "this character between them, in place of a blank", 0 },
	{ 'S', "separator", TAKES, "sep", "the same with any text", 0 },
	{ 'n', NULL, ALONE, NULL, "do not look at the program files: only names are compared", 0 },
	{ 'o', "omit-pid", TAKES, "PID,...", "leave these out; %PPID is who called pidof", 0 },
	{ 'q', "quiet", ALONE, NULL, "print nothing: only the exit status tells", 0 },
	{ 'w', "with-workers", ALONE, NULL, "kernel threads too, by their names", 0 },
	{ 'x', NULL, ALONE, NULL, "scripts too, by their names", 0 },
	{ 't', "lightweight", ALONE, NULL, "threads too", 0 },
	{ 'z', NULL, ALONE, NULL, "zombies too, by their names", 0 },
	OPTIONS_DATA,
	OPTIONS_SOURCE,
	{ 'h', "help", ALONE, NULL, "display this help and exit", OPTION_HELP },
	{ 'V', "version", ALONE, NULL, "output version information and exit", OPTION_VERSION },
};

static const char notes[] =
	"Prints what pidof of Debian 12 (sysvinit-utils 3.06) prints: the processes of each _program_ on one line, "
	"the highest number first; ends with 0 when there were any, else with 1, without a word. It also takes the "
	"options of pidof of procps-ng: *-S*, *-t*, *-w* and the long ones.\n\n"
	"A program with a path that begins with / is one file, under whatever name it runs. Else the name that a "
	"process was called by decides, with its path or without, and not cut to 15 bytes. A process that has written "
	"a title with blanks over it is known by the name that the kernel keeps.";

struct omitted {
	int64_t *pids; /* owned */
	size_t count;
};

struct call {
	const struct tool *tool;
	struct shared shared;
	struct span separator;
	struct omitted omitted;
	bool single, same_root, no_files, quiet, workers, scripts, threads, zombies;
	char **programs;
	struct stat *files; /* owned: of each program; st_ino 0: none */
	struct stat root;   /* ours */
};

static int omit(struct call *call, const char *list)
{
	size_t room = call->omitted.count + strlen(list) + 1;
	int64_t *pids = reallocarray(call->omitted.pids, room, sizeof *pids);
	char *copy = strdup(list), *rest = copy, *word;

	if (!pids || !copy) {
		free(copy);
		return complain(call->tool, STATUS_NONE, "%s", strerror(ENOMEM));
	}
	call->omitted.pids = pids;
	while ((word = strsep(&rest, ",;: ")))
		if (!strcmp(word, "%PPID"))
			pids[call->omitted.count++] = getppid();
		else if (word_integer(word, &pids[call->omitted.count]))
			call->omitted.count++;
		else if (*word)
			complain(call->tool, 0, "not a process ID: %s", word);
	free(copy);
	return GO_ON;
}

static bool *flag_of(struct call *call, int id)
{
	switch (id) {
	case 's':
		return &call->single;
	case 'n':
		return &call->no_files;
	case 'q':
		return &call->quiet;
	case 'w':
		return &call->workers;
	case 'x':
		return &call->scripts;
	case 't':
		return &call->threads;
	case 'z':
		return &call->zombies;
	default:
		return NULL;
	}
}

static int set(void *context, int id, const char *argument)
{
	struct call *call = context;
	bool *flag = flag_of(call, id);

	if (flag) {
		*flag = true;
		return GO_ON;
	}
	switch (id) {
	case 'c':
		call->same_root = geteuid() == 0;
		return GO_ON;
	case 'd':
		call->separator = (struct span){ argument, 1 }; /* of an empty word, the NUL byte */
		return GO_ON;
	case 'S':
		call->separator = span_of(argument);
		return GO_ON;
	case 'o':
		return omit(call, argument);
	case OPTIONS_WRONG:
		return STATUS_NONE;
	default:
		return shared_option(call->tool, STATUS_NONE, &call->shared, id, argument);
	}
}

/* Called by that name or that path. Two different paths to the same name are two programs. */
static bool called(struct span word, struct span program)
{
	return word.len && (span_equal(word, program) || span_equal(word, span_base(program)) ||
	                    span_equal(span_base(word), program));
}

static bool names_equal(struct span comm, struct span name)
{
	return comm.len && name.len >= comm.len && span_starts(name, comm) &&
	       (name.len == comm.len || comm.len == COMM_BYTES);
}

/* What the arguments tell. */
static bool arguments_match(const struct call *call, const struct view *view, size_t row, struct span program)
{
	struct span words = { 0 }, first, second, comm = { 0 };

	view_text(view, row, TASK_cmdline, &words);
	view_text(view, row, TASK_comm, &comm);
	if (words.len == 0)
		return (call->workers || call->zombies) && names_equal(comm, span_base(program));
	if (!span_until(&words, '\0', &first)) {
		first = words;
		words.len = 0;
	}
	if (!span_until(&words, '\0', &second))
		second = words;
	if (first.len == 0)
		return names_equal(comm, span_base(program));
	if (called(first, program))
		return true;
	if (call->scripts && names_equal(comm, span_base(second)) && called(second, program))
		return true;
	return memchr(first.at, ' ', first.len) && span_equal(comm, span_base(program));
}

static bool has_file(const struct call *call, const struct view *view, size_t row, size_t i)
{
	int64_t device, inode;

	return view_number(view, row, TASK_exe_device, &device) && view_number(view, row, TASK_exe_inode, &inode) &&
	       device == (int64_t)call->files[i].st_dev && inode == (int64_t)call->files[i].st_ino;
}

/* A path is the file's, if that can be seen; a file that was removed or replaced still runs. */
static bool name_matches(const struct call *call, const struct view *view, size_t row, size_t i)
{
	struct span program = span_of(call->programs[i]), exe = { 0 };
	bool seen = view_text(view, row, TASK_exe, &exe);

	if (*program.at != '/' || call->no_files || (!seen && geteuid() != 0 && !call->shared.place.root))
		return arguments_match(call, view, row, program);
	if (span_starts(exe, program) && (exe.len == program.len || span_is(span_skip(exe, program.len), " (deleted)")))
		return true;
	return seen && call->scripts && arguments_match(call, view, row, program);
}

/* Whatever its name. */
static bool is_wanted(const struct call *call, const struct view *view, size_t row)
{
	int64_t pid = 0, state = 0, device, inode;

	view_number(view, row, TASK_pid, &pid);
	for (size_t k = 0; k < call->omitted.count; k++)
		if (call->omitted.pids[k] == pid)
			return false;
	if (view_number(view, row, TASK_state, &state) && state == 'Z' && !call->zombies)
		return false;
	return !call->same_root ||
	       (view_number(view, row, TASK_root_device, &device) && view_number(view, row, TASK_root_inode, &inode) &&
	        device == (int64_t)call->root.st_dev && inode == (int64_t)call->root.st_ino);
}

/* From the highest number down. */
static size_t find_one(const struct call *call, const struct view *view, size_t i, bool by_file, uint32_t *rows)
{
	size_t count = 0;

	for (size_t row = view->now->count; row-- > 0;) {
		if (!(by_file ? has_file : name_matches)(call, view, row, i) || !is_wanted(call, view, row))
			continue;
		rows[count++] = (uint32_t)row;
		if (call->single)
			break;
	}
	return count;
}

/* The rows of each program, one after the other: those of its file, and if there are none, those of its name. */
static size_t find(const struct call *call, const struct view *view, uint32_t *rows)
{
	size_t count = 0;

	for (size_t i = 0; call->programs[i]; i++) {
		size_t found = 0;
		if (span_base(span_of(call->programs[i])).len == 0)
			continue;
		if (call->files[i].st_ino && !call->no_files)
			found = find_one(call, view, i, true, rows + count);
		if (found == 0)
			found = find_one(call, view, i, false, rows + count);
		count += found;
	}
	return count;
}

static const uint8_t data_ids[] = { TASK_pid, TASK_tgid, TASK_comm, TASK_cmdline };

static struct request make_request(const struct call *call)
{
	struct request request = { .tasks = true, .threads = call->threads ? ONLY_THREADS : NO_THREADS };
	bool by_file = false;

	for (size_t i = 0; call->programs[i]; i++)
		by_file |= call->programs[i][0] == '/' && !call->no_files;
	for (size_t i = 0; i < sizeof data_ids; i++)
		request_field(&request, &request.fields, data_ids[i]);
	request_field(&request, &request.fields, TASK_state);
	if (by_file) {
		request_field(&request, &request.fields, TASK_exe);
		request_field(&request, &request.fields, TASK_exe_device);
		request_field(&request, &request.fields, TASK_exe_inode);
	}
	if (call->same_root) {
		request_field(&request, &request.fields, TASK_root_device);
		request_field(&request, &request.fields, TASK_root_inode);
	}
	return request;
}

static void put(const struct call *call, struct buffer *buffer, const struct view *view, const uint32_t *rows,
                size_t count)
{
	if (call->quiet)
		return;
	if (call->shared.data) {
		data_document(buffer, call->shared.data, "pidof", view, rows, count, data_ids, sizeof data_ids);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		int64_t pid = 0;
		view_number(view, rows[i], TASK_pid, &pid);
		if (i)
			buffer_add(buffer, call->separator);
		buffer_i64(buffer, pid, 0);
	}
	buffer_text(buffer, count ? "\n" : "");
}

static int search(const struct call *call, size_t program_count)
{
	struct request request = make_request(call);
	struct buffer buffer = { 0 };
	struct look look;
	uint32_t *rows = NULL;
	size_t count = 0;

	int status = look_take(call->tool, STATUS_NONE, &call->shared.place, &request, &look);
	if (status == GO_ON) {
		rows = calloc(look.now.count * program_count + 1, sizeof *rows);
		if (!rows)
			status = complain(call->tool, STATUS_NONE, "%s", strerror(ENOMEM));
	}
	if (status == GO_ON) {
		count = find(call, &look.view, rows);
		put(call, &buffer, &look.view, rows, count);
		say(call->tool, &buffer);
		status = count ? 0 : STATUS_NONE;
	}
	free(rows);
	buffer_done(&buffer);
	look_done(&look);
	return status;
}

/* Which files the programs are, on this machine. */
static int find_files(struct call *call, size_t count)
{
	call->files = calloc(count + 1, sizeof *call->files);
	if (!call->files)
		return complain(call->tool, STATUS_NONE, "%s", strerror(ENOMEM));
	for (size_t i = 0; i < count; i++)
		if (call->programs[i][0] != '/' || call->shared.place.root ||
		    stat(call->programs[i], &call->files[i]) < 0)
			call->files[i] = (struct stat){ 0 };
	if (call->same_root && stat("/", &call->root) < 0)
		return complain(call->tool, STATUS_NONE, "/: %s", strerror(errno));
	return GO_ON;
}

static int run(const struct tool *tool, int argc, char **argv)
{
	struct call call = { .tool = tool, .separator = SPAN(" ") };

	int status = options_read(tool, argc, argv, set, &call);
	size_t count = status == GO_ON ? (size_t)(argc - optind) : 0;
	call.programs = argv + optind;
	if (status == GO_ON && count == 0)
		status = STATUS_NONE;
	if (status == GO_ON)
		status = find_files(&call, count);
	if (status == GO_ON)
		status = search(&call, count);
	free(call.files);
	free(call.omitted.pids);
	return status;
}

TOOL(pidof, {
		    .name = "pidof",
		    .summary = "the processes of a program",
		    .usage = "[options] <program> [...]",
		    TOOL_OPTIONS(option_rows),
		    .notes = notes,
		    .run = run,
	    });
