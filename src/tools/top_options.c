/* The command line of top, as strict as top reads it, with its words when something is wrong. */
#include <unistd.h>

#include "collect/users.h"
#include "tools/top.h"
#include "tools/words.h"

enum { COLUMNS = 2000 };

static const struct option_row option_rows[] = {
	{ 'A', "apply-defaults", ALONE, NULL, "leave all settings files alone; no other option may stand beside it",
	  0 },
	{ 'b', "batch-mode", ALONE, NULL, "print frames to stdout, for scripts and files", 0 },
	{ 'c', "cmdline-toggle", ALONE, NULL, "command lines instead of names, or the reverse", 0 },
	{ 'd', "delay", TAKES, "SECS", "seconds between frames", 0 },
	{ 'E', "scale-summary-mem", TAKES, "SCALE", "memory at the top in k, m, g, t, p or e", 0 },
	{ 'e', "scale-task-mem", TAKES, "SCALE", "memory of tasks in k, m, g, t or p", 0 },
	{ 'H', "threads-show", ALONE, NULL, "a row for each thread", 0 },
	{ 'i', "idle-toggle", ALONE, NULL, "leave out tasks that used no CPU, or the reverse", 0 },
	{ 'n', "iterations", TAKES, "NUMBER", "end after that many frames", 0 },
	{ 'O', "list-fields", ALONE, NULL, "list the names of all columns", 0 },
	{ 'o', "sort-override", TAKES, "FIELD",
	  "sort by this column; + in front high to low, - low to high; more after commas", 0 },
	{ 'p', "pid", TAKES, "PIDLIST", "only these processes", 0 },
	{ 'S', "accum-time-toggle", ALONE, NULL, "CPU time with dead children, or the reverse", 0 },
	{ 's', "secure-mode", ALONE, NULL, "no signals, no renicing, no change of the delay", 0 },
	{ 'U', "filter-any-user", TAKES, "USER", "only tasks of this real, effective, saved or file system user", 0 },
	{ 'u', "filter-only-euser", TAKES, "USER", "only tasks of this effective user; ! in front: all others", 0 },
	{ 'w', "width", MAY_TAKE, "COLUMNS", "width of the output; alone: as COLUMNS and LINES say, else 512", 0 },
	{ '1', "single-cpu-toggle", ALONE, NULL, "a line for each CPU, or the reverse", 0 },
	{ 0, "columns", TAKES, "LIST",
	  "show these columns or fields: PID,RES,PEAK; + or - in front of one adds or removes it", COLUMNS },
	OPTIONS_DATA,
	OPTIONS_SOURCE,
	{ 'h', "help", ALONE, NULL, "this text", OPTION_HELP },
	{ 'V', "version", ALONE, NULL, "version", OPTION_VERSION },
};

static const char notes[] =
	"Without *-b* it fills the screen until *q* is typed, and *h* tells the keys. With *-b* it prints what top of "
	"procps-ng 4.0.2 (Debian 12) prints, byte for byte.\n\n"
	"Every field of *vires fields* can be a column, by its header or its name; *-O* lists the headers.\n\n"
	"Columns of shares (PSS, USS and what else is in smaps_rollup) hold a process up while they are read. On the "
	"screen that takes at most a tenth of a CPU, and of nobody more than 10 ms: one that is too large for that has "
	"- and stands where its RES would put it. *-b* reads everybody.\n\n"
	"*-o* takes more than one column: each next one decides where those before it leave it open.\n\n"
	"Settings are read from the first of these files: $XDG_CONFIG_HOME/vires/toprc (or ~/.config/vires/toprc), "
	"which *W* writes; and those of procps: ~/.toprc, $XDG_CONFIG_HOME/procps/toprc, ~/.config/procps/toprc and "
	"/etc/topdefaultrc. They have the same form, that of procps 4.0.2: what *W* writes can be put in the place of "
	"the others, as the older top takes what is ours alone for comments. Lines for *Y* are added to its end by "
	"hand: *pipe* or *file*, a name, and a command or a path with %d for the PID, with tabs between them. "
	"/etc/toprc binds all but root, as ever.\n\n"
	"It differs where the number would be wrong: the first frame looks back over 0.2 seconds in all its parts, a "
	"value that could not be read is - and not 0, memory is read for each frame and not every three seconds, and "
	"wrong options end with status 1. A filter counts also while its column is not shown. ^L shows the last "
	"messages and draws the screen anew. ^T tags tasks: *k* and *r* are then for all of them.\n\n"
	"On the screen, not with *-b*, two more lines stand above the tasks: *Real*, what is really used and what "
	"could be given back, and *Prom*, what was promised and up to which limit; *p* hides them. *?* in the "
	"help tells what the columns mean. *Y* has files to show also where no line names any. *L* looks through "
	"all tasks and not only those that have been seen, and *F* once more goes back to where it was pressed. "
	"What was shown last is left below what stood on the terminal before, without its colours.";

