/* vires lab: the textbook's claims as experiments on this kernel. */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "lab/child.h"
#include "lab/conduct.h"
#include "lab/judge.h"
#include "render/number.h"
#include "tools/run.h"
#include "tools/words.h"

enum { EXPERIMENTS_MOST = 128, TRIES = 3 };

enum { OPTION_IDLE = 1, OPTION_SYSTEM };

static const struct option_row option_rows[] = {
	{ 'h', "help", ALONE, NULL, "this text", OPTION_HELP },
	{ 0, "system", ALONE, NULL, "also what changes settings of the whole machine for a moment (root)",
	  OPTION_SYSTEM },
	{ 0, "idle", ALONE, NULL, "leave the experiments' own actions out: each of them has to fail", OPTION_IDLE },
	{ 0, "json", ALONE, NULL, "JSON for programs", OPTION_JSON },
};

struct lab {
	const struct tool *tool;
	struct shared shared;
	bool idle, system;
	struct source *source;
	const struct experiment *experiments[EXPERIMENTS_MOST];
	size_t count;
};

static const char *const themes[LAB_THEMES] = { "memory", "system", "process", "scheduler", "ipc", "leaks", "notes" };

static int compare(const void *left, const void *right)
{
	const struct experiment *const *a = left, *const *b = right;

	return (*a)->theme != (*b)->theme ? (int)(*a)->theme - (int)(*b)->theme : strcmp((*a)->id, (*b)->id);
}

static void line_up(struct lab *lab)
{
	for (const struct experiment *const *e = __start_vires_lab;
	     e < __stop_vires_lab && lab->count < EXPERIMENTS_MOST; e++)
		lab->experiments[lab->count++] = *e;
	qsort(lab->experiments, lab->count, sizeof *lab->experiments, compare);
}

static bool is_meant(const struct experiment *experiment, const char *word)
{
	return !strcmp(word, "all") || !strcasecmp(word, experiment->id) || !strcmp(word, experiment->name) ||
	       !strcmp(word, themes[experiment->theme]);
}

static void put_list(struct buffer *buffer, const struct lab *lab)
{
	static const char *const needs[] = { "anyone", "root", "--system" };
	int theme = -1;

	for (size_t i = 0; i < lab->count; i++) {
		const struct experiment *e = lab->experiments[i];
		if ((int)e->theme != theme)
			buffer_format(buffer, "%s%s\n", theme < 0 ? "" : "\n", themes[e->theme]);
		theme = (int)e->theme;
		buffer_format(buffer, "  %-4s %-16s %-8s %4d.%ds  %s\n", e->id, e->name, needs[e->needs],
		              e->milliseconds / 1000, e->milliseconds / 100 % 10, e->question);
	}
}

static void put_measured(struct buffer *buffer, const struct finding_of_claim *finding)
{
	enum unit unit = claim_unit(finding->claim);

	if (!finding->known)
		buffer_text(buffer, "unknown");
	else if (unit == BYTES)
		buffer_format(buffer, "%lld kB", (long long)(finding->measured / 1024));
	else
		number_fixed(buffer, finding->measured, unit_decimals(unit));
}

static void put_result(struct buffer *buffer, const struct experiment *e, const struct judgement *judgement)
{
	buffer_format(buffer, "%s %s: %s\n", e->id, e->name, e->question);
	for (size_t i = 0; i < judgement->claim_count; i++) {
		const struct finding_of_claim *finding = &judgement->claims[i];
		buffer_format(buffer, "  %s %s\n      predicted  %s\n      measured   ", finding->holds ? "+" : "-",
		              finding->claim->says, finding->claim->prediction);
		put_measured(buffer, finding);
		buffer_char(buffer, '\n');
	}
	buffer_format(buffer, "%s%s%s\n\n", verdict_name(judgement->verdict), judgement->reason[0] ? ": " : "",
	              judgement->reason);
}

static void put_json(struct buffer *buffer, const struct experiment *e, const struct judgement *judgement,
                     int64_t elapsed_ns)
{
	buffer_format(buffer, "{\"id\":\"%s\",\"name\":\"%s\",\"verdict\":\"%s\",\"seconds\":", e->id, e->name,
	              verdict_name(judgement->verdict));
	number_fixed(buffer, elapsed_ns / 1000000, 3);
	buffer_text(buffer, ",\"reason\":");
	data_json_text(buffer, span_of(judgement->reason));
	buffer_text(buffer, ",\"claims\":[");
	for (size_t i = 0; i < judgement->claim_count; i++) {
		const struct finding_of_claim *finding = &judgement->claims[i];
		buffer_text(buffer, i ? ",{\"says\":" : "{\"says\":");
		data_json_text(buffer, span_of(finding->claim->says));
		buffer_text(buffer, ",\"predicted\":");
		data_json_text(buffer, span_of(finding->claim->prediction));
		buffer_text(buffer, ",\"measured\":");
		if (finding->known)
			number_fixed(buffer, finding->measured, unit_decimals(claim_unit(finding->claim)));
		else
			buffer_text(buffer, "null");
		buffer_format(buffer, ",\"holds\":%s}", finding->holds ? "true" : "false");
	}
	buffer_text(buffer, "]}");
}

