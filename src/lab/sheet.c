/* Results as SVG. */
#include "lab/face.h"
#include "lab/paint.h"
#include "lab/words.h"
#include "render/svg.h"

enum { COLUMNS = 96, MARGIN = 16 };

static int rows_of(const struct result *result)
{
	return (result->trial.experiment ? paint_rows(&result->trial) : 0) + (int)result->judgement.claim_count + 4;
}

/* Title, picture, what was predicted and measured, verdict. */
static void put_one(struct buffer *buffer, const struct result *result, int y)
{
	const struct experiment *e = result->experiment;
	int rows = result->trial.experiment ? paint_rows(&result->trial) : 0;
	struct canvas canvas;
	struct buffer text = { 0 };
	struct span rest, line;

	canvas_init_svg(&canvas, buffer, COLUMNS, rows_of(result), MARGIN, y);
	buffer_format(&text, "%s %s: %s", e->id, e->name, _(e->question));
	canvas_text(&canvas, 0, 0, ALIGN_LEFT, INK_PLAIN, buffer_span(&text));
	buffer_clear(&text);
	result_put(&text, result);
	rest = buffer_span(&text);
	for (int64_t row = rows + 2; span_line(&rest, &line); row++)
		canvas_text(&canvas, 0, row * CANVAS_UNIT, ALIGN_LEFT,
		            result->judgement.verdict == FAIL ? INK_BAD : INK_PLAIN, line);
	canvas_done(&canvas);
	canvas_init_svg(&canvas, buffer, COLUMNS, rows, MARGIN, y + CANVAS_ROW_PIXELS * 3 / 2);
	if (rows > 0)
		paint(&canvas, &result->trial);
	canvas_done(&canvas);
	buffer_done(&text);
}

void face_put_svg(struct buffer *buffer, const struct result *results, size_t count)
{
	int height = 2 * MARGIN, y = MARGIN;

	for (size_t i = 0; i < count; i++)
		height += rows_of(&results[i]) * CANVAS_ROW_PIXELS;
	svg_begin(buffer, COLUMNS * CANVAS_COLUMN_PIXELS + 2 * MARGIN, (unsigned)height, SPAN("vires lab"));
	for (size_t i = 0; i < count; i++) {
		put_one(buffer, &results[i], y);
		y += rows_of(&results[i]) * CANVAS_ROW_PIXELS;
	}
	svg_end(buffer);
}

void face_put_picture_svg(struct buffer *buffer, const struct trial *trial, int columns)
{
	int rows = paint_rows(trial);
	struct canvas canvas;

	if (rows == 0)
		return;
	buffer_format(buffer,
	              "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\">\n",
	              columns * CANVAS_COLUMN_PIXELS, rows * CANVAS_ROW_PIXELS, columns * CANVAS_COLUMN_PIXELS,
	              rows * CANVAS_ROW_PIXELS);
	canvas_init_svg(&canvas, buffer, columns, rows, 0, 0);
	paint(&canvas, trial);
	canvas_done(&canvas);
	buffer_text(buffer, "</svg>\n");
}
