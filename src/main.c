/* First word or argv[0] -> tool. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "built_with.h"
#include "tools/complete.h"
#include "tools/man.h"
#include "tools/options.h"
#include "tools/run.h"

static int compare(const void *left, const void *right)
{
	const struct tool *const *a = left, *const *b = right;

	return strcmp((*a)->name, (*b)->name);
}

/* The linker lines the tools up; people want them by name. */
static size_t sorted(const struct tool **ret, size_t capacity)
{
	size_t count = 0;

	for (const struct tool *const *tool = __start_vires_tools; tool < __stop_vires_tools && count < capacity;
	     tool++)
		ret[count++] = *tool;
	qsort(ret, count, sizeof *ret, compare);
	return count;
}

static const struct tool *find(const char *name)
{
	for (const struct tool *const *tool = __start_vires_tools; tool < __stop_vires_tools; tool++)
		if (!strcmp((*tool)->name, name))
			return *tool;
	return NULL;
}

static int help(const struct tool *self)
{
	const struct tool *tools[64];
	struct buffer text = { 0 };

	buffer_text(&text, "Usage:\n vires COMMAND [options]\n\nCommands:\n");
	size_t count = sorted(tools, sizeof tools / sizeof *tools);
	for (size_t i = 0; i < count; i++)
		buffer_format(&text, "  %-10s %s\n", tools[i]->name, tools[i]->summary);
	buffer_text(&text,
	            "\nOptions:\n -h, --help     this text\n -V, --version  version, and what it was built with\n"
	            "\nA link named after a command runs it: ln -s vires top\n");
	say(self, &text);
	buffer_done(&text);
	return STATUS_OK;
}

/* With -v also where the process table comes from on this machine, for this user. */
static int print_version(const struct tool *self, bool verbose)
{
	struct buffer text = { 0 };
	struct place place = { 0 };

	buffer_format(&text, "vires %s\nbuilt with: proc%s%s%s\n", VIRES_VERSION, WITH_BPF ? " bpf" : "",
	              WITH_SCREEN ? " screen" : "", WITH_TRANSLATIONS ? " ko" : "");
	if (verbose) {
		setenv("VIRES_VERBOSE", "1", 0);
		buffer_text(&text, "process table: ");
		int r = place_explain(&place, &text);
		if (r < 0)
			return place_complain(self, STATUS_NOT_POSSIBLE, &place, r);
		buffer_char(&text, '\n');
	}
	say(self, &text);
	buffer_done(&text);
	return STATUS_OK;
}

/* For the build and the checks: what there is, in a form that is not for people. */
static int list(const struct tool *self, const char *what, const char *name)
{
	const struct tool *tools[64];
	struct buffer text = { 0 };
	const struct tool *tool = name ? find(name) : NULL;

	if (name && !tool)
		return complain(self, STATUS_USAGE, "no command '%s'", name);
	size_t count = sorted(tools, sizeof tools / sizeof *tools);
	if (!strcmp(what, "--list-tools")) {
		for (size_t i = 0; i < count; i++)
			buffer_format(&text, "%s\n", tools[i]->name);
	} else if (!strcmp(what, "--list-options")) {
		man_options(&text, tool);
	} else if (tool) {
		man_page(&text, tool);
	} else {
		man_index(&text, tools, count);
	}
	say(self, &text);
	buffer_done(&text);
	return STATUS_OK;
}

static int completion(const struct tool *self, const char *shell)
{
	const struct tool *tools[64];
	struct buffer text = { 0 };
	size_t count = sorted(tools, sizeof tools / sizeof *tools);

	if (!complete_script(&text, shell, tools, count))
		return complain(self, STATUS_USAGE, "--completion knows bash, zsh and fish, not '%s'", shell);
	say(self, &text);
	buffer_done(&text);
	return STATUS_OK;
}

static int own_options(const struct tool *self, int argc, char **argv)
{
	const char *word = argv[1];

	if (!strcmp(word, "-h") || !strcmp(word, "--help") || !strcmp(word, "help"))
		return help(self);
	if (!strcmp(word, "-V") || !strcmp(word, "--version"))
		return print_version(self, argc > 2 && (!strcmp(argv[2], "-v") || !strcmp(argv[2], "--verbose")));
	if (!strcmp(word, "--list-tools") || (!strcmp(word, "--man") && argc == 2))
		return list(self, word, NULL);
	if ((!strcmp(word, "--man") || !strcmp(word, "--list-options")) && argc > 2)
		return list(self, word, argv[2]);
	if (!strcmp(word, "--completion") && argc > 2)
		return completion(self, argv[2]);
	return complain(self, STATUS_USAGE, "no command '%s'; 'vires --help' lists them", word);
}

/* `vires` alone is for looking at: the screen, where there is one to draw it on. */
static int bare(const struct tool *self, char **argv)
{
	const struct tool *screen = find("screen");

	if (WITH_SCREEN && screen && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
		return screen->run(screen, 1, argv);
	return help(self);
}

/* What texts, numbers, times and sorting go by. Each of the other seven would cost two files to open, and serves
 * nobody. */
static void set_locale(void)
{
	static const int used[] = { LC_CTYPE, LC_COLLATE, LC_MESSAGES, LC_NUMERIC, LC_TIME };

	for (size_t i = 0; i < sizeof used / sizeof *used; i++)
		setlocale(used[i], "");
}

int main(int argc, char **argv)
{
	static const struct tool self = { .name = "vires" };
	const char *slash = strrchr(argv[0], '/');
	const struct tool *tool = find(slash ? slash + 1 : argv[0]);

	set_locale();
	signals_take();
	if (tool)
		return tool->run(tool, argc, argv);
	if (argc < 2)
		return bare(&self, argv);
	tool = find(argv[1]);
	return tool ? tool->run(tool, argc - 1, argv + 1) : own_options(&self, argc, argv);
}
