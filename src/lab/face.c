#include "lab/face.h"

#include <langinfo.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/clock.h"
#include "lab/paint.h"
#include "lab/words.h"
#include "render/text.h"

enum { USUAL_COLUMNS = 80, USUAL_ROWS = 24, COLUMNS_MOST = 160, PICTURE_LEAST = 5, TALL = 24 };

int face_init(struct face *face, const struct tool *tool, bool live)
{
	const bool terminal = isatty(STDOUT_FILENO);
	const char *term = getenv("TERM"), *no_colour = getenv("NO_COLOR");
	struct winsize size;

	*face = (struct face){ .tool = tool, .columns = USUAL_COLUMNS, .rows = USUAL_ROWS };
	face->live = live && terminal && term && strcmp(term, "dumb") != 0;
	face->colour = terminal && !(no_colour && no_colour[0]) && term && strcmp(term, "dumb") != 0;
	face->unicode = !strcmp(nl_langinfo(CODESET), "UTF-8");
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 && size.ws_row > 0) {
		face->columns = size.ws_col > COLUMNS_MOST ? COLUMNS_MOST : size.ws_col;
		face->rows = size.ws_row;
	}
	return lines_new(&face->lines);
}

void face_done(struct face *face)
{
	lines_free(face->lines);
	buffer_done(&face->out);
	*face = (struct face){ 0 };
}

static void put_line(struct face *face, const char *indent, const char *text)
{
	buffer_text(&face->out, indent);
	text_put(&face->out, span_of(text), (size_t)face->columns - strlen(indent));
	buffer_char(&face->out, '\n');
}

static void put_picture(struct face *face, const struct trial *trial, int rows)
{
	struct canvas canvas;

	if (canvas_init_text(&canvas, face->columns, rows, face->unicode) < 0)
		return;
	paint(&canvas, trial);
	canvas_put(&canvas, &face->out, face->colour);
	canvas_done(&canvas);
}

static int lines_in(struct span text)
{
	struct span line;
	int count = 0;

	while (span_line(&text, &line))
		count++;
	return count;
}

/* Title, caption, picture, lines of the tools, predictions: as much as fits, the picture before the rest. */
static void put_frame(struct face *face, const struct trial *trial)
{
	const struct experiment *e = trial->experiment;
	struct buffer title = { 0 }, beside = { 0 };
	int rows = face->rows - 2, claims = (int)e->claim_count, wanted = paint_rows(trial);

	buffer_format(&title, "%s %s: %s", e->id, e->name, _(e->question));
	put_line(face, "", buffer_cstr(&title));
	put_line(face, "  ", trial->step[0] ? _(trial->step) : _(e->watch));
	rows -= 2;
	lines_put(&beside, face->lines, trial, (size_t)face->columns, rows > PICTURE_LEAST + 8 ? 8 : 2);
	rows -= lines_in(buffer_span(&beside));
	claims = claims > rows - wanted ? rows - wanted : claims;
	claims = claims < 0 ? 0 : claims;
	const int most = wanted > 12 ? TALL : wanted; /* what has a scale may be taller */
	int picture = rows - claims < most ? rows - claims : most;
	if (picture >= 1)
		put_picture(face, trial, picture);
	buffer_add(&face->out, buffer_span(&beside));
	for (int i = 0; i < claims; i++) {
		buffer_clear(&title);
		buffer_format(&title, "%s %s: %s", _("predicted"), _(e->claims[i].says), _(e->claims[i].prediction));
		put_line(face, "  ", buffer_cstr(&title));
	}
	buffer_done(&title);
	buffer_done(&beside);
}

/* Goes to where the last frame began; what is written there takes its place. */
static void go_back(struct face *face)
{
	if (face->drawn > 0)
		buffer_format(&face->out, "\33[%dA", face->drawn);
	buffer_text(&face->out, "\r\33[J");
	face->drawn = 0;
}

void face_draw(struct face *face, const struct trial *trial, bool now)
{
	enum { FRAME_NS = 50000000 };
	int64_t at = clock_ns(CLOCK_MONOTONIC);

	if (!face->live || (!now && at - face->drawn_ns < FRAME_NS))
		return;
	go_back(face);
	size_t start = face->out.len;
	put_frame(face, trial);
	face->drawn = lines_in(span_skip(buffer_span(&face->out), start));
	face->drawn_ns = at;
	say(face->tool, &face->out);
}

void face_clear(struct face *face)
{
	if (face->live && face->drawn > 0) {
		go_back(face);
		say(face->tool, &face->out);
	}
}

void face_put_title(struct face *face, const struct experiment *experiment, bool predictions)
{
	buffer_format(&face->out, "%s %s: %s\n", experiment->id, experiment->name, _(experiment->question));
	if (predictions)
		result_put_prediction(&face->out, experiment);
}

void face_put_result(struct face *face, const struct result *result, bool picture)
{
	enum { BESIDE = 8 };
	const int rows = picture && result->trial.experiment ? paint_rows(&result->trial) : 0;

	if (rows > 0) {
		buffer_char(&face->out, '\n');
		put_picture(face, &result->trial, rows);
		buffer_char(&face->out, '\n');
		lines_put(&face->out, face->lines, &result->trial, (size_t)face->columns, BESIDE);
		buffer_char(&face->out, '\n');
	}
	result_put(&face->out, result);
}
