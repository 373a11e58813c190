/* The colours of top: those of the current window for what stands above the tables, and each table in its own. */
#include <stdlib.h>

#include "tools/screens/top_screen.h"

/* `plain` is what has no mark: words above the tables, and rows in them. */
static void mix(const struct top_settings *settings, size_t which, int16_t plain,
                struct ink inks[MARK_END - MARK_PLAIN])
{
	const struct top_window *window = &settings->windows[which];
	const uint16_t *colours = window->colours;
	const bool strong = window->bold, turned = window->reverse;
	const bool blocks = window->cpu_graph == GRAPH_BLOCKS || window->memory_graph == GRAPH_BLOCKS;
	const int16_t none = -1;
	const struct ink marks[MARK_END - MARK_PLAIN] = {
		[MARK_PLAIN - MARK_PLAIN] = { .colour = plain, .ground = none },
		[MARK_VALUE -
			MARK_PLAIN] = { .bold = strong, .colour = (int16_t)colours[PART_SUMMARY], .ground = none },
		[MARK_HEAD - MARK_PLAIN] = { .reverse = true, .colour = (int16_t)colours[PART_HEADS], .ground = none },
		[MARK_CHOSEN - MARK_PLAIN] = { .reverse = true, .colour = none, .ground = none },
		[MARK_SORT - MARK_PLAIN] = { .bold = strong && !turned,
		                             .reverse = turned,
		                             .colour = (int16_t)colours[PART_MARKED],
		                             .ground = none },
		[MARK_ACTIVE - MARK_PLAIN] = { .bold = strong && !turned,
		                               .reverse = turned,
		                               .colour = (int16_t)colours[PART_MARKED],
		                               .ground = none },
		[MARK_MESSAGE -
			MARK_PLAIN] = { .reverse = true, .colour = (int16_t)colours[PART_MESSAGES], .ground = none },
		[MARK_KEY - MARK_PLAIN] = { .bold = true, .colour = (int16_t)colours[PART_SUMMARY], .ground = none },
		[MARK_BAR - MARK_PLAIN] = { .reverse = blocks, .bold = strong && !blocks, .colour = 2, .ground = none },
		[MARK_BAR2 - MARK_PLAIN] = { .reverse = blocks, .dim = blocks, .colour = 1, .ground = none },
		[MARK_BAR3 - MARK_PLAIN] = { .dim = true, .colour = 4, .ground = none },
		[MARK_BAD - MARK_PLAIN] = { .bold = true, .reverse = true, .colour = 1, .ground = none },
		[MARK_DIM - MARK_PLAIN] = { .dim = true, .colour = none, .ground = none },
	};

	memcpy(inks, marks, sizeof marks);
}

bool top_screen_has_colour(void)
{
	const char *without = getenv("NO_COLOR");

	return screen_colours() > 0 && !(without && without[0]);
}

/* Palette 0 is of all but the tables, the next ones are those of the windows. */
void top_screen_inks(const struct top_settings *settings)
{
	struct ink inks[MARK_END - MARK_PLAIN];
	bool colour = top_screen_has_colour();

	mix(settings, settings->current, -1, inks);
	screen_palette_inks(0, inks, colour && settings->windows[settings->current].colour);
	for (size_t i = 0; i < TOP_WINDOWS; i++) {
		mix(settings, i, (int16_t)settings->windows[i].colours[PART_TASKS], inks);
		screen_palette_inks((unsigned)i + 1, inks, colour && settings->windows[i].colour);
	}
}
