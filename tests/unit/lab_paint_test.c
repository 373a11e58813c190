/* The twelve pictures: the same description as characters and as SVG, at any size, with all data or none. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/time.h"
#include "lab/paint.h"

static const struct series two_lines[] = { { .label = "first", .from = FROM_POINTS },
	                                   { .label = "second", .from = FROM_POINTS } };
static const struct series three_lines[] = { { .label = "first", .from = FROM_POINTS },
	                                     { .label = "second", .from = FROM_POINTS },
	                                     { .label = "limit", .from = FROM_POINTS } };
static const struct series two_rows[] = { { .label = "left", .from = FROM_CELLS },
	                                  { .label = "right", .from = FROM_CELLS } };
static const struct series lanes[] = { { .label = "first", .from = FROM_SLICES },
	                               { .label = "second", .from = FROM_SLICES } };
static const struct series letters[] = { { .label = "R", .from = FROM_POINTS }, { .label = "Z", .from = FROM_POINTS } };
static const struct series mixed[] = { { .label = "left", .from = FROM_CELLS },
	                               { .label = "first", .from = FROM_POINTS } };
static const char *const rungs[] = { "1 GiB", "2 GiB", "4 GiB" };

static const struct picture pictures[] = {
	[PICTURE_CURVES] = { .kind = PICTURE_CURVES, .unit = BYTES, SERIES(two_lines) },
	[PICTURE_BARS] = { .kind = PICTURE_BARS, .unit = BYTES, SERIES(two_lines), GROUPS(rungs) },
	[PICTURE_GRID] = { .kind = PICTURE_GRID, SERIES(two_rows) },
	[PICTURE_COW] = { .kind = PICTURE_COW, SERIES(two_rows) },
	[PICTURE_TREE] = { .kind = PICTURE_TREE, .unit = FRACTION, SERIES(mixed) },
	[PICTURE_LADDER] = { .kind = PICTURE_LADDER, SERIES(two_rows), GROUPS(rungs) },
	[PICTURE_AREAS] = { .kind = PICTURE_AREAS, .unit = BYTES, SERIES(three_lines) },
	[PICTURE_LOG] = { .kind = PICTURE_LOG, .unit = NANOSECONDS, .x_unit = BYTES, SERIES(two_lines) },
	[PICTURE_GANTT] = { .kind = PICTURE_GANTT, SERIES(lanes) },
	[PICTURE_STATES] = { .kind = PICTURE_STATES, SERIES(letters) },
	[PICTURE_STRIPS] = { .kind = PICTURE_STRIPS, .unit = BYTES, SERIES(mixed) },
	[PICTURE_SWEEP] = { .kind = PICTURE_SWEEP, .unit = BYTES, .x_label = "limit", SERIES(two_lines) },
};
enum { KINDS = sizeof pictures / sizeof pictures[0] };

static struct experiment experiment = { .id = "T01", .name = "test" };

static struct trial trial_of(enum picture_kind kind)
{
	experiment.picture = &pictures[kind];
	return (struct trial){ .experiment = &experiment };
}

static char *text_of(const struct trial *trial, int columns, int rows, bool unicode)
{
	struct canvas canvas;
	struct buffer buffer = { 0 };

	assert_int_equal(canvas_init_text(&canvas, columns, rows, unicode), 0);
	paint(&canvas, trial);
	canvas_put(&canvas, &buffer, false);
	canvas_done(&canvas);
	buffer_cstr(&buffer);
	return buffer.at;
}

static char *svg_of(const struct trial *trial, int columns, int rows)
{
	struct canvas canvas;
	struct buffer buffer = { 0 };

	canvas_init_svg(&canvas, &buffer, columns, rows, 0, 0);
	paint(&canvas, trial);
	canvas_done(&canvas);
	buffer_cstr(&buffer);
	return buffer.at;
}

static void assert_shows(const char *text, const char *wanted)
{
	if (!text || !strstr(text, wanted))
		fail_msg("no \"%s\" in\n%s", wanted, text ? text : "");
}

static void assert_hides(const char *text, const char *unwanted)
{
	if (text && strstr(text, unwanted))
		fail_msg("\"%s\" in\n%s", unwanted, text);
}

static int count_of(const char *text, const char *what)
{
	int count = 0;

	for (const char *at = text; at && (at = strstr(at, what)); at += strlen(what))
		count++;
	return count;
}

/* Data of every sort, good for each picture. */
static void fill(struct trial *trial)
{
	static const uint8_t cells[] = { CELL_ABSENT, CELL_OWN, CELL_SHARED, CELL_REFUSED, CELL_GRANTED, 200 };

	for (int64_t x = 0; x < 3; x++) {
		trial_add_point(trial, "first", false, x, (x + 1) << 20);
		trial_add_point(trial, "second", false, x, (3 - x) << 20);
		trial_add_point(trial, "limit", false, x, 8 << 20);
	}
	trial_add_point(trial, "first", true, 0, 50 * NS_PER_S / 1000);
	trial_add_point(trial, "second", true, 50 * NS_PER_S / 1000, 100 * NS_PER_S / 1000);
	trial_add_point(trial, "R", false, 0, 3);
	trial_add_point(trial, "Z", false, 0, 40);
	trial_add_cells(trial, "left", 0, cells, sizeof cells);
	trial_add_cells(trial, "right", 0, cells, sizeof cells);
}

