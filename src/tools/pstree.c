/* vires pstree: processes as a tree. */
#include "tools/pstree.h"

#include <ctype.h>
#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <unistd.h>

#include "built_with.h"
#include "collect/users.h"
#include "tools/heading.h"
#include "tools/words.h"
#include "tui/bold.h"

static const struct option_row option_rows[] = {
	{ 'a', "arguments", ALONE, NULL, "command lines, one process a line", 0 },
	{ 'A', "ascii", ALONE, NULL, "lines of ASCII", 0 },
	{ 'c', "compact-not", ALONE, NULL, "do not merge branches that look the same", 0 },
	{ 'C', "color", TAKES, "age", "colours by age: below a minute, below an hour, older", 0 },
	{ 'g', "show-pgids", ALONE, NULL, "process groups", 0 },
	{ 'G', "vt100", ALONE, NULL, "lines of a VT100", 0 },
	{ 'h', "highlight-all", ALONE, NULL, "this process and its ancestors in bold", 0 },
	{ 'H', "highlight-pid", TAKES, "PID", "that process and its ancestors in bold", 0 },
	{ 'l', "long", ALONE, NULL, "do not cut long lines", 0 },
	{ 'n', "numeric-sort", ALONE, NULL, "by PID and not by name", 0 },
	{ 'N', "ns-sort", TAKES, "type", "a tree for each namespace of cgroup, ipc, mnt, net, pid, time, user or uts",
	  0 },
	{ 'p', "show-pids", ALONE, NULL, "PIDs; nothing is merged then", 0 },
	{ 's', "show-parents", ALONE, NULL, "the ancestors of PID, too", 0 },
	{ 'S', "ns-changes", ALONE, NULL, "namespaces that differ from the parent's", 0 },
	{ 't', "thread-names", ALONE, NULL, "the threads' own names", 0 },
	{ 'T', "hide-threads", ALONE, NULL, "no threads", 0 },
	{ 'u', "uid-changes", ALONE, NULL, "users that differ from the parent's", 0 },
	{ 'U', "unicode", ALONE, NULL, "lines of UTF-8", 0 },
	{ 'Z', "security-context", ALONE, NULL, "labels of the security module", 0 },
	OPTIONS_DATA,
	OPTIONS_SOURCE,
	{ 0, "help", ALONE, NULL, "this text", OPTION_HELP },
	{ 'V', "version", ALONE, NULL, "version", 0 },
};

static const char notes[] =
	"Prints what pstree of psmisc 23.6 (Debian 12) prints: the tree below process 1, below PID, or the trees of "
	"USER. Branches that look the same are merged, *3\\*[sleep]*; threads are in braces. In a pipe lines are of "
	"ASCII and 132 columns wide, or as wide as COLUMNS says; what is longer ends in +. With *-a*, a process "
	"without a command line (a kernel thread, a zombie) is in parentheses.\n\n"
	"Kernel threads are not below process 1: *pstree 2* or *pstree 0* shows them. A process whose parent is "
	"hidden is below one named ?. A group or PID of 0, from outside of the namespace, is written as nothing.\n\n"
	"It differs:++\n"
	"- A PID that does not exist is said on stderr. The status is 0 as of the old tool, which says nothing; "
	"with *-s* it is 1.++\n"
	"- *-s* of a process that is not below process 1 shows its own ancestors.";

static int set_lines(struct pstree *pstree, int lines)
{
	pstree->lines = lines;
	return GO_ON;
}

static int look_up_bold(struct pstree *pstree)
{
#if WITH_SCREEN
	return bold_of_terminal(&pstree->bold, &pstree->plain);
#else
	(void)pstree;
	return -ENODEV;
#endif
}

/* -h: without a terminal that knows bold there is just none. */
static int highlight_self(struct pstree *pstree)
{
	if (pstree->highlight)
		return usage(pstree->tool, 1);
	if (look_up_bold(pstree) == 0)
		pstree->highlight = getpid();
	return GO_ON;
}

static int highlight_pid(struct pstree *pstree, const char *word)
{
	if (pstree->highlight)
		return usage(pstree->tool, 1);
	int r = look_up_bold(pstree);
	if (r < 0) {
		fputs(r == -ENOENT ? "TERM is not set\n" : "Can't get terminal capabilities\n", stderr);
		return 1;
	}
	return word_pid(word, &pstree->highlight) ? GO_ON : usage(pstree->tool, 1);
}

static int set_sort_namespace(struct pstree *pstree, const char *name)
{
	for (int i = 0; i < PSTREE_NAMESPACES; i++) {
		if (!strcmp(name, pstree_namespaces[i].name)) {
			pstree->sort_namespace = i;
			return GO_ON;
		}
	}
	return usage(pstree->tool, 1);
}

