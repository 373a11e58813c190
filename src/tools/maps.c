/* vires maps PID: /proc/PID/maps made readable. */
#include <errno.h>
#include <stdlib.h>

#include "base/array.h"
#include "render/text.h"
#include "tools/explain.h"
#include "tools/heading.h"
#include "tools/mappings.h"
#include "tools/words.h"

static const struct option_row option_rows[] = {
	{ 'h', "help", ALONE, NULL, "this text", OPTION_HELP },
	OPTIONS_DATA,
	OPTIONS_SOURCE,
};

static const char notes[] =
	"Shows every mapping of a process, put into groups by what it is for, with one sentence about each "
	"group: where it lies, how large it is, what may be done there, and of which file it is which part. "
	"Which mapping is a stack or an arena of malloc is a guess by size and place. *vires smaps* shows "
	"what of it is in memory.";

struct row {
	struct mapping mapping; /* its texts are in the arena */
	enum space_class class;
};

struct maps {
	struct mappings mappings;
	struct row *rows; /* owned */
	size_t count, capacity;
	struct arena texts;
};

static int keep(struct mappings *mappings, enum space_class class, const struct mapping *mapping)
{
	struct maps *maps = (struct maps *)mappings;

	struct row *rows = array_room(maps->rows, maps->count, &maps->capacity, sizeof *rows);
	if (!rows)
		return -ENOMEM;
	maps->rows = rows;
	struct row *row = &maps->rows[maps->count++];
	*row = (struct row){ *mapping, class };
	row->mapping.perms = arena_copy(&maps->texts, mapping->perms);
	if (mapping_has(mapping, name))
		row->mapping.name = arena_copy(&maps->texts, mapping->name);
	return row->mapping.perms.at && (!mapping_has(mapping, name) || row->mapping.name.at) ? 0 : -ENOMEM;
}

/* "read, write; private" */
static void put_perms(struct buffer *out, struct span perms)
{
	static const char *const words[] = { "read", "write", "execute" };
	size_t start = out->len;

	for (size_t i = 0; i < 3; i++)
		if (perms.at[i] != '-')
			buffer_format(out, "%s%s", out->len > start ? " " : "", words[i]);
	buffer_text(out, out->len > start ? "" : "nothing");
	buffer_text(out, perms.at[3] == 's' ? ", shared" : ", private");
	size_t used = out->len - start;
	buffer_fill(out, ' ', used < 28 ? 28 - used : 1);
}

static void put_size(struct buffer *out, int64_t bytes)
{
	size_t start = out->len;

	explain_amount(out, bytes);
	if (out->len == start)
		buffer_format(out, "%lld KiB", (long long)bytes / 1024);
	buffer_right(out, start, 11);
}

static void put_mapping(struct buffer *out, const struct mapping *mapping)
{
	buffer_text(out, "  ");
	buffer_hex(out, (uint64_t)mapping->start, 12);
	buffer_char(out, '-');
	buffer_hex(out, (uint64_t)mapping->end, 12);
	put_size(out, mapping->size_bytes);
	buffer_text(out, "  ");
	put_perms(out, mapping->perms);
	if (mapping_has(mapping, name))
		text_put(out, mapping->name, SIZE_MAX);
	else
		buffer_text(out, "no file");
	if (mapping->inode && mapping->offset_bytes)
		buffer_format(out, ", from byte %lld on", (long long)mapping->offset_bytes);
	buffer_char(out, '\n');
}

static void put_group(struct maps *maps, enum space_class class)
{
	struct buffer *out = &maps->mappings.out, line = { 0 };
	const struct space_sum *sum = &maps->mappings.space.classes[class];

	buffer_format(&line, "%s: %lld mapping%s,", space_title(class), (long long)sum->mappings,
	              sum->mappings == 1 ? "" : "s");
	put_size(&line, sum->size_bytes);
	buffer_char(out, '\n');
	for (size_t i = 0; i < line.len; i++)
		if (line.at[i] != ' ' || i == 0 || line.at[i - 1] != ' ')
			buffer_char(out, line.at[i]);
	buffer_char(out, '\n');
	buffer_clear(&line);
	buffer_format(&line, "  %s", space_meaning(class));
	text_wrap(out, buffer_span(&line), screen_columns(), 2);
	buffer_done(&line);
	for (size_t i = 0; i < maps->count; i++) {
		if (maps->rows[i].class != class)
			continue;
		put_mapping(out, &maps->rows[i].mapping);
		if (out->len > 64 * 1024)
			say(maps->mappings.tool, out);
	}
}