static void every_picture_fits_any_size(void **state)
{
	(void)state;
	static const int sizes[][2] = { { 1, 1 }, { 2, 30 }, { 30, 2 }, { 12, 4 }, { 80, 13 }, { 200, 50 } };

	for (int kind = 0; kind < KINDS; kind++)
		for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
			for (int full = 0; full < 2; full++) {
				struct trial trial = trial_of((enum picture_kind)kind);
				if (full)
					fill(&trial);
				char *text = text_of(&trial, sizes[i][0], sizes[i][1], true);
				char *svg = svg_of(&trial, sizes[i][0], sizes[i][1]);
				assert_true(count_of(text, "\n") <= sizes[i][1]);
				assert_int_equal(count_of(svg, "<g "), count_of(svg, "</g>"));
				assert_hides(svg, "width=\"-");
				assert_hides(svg, "height=\"-");
				free(text);
				free(svg);
				trial_done(&trial);
			}
}

static void plain_pictures_have_no_other_characters(void **state)
{
	(void)state;
	for (int kind = 0; kind < KINDS; kind++) {
		struct trial trial = trial_of((enum picture_kind)kind);
		fill(&trial);
		char *text = text_of(&trial, 80, 20, false);
		for (const char *c = text; c && *c; c++)
			assert_true((unsigned char)*c < 0x80);
		assert_true(strlen(text) > 20);
		free(text);
		trial_done(&trial);
	}
}

static void bars_are_as_long_as_their_numbers(void **state)
{
	(void)state;
	struct trial trial = trial_of(PICTURE_BARS);
	fill(&trial);
	char *text = text_of(&trial, 80, 20, false);
	/* 48 columns are 3 MiB */
	assert_shows(text, "1 GiB ################ 1.0Mi");
	assert_shows(text, "2 GiB ################################ 2.0Mi");
	assert_shows(text, " ================================================ 3.0Mi");
	free(text);
	trial_done(&trial);
}

