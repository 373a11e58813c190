/* sadf -j and -x: the same elements as JSON and as XML. */
#include "render/utf8.h"
#include "tools/sadf.h"

static void put_tabs(struct buffer *buffer, size_t count)
{
	buffer_fill(buffer, '\t', count);
}

/* Text for an attribute or an element. */
static void put_xml_text(struct buffer *buffer, struct span text)
{
	while (text.len) {
		size_t len = utf8_length(text);
		unsigned char c = (unsigned char)text.at[0];
		if (c == '&' || c == '<' || c == '>' || c == '"')
			buffer_format(buffer, "&#%u;", c);
		else if (len == 0 || c < ' ' || c == 0x7f)
			buffer_text(buffer, "\xef\xbf\xbd");
		else
			buffer_add(buffer, (struct span){ text.at, len });
		text = span_skip(text, len ? len : 1);
	}
}

static struct span text_of(const struct snapshot *snapshot, unsigned id)
{
	struct span text = SPAN("?");

	record_text(&machine_fields[id], &snapshot->machine, &text);
	return text;
}

/* One member of the head: `"release": "6.1",` or `<release>6.1</release>`. */
static void put_head_text(struct buffer *buffer, bool xml, const char *key, struct span text)
{
	if (xml) {
		buffer_format(buffer, "\t\t<%s>", key);
		put_xml_text(buffer, text);
		buffer_format(buffer, "</%s>\n", key);
	} else {
		buffer_format(buffer, "\t\t\t\"%s\": ", key);
		data_json_text(buffer, text);
		buffer_text(buffer, ",\n");
	}
}

static void put_head_time(struct buffer *buffer, bool xml, const char *key, int64_t wall_ns, bool local,
                          const char *format)
{
	struct buffer text = { 0 };

	sadf_put_moment(&text, wall_ns, local, format);
	put_head_text(buffer, xml, key, buffer_span(&text));
	buffer_done(&text);
}

void sadf_begin_tree(struct sadf *sadf, struct buffer *buffer, const struct snapshot *first)
{
	static const char xml_start[] =
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE sysstat PUBLIC \"DTD v3.11 sysstat //EN\"\n"
		"\"http://pagesperso-orange.fr/sebastien.godard/sysstat-3.11.dtd\">\n<sysstat\n"
		"xmlns=\"http://pagesperso-orange.fr/sebastien.godard/sysstat\"\n"
		"xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"\n"
		"xsi:schemaLocation=\"http://pagesperso-orange.fr/sebastien.godard sysstat.xsd\">\n"
		"\t<sysdata-version>3.11</sysdata-version>\n\t<host nodename=\"";
	bool xml = sadf->format == SADF_XML;

	if (xml) {
		buffer_text(buffer, xml_start);
		put_xml_text(buffer, text_of(first, MACHINE_host_name));
		buffer_text(buffer, "\">\n");
	} else {
		buffer_text(buffer, "{\"sysstat\": {\n\t\"hosts\": [\n\t\t{\n");
		put_head_text(buffer, xml, "nodename", text_of(first, MACHINE_host_name));
	}
	put_head_text(buffer, xml, "sysname", text_of(first, MACHINE_os_name));
	put_head_text(buffer, xml, "release", text_of(first, MACHINE_os_release));
	put_head_text(buffer, xml, "machine", text_of(first, MACHINE_architecture));
	buffer_format(buffer, xml ? "\t\t<number-of-cpus>%zu</number-of-cpus>\n" : "\t\t\t\"number-of-cpus\": %zu,\n",
	              first->cpu_count);
	put_head_time(buffer, xml, "file-date", first->wall_ns, true, "%Y-%m-%d");
	put_head_time(buffer, xml, "file-utc-time", first->wall_ns, false, "%H:%M:%S");
	put_head_time(buffer, xml, "timezone", first->wall_ns, true, "%Z");
	buffer_text(buffer, xml ? "\t\t<statistics>\n" : "\t\t\t\"statistics\": [\n");
}

void sadf_end_tree(struct sadf *sadf, struct buffer *buffer)
{
	if (sadf->format == SADF_XML) {
		buffer_text(buffer, "\t\t</statistics>\n\t\t<restarts>\n\t\t</restarts>\n\t</host>\n</sysstat>\n");
		return;
	}
	buffer_text(buffer, sadf->begun ? "\n" : "");
	buffer_text(buffer, "\t\t\t],\n\t\t\t\"restarts\": [\n\t\t\t]\n\t\t}\n\t]\n}}\n");
}

