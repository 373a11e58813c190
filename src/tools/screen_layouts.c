/* How the meters of the vires screen stand beside each other: the columns that htop knows, by its names. */
#include "tools/screen_meters.h"

#define LAYOUT(name, ...) \
	{ \
		name, sizeof((const uint8_t[]){ __VA_ARGS__ }), \
		{ \
			__VA_ARGS__ \
		} \
	}

const struct meter_layout meter_layouts[METER_LAYOUTS] = {
	LAYOUT("one_100", 100),
	LAYOUT("two_50_50", 50, 50),
	LAYOUT("two_33_67", 33, 67),
	LAYOUT("two_67_33", 67, 33),
	LAYOUT("three_33_34_33", 33, 34, 33),
	LAYOUT("three_25_25_50", 25, 25, 50),
	LAYOUT("three_25_50_25", 25, 50, 25),
	LAYOUT("three_50_25_25", 50, 25, 25),
	LAYOUT("three_40_30_30", 40, 30, 30),
	LAYOUT("three_30_40_30", 30, 40, 30),
	LAYOUT("three_30_30_40", 30, 30, 40),
	LAYOUT("three_40_20_40", 40, 20, 40),
	LAYOUT("four_25_25_25_25", 25, 25, 25, 25),
};

const struct meter_layout *meter_layout_of(const struct screen_settings *settings)
{
	return &meter_layouts[settings->layout];
}

bool meter_layout_find(struct span name, size_t *ret)
{
	for (size_t i = 0; i < METER_LAYOUTS; i++)
		if (span_is(name, meter_layouts[i].name)) {
			*ret = i;
			return true;
		}
	return false;
}

void meter_layout_set(struct screen_settings *settings, size_t layout)
{
	size_t last = meter_layouts[layout].count - 1u;
	struct screen_meters *to = &settings->meters[last];

	settings->layout = layout;
	for (size_t column = last + 1; column < METER_SIDES; column++) {
		struct screen_meters *from = &settings->meters[column];
		for (size_t i = 0; i < from->count && to->count < METERS_MOST; i++)
			to->at[to->count++] = from->at[i];
		from->count = 0;
	}
}

void meter_layout_widths(const struct meter_layout *layout, const struct screen_meters *meters, size_t width,
                         size_t ret[METER_SIDES])
{
	size_t percents = 0, shown = 0, left;

	for (size_t i = 0; i < layout->count; i++) {
		percents += meters[i].count ? layout->percents[i] : 0;
		shown += meters[i].count > 0;
	}
	left = shown && width >= shown ? width - (shown - 1) : 0;
	for (size_t i = 0; i < METER_SIDES; i++) {
		ret[i] = 0;
		if (i >= layout->count || !meters[i].count)
			continue;
		/* The last one takes what rounding leaves. */
		ret[i] = --shown ? (width * layout->percents[i] / percents) : left;
		ret[i] = ret[i] < left ? ret[i] : left;
		left -= ret[i];
	}
}
