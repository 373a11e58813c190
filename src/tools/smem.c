/* vires smem: who holds how much memory, shared pages counted once. */
#include "tools/smem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/elf_size.h"

enum { OPTION_PIE = 1, OPTION_BAR };

static const struct option_row option_rows[] = {
	{ 'H', "no-header", ALONE, NULL, "no header line", 0 },
	{ 'c', "columns", TAKES, "list", "columns to show, with blanks between them", 0 },
	{ 't', "totals", ALONE, NULL, "show totals", 0 },
	{ 'a', "autosize", ALONE, NULL, "columns as wide as the terminal allows", 0 },
	{ 'R', "realmem", TAKES, "size", "RAM that is built in, with a unit: 16G", 0 },
	{ 'K', "kernel", TAKES, "file", "uncompressed kernel image, for -w", 0 },
	{ 'm', "mappings", ALONE, NULL, "a row for each mapped file", 0 },
	{ 'u', "users", ALONE, NULL, "a row for each user", 0 },
	{ 'w', "system", ALONE, NULL, "the whole system", 0 },
	{ 'P', "processfilter", TAKES, "regex", "only processes whose name or command line matches", 0 },
	{ 'M', "mapfilter", TAKES, "regex", "only mappings whose name matches", 0 },
	{ 'U', "userfilter", TAKES, "regex", "only processes whose owner matches", 0 },
	{ 'n', "numeric", ALONE, NULL, "users as numbers", 0 },
	{ 's', "sort", TAKES, "column", "sort by this column", 0 },
	{ 'r', "reverse", ALONE, NULL, "largest first", 0 },
	{ 'p', "percent", ALONE, NULL, "amounts as percentages", 0 },
	{ 'k', "abbreviate", ALONE, NULL, "amounts with units", 0 },
	{ 0, "pie", TAKES, "column", "draw a pie of the sort column, labelled by this one, as SVG", OPTION_PIE },
	{ 0, "bar", TAKES, "column", "draw bars of the shown columns, labelled by this one, as SVG", OPTION_BAR },
	{ 'o', "output", TAKES, "file", "write the chart there", 0 },
	OPTIONS_DATA,
	{ 0, "root", TAKES, "DIR", "look at the captured /proc and /sys below DIR", OPTION_ROOT },
	{ 'S', "source", TAKES, "auto|bpf|proc|DIR", "where the process table comes from, or the same as --root",
	  OPTION_SOURCE },
	{ 'h', "help", ALONE, NULL, "display this help and exit", OPTION_HELP },
	{ 'V', "version", ALONE, NULL, "output version information and exit", OPTION_VERSION },
};

static const char notes[] =
	"Prints what smem 1.5 prints, and says in one line on stderr how many processes it was not allowed to look at; "
	"smem leaves them out without a word. Kernel threads and zombies hold no memory and are left out.\n\n"
	"Where only whole processes are shown, the kernel's own sums are read (smaps_rollup), which is many times "
	"cheaper, and of large processes, where that is allowed, the page tables by eBPF; *-m*, *-M* and the "
	"column maps need every mapping. PSS may then be higher than smem's, by up to "
	"1 KiB a mapping: smem adds up what was rounded down. VSS does not count [vsyscall], which is no memory of the "
	"process.\n\n"
	"It differs where smem is wrong: *-u* -c vss is VSS, *-m* -c avguss works, names of mappings are whole, also "
	"with blanks in them; what is not known is ?. *-R* gives whole numbers. A word that is no option is an "
	"error.\n\n"
	"The filters are extended regular expressions of POSIX with \\\\d, \\\\w, \\\\s and \\\\b; not those of "
	"Python.\n\n"
	"A chart is an SVG file, on stdout or where *-o* says. There is no PNG: convert it (rsvg-convert). Captures by "
	"smemcap are tar files: unpack them, and give the directory to *-S*.";

/* "\d" is Python's; the rest of what people use is POSIX's too. */
static void translate(struct buffer *pattern, const char *word)
{
	for (; *word; word++) {
		if (word[0] == '\\' && word[1] == 'd') {
			buffer_text(pattern, "[0-9]");
			word++;
		} else if (word[0] == '\\' && word[1]) {
			buffer_char(pattern, *word++);
			buffer_char(pattern, *word);
		} else {
			buffer_char(pattern, *word);
		}
	}
}

