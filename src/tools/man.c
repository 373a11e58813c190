#include "tools/man.h"

/* scdoc marks: a backslash takes their meaning away. */
static void plain(struct buffer *buffer, const char *text)
{
	for (; *text; text++) {
		if (strchr("\\*_`#|[<", *text))
			buffer_char(buffer, '\\');
		buffer_char(buffer, *text);
	}
}

static void option(struct buffer *buffer, const struct option_row *row)
{
	if (row->letter)
		buffer_format(buffer, "*-%c*%s", row->letter, row->name ? ", " : "");
	if (row->name) {
		buffer_text(buffer, "*--");
		plain(buffer, row->name);
		buffer_char(buffer, '*');
	}
	if (row->argument) {
		buffer_text(buffer, row->value == MAY_TAKE ? " \\[" : " ");
		buffer_char(buffer, '_');
		plain(buffer, row->argument);
		buffer_char(buffer, '_');
		buffer_text(buffer, row->value == MAY_TAKE ? "]" : "");
	}
	buffer_text(buffer, "\n\t");
	plain(buffer, row->help);
	buffer_text(buffer, "\n\n");
}

void man_page(struct buffer *buffer, const struct tool *tool)
{
	buffer_format(buffer, "vires-%s(1) \"vires %s\"\n\n# NAME\n\nvires-%s - ", tool->name, VIRES_VERSION,
	              tool->name);
	plain(buffer, tool->summary);
	buffer_format(buffer, "\n\n# SYNOPSIS\n\n*vires %s* ", tool->name);
	plain(buffer, tool->usage ? tool->usage : "");
	buffer_text(buffer, "\n\n");
	if (tool->notes)
		buffer_format(buffer, "# DESCRIPTION\n\n%s\n\n", tool->notes);
	buffer_text(buffer, "# OPTIONS\n\n");
	for (size_t i = 0; i < tool->option_count; i++)
		if (tool->options[i].help)
			option(buffer, &tool->options[i]);
	buffer_text(buffer, "# SEE ALSO\n\n*vires*(1), *vires-fields*(1)\n");
}

static const char about[] =
	"# DESCRIPTION\n\n"
	"*vires* tells VIRT and RES apart: how much memory each process was promised, how much of it is really in RAM, "
	"what is shared, and what the machine has left. Its commands replace older programs and take their options; a "
	"link named after a command runs it.\n\n"
	"What the kernel does not say is shown as *-* (*null* in JSON), never as 0.\n\n"
	"# OPTIONS\n\n"
	"*-h*, *--help*\n\tThe list of commands. *vires* _COMMAND_ *--help* explains one.\n\n"
	"*-V*, *--version* \\[*-v*]\n\tThe version, and what it was built with. With *-v* also where the process table "
	"comes from here, and when that is not eBPF, why.\n\n"
	"Commands that look at a machine take *--root* _DIR_: the captured /proc and /sys below that folder, instead "
	"of the running machine. *--json* and *--csv* print for programs, with units in the names.\n\n"
	"# WHERE THE PROCESS TABLE COMES FROM\n\n"
	"*--source* _auto_ takes the cheapest that is allowed: one eBPF program that walks the kernel's own list, or "
	"the files below /proc. Both tell the same, only the first counts CPU time in ns instead of ticks. It needs "
	"CAP_BPF and CAP_PERFMON (root has them), and a kernel with BTF, 6.7 or later. *--source* _bpf_ insists on it, "
	"_proc_ does without.\n\n"
	"# ENVIRONMENT\n\n"
	"*VIRES_SOURCE*\n\tWhat *--source* is when it is not given.\n\n"
	"*VIRES_VERBOSE*\n\tWhen set, says on stderr what is unusual, such as a damaged cache.\n\n"
	"*VIRES_CACHE*\n\tThe folder for eBPF programs that were made for this kernel; it must belong to root and be "
	"writable for nobody else. Programs with more rights than their caller do not heed it.\n\n"
	"# FILES\n\n"
	"*/var/cache/vires*\n\tThat folder, when *VIRES_CACHE* is not set.\n\n"
	"# EXIT STATUS\n\n"
	"Commands that replace an older program exit as it does. The others: 0 fine, 1 something was found or nothing "
	"matched, 2 wrong usage, 3 not permitted, 4 not possible here.\n\n";

void man_index(struct buffer *buffer, const struct tool *const *tools, size_t count)
{
	buffer_format(buffer, "vires(1) \"vires %s\"\n\n# NAME\n\nvires - ", VIRES_VERSION);
	buffer_text(buffer, "the memory of Linux processes and of the machine\n\n");
	buffer_text(buffer, "# SYNOPSIS\n\n*vires* _COMMAND_ \\[options]\n\n");
	buffer_text(buffer, about);
	buffer_text(buffer, "# COMMANDS\n\n");
	for (size_t i = 0; i < count; i++) {
		buffer_format(buffer, "*vires-%s*(1)\n\t", tools[i]->name);
		plain(buffer, tools[i]->summary);
		buffer_text(buffer, "\n\n");
	}
}

void man_options(struct buffer *buffer, const struct tool *tool)
{
	for (size_t i = 0; i < tool->option_count; i++) {
		const struct option_row *row = &tool->options[i];
		buffer_format(buffer, "%c %s %d\n", row->letter ? row->letter : '-', row->name ? row->name : "-",
		              row->value);
	}
}
