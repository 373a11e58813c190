/* The experiments there are, by theme. */
#include <stdlib.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "lab/lab.h"
#include "lab/verdicts.h"
#include "lab/words.h"
#include "render/data.h"
#include "render/number.h"
#include "render/text.h"

static const char *const themes[LAB_THEMES] = { "memory", "system", "process", "scheduler", "ipc", "leaks", "notes" };

static const char *const theme_heads[LAB_THEMES] = {
	N_("Memory of one process"), N_("Memory of the machine"),    N_("Processes"),           N_("Scheduling"),
	N_("Between processes"),     N_("Where the memory went to"), N_("The notes' programs"),
};

static const char *const needs[] = { N_("anyone"), N_("root"), N_("--system") };

static int compare(const void *left, const void *right)
{
	const struct experiment *const *a = left, *const *b = right;

	return (*a)->theme != (*b)->theme ? (int)(*a)->theme - (int)(*b)->theme : strcmp((*a)->id, (*b)->id);
}

void catalogue_fill(struct lab *lab)
{
	lab->count = 0;
	for (const struct experiment *const *e = __start_vires_lab;
	     e < __stop_vires_lab && lab->count < EXPERIMENTS_MOST; e++)
		lab->experiments[lab->count++] = *e;
	qsort(lab->experiments, lab->count, sizeof *lab->experiments, compare);
}

const char *theme_name(enum lab_theme theme)
{
	return themes[theme];
}

const char *theme_heading(enum lab_theme theme)
{
	return _(theme_heads[theme]);
}

bool catalogue_means(const struct experiment *experiment, const char *word)
{
	return !strcmp(word, "all") || !strcasecmp(word, experiment->id) || !strcmp(word, experiment->name) ||
	       !strcmp(word, themes[experiment->theme]);
}

const char *catalogue_unknown(const struct lab *lab, char **words)
{
	for (; *words; words++) {
		bool known = false;
		for (size_t i = 0; i < lab->count; i++)
			known |= catalogue_means(lab->experiments[i], *words);
		if (!known)
			return *words;
	}
	return NULL;
}

/* Whether its figures are worked out for pages of 4 KiB. */
static bool counts_small_pages(const struct experiment *experiment)
{
	return experiment->theme == LAB_MEMORY || experiment->theme == LAB_SYSTEM || experiment->theme == LAB_NOTES;
}

const char *catalogue_obstacle(const struct lab *lab, const struct experiment *experiment)
{
	if (counts_small_pages(experiment) && sysconf(_SC_PAGESIZE) != 4096)
		return _("its figures are for pages of 4 KiB; here they are larger");
	if (experiment->needs == NEEDS_SYSTEM && !lab->system)
		return _("changes the machine for a moment: needs --system");
	if (experiment->needs != NEEDS_NOTHING && geteuid() != 0)
		return _("needs root");
	return experiment->missing ? experiment->missing() : NULL;
}

static void put_when(struct buffer *buffer, struct span verdict, int64_t wall_s)
{
	time_t at = (time_t)wall_s;
	char day[32];
	struct tm tm;

	text_cell(buffer, verdict, 12, false);
	if (verdict.len && localtime_r(&at, &tm) && strftime(day, sizeof day, "  %Y-%m-%d %H:%M", &tm) > 0)
		buffer_text(buffer, day);
}

static void put_row(struct buffer *buffer, const struct experiment *e, const struct verdicts *verdicts)
{
	int64_t when = 0;
	struct span verdict = verdicts_of(verdicts, e->id, &when);

	buffer_format(buffer, "  %-6s ", e->id);
	text_cell(buffer, span_of(e->name), 15, false);
	buffer_char(buffer, ' ');
	text_cell(buffer, span_of(_(needs[e->needs])), 8, false);
	buffer_format(buffer, " %3d.%ds  ", e->milliseconds / 1000, e->milliseconds / 100 % 10);
	if (verdict.len) {
		text_cell(buffer, span_of(_(e->question)), 46, false);
		buffer_char(buffer, ' ');
		put_when(buffer, verdict, when);
	} else {
		buffer_text(buffer, _(e->question));
	}
	buffer_char(buffer, '\n');
}

static void put_list_json(struct buffer *buffer, const struct lab *lab, const struct verdicts *verdicts)
{
	static const char *const words[] = { "nothing", "root", "system" };

	buffer_text(buffer, "{\"schema\":1,\"tool\":\"lab\",\"experiments\":[");
	for (size_t i = 0; i < lab->count; i++) {
		const struct experiment *e = lab->experiments[i];
		int64_t when = 0;
		struct span verdict = verdicts_of(verdicts, e->id, &when);
		buffer_format(buffer, "%s{\"id\":\"%s\",\"name\":\"%s\",\"theme\":\"%s\",\"needs\":\"%s\",\"seconds\":",
		              i ? "," : "", e->id, e->name, themes[e->theme], words[e->needs]);
		number_fixed(buffer, e->milliseconds, 3);
		buffer_text(buffer, ",\"question\":");
		data_json_text(buffer, span_of(_(e->question)));
		buffer_text(buffer, ",\"last_verdict\":");
		if (verdict.len)
			data_json_text(buffer, verdict);
		else
			buffer_text(buffer, "null");
		buffer_text(buffer, ",\"last_run_s\":");
		if (verdict.len)
			buffer_i64(buffer, when, 0);
		else
			buffer_text(buffer, "null");
		buffer_char(buffer, '}');
	}
	buffer_text(buffer, "]}\n");
}

void catalogue_put(struct buffer *buffer, const struct lab *lab)
{
	struct verdicts verdicts;
	int theme = -1;

	verdicts_load(&verdicts);
	if (lab->shared.data == DATA_JSON) {
		put_list_json(buffer, lab, &verdicts);
		verdicts_done(&verdicts);
		return;
	}
	for (size_t i = 0; i < lab->count; i++) {
		const struct experiment *e = lab->experiments[i];
		if ((int)e->theme != theme)
			buffer_format(buffer, "%s%s (%s)\n", theme < 0 ? "" : "\n", theme_heading(e->theme),
			              themes[e->theme]);
		theme = (int)e->theme;
		put_row(buffer, e, &verdicts);
	}
	verdicts_done(&verdicts);
}