static int set_filter(struct smem *smem, struct smem_filter *filter, const char *word)
{
	struct buffer pattern = { 0 };
	char why[128];

	if (filter->on)
		regfree(&filter->pattern);
	filter->on = false;
	translate(&pattern, word);
	int r = regcomp(&filter->pattern, buffer_cstr(&pattern), REG_EXTENDED | REG_NOSUB);
	if (r)
		regerror(r, &filter->pattern, why, sizeof why);
	filter->on = !r;
	buffer_done(&pattern);
	return r ? complain(smem->tool, 2, "error: '%s': %s", word, why) : GO_ON;
}

bool smem_match(struct smem_filter *filter, struct span text)
{
	if (!filter->on)
		return true;
	buffer_clear(&filter->text);
	buffer_add(&filter->text, text);
	return regexec(&filter->pattern, buffer_cstr(&filter->text), 0, NULL, 0) == 0;
}

/* "16G", "1024M": bytes; false without a unit. */
static bool parse_size(const char *word, int64_t *ret)
{
	static const struct {
		const char *name;
		int shift;
	} units[] = { { "k", 10 },  { "K", 10 }, { "kB", 10 }, { "KB", 10 }, { "M", 20 },
		      { "MB", 20 }, { "G", 30 }, { "GB", 30 }, { "T", 40 },  { "TB", 40 } };
	struct span rest = span_of(word);
	int64_t thousandths;

	while (rest.len && !strchr("0123456789.", rest.at[rest.len - 1]))
		rest.len--;
	const char *unit = word + rest.len;
	if (!span_fixed(&rest, 3, &thousandths))
		return false;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		__int128 bytes = ((__int128)thousandths << units[i].shift) / 1000;
		if (strcmp(unit, units[i].name) || bytes > INT64_MAX)
			continue;
		*ret = (int64_t)bytes;
		return true;
	}
	return false;
}

static int set_kernel(struct smem *smem, const char *path)
{
	int r = elf_size(path, &smem->kernel_bytes);

	if (r == -ENOEXEC)
		return complain(smem->tool, 1, "'%s' is no uncompressed kernel image", path);
	return r < 0 ? complain(smem->tool, 1, "%s: %s", path, strerror(-r)) : GO_ON;
}

static int set_chart(struct smem *smem, int form, const char *label)
{
	if (smem->label)
		return complain(smem->tool, 2, "error: one chart at a time");
	smem->form = form;
	smem->label = label;
	return GO_ON;
}

static int set_text(struct smem *smem, int id, const char *argument)
{
	switch (id) {
	case 'c':
		smem->columns = argument;
		return GO_ON;
	case 's':
		smem->sort = argument;
		return GO_ON;
	case 'o':
		smem->output = argument;
		return GO_ON;
	case 'R':
		if (parse_size(argument, &smem->ram_bytes))
			return GO_ON;
		return complain(smem->tool, 255, "Memory size should be written with units, for example 1024M");
	case 'K':
		return set_kernel(smem, argument);
	case 'P':
		return set_filter(smem, &smem->process, argument);
	case 'M':
		return set_filter(smem, &smem->map, argument);
	case 'U':
		return set_filter(smem, &smem->user, argument);
	case OPTION_SOURCE:
		if (strcmp(argument, "auto") && strcmp(argument, "bpf") && strcmp(argument, "proc"))
			id = OPTION_ROOT;
		break;
	case OPTION_PIE:
		return set_chart(smem, SMEM_PIE, argument);
	case OPTION_BAR:
		return set_chart(smem, SMEM_BAR, argument);
	}
	return shared_option(smem->tool, 2, &smem->shared, id, argument);
}

