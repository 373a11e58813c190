#include "render/figure.h"

#include <ctype.h>
#include <stdio.h>

#include "render/text.h"

static const char letters[COLOURS] = { 'I', 'N', 'Z', 'M', 'H' };

void figure_style_init(struct figure_style *style)
{
	*style = (struct figure_style){ .decimals = 2 };
}

/* "X=31;1": nothing but digits and semicolons reaches a terminal. */
static void set_colour(struct figure_style *style, struct span part)
{
	for (int colour = 0; colour < COLOURS; colour++) {
		if (part.len < 3 || part.len - 2 >= SGR_BYTES || part.at[0] != letters[colour] || part.at[1] != '=')
			continue;
		size_t len = 0;
		while (2 + len < part.len && (isdigit((unsigned char)part.at[2 + len]) || part.at[2 + len] == ';'))
			len++;
		if (2 + len != part.len)
			return;
		memcpy(style->sgr[colour], part.at + 2, len);
		style->sgr[colour][len] = '\0';
	}
}

static void set_colours(struct figure_style *style, struct span rest)
{
	struct span part;

	while (span_until(&rest, ':', &part))
		set_colour(style, part);
	set_colour(style, rest);
}

void figure_colours(struct figure_style *style, const char *sgr)
{
	style->colour = true;
	set_colours(style, SPAN("H=31;1:I=32;22:M=35;1:N=34;1:Z=34;22"));
	if (sgr)
		set_colours(style, span_of(sgr));
}

/* The value in what the figure counts in. */
static double scaled(enum figure figure, int64_t value)
{
	switch (figure) {
	case FIGURE_PER_S:
		return (double)value / 1000;
	case FIGURE_PERCENT:
		return (double)value / 10000;
	case FIGURE_KIB:
	case FIGURE_KIB_PER_S:
	case FIGURE_PLAIN_KIB_PER_S:
	case FIGURE_KIB_PART:
		return (double)value / 1024;
	case FIGURE_SECTORS_PER_S:
		return (double)value / 512;
	case FIGURE_MS_PART:
		return (double)value / 1000000;
	case FIGURE_MS:
		return (double)(value / 1000000);
	case FIGURE_TICKS:
		return (double)(value / 10000000);
	default:
		return (double)value;
	}
}

static bool is_whole(enum figure figure)
{
	return figure == FIGURE_COUNT || figure == FIGURE_KIB || figure == FIGURE_MS || figure == FIGURE_TICKS;
}

/* In the unit in which it is below 1024; the smallest is the first of `units`. */
static void put_with_unit(char *text, size_t size, double number, const char *units, int decimals)
{
	for (; number >= 1024 && units[1]; units++)
		number /= 1024;
	snprintf(text, size, "%.*f%c", decimals > 0, number, *units);
}

static enum figure_colour colour_of(enum figure figure, double number, int decimals)
{
	static const double half[] = { 0.5, 0.05, 0.005 };

	if (figure == FIGURE_PERCENT && number >= 75)
		return COLOUR_HIGH;
	if (figure == FIGURE_PERCENT && number >= 50)
		return COLOUR_MEDIUM;
	return number < half[decimals] && number > -half[decimals] ? COLOUR_ZERO : COLOUR_NUMBER;
}

/* The last `plain` bytes, a unit, have no colour. */
static void put(struct buffer *buffer, const struct figure_style *style, enum figure_colour colour, size_t width,
                struct span text, size_t plain)
{
	size_t columns = text_width(text, SIZE_MAX);

	if (style->colour)
		buffer_format(buffer, "\033[%sm", style->sgr[colour]);
	buffer_fill(buffer, ' ', 1 + (columns < width ? width - columns : 0));
	text_put(buffer, (struct span){ text.at, text.len - plain }, SIZE_MAX);
	if (style->colour)
		buffer_text(buffer, "\033[0m");
	buffer_add(buffer, span_skip(text, text.len - plain));
}

void figure_put_bare(struct buffer *buffer, const struct figure_style *style, enum figure figure, int64_t value)
{
	int decimals = is_whole(figure) ? 0 : style->decimals;
	double number = scaled(figure, value);
	char text[64];

	if (style->human && (figure == FIGURE_KIB || figure == FIGURE_KIB_PART))
		put_with_unit(text, sizeof text, number, "kMGTP", style->decimals);
	else if (style->human && figure == FIGURE_KIB_PER_S)
		put_with_unit(text, sizeof text, (double)value, "BkMGTP", style->decimals);
	else if (style->human && figure == FIGURE_PERCENT)
		snprintf(text, sizeof text, "%.*f%%", decimals > 1 ? 1 : decimals, number);
	else
		snprintf(text, sizeof text, "%.*f", decimals, number);
	buffer_text(buffer, text);
}

void figure_put(struct buffer *buffer, const struct figure_style *style, enum figure figure, size_t width,
                int64_t value)
{
	int decimals = is_whole(figure) ? 0 : style->decimals;
	struct buffer text = { 0 };

	figure_put_bare(&text, style, figure, value);
	size_t unit = text.len && (text.at[text.len - 1] < '0' || text.at[text.len - 1] > '9');
	put(buffer, style, colour_of(figure, scaled(figure, value), decimals), width, buffer_span(&text), unit);
	buffer_done(&text);
}

void figure_put_word(struct buffer *buffer, const struct figure_style *style, enum figure_colour colour, size_t width,
                     struct span word)
{
	put(buffer, style, colour, width, word, 0);
}