/* The columns that have no group, or those of one. */
static void put_columns(struct buffer *buffer, bool xml, const struct sar_item *item, const char *group, bool comma)
{
	for (size_t i = 0; i < item->of->column_count; i++) {
		const struct sar_column *column = &item->of->columns[i];
		if (column->group != group && (!column->group || !group || strcmp(column->group, group) != 0))
			continue;
		if (xml) {
			buffer_format(buffer, " %s=\"", column->key);
			sadf_put_value(buffer, item, column, "");
			buffer_char(buffer, '"');
		} else {
			buffer_format(buffer, "%s\"%s\": ", comma ? ", " : "", column->key);
			sadf_put_value(buffer, item, column, "null");
		}
		comma = true;
	}
}

/* The groups of a view in the order of their first columns; NULL behind the last. */
static const char *next_group(const struct sar_view *of, const char *before)
{
	bool passed = !before;

	for (size_t i = 0; i < of->column_count; i++) {
		const char *group = of->columns[i].group;
		if (group && before && !strcmp(group, before))
			passed = true;
		else if (group && passed && (!before || strcmp(group, before) != 0)) {
			bool earlier = false;
			for (size_t k = 0; k < i; k++)
				earlier |= of->columns[k].group && !strcmp(of->columns[k].group, group);
			if (!earlier)
				return group;
		}
	}
	return NULL;
}

/* Columns that are elements of their own; then the groups. */
static void put_xml_children(struct buffer *buffer, const struct sar_item *item, size_t depth)
{
	for (size_t i = 0; i < item->of->column_count; i++) {
		const struct sar_column *column = &item->of->columns[i];
		if (column->group)
			continue;
		put_tabs(buffer, depth);
		buffer_format(buffer, "<%s>", column->key);
		sadf_put_value(buffer, item, column, "");
		buffer_format(buffer, "</%s>\n", column->key);
	}
	for (const char *group = next_group(item->of, NULL); group; group = next_group(item->of, group)) {
		put_tabs(buffer, depth);
		buffer_format(buffer, "<%s", group);
		put_columns(buffer, true, item, group, false);
		buffer_text(buffer, "/>\n");
	}
}

static void put_json_columns(struct buffer *buffer, const struct sar_item *item, bool comma)
{
	put_columns(buffer, false, item, NULL, comma);
	for (const char *group = next_group(item->of, NULL); group; group = next_group(item->of, group)) {
		buffer_format(buffer, ", \"%s\": {", group);
		put_columns(buffer, false, item, group, false);
		buffer_char(buffer, '}');
	}
}

/* A view with an item each: CPUs, disks. */
static void put_items(const struct sadf *sadf, struct buffer *buffer, const struct view *view, enum sar_view_id id,
                      size_t depth)
{
	const struct sar_view *of = &sar_views[id];
	bool xml = sadf->format == SADF_XML, cpus = of->of == SAR_EACH_CPU, first = true;
	struct sar_item item;
	char text[32];

	buffer_format(buffer, xml ? "<%s%s>\n" : "\"%s\": [\n", of->element, of->attributes);
	for (size_t place = 0; sar_next_item(&sadf->sar, view, id, &place, &item); first = false) {
		struct span name = sar_item_name(&item, text);
		buffer_text(buffer, xml || first ? "" : ",\n");
		put_tabs(buffer, depth + 1);
		if (xml) {
			buffer_text(buffer, cpus ? "<cpu number=\"" : "<disk-device dev=\"");
			put_xml_text(buffer, name);
			buffer_char(buffer, '"');
			put_columns(buffer, true, &item, NULL, false);
			buffer_text(buffer, "/>\n");
		} else {
			buffer_text(buffer, cpus ? "{\"cpu\": " : "{\"disk-device\": ");
			data_json_text(buffer, name);
			put_json_columns(buffer, &item, true);
			buffer_char(buffer, '}');
		}
	}
	buffer_text(buffer, xml || first ? "" : "\n");
	put_tabs(buffer, depth);
	if (xml)
		buffer_format(buffer, "</%s>\n", of->element);
	else
		buffer_char(buffer, ']');
}