static int set(void *context, int id, const char *argument)
{
	struct smem *smem = context;

	switch (id) {
	case 'H':
		smem->no_header = true;
		break;
	case 't':
		smem->totals = true;
		break;
	case 'a':
		smem->autosize = true;
		break;
	case 'm':
		smem->view = &smem_mappings;
		break;
	case 'u':
		smem->view = smem->view == &smem_mappings ? smem->view : &smem_users;
		break;
	case 'w':
		smem->view = smem->view == &smem_processes ? &smem_system : smem->view;
		break;
	case 'n':
		smem->numeric = true;
		break;
	case 'r':
		smem->reverse = true;
		break;
	case 'p':
		smem->amounts = smem->amounts == SMEM_UNITS ? SMEM_UNITS : SMEM_PERCENT;
		break;
	case 'k':
		smem->amounts = SMEM_UNITS;
		break;
	default:
		return set_text(smem, id, argument);
	}
	return GO_ON;
}

static bool ends_in(const char *text, const char *end)
{
	size_t len = strlen(text), end_len = strlen(end);

	return len >= end_len && !strcmp(text + len - end_len, end);
}

static int check(const struct smem *smem, bool words)
{
	if (words)
		return complain(smem->tool, 2, "error: there are words that are no options");
	if (smem->output && !smem->label)
		return complain(smem->tool, 2, "error: -o is for --pie and --bar");
	if (smem->label && smem->shared.data)
		return complain(smem->tool, 2, "error: a chart is neither JSON nor CSV");
	if (smem->output && ends_in(smem->output, ".png"))
		return complain(smem->tool, STATUS_NOT_POSSIBLE, "charts are SVG; rsvg-convert makes PNG of it");
	if (smem->label && !smem->output && isatty(STDOUT_FILENO))
		return complain(smem->tool, 2, "error: a chart is an SVG file: say where with -o FILE");
	return GO_ON;
}

/* Charts may go to a file; everything else, and they too, to stdout. */
static int put(struct smem *smem, struct buffer *out)
{
	if (!smem->output) {
		say(smem->tool, out);
		return 0;
	}
	FILE *file = fopen(smem->output, "w");
	bool failed = !file || out->failed || fwrite(out->at, 1, out->len, file) != out->len;
	if (file && fclose(file) != 0)
		failed = true;
	return failed ? complain(smem->tool, 1, "%s: %s", smem->output, strerror(errno)) : 0;
}

static int show(struct smem *smem)
{
	struct snapshot now = { 0 };
	struct buffer out = { 0 };

	int r = place_open(&smem->shared.place, false, &smem->source);
	if (r < 0)
		return place_complain(smem->tool, 1, &smem->shared.place, r);
	r = smem_gather(smem, &now);
	if (r == 0)
		r = smem_sort(smem);
	if (r < 0) {
		source_free(smem->source);
		return complain(smem->tool, 1, "%s", strerror(-r));
	}
	if (smem->shared.data)
		smem_put_data(smem, &out);
	else if (smem->form != SMEM_TABLE)
		smem_put_chart(smem, &out);
	else
		smem_put_table(smem, &out);
	r = put(smem, &out);
	if (smem->unreadable)
		complain(smem->tool, 0, "%zu of %zu processes could not be read: Permission denied", smem->unreadable,
		         smem->asked);
	buffer_done(&out);
	snapshot_done(&now);
	source_free(smem->source);
	return r;
}

static void done(struct smem *smem)
{
	struct smem_filter *filters[] = { &smem->process, &smem->map, &smem->user };

	for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
		if (filters[i]->on)
			regfree(&filters[i]->pattern);
		buffer_done(&filters[i]->text);
	}
	free(smem->cells);
	free(smem->order);
	arena_done(&smem->texts);
}

static int run(const struct tool *tool, int argc, char **argv)
{
	struct smem smem = { .tool = tool, .view = &smem_processes };

	int status = options_read(tool, argc, argv, set, &smem);
	if (status == GO_ON)
		status = check(&smem, optind < argc);
	if (status == GO_ON)
		status = smem_choose_columns(&smem);
	if (status == GO_ON)
		status = show(&smem);
	done(&smem);
	return status;
}

TOOL(smem, {
		   .name = "smem",
		   .summary = "who holds how much memory, with shared pages divided among those that share them",
		   .usage = "[options]",
		   TOOL_OPTIONS(option_rows),
		   .notes = notes,
		   .run = run,
	   });