static bool *flag_of(struct pstree *pstree, int id)
{
	switch (id) {
	case 'a':
		return &pstree->arguments;
	case 'c':
		return &pstree->not_compact;
	case 'g':
		return &pstree->pgids;
	case 'l':
		return &pstree->not_cut;
	case 'n':
		return &pstree->by_pid;
	case 's':
		return &pstree->parents;
	case 'S':
		return &pstree->namespaces;
	case 't':
		return &pstree->thread_names;
	case 'T':
		return &pstree->no_threads;
	case 'u':
		return &pstree->users;
	case 'Z':
		return &pstree->labels;
	default:
		return NULL;
	}
}

static int set(void *context, int id, const char *argument)
{
	struct pstree *pstree = context;

	if (flag_of(pstree, id))
		return option_flag(flag_of(pstree, id));
	switch (id) {
	case 'p':
		pstree->not_compact = true;
		return option_flag(&pstree->pids);
	case 'A':
		return set_lines(pstree, PSTREE_ASCII);
	case 'U':
		return set_lines(pstree, PSTREE_UTF8);
	case 'G':
		return set_lines(pstree, PSTREE_VT100);
	case 'C':
		return strcasecmp(argument, "age") ? usage(pstree->tool, 1) : option_flag(&pstree->ages);
	case 'h':
		return highlight_self(pstree);
	case 'H':
		return highlight_pid(pstree, argument);
	case 'N':
		return set_sort_namespace(pstree, argument);
	case 'V':
		fprintf(stderr, "pstree from vires %s\n", VIRES_VERSION);
		return 0;
	default:
		return shared_option(pstree->tool, 1, &pstree->shared, id, argument);
	}
}

/* PID or USER. */
static int set_words(struct pstree *pstree, int count, char **words)
{
	if (count > 1)
		return usage(pstree->tool, 1);
	if (count == 0)
		return GO_ON;
	if (isdigit((unsigned char)words[0][0])) {
		pstree->chose_pid = true;
		return word_integer(words[0], &pstree->pid) ? GO_ON : usage(pstree->tool, 1);
	}
	pstree->user = words[0];
	if (user_find(pstree->shared.place.root, words[0], &pstree->uid) == 0)
		return GO_ON;
	fprintf(stderr, "No such user name: %s\n", words[0]);
	return 1;
}

/* COLUMNS, the terminal, or 132. */
static size_t wanted_width(void)
{
	const char *wish = getenv("COLUMNS");
	size_t columns = screen_columns();
	char *end;

	if (wish && *wish) {
		long width = strtol(wish, &end, 0);
		if (!*end && width > 0 && width < INT32_MAX)
			return (size_t)width;
	}
	return columns == SIZE_MAX ? 132 : columns;
}

static void make_request(const struct pstree *pstree, struct request *request)
{
	static const uint8_t always[] = { TASK_pid,  TASK_tgid, TASK_is_thread, TASK_ppid,
		                          TASK_comm, TASK_pgid, TASK_euid,      TASK_started_ns };

	for (size_t i = 0; i < sizeof always; i++)
		request_field(request, &request->fields, always[i]);
	if (pstree->users || pstree->shared.data)
		request_field(request, &request->fields, TASK_user);
	if (pstree->arguments)
		request_field(request, &request->fields, TASK_cmdline);
	if (pstree->labels)
		request_field(request, &request->fields, TASK_security_label);
	for (int i = 0; i < PSTREE_NAMESPACES; i++)
		if (pstree->namespaces || pstree->sort_namespace == i)
			request_field(request, &request->fields, pstree_namespaces[i].id);
	request->tasks = true;
	request->threads = pstree->no_threads ? NO_THREADS : OTHER_THREADS;
}

/* The outermost branches of the user below one. */
static bool put_user(struct pstree *pstree, struct buffer *buffer, uint32_t at, int64_t boot_ns)
{
	bool any = false;

	if (pstree->branches[at].uid == pstree->uid) {
		if (buffer->len)
			buffer_char(buffer, '\n');
		pstree_put(pstree, buffer, at, pstree->uid, boot_ns);
		return true;
	}
	for (uint32_t child = pstree->branches[at].first; child != NOBODY; child = pstree->branches[child].next)
		any |= put_user(pstree, buffer, child, boot_ns);
	return any;
}

/* The rows below a branch, parents in front of children. */
static void collect_rows(const struct pstree *pstree, uint32_t at, uint32_t *rows, size_t *count)
{
	const struct branch *branch = &pstree->branches[at];

	if (branch->row != NOBODY)
		rows[(*count)++] = branch->row;
	for (uint32_t child = branch->first; child != NOBODY; child = pstree->branches[child].next)
		collect_rows(pstree, child, rows, count);
}

static void collect_user(const struct pstree *pstree, uint32_t at, uint32_t *rows, size_t *count)
{
	const struct branch *branch = &pstree->branches[at];

	if (branch->uid == pstree->uid) {
		collect_rows(pstree, at, rows, count);
		return;
	}
	for (uint32_t child = branch->first; child != NOBODY; child = pstree->branches[child].next)
		collect_user(pstree, child, rows, count);
}

