/* The command line of vires screen, and of htop. */
#include <stdlib.h>
#include <unistd.h>

#include "base/time.h"
#include "collect/names.h"
#include "tools/screen.h"
#include "tools/words.h"

enum { ONCE = 2000, FRESH, WIDTH, BY, READ_ONLY };

#define SCREEN_OPTIONS(delay_name, delay_help) \
	{ 'd', "delay", TAKES, delay_name, delay_help, 0 }, \
		{ 'u', "user", MAY_TAKE, "USER", "only processes of this user; without a name, of yours", 0 }, \
		{ 'p', "pid", TAKES, "PID,...", "only these processes", 0 }, \
		{ 's', "sort-key", TAKES, "COLUMN", "sort by this column; 'help' lists them", 0 }, \
		{ 't', "tree", MAY_TAKE, "MODE", "tree of parents and children; 'rolled' sums each branch", 0 }, \
		{ 'F', "filter", TAKES, "TEXT", "only what fits: a text, or 'pss > 1G and growth > 10M/h'", 0 }, \
		{ 'C', "no-color", ALONE, NULL, "no colours; NO_COLOR in the environment does the same", 0 }, \
		{ 'U', "no-unicode", ALONE, NULL, "ASCII alone", 0 }, \
		{ 'M', "no-mouse", ALONE, NULL, "leave the mouse to the terminal", 0 }, \
		{ 'n', "max-iterations", TAKES, "N", "leave after N samples", 0 }, \
		{ 0, "readonly", ALONE, NULL, "no signals, nice values or affinities", READ_ONLY }, \
		{ 'h', "help", ALONE, NULL, "this text", OPTION_HELP }, \
	{ \
		'V', "version", ALONE, NULL, "version", OPTION_VERSION \
	}

#define SCREEN_MORE \
	{ 0, "by", TAKES, "WHAT", "put together by tree, program, user, cgroup, unit or container", BY }, \
		{ 0, "fresh", ALONE, NULL, "read the PSS of everybody in each sample, whatever it costs", FRESH }, \
		{ 0, "once", ALONE, NULL, "print one frame and end", ONCE }, \
	{ \
		0, "width", TAKES, "COLUMNS", "with --once: as wide as this", WIDTH \
	}

static const struct option_row screen_rows[] = {
	SCREEN_OPTIONS("SECONDS", "between two samples; 1.5"),
	SCREEN_MORE,
	OPTIONS_DATA,
	OPTIONS_SOURCE,
};

static const struct option_row htop_rows[] = {
	SCREEN_OPTIONS("TENTHS", "tenths of a second between two samples, 1 to 100; 15"),
	SCREEN_MORE,
	OPTIONS_DATA,
	OPTIONS_SOURCE,
};

static const char notes[] =
	"The machine and its processes, memory first: a bar of all RAM whose parts add up, what was promised, swap by "
	"device, and what it costs (pressure, faults, reclaim); below it a table with PSS (a fair share: sums of it "
	"are real memory), USS (what would come back), growth and faults. F1 explains the keys, ? each column.\n\n"
	"Reading PSS makes the kernel walk all pages of a process and holds the process up meanwhile. So it is read "
	"of those whose counters moved, for at most a hundredth of a CPU, and never where it would take more than 10 "
	"ms. Until then a process shows '<' and its RES, which it cannot exceed, and by which it is sorted; '>' is "
	"for a group of which some are not known, '-' for what this user may not read. Old shares are dim, and the "
	"line of sums says of how many processes PSS is known. *--fresh* reads everybody.\n\n"
	"A filter is a text to find in the command ('fire|chrom'), or compares columns: < <= > >= = != for numbers "
	"with units (K M G, s min h d, /s /min /h), = != ~ !~ for texts, with and, or, not and brackets.\n\n"
	"Threads are left out at first (H), since they share the memory of their process, and so are those of the "
	"kernel (K). The set-up (F2) is kept in $XDG_CONFIG_HOME/vires/screenrc.\n\n"
	"As *htop* it begins as htop does: its columns, meters and threads; then the set-up is kept in htop-screenrc. "
	"While there is none, htop's own file is read ($HTOPRC, $XDG_CONFIG_HOME/htop/htoprc, ~/.htoprc, /etc/htoprc) "
	"and never written: columns, order, tree, threads, paths, meters, colours, delay. Columns and meters in it "
	"that vires does not have are named at the start.";