static const uint8_t ids[] = { MAPPING_start,        MAPPING_end,          MAPPING_perms,
	                       MAPPING_offset_bytes, MAPPING_device_major, MAPPING_device_minor,
	                       MAPPING_inode,        MAPPING_size_bytes,   MAPPING_name };

static void put_json(struct maps *maps)
{
	struct buffer *out = &maps->mappings.out;

	mappings_begin_json(&maps->mappings);
	buffer_text(out, "\"mappings\":[");
	for (size_t i = 0; i < maps->count; i++) {
		buffer_format(out, "%s\n{\"class\":\"%s\",\"mapping\":", i ? "," : "", space_name(maps->rows[i].class));
		data_record(out, &mapping_table, &maps->rows[i].mapping, ids, sizeof ids);
		buffer_char(out, '}');
	}
	buffer_text(out, "],\"classes\":{");
	for (unsigned class = 0; class < SPACE_CLASSES; class ++) {
		const struct space_sum *sum = &maps->mappings.space.classes[class];
		buffer_format(out, "%s\n\"%s\":{\"mappings\":%lld,\"size_bytes\":%lld,\"meaning\":", class ? "," : "",
		              space_name(class), (long long)sum->mappings, (long long)sum->size_bytes);
		data_json_text(out, span_of(space_meaning(class)));
		buffer_char(out, '}');
	}
	buffer_text(out, "},");
	data_end(out);
}

static void put_csv(struct maps *maps)
{
	struct buffer *out = &maps->mappings.out;

	buffer_text(out, "schema,wall_ns,monotonic_ns,boot_id,source,pid,class");
	for (size_t i = 0; i < sizeof ids; i++)
		buffer_format(out, ",%s", mapping_fields[ids[i]].name);
	buffer_char(out, '\n');
	for (size_t i = 0; i < maps->count; i++) {
		data_csv_begin(out, &maps->mappings.look.now);
		buffer_format(out, ",%lld,%s", (long long)maps->mappings.pid, space_name(maps->rows[i].class));
		data_csv_record(out, &mapping_table, &maps->rows[i].mapping, ids, sizeof ids);
		buffer_char(out, '\n');
	}
}

static void put(struct maps *maps)
{
	if (maps->mappings.shared.data == DATA_JSON) {
		put_json(maps);
	} else if (maps->mappings.shared.data == DATA_CSV) {
		put_csv(maps);
	} else {
		mappings_put_title(&maps->mappings);
		if (maps->count == 0)
			buffer_text(&maps->mappings.out, "\nno mappings: it has no address space of its own\n");
		for (unsigned class = 0; class < SPACE_CLASSES; class ++)
			if (maps->mappings.space.classes[class].mappings)
				put_group(maps, class);
	}
	say(maps->mappings.tool, &maps->mappings.out);
}

static int run(const struct tool *tool, int argc, char **argv)
{
	struct maps maps = { .mappings = { .tool = tool, .visit = keep } };

	int status = shared_options(tool, STATUS_USAGE, argc, argv, &maps.mappings.shared);
	if (status == GO_ON)
		status = words_pid_wanted(tool, argc, argv, &maps.mappings.pid);
	if (status == GO_ON) {
		status = mappings_show(&maps.mappings);
		if (status == GO_ON) {
			put(&maps);
			status = STATUS_OK;
		}
		mappings_done(&maps.mappings);
	}
	free(maps.rows);
	arena_done(&maps.texts);
	return status;
}

TOOL(maps, {
		   .name = "maps",
		   .summary = "/proc/PID/maps made readable: every mapping, in groups, with their meaning",
		   .usage = "[options] PID",
		   TOOL_OPTIONS(option_rows),
		   .notes = notes,
		   .run = run,
	   });
