/* vires pmap: the mappings of processes. */
#include "tools/pmap.h"

#include <errno.h>
#include <stdlib.h>

#include "render/command.h"

enum { STATUS_MISSING = 42, OUT_FULL = 64 * 1024 };

static const struct option_row option_rows[] = {
	{ 'x', "extended", ALONE, NULL, "show details", 0 },
	{ 'X', NULL, ALONE, NULL, "show even more details; twice: all that the kernel says", 0 },
	{ 'c', "read-rc", ALONE, NULL, "show the columns that ~/.pmaprc names", 0 },
	{ 'C', "read-rc-from", TAKES, "file", "show the columns that this file names", 0 },
	{ 'n', "create-rc", ALONE, NULL, "make ~/.pmaprc; takes no pid", 0 },
	{ 'N', "create-rc-to", TAKES, "file", "make such a file; takes no pid", 0 },
	{ 'd', "device", ALONE, NULL, "show the device format", 0 },
	{ 'q', "quiet", ALONE, NULL, "no header and no totals", 0 },
	{ 'p', "show-path", ALONE, NULL, "show paths, not only names of files", 0 },
	{ 'k', "use-kernel-name", ALONE, NULL, "show the kernel's own names: [heap], [vdso]", 0 },
	{ 'A', "range", TAKES, "low[,high]", "only mappings that touch these addresses", 0 },
	{ 'r', NULL, ALONE, NULL, NULL, 0 },
	OPTIONS_DATA,
	OPTIONS_SOURCE,
	{ 'h', "help", ALONE, NULL, "display this help and exit", OPTION_HELP },
	{ 'V', "version", ALONE, NULL, "output version information and exit", OPTION_VERSION },
};

static const char notes[] =
	"Prints what pmap of procps-ng 4.0.2 prints, and ends as it does: 0, 1 when mappings may not be seen, 42 when "
	"a process is not there. A process may also be named by its directory: /proc/123.\n\n"
	"It differs where pmap is wrong: the totals of *-x* with *-A* are those of the rows that are shown; *-A* holds "
	"for *-X* too; totals and widths of *-X* begin anew for each process, what the kernel does not say is -, names "
	"longer than 127 bytes are whole, and columns are those that vires knows (see *vires fields*); letters beyond "
	"ASCII are shown. No byte that a terminal would obey gets out: it becomes ?.\n\n"
	"*-k* is that of pmap 4.0.6. A System V segment is known by its name, /SYSV and eight digits.\n\n"
	"The kernel writes maps and smaps page by page, so a process that changes its mappings meanwhile is not seen "
	"at one moment. *-x* and *-X* read smaps, which makes the kernel walk all page tables of the process; of many "
	"mappings *-x* takes the same numbers from the page tables by eBPF, where that is allowed.";

struct call {
	struct pmap pmap;
	unsigned times_x;
	bool c, C, n, N, x, d;
	const char *rc_path;
	int64_t *pids; /* owned */
	size_t count;
};

/* "low", "low,high", ",high" or "low,", in base 16. */
static int set_range(struct pmap *pmap, const char *argument)
{
	const char *comma = strchr(argument, ','), *high = comma ? comma + 1 : argument;
	char *end = (char *)argument, *end_of_high = (char *)high;

	if (*argument && argument != comma)
		pmap->low = strtoull(argument, &end, 16);
	if (*high)
		pmap->high = strtoull(high, &end_of_high, 16);
	if (end != (comma ? comma : end_of_high) || *end_of_high)
		return complain(pmap->tool, 1, "failed to parse argument: '%s'", argument);
	return GO_ON;
}

static int set(void *context, int id, const char *argument)
{
	struct call *call = context;

	switch (id) {
	case 'x':
		call->x = true;
		break;
	case 'X':
		call->times_x++;
		break;
	case 'c':
		call->c = true;
		break;
	case 'C':
		call->C = true;
		call->rc_path = argument;
		break;
	case 'n':
		call->n = true;
		break;
	case 'N':
		call->N = true;
		call->rc_path = argument;
		break;
	case 'd':
		call->d = true;
		break;
	case 'q':
		call->pmap.quiet = true;
		break;
	case 'p':
		call->pmap.show_path = true;
		break;
	case 'k':
		call->pmap.kernel_names = true;
		break;
	case 'A':
		return set_range(&call->pmap, argument);
	case 'r':
		complain(call->pmap.tool, 0, "option -r is ignored as SunOS compatibility");
		break;
	default:
		return shared_option(call->pmap.tool, 1, &call->pmap.shared, id, argument);
	}
	return GO_ON;
}

bool pmap_in_range(const struct pmap *pmap, const struct mapping *mapping)
{
	return (uint64_t)mapping->end - 1 >= pmap->low && (uint64_t)mapping->start <= pmap->high;
}

void pmap_flush(struct pmap *pmap)
{
	if (pmap->out.len >= OUT_FULL)
		say(pmap->tool, &pmap->out);
}

static bool row_of(const struct view *view, int64_t pid, size_t *ret)
{
	int64_t number;

	for (size_t row = 0; row < view->now->count; row++) {
		if (view_number(view, row, TASK_pid, &number) && number == pid) {
			*ret = row;
			return true;
		}
	}
	return false;
}

/* Mappings that may not be seen are no line on stderr, as in the old tool; what breaks off in the middle is one. */
static int put_process(struct pmap *pmap, const struct view *view, struct source *source, int64_t pid)
{
	struct pmap_process process = { .pmap = pmap, .view = view, .source = source, .pid = pid };

	if (!row_of(view, pid, &process.row))
		return STATUS_MISSING;
	view_number(view, process.row, TASK_stack_start, &process.stack_start);
	if (pmap->shared.data)
		return pmap_data(&process);
	view_number(view, process.row, TASK_tgid, &pid);
	buffer_format(&pmap->out, "%lld:   ", (long long)pid);
	command_put(&pmap->out, view, process.row);
	buffer_char(&pmap->out, '\n');
	return pmap->format == PMAP_COLUMNS ? pmap_columns(&process) : pmap_rows(&process);
}

