/* F2, its other pages: the meters above the table, and the colours. */
#include "render/text.h"
#include "tools/screen_meters.h"
#include "tools/screens/screen_show.h"

static struct screen_settings *set(struct screen_show *show)
{
	return &show->call->settings;
}

static size_t cpus_of(struct screen_show *show)
{
	const struct screen_frame *frame = show_frame(show);

	return frame ? frame->view.now->cpu_count : 1;
}

/* The list: the columns from the left on, then all that there are. */
struct meter_place {
	int side; /* METER_SIDES: none, it is one that could be added */
	size_t at;
};

static struct meter_place place_of(const struct screen_meters meters[METER_SIDES], size_t line)
{
	for (int side = 0; side < METER_SIDES; side++) {
		if (line < meters[side].count)
			return (struct meter_place){ side, line };
		line -= meters[side].count;
	}
	return (struct meter_place){ METER_SIDES, line };
}

size_t setup_meters_count(struct screen_show *show)
{
	struct screen_meters meters[METER_SIDES];
	size_t count = METER_KINDS;

	meters_of(set(show), cpus_of(show), meters);
	for (int side = 0; side < METER_SIDES; side++)
		count += meters[side].count;
	return count;
}

static void take_out(struct screen_meters *meters, size_t at)
{
	meters->count--;
	memmove(meters->at + at, meters->at + at + 1, (meters->count - at) * sizeof *meters->at);
}

/* The next column to the right or to the left; of a new one, the second or the first. */
static int side_beside(struct screen_show *show, struct meter_place place, bool right)
{
	int last = meter_layout_of(set(show))->count - 1, from = place.side < METER_SIDES ? place.side : !right;

	return right ? (from < last ? from + 1 : last) : (from > 0 ? from - 1 : 0);
}

/* Puts it at the end of a column, wherever it was. */
static void put_into(struct screen_show *show, struct screen_meters *meters, struct meter_place place, int side)
{
	struct screen_meter meter;

	if (place.side == side)
		return;
	if (meters[side].count == METERS_MOST) {
		show_say(show, "There is no room for more meters");
		return;
	}
	if (place.side < METER_SIDES) {
		meter = meters[place.side].at[place.at];
		take_out(&meters[place.side], place.at);
	} else {
		meter = (struct screen_meter){ (uint8_t)place.at, meter_kinds[place.at].usual, 0 };
	}
	meters[side].at[meters[side].count++] = meter;
	show->setup.list.at = meters[side].count - 1;
	while (side-- > 0)
		show->setup.list.at += meters[side].count;
}

static void move(struct screen_show *show, struct screen_meters *meters, struct meter_place place, bool down)
{
	size_t other = down ? place.at + 1 : place.at - 1;

	if (place.side == METER_SIDES || other >= meters[place.side].count)
		return;
	struct screen_meter *at = meters[place.side].at, meter = at[place.at];
	at[place.at] = at[other];
	at[other] = meter;
	show->setup.list.at += down ? 1 : SIZE_MAX;
}

bool setup_meters_key(struct screen_show *show, int key)
{
	struct screen_meters *meters = set(show)->meters;

	/* From here on they are somebody's own. */
	meters_of(set(show), cpus_of(show), meters);
	set(show)->usual_meters = false;
	struct meter_place place = place_of(meters, show->setup.list.at);
	bool shown = place.side < METER_SIDES;
	switch (key) {
	case ' ':
	case KEY_RETURN:
		if (shown)
			meter_turn(&meters[place.side].at[place.at]);
		else
			put_into(show, meters, place, 0);
		break;
	case 'l':
	case KEY_FUNCTION + 5:
	case 'r':
	case KEY_FUNCTION + 6:
		put_into(show, meters, place, side_beside(show, place, key == 'r' || key == KEY_FUNCTION + 6));
		break;
	case '[':
	case KEY_FUNCTION + 7:
	case ']':
	case KEY_FUNCTION + 8:
		move(show, meters, place, key == ']' || key == KEY_FUNCTION + 8);
		break;
	case KEY_DELETE:
	case KEY_FUNCTION + 9:
		if (shown)
			take_out(&meters[place.side], place.at);
		break;
	default:
		return false;
	}
	show->setup.list.count = setup_meters_count(show);
	return true;
}

void setup_meters_item(struct screen_show *show, struct buffer *item, size_t at)
{
	static const char *const sides[METER_SIDES + 1] = { "left ", "right", "third", "last ", "     " };
	struct screen_meters meters[METER_SIDES];

	meters_of(set(show), cpus_of(show), meters);
	struct meter_place place = place_of(meters, at);
	const struct screen_meter *meter = place.side < METER_SIDES ? &meters[place.side].at[place.at] : NULL;
	const struct meter_kind *kind = &meter_kinds[meter ? meter->kind : place.at];
	struct buffer name = { 0 };
	buffer_text(&name, kind->name);
	if (meter && meter->cpu)
		buffer_format(&name, "(%u)", meter->cpu);
	buffer_format(item, " %s  %-24s %-6s  %s", sides[place.side], buffer_cstr(&name),
	              meter ? meter_style_name(meter->style) : "add", kind->meaning);
	buffer_done(&name);
}

bool setup_colours_key(struct screen_show *show, int key)
{
	if (key != ' ' && key != KEY_RETURN)
		return false;
	set(show)->scheme = show->setup.list.at;
	show_inks(set(show));
	return true;
}

void setup_colours_item(struct screen_show *show, struct buffer *item, size_t at)
{
	buffer_format(item, " (%c) %s", set(show)->scheme == at ? 'x' : ' ', screen_scheme_name(at));
}

bool setup_layouts_key(struct screen_show *show, int key)
{
	if (key != ' ' && key != KEY_RETURN)
		return false;
	meter_layout_set(set(show), show->setup.list.at);
	return true;
}

void setup_layouts_item(struct screen_show *show, struct buffer *item, size_t at)
{
	const struct meter_layout *layout = &meter_layouts[at];

	buffer_format(item, " (%c) %-18s", set(show)->layout == at ? 'x' : ' ', layout->name);
	for (size_t i = 0; i < layout->count; i++)
		buffer_format(item, " %3u %%", layout->percents[i]);
}