static bool number_word(const char *word, int64_t least, int64_t most, int64_t *ret)
{
	return word_integer(word, ret) && *ret >= least && *ret <= most;
}

static int set_delay(struct screen_call *call, const char *argument)
{
	enum { TENTHS_MOST = 100 };
	int64_t delay;

	if (call->htop) {
		if (!word_integer(argument, &delay))
			return complain(call->tool, 1, "Error: invalid delay value \"%s\".", argument);
		delay = delay < 1 ? 1 : delay > TENTHS_MOST ? TENTHS_MOST : delay;
		call->settings.delay_ns = delay * (NS_PER_S / 10);
		return GO_ON;
	}
	if (!word_seconds(argument, &delay) || delay < NS_PER_S / 10)
		return complain(call->tool, STATUS_USAGE, "-d takes seconds from 0.1 on, not '%s'", argument);
	call->settings.delay_ns = delay;
	return GO_ON;
}

static int set_user(struct screen_call *call, const char *argument)
{
	call->user.wanted = true;
	call->user.uid = geteuid();
	if (!argument && optind < call->argc && call->argv[optind][0] != '-') /* as htop has it: -u NAME */
		argument = call->argv[optind++];
	if (!argument || number_word(argument, 0, UINT32_MAX, &call->user.uid))
		return GO_ON;
	if (account_number(call->shared.place.root, ACCOUNT_USER, span_of(argument), &call->user.uid) == 0)
		return GO_ON;
	return complain(call->tool, call->htop ? 1 : STATUS_USAGE, "Error: invalid user \"%s\".", argument);
}

static int set_pids(struct screen_call *call, const char *argument)
{
	char *rest = strdup(argument), *at = rest, *word;
	int status = rest ? GO_ON : STATUS_NOT_POSSIBLE;

	while (status == GO_ON && (word = strsep(&at, ",")) != NULL) {
		if (call->pid_count == SCREEN_PIDS_MOST)
			status = complain(call->tool, STATUS_USAGE, "at most %d processes", SCREEN_PIDS_MOST);
		else if (!word_pid(word, &call->pids[call->pid_count++]) && !call->htop)
			status = complain(call->tool, STATUS_USAGE, "'%s' is no process ID", word);
	}
	free(rest);
	return status;
}

static int list_columns(const struct screen_call *call)
{
	struct buffer text = { 0 };

	for (size_t i = 0; i < call->columns.count; i++) {
		const struct screen_column *column = &call->columns.at[i];
		if (call->htop && !column->htop)
			continue;
		buffer_format(&text, "%20s %s\n", call->htop ? column->htop : column->column.header,
		              task_fields[column->column.id].meaning);
	}
	say(call->tool, &text);
	buffer_done(&text);
	return STATUS_OK;
}

static int set_sort(struct screen_call *call, const char *argument)
{
	if (!strcmp(argument, "help"))
		return list_columns(call);
	int column = screen_column_find(&call->columns, span_of(argument));
	if (column < 0)
		return complain(call->tool, call->htop ? 1 : STATUS_USAGE, "Error: invalid column \"%s\".", argument);
	/* The tab that shows it, if any does. */
	size_t count = call->settings.tab_count;
	for (size_t i = 0; i < count && !screen_tab_has(screen_tab_of(&call->settings), (uint8_t)column); i++)
		call->settings.tab = (call->settings.tab + 1) % count;
	struct screen_tab *tab = screen_tab(&call->settings);
	tab->sorts[SORT_LIST] = tab->sorts[SORT_TREE] = (struct screen_sort){ (uint8_t)column, false };
	tab->tree = call->tree_given;
	return GO_ON;
}

