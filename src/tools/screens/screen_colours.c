/* What the colour schemes of the vires screen make of each mark. */
#include <stdlib.h>

#include "tools/screens/screen_show.h"

enum { NONE = -1, BLACK, RED, GREEN, YELLOW, BLUE, MAGENTA, CYAN, WHITE, LOOKS = MARK_END - MARK_PLAIN };

/* A scheme is made from a few colours; on a ground of its own nothing is left to the terminal. */
struct scheme {
	int8_t plain, ground;
	int8_t head, head_ground, chosen, chosen_ground, sort, sort_ground; /* a ground of NONE: turned round */
	int8_t strong, key, bad, warning, good, dim; /* strong, dim: NONE is plain, but bold or dim */
	int8_t bars[5];
};

static const struct scheme schemes[SCHEMES] = {
#define SCHEME(name, plain, ground, head, head_ground, chosen, chosen_ground, sort, sort_ground, strong, key, bad, \
               warning, good, dim, ...) \
	{ plain,  ground, head, head_ground, chosen, chosen_ground, sort,           sort_ground, \
	  strong, key,    bad,  warning,     good,   dim,           { __VA_ARGS__ } },
#include "tools/screen_schemes.def"
#undef SCHEME
};

static struct ink ink(const struct scheme *scheme, int8_t colour)
{
	return (struct ink){ .colour = colour == NONE ? scheme->plain : colour, .ground = scheme->ground };
}

static struct ink bold(const struct scheme *scheme, int8_t colour)
{
	struct ink ret = ink(scheme, colour);

	ret.bold = true;
	return ret;
}

static struct ink turned(int8_t colour, int8_t ground, bool strong)
{
	return (struct ink){ .reverse = ground == NONE, .bold = strong, .colour = colour, .ground = ground };
}

void show_inks(const struct screen_settings *settings)
{
	const struct scheme *scheme = &schemes[settings->scheme];
	const char *without = getenv("NO_COLOR");
	struct ink inks[LOOKS] = {
		[MARK_PLAIN - MARK_PLAIN] = ink(scheme, NONE),
		[MARK_VALUE - MARK_PLAIN] = bold(scheme, scheme->strong),
		[MARK_HEAD - MARK_PLAIN] = turned(scheme->head, scheme->head_ground, false),
		[MARK_CHOSEN - MARK_PLAIN] = turned(scheme->chosen, scheme->chosen_ground, false),
		[MARK_SORT - MARK_PLAIN] = turned(scheme->sort, scheme->sort_ground, true),
		[MARK_ACTIVE - MARK_PLAIN] = bold(scheme, scheme->good),
		[MARK_MESSAGE - MARK_PLAIN] = bold(scheme, scheme->warning),
		[MARK_KEY - MARK_PLAIN] = bold(scheme, scheme->key),
		[MARK_BAR - MARK_PLAIN] = ink(scheme, scheme->bars[0]),
		[MARK_BAR2 - MARK_PLAIN] = ink(scheme, scheme->bars[1]),
		[MARK_BAR3 - MARK_PLAIN] = ink(scheme, scheme->bars[2]),
		[MARK_BAD - MARK_PLAIN] = bold(scheme, scheme->bad),
		[MARK_DIM - MARK_PLAIN] = ink(scheme, scheme->dim),
		[MARK_GAP - MARK_PLAIN] = ink(scheme, NONE),
		[MARK_BAR4 - MARK_PLAIN] = ink(scheme, scheme->bars[3]),
		[MARK_BAR5 - MARK_PLAIN] = ink(scheme, scheme->bars[4]),
		[MARK_TAG - MARK_PLAIN] = bold(scheme, scheme->warning),
		[MARK_GOOD - MARK_PLAIN] = ink(scheme, scheme->good),
	};

	inks[MARK_TAG - MARK_PLAIN].underline = true;
	inks[MARK_DIM - MARK_PLAIN].dim = scheme->dim == NONE;
	screen_inks(inks, settings->colour && !(without && without[0]));
}
