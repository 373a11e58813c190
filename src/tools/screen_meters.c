/* The meters above the table of the vires screen: two columns of bars, words and graphs. */
#include "tools/screen_meters.h"
#include "render/text.h"

enum { CAPTION = 3, GRAPH_LINES = 4, LED_LINES = 3, WHOLE = 1000000 };

static void reading_done(struct meter_reading *reading)
{
	buffer_done(&reading->text);
	buffer_done(&reading->words);
}

static void put_caption(struct buffer *buffer, const char *caption)
{
	mark(buffer, MARK_KEY);
	text_cell(buffer, span_of(caption), CAPTION, true);
	mark(buffer, MARK_PLAIN);
}

/* Words in just so many columns. */
static void put_cut(struct buffer *buffer, struct span marked, size_t width)
{
	enum mark how = MARK_PLAIN;
	struct span part;

	while (width && marked_part(&marked, &how, &part)) {
		mark(buffer, how);
		width -= marked_put(buffer, part, width);
	}
	mark(buffer, MARK_PLAIN);
	buffer_fill(buffer, ' ', width);
}

/* The next character, however many bytes it has. */
static void put_glyph(struct buffer *buffer, struct span *rest)
{
	do {
		buffer_char(buffer, rest->at[0]);
		*rest = span_skip(*rest, 1);
	} while (rest->len && ((unsigned char)rest->at[0] & 0xc0) == 0x80);
}

/* "[|||||   392M/23.5G]"; without colours the parts are told apart by what they are drawn with. */
static void put_bar(struct buffer *buffer, const struct screen_call *call, const char *caption,
                    const struct meter_reading *reading, size_t width)
{
	static const char glyphs[] = "|#*@$%&.:";
	size_t inner = width > CAPTION + 2 ? width - CAPTION - 2 : 0, at = 0;
	struct span rest = buffer_span(&reading->text);
	size_t text = text_width(rest, inner);
	bool colour = call->settings.colour && call->settings.scheme != 1;
	double sum = 0;

	if (inner == 0) {
		buffer_fill(buffer, ' ', width);
		return;
	}
	put_caption(buffer, caption);
	buffer_char(buffer, '[');
	for (size_t i = 0; i <= reading->count; i++) {
		bool part = i < reading->count;
		sum += part && reading->parts[i].value > 0 ? (double)reading->parts[i].value : 0;
		double share = reading->whole > 0 ? sum / (double)reading->whole : 0;
		size_t to = part ? (size_t)((share < 1 ? share : 1) * (double)inner + 0.5) : inner;
		if (at < to)
			mark(buffer, part ? reading->parts[i].mark : MARK_DIM);
		for (; at < to; at++)
			if (at >= inner - text)
				put_glyph(buffer, &rest);
			else
				buffer_char(buffer, part ? glyphs[colour ? 0 : i] : ' ');
	}
	mark(buffer, MARK_PLAIN);
	buffer_char(buffer, ']');
}

static void put_words(struct buffer *buffer, const char *caption, const struct meter_reading *reading, bool known,
                      size_t width)
{
	struct buffer line = { 0 };

	mark(&line, MARK_KEY);
	buffer_format(&line, "%s:", caption);
	mark(&line, MARK_PLAIN);
	buffer_add(&line, known ? buffer_span(&reading->words) : SPAN(" -"));
	put_cut(buffer, buffer_span(&line), width);
	buffer_done(&line);
}

static void put_one(struct buffer *buffer, const struct meter_scene *scene, const struct screen_meter *meter,
                    unsigned cpu, size_t width)
{
	const struct meter_kind *kind = &meter_kinds[meter->kind];
	struct meter_reading reading = { 0 };
	struct buffer caption = { 0 };

	bool known = kind->read(scene, cpu, &reading);
	if (cpu && cpu <= scene->view->now->cpu_count)
		buffer_format(&caption, "%lld", (long long)scene->view->now->cpus[cpu - 1].id);
	else
		buffer_text(&caption, kind->caption);
	if (!known) {
		buffer_clear(&reading.text);
		buffer_char(&reading.text, '-');
		reading.count = 0;
	}
	if (meter->style == METER_BAR)
		put_bar(buffer, scene->call, buffer_cstr(&caption), &reading, width);
	else
		put_words(buffer, buffer_cstr(&caption), &reading, known, width);
	buffer_done(&caption);
	reading_done(&reading);
}

