/* vires lab show ID: what an experiment is about, and the few lines that it runs. */
#include "lab/lab.h"
#include "lab/words.h"
#include "lab_sources.h"
#include "render/text.h"

enum { WIDTH = 78 };

static void put_part(struct buffer *buffer, const char *head, const char *text)
{
	buffer_format(buffer, "%s\n", head);
	text_wrap(buffer, span_of(text), WIDTH, 0);
	buffer_text(buffer, "\n");
}

void show_put_source(struct buffer *buffer, const struct experiment *experiment)
{
	for (size_t i = 0; i < sizeof lab_sources / sizeof lab_sources[0]; i++) {
		struct span rest = span_of(lab_sources[i].text), line;
		if (strcmp(lab_sources[i].file, experiment->file))
			continue;
		while (span_line(&rest, &line)) {
			buffer_text(buffer, line.len ? "    " : "");
			for (; line.len > 0 && line.at[0] == '\t'; line = span_skip(line, 1))
				buffer_text(buffer, "    ");
			text_put(buffer, line, SIZE_MAX);
			buffer_char(buffer, '\n');
		}
	}
}

void show_put(struct buffer *buffer, const struct experiment *experiment)
{
	buffer_format(buffer, "%s %s\n\n", experiment->id, experiment->name);
	put_part(buffer, _("Question"), _(experiment->question));
	put_part(buffer, _("Theory"), _(experiment->theory));
	put_part(buffer, _("Watch"), _(experiment->watch));
	if (experiment->claim_count) {
		buffer_format(buffer, "%s\n", _("Predictions"));
		result_put_prediction(buffer, experiment);
		buffer_char(buffer, '\n');
	}
	buffer_format(buffer, "%s (src/lab/%s)\n", _("The program"), experiment->file);
	show_put_source(buffer, experiment);
}