static int set_filter(struct screen_call *call, const char *argument)
{
	struct filter_error error;

	if (filter_parse(span_of(argument), &call->filter, &error) == 0)
		return GO_ON;
	return complain(call->tool, STATUS_USAGE, "%s", error.words);
}

static int set_roll(struct screen_call *call, const char *argument)
{
	for (int roll = 0; roll < ROLLS; roll++)
		if (!strcmp(argument, screen_roll_name((enum screen_roll)roll))) {
			call->settings.roll = (enum screen_roll)roll;
			return GO_ON;
		}
	return complain(call->tool, STATUS_USAGE, "--by takes tree, program, user, cgroup, unit or container, not '%s'",
	                argument);
}

static int set_tree(struct screen_call *call, const char *argument)
{
	static const char *const modes[] = { "classic", "soft", "hard", "rolled" };
	if (argument && argument[0] == '=') /* -t=soft, as well as --tree=soft */
		argument++;
	bool known = !argument;

	for (size_t i = 0; argument && i < sizeof modes / sizeof *modes; i++)
		known |= !strcmp(argument, modes[i]);
	if (!known)
		return complain(call->tool, STATUS_USAGE, "-t knows classic, soft, hard and rolled, not '%s'",
		                argument);
	call->tree_given = true;
	for (size_t i = 0; i < call->settings.tab_count; i++)
		call->settings.tabs[i].tree = true;
	if (argument && !strcmp(argument, "rolled"))
		call->settings.roll = ROLL_TREE;
	return GO_ON;
}

static int set_count(struct screen_call *call, const char *argument, int64_t least, int64_t *ret)
{
	if (number_word(argument, least, 1000000, ret))
		return GO_ON;
	return complain(call->tool, STATUS_USAGE, "'%s' is no number from %lld on", argument, (long long)least);
}

static int set(void *context, int id, const char *argument)
{
	struct screen_call *call = context;
	struct screen_settings *settings = &call->settings;
	int64_t width = 0;
	int status;

	switch (id) {
	case 'd':
		return set_delay(call, argument);
	case 'u':
		return set_user(call, argument);
	case 'p':
		return set_pids(call, argument);
	case 's':
		return set_sort(call, argument);
	case 't':
		return set_tree(call, argument);
	case 'F':
		return set_filter(call, argument);
	case BY:
		return set_roll(call, argument);
	case 'n':
		return set_count(call, argument, 1, &call->iterations);
	case WIDTH:
		status = set_count(call, argument, 1, &width);
		call->width = (int)width;
		return status;
	case 'C':
		settings->colour = false;
		return GO_ON;
	case 'U':
		settings->unicode = false;
		return GO_ON;
	case 'M':
		settings->mouse = false;
		return GO_ON;
	case READ_ONLY:
		call->read_only = true;
		return GO_ON;
	case ONCE:
		call->once = true;
		return GO_ON;
	case FRESH:
		call->fresh = true;
		return GO_ON;
	default:
		return shared_option(call->tool, call->htop ? 1 : STATUS_USAGE, &call->shared, id, argument);
	}
}

int screen_options_read(struct screen_call *call, int argc, char **argv)
{
	call->argc = argc;
	call->argv = argv;
	int status = options_read(call->tool, argc, argv, set, call);
	if (status == GO_ON && optind < argc)
		status = complain(call->tool, call->htop ? 1 : STATUS_USAGE,
		                  "Error: unsupported non-option ARGV-elements: %s", argv[optind]);
	return status;
}

TOOL(screen, {
		     .name = "screen",
		     .summary = "the machine and its processes, memory first; what vires alone opens",
		     .usage = "[options]",
		     TOOL_OPTIONS(screen_rows),
		     .notes = notes,
		     .run = screen_run,
	     });

TOOL(htop, {
		   .name = "htop",
		   .summary = "the screen, opened as htop is: with its options and its habits",
		   .usage = "[options]",
		   TOOL_OPTIONS(htop_rows),
		   .notes = notes,
		   .run = screen_run,
	   });