/* Rows of CPUs, downwards first, as htop has them. */
static void put_cpus(struct buffer *buffer, const struct meter_scene *scene, const struct screen_meter *meter,
                     size_t width)
{
	const struct meter_kind *kind = &meter_kinds[meter->kind];
	size_t all = scene->view->now->cpu_count, first = 0, end = all;

	if (kind->half == 1)
		end = (all + 1) / 2;
	else if (kind->half == 2)
		first = (all + 1) / 2;
	size_t lines = (end - first + kind->abreast - 1) / kind->abreast;
	for (size_t line = 0; line < lines; line++) {
		for (size_t i = 0; i < kind->abreast; i++) {
			size_t cpu = first + i * lines + line, room = width / kind->abreast;
			if (cpu < end)
				put_one(buffer, scene, meter, (unsigned)cpu + 1, room);
			else
				buffer_fill(buffer, ' ', room);
		}
		buffer_char(buffer, '\n');
	}
}

/* Heights over time, four lines high; the newest at the right. */
static void put_graph(struct buffer *buffer, const struct meter_scene *scene, const struct screen_meter *meter,
                      const struct screen_past *past, size_t width)
{
	static const char *const steps[2][9] = { { " ", ".", ".", ".", ":", ":", ":", "|", "|" },
		                                 { " ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" } };
	size_t room = width > CAPTION + 1 ? width - CAPTION - 1 : 0;
	size_t shown = past->count < room ? past->count : room;
	const int64_t *values = past->meters[meter->kind] + past->count - shown;

	for (int line = GRAPH_LINES; line-- > 0;) {
		put_caption(buffer, line == GRAPH_LINES - 1 ? meter_kinds[meter->kind].caption : "");
		buffer_fill(buffer, ' ', room - shown + 1);
		mark(buffer, MARK_BAR);
		for (size_t i = 0; i < shown; i++) {
			int64_t height = values[i] * GRAPH_LINES * 8 / WHOLE, step = height - line * 8;
			step = step < 0 ? 0 : step > 8 ? 8 : step;
			step += line == 0 && step == 0; /* there was a moment */
			buffer_text(buffer, steps[scene->call->settings.unicode][step]);
		}
		mark(buffer, MARK_PLAIN);
		buffer_char(buffer, '\n');
	}
}

/* Digits of three lines; what else there is stands in the last of them. */
static void put_led_line(struct buffer *buffer, struct span marked, bool unicode, int line, size_t width)
{
	static const char *const digits[2][LED_LINES][10] = {
		{ { " __ ", "    ", " __ ", " __ ", "    ", " __ ", " __ ", " __ ", " __ ", " __ " },
		  { "|  |", "   |", " __|", " __|", "|__|", "|__ ", "|__ ", "   |", "|__|", "|__|" },
		  { "|__|", "   |", "|__ ", " __|", "   |", " __|", "|__|", "   |", "|__|", " __|" } },
		{ { "┌──┐", "  ┐ ", "╶──┐", "╶──┐", "╷  ╷", "┌──╴", "┌──╴", "╶──┐", "┌──┐", "┌──┐" },
		  { "│  │", "  │ ", "┌──┘", " ──┤", "└──┤", "└──┐", "├──┐", "   │", "├──┤", "└──┤" },
		  { "└──┘", "  ╵ ", "└──╴", "╶──┘", "   ╵", "╶──┘", "└──┘", "   ╵", "└──┘", "╶──┘" } },
	};
	enum { DIGIT = 4 };

	while (marked.len && width) {
		unsigned char next = (unsigned char)marked.at[0];
		bool digit = next >= '0' && next <= '9';
		if (next >= MARK_PLAIN && next < MARK_END) {
			buffer_char(buffer, marked.at[0]);
			marked = span_skip(marked, 1);
			continue;
		}
		if (digit && width < DIGIT)
			break;
		if (digit)
			buffer_text(buffer, digits[unicode][line][next - '0']);
		else if (line == LED_LINES - 1)
			put_glyph(buffer, &marked);
		else
			buffer_char(buffer, ' ');
		width -= digit ? DIGIT : 1;
		if (digit || line < LED_LINES - 1)
			do
				marked = span_skip(marked, 1);
			while (marked.len && ((unsigned char)marked.at[0] & 0xc0) == 0x80);
	}
	mark(buffer, MARK_PLAIN);
	buffer_fill(buffer, ' ', width);
}