static void a_grid_counts_its_cells(void **state)
{
	(void)state;
	uint8_t pages[4096];
	struct trial trial = trial_of(PICTURE_GRID);

	memset(pages, CELL_OWN, 1024);
	memset(pages + 1024, CELL_ZERO, 1024);
	memset(pages + 2048, CELL_ABSENT, 2048);
	for (size_t at = 0; at < sizeof pages; at += 256)
		trial_add_cells(&trial, "left", (int64_t)at, pages + at, 256);
	char *text = text_of(&trial, 80, 16, false);
	assert_shows(text, "absent 2048");
	assert_shows(text, "zero page 1024");
	assert_shows(text, "own 1024");
	/* a quarter of 13 rows of 39 tiles; and one in each row of the legend */
	int own = count_of(text, "#");
	assert_true(own > 13 * 39 / 4 - 3 && own < 13 * 39 / 4 + 5);
	free(text);
	trial_done(&trial);
}

static void pages_that_were_copied_part_from_each_other(void **state)
{
	(void)state;
	static const uint8_t parent[] = { CELL_OWN, CELL_SHARED }, child[] = { CELL_OWN, CELL_SHARED };
	struct trial trial = trial_of(PICTURE_COW);

	trial_add_cells(&trial, "left", 0, parent, 2);
	trial_add_cells(&trial, "right", 0, child, 2);
	char *text = text_of(&trial, 80, 6, false);
	assert_shows(text, "######    ######"); /* two frames */
	assert_shows(text, "***======***");     /* one */
	free(text);
	trial_done(&trial);
}

static void one_slot_of_a_table_is_seen(void **state)
{
	(void)state;
	uint8_t slots[512] = { 0 };
	struct trial trial = trial_of(PICTURE_TREE);

	slots[300] = CELL_LIVE;
	trial_add_cells(&trial, "left", 0, slots, sizeof slots);
	trial_add_point(&trial, "first", false, 0, 2000);
	char *text = text_of(&trial, 80, 10, false);
	assert_shows(text, "1 of 512");
	assert_int_equal(count_of(strtok(text, "\n"), "#"), 1);
	free(text);
	text = text_of(&trial, 80, 10, false);
	assert_shows(text, "# 2\n");
	free(text);
	trial_done(&trial);
}

static void a_ladder_has_a_tile_on_each_rung(void **state)
{
	(void)state;
	static const uint8_t yes[] = { CELL_GRANTED, CELL_GRANTED, CELL_REFUSED },
			     no[] = { CELL_REFUSED, CELL_REFUSED, CELL_REFUSED };
	struct trial trial = trial_of(PICTURE_LADDER);

	trial_add_cells(&trial, "left", 0, yes, 3);
	trial_add_cells(&trial, "right", 0, no, 3);
	char *text = text_of(&trial, 80, 8, false);
	assert_shows(text, "4 GiB  xxxxxxxx                xxxxxxxx\n");
	assert_shows(text, "1 GiB  ++++++++                xxxxxxxx\n");
	assert_shows(text, "granted 2");
	assert_shows(text, "refused 4");
	free(text);
	trial_done(&trial);
}

static void lanes_are_filled_in_turn(void **state)
{
	(void)state;
	struct trial trial = trial_of(PICTURE_GANTT);

	trial_add_point(&trial, "first", true, 0, 50 * NS_PER_S / 1000);
	trial_add_point(&trial, "second", true, 50 * NS_PER_S / 1000, 100 * NS_PER_S / 1000);
	trial_add_point(&trial, "first", false, 0, 500000);
	char *text = text_of(&trial, 80, 5, false);
	assert_shows(text, "first ########################   ");
	assert_shows(text, "50%");
	assert_shows(text, "100 ms");
	assert_shows(text, "second                         ========================");
	free(text);
	trial_done(&trial);
}

static void states_hold_as_many_as_there_are(void **state)
{
	(void)state;
	struct trial trial = trial_of(PICTURE_STATES);

	fill(&trial);
	char *text = text_of(&trial, 100, 12, false);
	assert_shows(text, "R ooo");
	assert_shows(text, "Z oooooooo 40");
	assert_shows(text, "dead, not yet waited for");
	free(text);
	trial_done(&trial);
}