struct reading {
	struct top *top;
	int argc;
	char **argv;
};

static int wrong(const struct top *top, const char *what, const char *word)
{
	return complain(top->tool, 1, "bad %s '%s'", what, word);
}

/* "-d=2" is "-d2". */
static const char *value_of(const char *argument)
{
	return argument && argument[0] == '=' ? argument + 1 : argument;
}

static int set_delay(struct top *top, const char *word)
{
	int64_t delay;

	if (!word_seconds(word, &delay))
		return wrong(top, "delay interval", word);
	if (delay < 0)
		return complain(top->tool, 1, "-d requires positive argument");
	top->settings.delay_ns = delay;
	top->delay_given = true;
	return GO_ON;
}

static int set_iterations(struct top *top, const char *word)
{
	int64_t count;

	if (!word_integer(word, &count) || count < 1)
		return wrong(top, "iterations argument", word);
	top->iterations = count;
	return GO_ON;
}

static int set_scale(struct top *top, const char *word, const char *letters, unsigned *unit)
{
	const char *at = word[0] && !word[1] ? strchr(letters, word[0]) : NULL;

	if (!at)
		return wrong(top, "memory scaling arg", word);
	*unit = (unsigned)(at - letters);
	return GO_ON;
}

static int add_pid(struct top *top, int64_t pid)
{
	if (pid == 0)
		pid = getpid();
	for (size_t i = 0; i < top->pid_count; i++)
		if (top->pids[i] == pid)
			return GO_ON;
	if (top->pid_count == TOP_PIDS_MOST)
		return complain(top->tool, 1, "pid limit (%d) exceeded", TOP_PIDS_MOST);
	top->pids[top->pid_count++] = pid;
	return GO_ON;
}

static int set_pids(struct top *top, const char *words)
{
	struct span rest = span_of(words), word;
	int status = GO_ON;

	if (top->user.wanted)
		return complain(top->tool, 1, "conflicting process selections (U/p/u)");
	do {
		int64_t pid;
		struct span all = rest;
		if (!span_until(&rest, ',', &word)) {
			word = rest;
			rest.len = 0;
		}
		word = span_trim(word);
		if (!span_i64(&word, &pid) || word.len || pid < 0 || pid > INT32_MAX)
			return complain(top->tool, 1, "bad pid '%.*s'", (int)all.len, all.at);
		status = add_pid(top, pid);
	} while (status == GO_ON && rest.len);
	return status;
}

int top_user_find(const struct top *top, const char *word, bool any, struct top_user *ret)
{
	struct top_user user = { .wanted = true, .any = any, .inverse = word[0] == '!' };

	int r = user_find(top->shared.place.root, word + user.inverse, &user.uid);
	if (r == 0)
		*ret = user;
	return r;
}

static int set_user(struct top *top, int letter, const char *word)
{
	if (top->pid_count || top->user.wanted)
		return complain(top->tool, 1, "conflicting process selections (U/p/u)");
	top->user = (struct top_user){ .wanted = true, .any = letter == 'U' };
	top->user_wanted = word;
	return GO_ON;
}

static int unknown_field(const struct top *top, struct span name)
{
	return complain(top->tool, 1, "unrecognized field name '%.*s'", (int)name.len, name.at);
}

static struct top_window *current(struct top *top)
{
	return top_current(&top->settings);
}

/* "[+-]NAME", and after commas what decides where that leaves it open. */
static int set_sort(struct top *top, const char *words)
{
	struct top_window *window = current(top);
	struct span rest = span_of(words), word;
	bool more = true, first = true, kept = window->sorts[0].ascending;

	while (more) {
		more = span_until(&rest, ',', &word);
		word = more ? word : rest;
		bool sign = word.len && (word.at[0] == '+' || word.at[0] == '-');
		bool ascending = sign ? word.at[0] == '-' : kept;
		int column = top_column_find(&top->columns, span_skip(word, sign));
		if (column < 0)
			return unknown_field(top, span_skip(word, sign));
		if (first)
			top_window_sort(window, (uint8_t)column, ascending);
		else if (!top_window_sort_also(window, (uint8_t)column, ascending))
			return complain(top->tool, 1, "cannot sort by more than %d fields", TOP_SORTS);
		first = false;
	}
	return GO_ON;
}

