#include "lab/face.h"

#include <langinfo.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/clock.h"
#include "lab/paint.h"
#include "lab/words.h"
#include "render/text.h"

enum { USUAL_COLUMNS = 80, USUAL_ROWS = 24, COLUMNS_MOST = 160, PICTURE_LEAST = 5, SMALL = 10, TALL = 24 };

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

/* Title, caption, picture, lines of the tools, predictions: as much as fits. */
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
	const int least = wanted < SMALL ? wanted : SMALL; /* so much of the picture before any prediction */
	claims = claims > rows - least ? rows - least : claims;
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

/* Whether it is time for another frame. */
static bool is_due(const struct face *face, bool now)
{
	enum { FRAME_NS = 50000000 };

	return face->live && (now || clock_ns(CLOCK_MONOTONIC) - face->drawn_ns >= FRAME_NS);
}

/* Puts what was added since `start` on the terminal. */
static void show_frame(struct face *face, size_t start)
{
	face->drawn = lines_in(span_skip(buffer_span(&face->out), start));
	face->drawn_ns = clock_ns(CLOCK_MONOTONIC);
	say(face->tool, &face->out);
}

void face_draw(struct face *face, const struct trial *trial, bool now)
{
	if (!is_due(face, now))
		return;
	go_back(face);
	size_t start = face->out.len;
	put_frame(face, trial);
	show_frame(face, start);
}

/* Below the picture of one half: what is predicted, or what came out; broken to its width. */
static void side_text(struct buffer *buffer, int columns, const struct trial *trial, const struct result *result)
{
	enum { INDENT = 14 };
	struct buffer text = { 0 };

	if (result)
		result_put(&text, result);
	else
		result_put_prediction(&text, trial->experiment);
	while (text.len > 0 && text.at[text.len - 1] == '\n')
		text.len--;
	text_wrap(buffer, buffer_span(&text), (size_t)columns, INDENT);
	buffer_done(&text);
}

static void put_lines(struct canvas *canvas, int left, int row, struct span text)
{
	struct span line;

	for (; span_line(&text, &line); row++)
		canvas_text(canvas, (int64_t)left * CANVAS_UNIT, (int64_t)row * CANVAS_UNIT, ALIGN_LEFT, INK_PLAIN,
		            line);
}

/* One half: title, picture and text. */
static void put_side(struct canvas *canvas, int left, int columns, int rows, const struct trial *trial,
                     struct span text)
{
	struct buffer title = { 0 };
	const struct place_on place = { (int64_t)left * CANVAS_UNIT, CANVAS_UNIT, (int64_t)columns * CANVAS_UNIT,
		                        (int64_t)rows * CANVAS_UNIT };

	text_put(&title, span_of(_(trial->experiment->watch)), (size_t)columns);
	put_lines(canvas, left, 0, buffer_span(&title));
	paint_at(canvas, trial, &place);
	put_lines(canvas, left, rows + 1, text);
	buffer_done(&title);
}

/* top's heading, and below it the line of each. */
static void put_both_lines(struct face *face, const struct trial *const trials[2])
{
	for (int i = 0; i < 2; i++) {
		struct buffer lines = { 0 };
		struct span rest, line;
		lines_put(&lines, face->lines, trials[i], (size_t)face->columns, 2);
		rest = buffer_span(&lines);
		if (i == 1)
			span_line(&rest, &line);
		buffer_add(&face->out, rest);
		buffer_done(&lines);
	}
}

void face_put_pair(struct face *face, const struct trial *const trials[2], const struct result *results)
{
	enum { LEAST = 8, AROUND = 6 }; /* caption, top's lines, and what is left free */
	const int half = face->columns / 2 - 1;
	int rows = paint_rows(trials[0]), below = 0;
	struct buffer texts[2] = { 0 };
	struct canvas canvas;

	for (int i = 0; i < 2; i++) {
		side_text(&texts[i], half, trials[i], results ? &results[i] : NULL);
		int lines = lines_in(buffer_span(&texts[i]));
		below = lines > below ? lines : below;
	}
	if (!results) {
		below = face->rows - AROUND - below < LEAST ? 0 : below;
		rows = face->rows - AROUND - below < rows ? face->rows - AROUND - below : rows;
	}
	if (canvas_init_text(&canvas, face->columns, 1 + rows + below, face->unicode) == 0) {
		for (int i = 0; i < 2; i++)
			put_side(&canvas, i * (half + 2), half, rows, trials[i], buffer_span(&texts[i]));
		canvas_put(&canvas, &face->out, face->colour);
		canvas_done(&canvas);
	}
	put_both_lines(face, trials);
	buffer_done(&texts[0]);
	buffer_done(&texts[1]);
}

void face_draw_pair(struct face *face, const struct trial *const trials[2], bool now)
{
	if (!is_due(face, now))
		return;
	go_back(face);
	size_t start = face->out.len;
	face_put_pair(face, trials, NULL);
	show_frame(face, start);
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
