/* vires lab: the textbook's claims as experiments on this kernel. */
#include "lab/lab.h"

#include <unistd.h>

#include "lab/child.h"
#include "lab/words.h"
#include "tools/words.h"

enum { OPTION_IDLE = 1, OPTION_SYSTEM, OPTION_STEP, OPTION_SVG, OPTION_REPAIR };

static const struct option_row option_rows[] = {
	{ 'h', "help", ALONE, NULL, "this text", OPTION_HELP },
	{ 0, "svg", TAKES, "FILE", "the pictures of the experiments that are run, into that file", OPTION_SVG },
	{ 0, "step", ALONE, NULL, "wait for a key at each step of an experiment", OPTION_STEP },
	{ 0, "system", ALONE, NULL, "also what changes settings of the whole machine for a moment (root)",
	  OPTION_SYSTEM },
	{ 0, "repair", ALONE, NULL, "put back what a lab that was killed together with its guardian has left behind",
	  OPTION_REPAIR },
	{ 0, "idle", ALONE, NULL, "leave the experiments' own actions out: each of them has to fail", OPTION_IDLE },
	{ 0, "json", ALONE, NULL, "JSON for programs", OPTION_JSON },
};

/* `vires lab --child ID OUT IN act|idle`: what the runner starts for each experiment. Not for people. */
static int be_child(struct lab *lab, char **words)
{
	int64_t out, in;

	for (size_t i = 0; i < lab->count; i++)
		if (!strcmp(words[0], lab->experiments[i]->id) && word_integer(words[1], &out) &&
		    word_integer(words[2], &in))
			child_run(lab->experiments[i], (int)out, (int)in, !strcmp(words[3], "idle"));
	return STATUS_USAGE;
}

static int set(void *context, int id, const char *argument)
{
	struct lab *lab = context;

	switch (id) {
	case OPTION_IDLE:
		lab->idle = true;
		return GO_ON;
	case OPTION_SYSTEM:
		lab->system = true;
		return GO_ON;
	case OPTION_REPAIR:
		lab->repair = true;
		return GO_ON;
	case OPTION_SVG:
		lab->svg = argument;
		return GO_ON;
	case OPTION_STEP:
		lab->step = true;
		return GO_ON;
	default:
		return shared_option(lab->tool, STATUS_USAGE, &lab->shared, id, argument);
	}
}

static int unknown(const struct lab *lab, const char *word)
{
	return complain(lab->tool, STATUS_USAGE, _("no experiment '%s'; 'vires lab' lists them"), word);
}

static int list(struct lab *lab)
{
	struct buffer buffer = { 0 };

	catalogue_put(&buffer, lab);
	say(lab->tool, &buffer);
	buffer_done(&buffer);
	return STATUS_OK;
}

static int show(struct lab *lab, char **words)
{
	const char *wrong = catalogue_unknown(lab, words);
	struct buffer buffer = { 0 };

	if (wrong || !words[0])
		return unknown(lab, wrong ? wrong : "");
	for (size_t i = 0; i < lab->count; i++) {
		bool meant = false;
		for (char **word = words; *word; word++)
			meant |= catalogue_means(lab->experiments[i], *word);
		if (!meant)
			continue;
		buffer_text(&buffer, buffer.len ? "\n" : "");
		show_put(&buffer, lab->experiments[i]);
	}
	say(lab->tool, &buffer);
	buffer_done(&buffer);
	return STATUS_OK;
}

/* Nobody else may change the machine at the same time. */
static int lock(struct lab *lab)
{
	int64_t holder;
	int r = guardian_lock(&lab->guardian, &holder);

	if (r == -EBUSY)
		return complain(lab->tool, STATUS_NOT_POSSIBLE,
		                _("another lab changes the machine at the moment: process %lld"), (long long)holder);
	if (r < 0)
		return complain(lab->tool, r == -EACCES ? STATUS_NOT_PERMITTED : STATUS_NOT_POSSIBLE,
		                _("cannot lock /run/vires: %s"), strerror(-r));
	return GO_ON;
}