/* Noise is given three tries; what is exact has to be right the first time, and is only tried again to be sure. */
static int try(struct lab *lab, const struct experiment *e, struct judgement *ret, int64_t *ret_elapsed_ns)
{
	const struct conditions conditions = { .source = lab->source, .idle = lab->idle };
	int r = 0;

	for (int i = 0; i < TRIES; i++) {
		struct trial trial;
		r = conduct(e, &conditions, &trial);
		if (r < 0)
			return r;
		judge(&trial, ret);
		*ret_elapsed_ns = trial.elapsed_ns;
		trial_done(&trial);
		if (lab->idle || (ret->verdict != FAIL && ret->verdict != INCONCLUSIVE))
			break;
	}
	return r;
}

static const char *obstacle(const struct lab *lab, const struct experiment *e)
{
	if (e->needs == NEEDS_SYSTEM && !lab->system)
		return "changes the machine for a moment: needs --system";
	if (e->needs != NEEDS_NOTHING && geteuid() != 0)
		return "needs root";
	return e->missing ? e->missing() : NULL;
}

static int run_one(struct lab *lab, const struct experiment *e, struct buffer *buffer, bool first, bool *failed)
{
	struct judgement judgement = { .verdict = SKIP };
	const char *why = obstacle(lab, e);
	int64_t elapsed = 0;

	if (why) {
		strncpy(judgement.reason, why, sizeof judgement.reason - 1);
	} else {
		int r = try(lab, e, &judgement, &elapsed);
		if (r < 0)
			return complain(lab->tool, STATUS_NOT_POSSIBLE, "%s cannot be started: %s", e->id,
			                strerror(-r));
	}
	*failed |= judgement.verdict == FAIL;
	if (lab->shared.data == DATA_JSON) {
		buffer_text(buffer, first ? "" : ",");
		put_json(buffer, e, &judgement, elapsed);
	} else {
		put_result(buffer, e, &judgement);
		say(lab->tool, buffer);
	}
	return GO_ON;
}

static int run_all(struct lab *lab, char **words)
{
	bool json = lab->shared.data == DATA_JSON, failed = false, first = true;
	struct buffer buffer = { 0 };
	int status = GO_ON;

	buffer_text(&buffer, json ? "{\"schema\":1,\"tool\":\"lab\",\"results\":[" : "");
	for (size_t i = 0; status == GO_ON && i < lab->count; i++) {
		bool meant = false;
		for (char **word = words; *word; word++)
			meant |= is_meant(lab->experiments[i], *word);
		if (!meant)
			continue;
		status = run_one(lab, lab->experiments[i], &buffer, first, &failed);
		first = false;
	}
	buffer_text(&buffer, json ? "]}\n" : "");
	say(lab->tool, &buffer);
	buffer_done(&buffer);
	if (status == GO_ON && first)
		return complain(lab->tool, STATUS_USAGE, "no experiment '%s'; 'vires lab' lists them",
		                words[0] ? words[0] : "");
	return status == GO_ON ? failed ? STATUS_FOUND : STATUS_OK : status;
}

static int list(struct lab *lab)
{
	struct buffer buffer = { 0 };

	put_list(&buffer, lab);
	say(lab->tool, &buffer);
	buffer_done(&buffer);
	return STATUS_OK;
}

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
	default:
		return shared_option(lab->tool, STATUS_USAGE, &lab->shared, id, argument);
	}
}

static int run(const struct tool *tool, int argc, char **argv)
{
	struct lab lab = { .tool = tool };

	line_up(&lab);
	if (argc == 6 && !strcmp(argv[1], "--child"))
		return be_child(&lab, argv + 2);
	int status = options_read(tool, argc, argv, set, &lab);
	if (status != GO_ON)
		return status;
	if (optind == argc || !strcmp(argv[optind], "list"))
		return list(&lab);
	if (strcmp(argv[optind], "run"))
		return usage(tool, STATUS_USAGE);
	int r = place_open(&lab.shared.place, true, &lab.source);
	if (r < 0)
		return place_complain(tool, STATUS_NOT_POSSIBLE, &lab.shared.place, r);
	status = run_all(&lab, argv + optind + 1);
	source_free(lab.source);
	return status;
}

TOOL(lab, {
		  .name = "lab",
		  .summary = "the textbook's claims about memory, as experiments on this kernel",
		  .usage = "[options] [list | run ID...|THEME|all]",
		  TOOL_OPTIONS(option_rows),
		  .run = run,
	  });
