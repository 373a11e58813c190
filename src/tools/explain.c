#include "tools/explain.h"

#include <stdlib.h>

#include "base/amount.h"
#include "base/array.h"
#include "base/signals.h"
#include "render/number.h"
#include "render/text.h"

enum { KIB = 1024, MIB = 1024 * 1024, AMOUNT_COLUMNS = 10, EXACT_MOST = 20 };

void explain_add(struct explain *explain, const char *group, const char *label, const struct field *field,
                 struct order_value value)
{
	struct explain_item *items = array_room(explain->items, explain->count, &explain->capacity, sizeof *items);
	if (!items) {
		explain->failed = true;
		return;
	}
	explain->items = items;
	explain->items[explain->count++] = (struct explain_item){ group, label, field, value };
}

void explain_done(struct explain *explain)
{
	free(explain->items);
	*explain = (struct explain){ 0 };
}

void explain_amount(struct buffer *buffer, int64_t bytes)
{
	if (bytes <= -MIB || bytes >= MIB)
		amount_put(buffer, bytes);
}

static bool is_signals(const struct explain_item *item)
{
	return item->field->unit == MASK &&
	       (span_starts(span_of(item->label), SPAN("Sig")) || span_starts(span_of(item->label), SPAN("Shd")));
}

/* The value as the file has it: KiB, base 16, words. */
static void put_exact(struct buffer *buffer, const struct explain_item *item)
{
	if (item->value.is == WORDS) {
		text_put(buffer, item->value.words, SIZE_MAX);
	} else if (item->field->unit == BYTES) {
		buffer_i64(buffer, item->value.number / KIB, 0);
		buffer_text(buffer, " KiB");
	} else {
		data_number(buffer, item->field, item->value.number, DATA_CSV);
	}
}

/* "SigIgn 0000000000001000" is PIPE. */
static void put_signals(struct buffer *buffer, uint64_t mask)
{
	char name[SIGNAL_NAME_BYTES];
	bool first = true;

	for (int number = 1; number <= 64; number++) {
		const char *text = mask >> (number - 1) & 1 ? signal_name(number, name) : NULL;
		if (!text)
			continue;
		buffer_format(buffer, "%s%s", first ? " Here: " : " ", text);
		first = false;
	}
	if (!first)
		buffer_char(buffer, '.');
}

struct widths {
	size_t label, exact;
};

static struct widths measure(const struct explain *explain)
{
	struct buffer text = { 0 };
	struct widths widths = { 0 };

	for (size_t i = 0; i < explain->count; i++) {
		const struct explain_item *item = &explain->items[i];
		if (item->value.is == ABSENT)
			continue;
		buffer_clear(&text);
		put_exact(&text, item);
		size_t label = strlen(item->label), exact = text_width(buffer_span(&text), SIZE_MAX);
		widths.label = label > widths.label ? label : widths.label;
		if (exact <= EXACT_MOST && exact > widths.exact)
			widths.exact = exact;
	}
	buffer_done(&text);
	return widths;
}

static void put_item(struct buffer *buffer, const struct explain_item *item, const struct widths *widths,
                     size_t columns)
{
	size_t indent = 2 + widths->label + 2 + widths->exact + AMOUNT_COLUMNS + 2;
	struct buffer line = { 0 }, exact = { 0 };

	buffer_text(&line, "  ");
	buffer_text(&line, item->label);
	buffer_fill(&line, ' ', 2 + widths->label + 2 - line.len);
	put_exact(&exact, item);
	size_t width = text_width(buffer_span(&exact), SIZE_MAX);
	if (item->value.is == NUMBER)
		buffer_fill(&line, ' ', width < widths->exact ? widths->exact - width : 0);
	buffer_add(&line, buffer_span(&exact));
	buffer_clear(&exact);
	if (item->value.is == NUMBER && item->field->unit == BYTES)
		explain_amount(&exact, item->value.number);
	if (exact.len)
		buffer_fill(&line, ' ', AMOUNT_COLUMNS + 1 - exact.len);
	buffer_add(&line, buffer_span(&exact));
	width = text_width(buffer_span(&line), SIZE_MAX);
	buffer_fill(&line, ' ', width + 2 < indent ? indent - width : 2);
	buffer_text(&line, item->field->meaning);
	if (is_signals(item))
		put_signals(&line, (uint64_t)item->value.number);
	text_wrap(buffer, buffer_span(&line), columns, indent);
	buffer->failed |= line.failed;
	buffer_done(&line);
	buffer_done(&exact);
}

void explain_put_text(struct buffer *buffer, const struct explain *explain, size_t columns)
{
	struct widths widths = measure(explain);
	const char *group = NULL;

	for (size_t i = 0; i < explain->count; i++) {
		const struct explain_item *item = &explain->items[i];
		if (item->value.is == ABSENT)
			continue;
		if (!group || strcmp(group, item->group))
			buffer_format(buffer, "%s%s\n", group ? "\n" : "", item->group);
		group = item->group;
		put_item(buffer, item, &widths, columns);
	}
	buffer->failed |= explain->failed;
}

static void put_value(struct buffer *buffer, const struct explain_item *item, enum data_format format)
{
	if (item->value.is == NUMBER)
		data_number(buffer, item->field, item->value.number, format);
	else if (item->value.is == WORDS)
		(format == DATA_JSON ? data_json_text : data_csv_text)(buffer, item->value.words);
	else if (format == DATA_JSON)
		buffer_text(buffer, "null");
}

void explain_put_json(struct buffer *buffer, const struct explain *explain)
{
	buffer_char(buffer, '[');
	for (size_t i = 0; i < explain->count; i++) {
		const struct explain_item *item = &explain->items[i];
		buffer_format(buffer, "%s\n{\"key\":\"%s\",\"name\":\"%s\",\"group\":\"%s\",\"value\":", i ? "," : "",
		              item->label, item->field->name, item->group);
		put_value(buffer, item, DATA_JSON);
		buffer_format(buffer, ",\"unit\":\"%s\",\"meaning\":", unit_name(item->field->unit));
		data_json_text(buffer, span_of(item->field->meaning));
		buffer_char(buffer, '}');
	}
	buffer_char(buffer, ']');
	buffer->failed |= explain->failed;
}

void explain_csv_header(struct buffer *buffer, const char *before)
{
	buffer_format(buffer, "schema,wall_ns,monotonic_ns,boot_id,source%s,key,name,group,value,unit,meaning\n",
	              before);
}

void explain_put_csv(struct buffer *buffer, const struct explain *explain, struct span line_start)
{
	for (size_t i = 0; i < explain->count; i++) {
		const struct explain_item *item = &explain->items[i];
		buffer_add(buffer, line_start);
		buffer_format(buffer, ",%s,%s,", item->label, item->field->name);
		data_csv_text(buffer, span_of(item->group));
		buffer_char(buffer, ',');
		put_value(buffer, item, DATA_CSV);
		buffer_format(buffer, ",%s,", unit_name(item->field->unit));
		data_csv_text(buffer, span_of(item->field->meaning));
		buffer_char(buffer, '\n');
	}
	buffer->failed |= explain->failed;
}