int pmap_end(const struct pmap_process *process, int r, bool begun)
{
	if (r < 0 && begun && r != -ESRCH)
		return complain(process->pmap->tool, 1, "%lld: %s", (long long)process->pid,
		                r == -EBADMSG ? "Unknown format in smaps file!" : strerror(-r));
	return r < 0 && !begun;
}

static int put_all(struct call *call, const struct view *view, struct source *source)
{
	struct pmap *pmap = &call->pmap;
	int status = 0;

	if (pmap->shared.data)
		pmap_data_begin(pmap, view);
	for (size_t i = 0; i < call->count; i++) {
		status |= put_process(pmap, view, source, call->pids[i]);
		pmap_flush(pmap);
	}
	if (pmap->shared.data)
		pmap_data_end(pmap);
	say(pmap->tool, &pmap->out);
	return status;
}

static int show(struct call *call)
{
	static const unsigned ids[] = { TASK_pid, TASK_comm, TASK_cmdline, TASK_state, TASK_stack_start };
	struct request request = { .pids = call->pids, .pid_count = call->count };
	struct source *source = NULL;
	struct snapshot now;
	struct view view;

	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
		request_field(&request, &request.fields, ids[i]);
	int r = place_open(&call->pmap.shared.place, false, &source);
	if (r < 0)
		return place_complain(call->pmap.tool, 1, &call->pmap.shared.place, r);
	r = source_take(source, &request, &now);
	if (r == 0) {
		r = view_init(&view, &now, NULL, NULL);
		if (r == 0) {
			r = put_all(call, &view, source);
			view_done(&view);
		}
		snapshot_done(&now);
	}
	source_free(source);
	return r < 0 ? complain(call->pmap.tool, 1, "%s", strerror(-r)) : r;
}

/* "123", "0x7b", "0173" or /proc/ and one of them; other names below /proc are passed over. */
static int take_pids(struct call *call, int count, char **words)
{
	call->pids = calloc((size_t)count + 1, sizeof *call->pids);
	if (!call->pids)
		return complain(call->pmap.tool, 1, "%s", strerror(ENOMEM));
	for (int i = 0; i < count; i++) {
		bool path = !strncmp(words[i], "/proc/", 6);
		const char *word = words[i] + (path ? 6 : 0);
		char *end = NULL;
		if (path && (*word < '0' || *word > '9'))
			continue;
		unsigned long pid = *word >= '0' && *word <= '9' ? strtoul(word, &end, 0) : 0;
		if (pid < 1 || pid > INT32_MAX || *end)
			return usage(call->pmap.tool, 1);
		call->pids[call->count++] = (int64_t)pid;
	}
	return call->count ? GO_ON : complain(call->pmap.tool, 1, "argument missing");
}

/* What goes together, and what has to be there. */
static int check(const struct call *call, int words)
{
	const struct tool *tool = call->pmap.tool;
	bool makes_rc = call->n || call->N;

	if (call->c + call->C + call->d + call->n + call->N + call->x + (call->times_x > 0) > 1)
		return complain(tool, 1, "options -c, -C, -d, -n, -N, -x, -X are mutually exclusive");
	if (makes_rc && (call->pmap.quiet || call->pmap.show_path))
		return complain(tool, 1, "options -p, -q are mutually exclusive with -n, -N");
	if (makes_rc && words)
		return complain(tool, 1, "too many arguments");
	if (makes_rc)
		return pmap_rc_create(&call->pmap, call->rc_path);
	return words ? GO_ON : complain(tool, 1, "argument missing");
}

/* Which fields are shown, and so read. */
static int choose(struct call *call)
{
	struct pmap *pmap = &call->pmap;
	int status = GO_ON;

	pmap->format = call->x ? PMAP_EXTENDED : call->d ? PMAP_DEVICE : PMAP_PLAIN;
	if (call->x) {
		field_set_add(&pmap->wanted, MAPPING_rss_bytes);
		field_set_add(&pmap->wanted, MAPPING_shared_dirty_bytes);
		field_set_add(&pmap->wanted, MAPPING_private_dirty_bytes);
	}
	if (call->times_x || call->c || call->C) {
		pmap->format = PMAP_COLUMNS;
		if (call->times_x)
			pmap->columns = pmap_columns_of_x(call->times_x);
		else
			status = pmap_rc_read(pmap, call->C ? call->rc_path : NULL);
		pmap->wanted = pmap->columns;
	}
	return status;
}

static int run(const struct tool *tool, int argc, char **argv)
{
	struct call call = { .pmap = { .tool = tool, .high = UINT64_MAX } };

	if (argc < 2)
		return usage(tool, 1);
	int status = options_read(tool, argc, argv, set, &call);
	if (status == GO_ON)
		status = check(&call, argc - optind);
	if (status == GO_ON)
		status = choose(&call);
	if (status == GO_ON)
		status = take_pids(&call, argc - optind, argv + optind);
	if (status == GO_ON)
		status = show(&call);
	free(call.pids);
	buffer_done(&call.pmap.out);
	return status;
}

TOOL(pmap, {
		   .name = "pmap",
		   .summary = "the mappings of processes: what was promised, and what of it is in memory",
		   .usage = "[options] PID [PID ...]",
		   TOOL_OPTIONS(option_rows),
		   .notes = notes,
		   .run = run,
	   });
