/* vires setup: what root can prepare once, so that others need no privilege. */
#include <grp.h>
#include <stdlib.h>
#include <unistd.h>

#include "collect/pin.h"
#include "tools/options.h"
#include "tools/run.h"

enum { OPTION_PIN = 1, OPTION_UNPIN, OPTION_GROUP };

static const struct option_row option_rows[] = {
	{ 0, "pin", ALONE, NULL, "leave the eBPF task iterator for a group to read", OPTION_PIN },
	{ 0, "unpin", ALONE, NULL, "take it away again", OPTION_UNPIN },
	{ 0, "group", TAKES, "GROUP", "which group (vires)", OPTION_GROUP },
	{ 'h', "help", ALONE, NULL, "display this help and exit", OPTION_HELP },
	{ 'V', "version", ALONE, NULL, "output version information and exit", OPTION_VERSION },
};

static const char notes[] =
	"The cheapest way to read the process table is an eBPF program, and only root may load one. *--pin* leaves one "
	"in the kernel, at /run/vires/bpf, which members of a group may read: every tool of theirs then uses it by "
	"itself. It lasts until the machine is shut down, or *--unpin*.\n\n"
	"It shows each reader what /proc shows him, and no more: the processes of his own pid namespace; of foreign "
	"ones neither input and output, nor delays, nor the number of mappings. Where /proc is mounted with hidepid, "
	"it shows him his own processes only; after changing that, call *--pin* again. The group is made with "
	"*groupadd --system vires*.\n\n"
	"Without an option it says how things are.";

struct setup {
	const struct tool *tool;
	bool pin, unpin;
	const char *group;
};

static int set(void *context, int id, const char *argument)
{
	struct setup *setup = context;

	switch (id) {
	case OPTION_HELP:
		return usage(setup->tool, STATUS_OK);
	case OPTION_VERSION:
		return version(setup->tool);
	case OPTION_PIN:
		setup->pin = true;
		return GO_ON;
	case OPTION_UNPIN:
		setup->unpin = true;
		return GO_ON;
	case OPTION_GROUP:
		setup->group = argument;
		return GO_ON;
	default:
		return usage(setup->tool, STATUS_USAGE);
	}
}

/* The exit status that belongs to an error. */
static int failed(const struct tool *tool, int r, const struct why *why)
{
	bool permission = r == -EPERM || r == -EACCES;

	return complain(tool, permission ? STATUS_NOT_PERMITTED : STATUS_NOT_POSSIBLE, "%s%s", why->text,
	                permission ? " (root is needed)" : "");
}

static int pin(const struct setup *setup)
{
	struct group *group = getgrnam(setup->group);
	struct why why;

	if (!group)
		return complain(setup->tool, STATUS_NOT_POSSIBLE, "no group '%s'; make it with: groupadd --system %s",
		                setup->group, setup->group);
	int r = pin_make(group->gr_gid, &why);
	return r < 0 ? failed(setup->tool, r, &why) : STATUS_OK;
}

static int unpin(const struct setup *setup)
{
	struct why why;

	int r = pin_remove(&why);
	return r < 0 ? failed(setup->tool, r, &why) : STATUS_OK;
}

static int tell(const struct setup *setup)
{
	struct buffer text = { 0 };
	struct place place = { 0 };

	buffer_text(&text, "process table: ");
	int r = place_explain(&place, &text);
	if (r < 0)
		return place_complain(setup->tool, STATUS_NOT_POSSIBLE, &place, r);
	buffer_format(&text, "\npinned iterator: %s%s\n", pin_is_there() ? pin_folder() : "none",
	              pin_is_there() || !WITH_BPF ? "" : "; root leaves one with 'vires setup --pin'");
	say(setup->tool, &text);
	buffer_done(&text);
	return STATUS_OK;
}

static int run(const struct tool *tool, int argc, char **argv)
{
	struct setup setup = { .tool = tool, .group = "vires" };

	int status = options_read(tool, argc, argv, set, &setup);
	if (status != GO_ON)
		return status;
	if (optind < argc || (setup.pin && setup.unpin))
		return usage(tool, STATUS_USAGE);
	return setup.pin ? pin(&setup) : setup.unpin ? unpin(&setup) : tell(&setup);
}

TOOL(setup, {
		    .name = "setup",
		    .summary = "what root can prepare once, so that others need no privilege",
		    .usage = "[options]",
		    TOOL_OPTIONS(option_rows),
		    .notes = notes,
		    .run = run,
	    });