static void strips_stand_above_their_curves(void **state)
{
	(void)state;
	static const uint8_t heap[] = { CELL_LIVE, CELL_HOLE, CELL_LIVE, CELL_HOLE };
	struct trial trial = trial_of(PICTURE_STRIPS);

	trial_add_cells(&trial, "left", 0, heap, 4);
	trial_add_point(&trial, "first", false, 0, 1 << 20);
	trial_add_point(&trial, "first", false, 1, 3 << 20);
	char *text = text_of(&trial, 80, 14, false);
	assert_true(strstr(text, "left ##############") < strstr(text, "first 1.0Mi -> 3.0Mi"));
	assert_shows(text, "hole 2");
	free(text);
	trial_done(&trial);
}

/* The column in which a line of the sheet ends. */
static size_t end_of(const char *text, int row)
{
	for (; row > 0 && text; row--)
		text = strchr(text, '\n') ? strchr(text, '\n') + 1 : NULL;
	return text ? strcspn(text, "\n") : 0;
}

static void lines_go_where_their_numbers_are(void **state)
{
	(void)state;
	static const enum picture_kind kinds[] = { PICTURE_CURVES, PICTURE_SWEEP, PICTURE_LOG };

	for (size_t i = 0; i < 3; i++) {
		struct trial trial = trial_of(kinds[i]);
		trial_add_point(&trial, "first", false, 1, 10);
		trial_add_point(&trial, "first", false, 100, 1000);
		char *text = text_of(&trial, 60, 12, false);
		/* from the lower left to the upper right corner */
		assert_true(end_of(text, 1) > 55);
		assert_true(end_of(text, 10) < 40);
		free(text);
		char *svg = svg_of(&trial, 60, 12);
		assert_true(count_of(svg, "<line") >= 2);
		free(svg);
		trial_done(&trial);
	}
}

static void areas_are_stacked_below_their_limit(void **state)
{
	(void)state;
	struct trial trial = trial_of(PICTURE_AREAS);

	fill(&trial);
	char *text = text_of(&trial, 80, 18, false);
	/* 1 + 3 of 8 MiB on the left, and on the right: half of 16 rows are empty but for the limit */
	assert_shows(text, "8.0Mi");
	int first = count_of(text, "#"), second = count_of(text, "=");
	assert_true(first > 200 && second > 200);
	if (abs(first - second) > 60)
		fail_msg("%d and %d in\n%s", first, second, text);
	free(text);
	trial_done(&trial);
}

static void names_cannot_break_the_picture(void **state)
{
	(void)state;
	static const struct series evil[] = { { .label = "<b>&\33[2J\"", .from = FROM_POINTS } };
	static const struct picture picture = { .kind = PICTURE_SWEEP, SERIES(evil) };
	struct trial trial = { .experiment = &experiment };

	experiment.picture = &picture;
	trial_add_point(&trial, evil[0].label, false, 0, 1);
	char *text = text_of(&trial, 80, 10, true), *svg = svg_of(&trial, 80, 10);
	assert_hides(text, "\33");
	assert_hides(svg, "<b>");
	assert_hides(svg, "\33");
	free(text);
	free(svg);
	trial_done(&trial);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_picture_fits_any_size),
		cmocka_unit_test(plain_pictures_have_no_other_characters),
		cmocka_unit_test(bars_are_as_long_as_their_numbers),
		cmocka_unit_test(a_grid_counts_its_cells),
		cmocka_unit_test(pages_that_were_copied_part_from_each_other),
		cmocka_unit_test(one_slot_of_a_table_is_seen),
		cmocka_unit_test(a_ladder_has_a_tile_on_each_rung),
		cmocka_unit_test(lanes_are_filled_in_turn),
		cmocka_unit_test(states_hold_as_many_as_there_are),
		cmocka_unit_test(strips_stand_above_their_curves),
		cmocka_unit_test(lines_go_where_their_numbers_are),
		cmocka_unit_test(areas_are_stacked_below_their_limit),
		cmocka_unit_test(names_cannot_break_the_picture),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