static int set_columns(struct top *top, const char *words)
{
	struct top_window *window = current(top);
	struct span rest = span_of(words), word;
	bool change = words[0] == '+' || words[0] == '-', more = true;
	size_t place = 0;

	if (!change)
		memset(window->shown, 0, sizeof window->shown);
	while (more) {
		more = span_until(&rest, ',', &word);
		word = more ? word : rest;
		bool hide = change && word.len && word.at[0] == '-';
		word = span_skip(word, change && word.len && (hide || word.at[0] == '+'));
		int column = top_column_find(&top->columns, word);
		if (column < 0)
			return unknown_field(top, word);
		if (!change)
			top_window_move(window, &top->columns, (uint8_t)column, place++);
		else if (!hide && !window->shown[column])
			top_window_append(window, &top->columns, (uint8_t)column);
		window->shown[column] = !hide;
	}
	return GO_ON;
}

static int set_width(struct reading *reading, const char *word)
{
	int64_t width;

	if (!word && optind < reading->argc && reading->argv[optind][0] != '-')
		word = value_of(reading->argv[optind++]);
	if (!word) {
		reading->top->width_wanted = -1;
		return GO_ON;
	}
	if (!word_integer(word, &width) || width < TOP_WIDTH_LEAST || width > TOP_WIDTH_MOST)
		return wrong(reading->top, "width arg", word);
	reading->top->width_wanted = (int)width;
	return GO_ON;
}

static int list_columns(const struct top *top)
{
	struct buffer text = { 0 };

	for (size_t i = 0; i < top->columns.count; i++)
		buffer_format(&text, "%s\n", top->columns.at[i].header);
	say(top->tool, &text);
	buffer_done(&text);
	return 0;
}

static int toggle(bool *flag)
{
	*flag = !*flag;
	return GO_ON;
}

static int set(void *context, int id, const char *argument)
{
	struct reading *reading = context;
	struct top *top = reading->top;
	const char *word = value_of(argument);

	switch (id) {
	case 'A':
		if (reading->argc > 2)
			return complain(top->tool, 1, "option '-A' must be used alone");
		return GO_ON; /* top_run has seen it already */
	case 'b':
		top->batch = true;
		return GO_ON;
	case 'c':
		return toggle(&current(top)->command_line);
	case 'd':
		return set_delay(top, word);
	case 'E':
		return set_scale(top, word, "kmgtpe", &top->settings.summary_unit);
	case 'e':
		return set_scale(top, word, "kmgtp", &top->settings.task_unit);
	case 'H':
		top->settings.threads = true;
		return GO_ON;
	case 'i':
		return toggle(&current(top)->idle);
	case 'n':
		return set_iterations(top, word);
	case 'O':
		return list_columns(top);
	case 'o':
		return set_sort(top, word);
	case 'p':
		return set_pids(top, word);
	case 'S':
		return toggle(&current(top)->children_time);
	case 's':
		top->secure = true;
		return GO_ON;
	case 'U':
	case 'u':
		return set_user(top, id, word);
	case 'w':
		return set_width(reading, word);
	case '1':
		current(top)->abreast = 2;
		current(top)->cpus = current(top)->cpus == CPUS_EACH ? CPUS_ALL : CPUS_EACH;
		return GO_ON;
	case COLUMNS:
		return set_columns(top, word);
	case OPTIONS_WRONG:
		return 1; /* getopt has said it */
	default:
		return shared_option(top->tool, 1, &top->shared, id, argument);
	}
}

int top_options_read(struct top *top, int argc, char **argv)
{
	struct reading reading = { top, argc, argv };

	int status = options_read(top->tool, argc, argv, set, &reading);
	if (status == GO_ON && optind < argc)
		status = complain(top->tool, 1, "unknown option '%s'", argv[optind]);
	/* --root may have come later, and decides who is known. */
	if (status == GO_ON && top->user.wanted && top_user_find(top, top->user_wanted, top->user.any, &top->user) < 0)
		status = complain(top->tool, 1, "Invalid user");
	current(top)->user = top->user;
	if (status == GO_ON && top->secure && top->delay_given && getuid() != 0)
		status = complain(top->tool, 1, "-d disallowed in \"secure\" mode");
	return status;
}

TOOL(top, {
		  .name = "top",
		  .summary = "processes and memory, frame after frame",
		  .usage = "[options]",
		  TOOL_OPTIONS(option_rows),
		  .bare_write_error = true,
		  .notes = notes,
		  .run = top_run,
	  });