static void put_led(struct buffer *buffer, const struct meter_scene *scene, const struct screen_meter *meter,
                    size_t width)
{
	const struct meter_kind *kind = &meter_kinds[meter->kind];
	struct meter_reading reading = { 0 };
	size_t caption = strlen(kind->caption) + 2;

	bool known = kind->read(scene, meter->cpu, &reading);
	struct span shown =
		!known ? SPAN("-") : span_trim(buffer_span(reading.text.len ? &reading.text : &reading.words));
	for (int line = 0; line < LED_LINES; line++) {
		mark(buffer, MARK_KEY);
		buffer_format(buffer, "%-*.*s", (int)(caption < width ? caption : width), (int)width,
		              line == LED_LINES - 1 ? kind->caption : "");
		mark(buffer, MARK_VALUE);
		put_led_line(buffer, shown, scene->call->settings.unicode, line, width > caption ? width - caption : 0);
		buffer_char(buffer, '\n');
	}
	reading_done(&reading);
}

static void put_column(struct buffer *buffer, const struct meter_scene *scene, const struct screen_meters *meters,
                       const struct screen_past *past, size_t width)
{
	for (size_t i = 0; i < meters->count; i++) {
		const struct screen_meter *meter = &meters->at[i];
		if (meter_kinds[meter->kind].abreast) {
			put_cpus(buffer, scene, meter, width);
		} else if (meter->style == METER_GRAPH) {
			put_graph(buffer, scene, meter, past, width);
		} else if (meter->style == METER_LED) {
			put_led(buffer, scene, meter, width);
		} else {
			put_one(buffer, scene, meter, meter->cpu, width);
			buffer_char(buffer, '\n');
		}
	}
}

/* The next line of all columns; false when none has one. */
static bool put_line(struct buffer *buffer, struct span rest[METER_SIDES], const size_t widths[METER_SIDES])
{
	bool any = false;
	size_t owed = 0;
	struct span line;

	for (int side = 0; side < METER_SIDES; side++) {
		if (!widths[side])
			continue;
		if (span_line(&rest[side], &line)) {
			buffer_fill(buffer, ' ', owed);
			buffer_add(buffer, line);
			size_t used = marked_width(line);
			owed = (used < widths[side] ? widths[side] - used : 0) + 1;
			any = true;
		} else {
			owed += widths[side] + 1;
		}
	}
	return any;
}

void meters_put(struct buffer *buffer, const struct screen_call *call, const struct screen_frame *frame,
                const struct screen_past *past, size_t width, size_t lines)
{
	const struct meter_scene scene = { call, frame, &frame->view };
	struct screen_meters meters[METER_SIDES];
	struct buffer columns[METER_SIDES] = { 0 };
	struct span rest[METER_SIDES];
	size_t widths[METER_SIDES];
	bool more = true;

	meters_of(&call->settings, frame->view.now->cpu_count, meters);
	meter_layout_widths(meter_layout_of(&call->settings), meters, width, widths);
	for (int side = 0; side < METER_SIDES; side++) {
		if (widths[side])
			put_column(&columns[side], &scene, &meters[side], past, widths[side]);
		rest[side] = buffer_span(&columns[side]);
	}
	for (; more && lines; lines--) {
		struct buffer line = { 0 };
		more = put_line(&line, rest, widths);
		if (more) {
			buffer_add(buffer, buffer_span(&line));
			buffer_char(buffer, '\n');
		}
		buffer_done(&line);
	}
	for (int side = 0; side < METER_SIDES; side++)
		buffer_done(&columns[side]);
}

/* The share of the whole that a meter shows, for its graph. */
static int64_t share_of(const struct meter_scene *scene, const struct meter_kind *kind)
{
	struct meter_reading reading = { 0 };
	double sum = 0;

	if (kind->read(scene, 0, &reading) && reading.whole > 0)
		for (size_t i = 0; i < reading.count; i++)
			sum += reading.parts[i].value > 0 ? (double)reading.parts[i].value : 0;
	double share = reading.whole > 0 ? sum / (double)reading.whole : 0;
	reading_done(&reading);
	return (int64_t)((share < 1 ? share : 1) * WHOLE);
}

void meters_past_add(struct screen_past *past, const struct screen_call *call, const struct view *view)
{
	const struct meter_scene scene = { call, NULL, view };

	for (size_t i = 0; i < METER_KINDS; i++)
		if (meter_kinds[i].styles >> METER_GRAPH & 1)
			screen_past_push(past->meters[i], past->count, share_of(&scene, &meter_kinds[i]));
}