static bool same_name(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

/* The next view that there is, or SAR_VIEWS. */
static unsigned next_view(const struct sadf *sadf, unsigned id)
{
	while (id < SAR_VIEWS && !(sadf->sar.available >> id & 1))
		id++;
	return id;
}

/* A view in one element, with those that share it; gives the first view behind them. */
static unsigned put_element(const struct sadf *sadf, struct buffer *buffer, const struct view *view, unsigned id,
                            size_t depth)
{
	const struct sar_view *of = &sar_views[id];
	bool xml = sadf->format == SADF_XML, first = true;
	struct sar_item item;

	put_tabs(buffer, depth);
	if (of->item_title) {
		put_items(sadf, buffer, view, (enum sar_view_id)id, depth);
		return next_view(sadf, id + 1);
	}
	buffer_format(buffer, xml ? "<%s%s" : "\"%s\": {", of->element, xml ? of->attributes : "");
	buffer_text(buffer, xml && of->children ? ">\n" : "");
	for (; id < SAR_VIEWS && same_name(sar_views[id].element, of->element); id = next_view(sadf, id + 1)) {
		size_t place = 0;
		sar_next_item(&sadf->sar, view, (enum sar_view_id)id, &place, &item);
		if (!xml)
			put_json_columns(buffer, &item, !first);
		else if (of->children)
			put_xml_children(buffer, &item, depth + 1);
		else
			put_columns(buffer, true, &item, NULL, false);
		first = false;
	}
	if (xml && of->children) {
		put_tabs(buffer, depth);
		buffer_format(buffer, "</%s>\n", of->element);
	} else {
		buffer_text(buffer, xml ? "/>\n" : "}");
	}
	return id;
}

/* Elements within one that they share, "psi"; gives the first view behind them. */
static unsigned put_outer(const struct sadf *sadf, struct buffer *buffer, const struct view *view, unsigned id,
                          size_t depth)
{
	const char *outer = sar_views[id].outer;
	bool xml = sadf->format == SADF_XML, first = true;

	put_tabs(buffer, depth);
	buffer_format(buffer, xml ? "<%s per=\"second\">\n" : "\"%s\": {\n", outer);
	for (; id < SAR_VIEWS && same_name(sar_views[id].outer, outer); first = false) {
		buffer_text(buffer, xml || first ? "" : ",\n");
		id = put_element(sadf, buffer, view, id, depth + 1);
	}
	buffer_text(buffer, xml ? "" : "\n");
	put_tabs(buffer, depth);
	if (xml)
		buffer_format(buffer, "</%s>\n", outer);
	else
		buffer_char(buffer, '}');
	return id;
}

static void put_timestamp(const struct sadf *sadf, struct buffer *buffer, const struct view *view)
{
	bool xml = sadf->format == SADF_XML, local = sadf->times == SADF_LOCAL;
	int64_t wall_ns = view->now->wall_ns;

	buffer_text(buffer, xml ? "\t\t\t<timestamp date=\"" : "\t\t\t\t{\n\t\t\t\t\t\"timestamp\": {\"date\": \"");
	sadf_put_moment(buffer, wall_ns, local, "%Y-%m-%d");
	buffer_text(buffer, xml ? "\" time=\"" : "\", \"time\": \"");
	sadf_put_moment(buffer, wall_ns, local, "%H:%M:%S");
	buffer_format(buffer, xml ? "\" utc=\"%d\" interval=\"%lld\">\n" : "\", \"utc\": %d, \"interval\": %lld},\n",
	              !local, (long long)sadf_interval(view));
}

void sadf_put_tree(struct sadf *sadf, struct buffer *buffer, const struct view *view)
{
	bool xml = sadf->format == SADF_XML;
	size_t depth = xml ? 4 : 5;

	buffer_text(buffer, !xml && sadf->begun ? ",\n" : "");
	sadf->begun = true;
	put_timestamp(sadf, buffer, view);
	for (unsigned id = next_view(sadf, 0); id < SAR_VIEWS;) {
		id = sar_views[id].outer ? put_outer(sadf, buffer, view, id, depth) :
		                           put_element(sadf, buffer, view, id, depth);
		buffer_text(buffer, xml ? "" : id < SAR_VIEWS ? ",\n" : "\n");
	}
	buffer_text(buffer, xml ? "\t\t\t</timestamp>\n" : "\t\t\t\t}");
}