static const uint8_t data_ids[] = { TASK_pid,  TASK_ppid, TASK_tgid, TASK_is_thread,
	                            TASK_pgid, TASK_euid, TASK_user, TASK_comm };

static int put_data(struct pstree *pstree, struct buffer *buffer, const struct view *view, uint32_t start)
{
	uint8_t ids[TASK_FIELDS];
	size_t id_count = sizeof data_ids, count = 0;
	uint32_t *rows = calloc(view->now->count + 1, sizeof *rows);

	if (!rows)
		return complain(pstree->tool, 1, "out of memory");
	memcpy(ids, data_ids, sizeof data_ids);
	if (pstree->arguments)
		ids[id_count++] = TASK_cmdline;
	if (pstree->labels)
		ids[id_count++] = TASK_security_label;
	for (int i = 0; i < PSTREE_NAMESPACES; i++)
		if (pstree->namespaces || pstree->sort_namespace == i)
			ids[id_count++] = pstree_namespaces[i].id;
	if (pstree->user)
		collect_user(pstree, start, rows, &count);
	else
		collect_rows(pstree, start, rows, &count);
	data_document(buffer, pstree->shared.data, "pstree", view, rows, count, ids, id_count);
	free(rows);
	return 0;
}

static int put(struct pstree *pstree, struct buffer *buffer, const struct view *view)
{
	int64_t boot_ns = view->now->boot_ns;
	uint32_t start = pstree_find(pstree, pstree->pid);

	for (uint32_t i = pstree_find(pstree, pstree->highlight); pstree->highlight && i != NOBODY;
	     i = pstree->branches[i].parent)
		pstree->branches[i].highlighted = true;
	if (start == NOBODY) { /* the old one ends with 0, too, but where it looks for parents */
		fprintf(stderr, "Process %lld not found.\n", (long long)pstree->pid);
		if (pstree->shared.data)
			data_document(buffer, pstree->shared.data, "pstree", view, NULL, 0, data_ids, sizeof data_ids);
		return pstree->parents;
	}
	if (pstree->parents && pstree->chose_pid)
		start = pstree_trim(pstree, start);
	if (pstree->shared.data)
		return put_data(pstree, buffer, view, start);
	if (pstree->sort_namespace >= 0) {
		if (pstree_put_namespaces(pstree, buffer, pstree_find(pstree, ROOT_PID), boot_ns))
			return 0;
		fprintf(stderr, "procfs file for %s namespace not available\n",
		        pstree_namespaces[pstree->sort_namespace].name);
		return 1;
	}
	if (!pstree->user) {
		pstree_put(pstree, buffer, start, 0, boot_ns);
	} else if (!put_user(pstree, buffer, start, boot_ns)) {
		fputs("No processes found.\n", stderr);
		return 1;
	}
	return 0;
}

static int show(struct pstree *pstree)
{
	struct request request = { 0 };
	struct snapshot snapshot = { 0 };
	struct source *source = NULL;
	struct buffer buffer = { 0 };
	struct view view;

	make_request(pstree, &request);
	int r = place_open(&pstree->shared.place, false, &source);
	if (r < 0)
		return place_complain(pstree->tool, 1, &pstree->shared.place, r);
	r = source_take(source, &request, &snapshot);
	if (r == 0) {
		r = view_init(&view, &snapshot, NULL, NULL);
		if (r == 0)
			r = pstree_grow(pstree, &view);
	}
	int status = r < 0               ? complain(pstree->tool, 1, "cannot read processes: %s", strerror(-r)) :
	             snapshot.count == 0 ? complain(pstree->tool, 1, "/proc is empty (not mounted ?)") :
	                                   put(pstree, &buffer, &view);
	say(pstree->tool, &buffer);
	if (r == 0)
		view_done(&view);
	snapshot_done(&snapshot);
	source_free(source);
	buffer_done(&buffer);
	return status;
}

static int run(const struct tool *tool, int argc, char **argv)
{
	struct pstree pstree = { .tool = tool, .sort_namespace = -1, .pid = ROOT_PID, .width = wanted_width() };

	if (isatty(STDOUT_FILENO) && !strcmp(nl_langinfo(CODESET), "UTF-8"))
		pstree.lines = PSTREE_UTF8;
	int status = options_read(tool, argc, argv, set, &pstree);
	if (status == GO_ON)
		status = set_words(&pstree, argc - optind, argv + optind);
	if (status == GO_ON)
		status = show(&pstree);
	free(pstree.branches);
	buffer_done(&pstree.names);
	buffer_done(&pstree.bold);
	buffer_done(&pstree.plain);
	return status;
}

TOOL(pstree, {
		     .name = "pstree",
		     .summary = "processes as a tree",
		     .usage = "[options] [PID | USER]",
		     TOOL_OPTIONS(option_rows),
		     .notes = notes,
		     .run = run,
	     });