/* Undoes what dead labs have left, and says so. */
static int repair(struct lab *lab, bool always)
{
	struct buffer said = { 0 };
	int r = guardian_repair(&said);

	if (r == 0 && always)
		buffer_text(&said, _("nothing was left behind\n"));
	if (lab->shared.data == DATA_JSON)
		buffer_clear(&said);
	say(lab->tool, &said);
	buffer_done(&said);
	return r < 0 ? complain(lab->tool, STATUS_NOT_POSSIBLE, _("not everything could be put back: %s"),
	                        strerror(-r)) :
	               GO_ON;
}

static int repair_only(struct lab *lab)
{
	int status = lock(lab);

	if (status == GO_ON)
		status = repair(lab, true);
	guardian_end(&lab->guardian);
	return status == GO_ON ? STATUS_OK : status;
}

static int run_chosen(struct lab *lab, char **words)
{
	const char *wrong = catalogue_unknown(lab, words);

	if (wrong || !words[0])
		return unknown(lab, wrong ? wrong : "");
	int r = place_open(&lab->shared.place, true, &lab->source);
	if (r < 0)
		return place_complain(lab->tool, STATUS_NOT_POSSIBLE, &lab->shared.place, r);
	int status = lab->system && geteuid() == 0 ? lock(lab) : GO_ON;
	if (status == GO_ON && lab->guardian.lock >= 0)
		status = repair(lab, false);
	if (status == GO_ON)
		status = lab_run(lab, words);
	r = guardian_end(&lab->guardian);
	source_free(lab->source);
	return r < 0 && status == STATUS_OK ?
	               complain(lab->tool, STATUS_NOT_POSSIBLE, _("not everything could be put back; see --repair")) :
	               status;
}

static int run(const struct tool *tool, int argc, char **argv)
{
	struct lab lab = { .tool = tool, .guardian = GUARDIAN_NONE };

	catalogue_fill(&lab);
	words_language(); /* what is shown depends on its letters */
	if (argc == 6 && !strcmp(argv[1], "--child"))
		return be_child(&lab, argv + 2);
	int status = options_read(tool, argc, argv, set, &lab);
	if (status != GO_ON)
		return status;
	if (lab.repair)
		return repair_only(&lab);
	if (optind == argc || (!strcmp(argv[optind], "list") && optind + 1 == argc))
		return list(&lab);
	if (!strcmp(argv[optind], "show"))
		return show(&lab, argv + optind + 1);
	if (!strcmp(argv[optind], "run"))
		return run_chosen(&lab, argv + optind + 1);
	if (!strcmp(argv[optind], "report")) {
		static char all[] = "all";
		lab.report = optind + 1 < argc ? argv[optind + 1] : "vires-lab.html";
		return run_chosen(&lab, optind + 2 < argc ? argv + optind + 2 : (char *[]){ all, NULL });
	}
	return usage(tool, STATUS_USAGE);
}

TOOL(lab,
     {
	     .name = "lab",
	     .summary = "the textbook's claims about memory, as experiments on this kernel",
	     .usage = "[options] [list | show ID... | run ID...|THEME|all | report [FILE [ID...|THEME]]]",
	     TOOL_OPTIONS(option_rows),
	     .run = run,
	     .notes = "Each experiment is a program of some lines that runs in a process of its own, while it is "
		      "measured from outside. Its prediction is shown first, and then what was measured, with one of "
		      "these verdicts: PASS; FAIL, which is exit status 1; SKIP, and why it cannot be done here; "
		      "OBSERVED, where no honest prediction is possible; INCONCLUSIVE, where others drowned it three "
		      "times. *list* has all experiments, *show* tells what one is about and has its program, *report* "
		      "writes a page about all of them for a browser.\n\n"
		      "Nothing of the machine is changed without *--system*. With it a second process notes each "
		      "setting in _/run/vires/undo.PID_ before it changes it, and puts it back at the end, also when "
		      "the lab is killed; *--repair* does the same where both were killed.\n\n"
		      "Texts are in English, or in Korean where the locale says so. The last verdicts are kept in "
		      "_$XDG_STATE_HOME/vires/lab_.",
     });
