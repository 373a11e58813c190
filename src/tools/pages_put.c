/* How vires pages shows what it has found. */
#include <unistd.h>

#include "render/number.h"
#include "render/text.h"
#include "tools/heading.h"
#include "tools/pages.h"

static const struct {
	const char *name, *about;
	char sign;
} kinds[PAGE_KINDS] = {
	[PAGE_ABSENT] = { "absent", "never touched, or given back", '.' },
	[PAGE_ZERO] = { "zero", "the one page of zeroes", '0' },
	[PAGE_OWN] = { "own", "anonymous, its own", '#' },
	[PAGE_SHARED] = { "shared", "anonymous, shared with others", 's' },
	[PAGE_FILE] = { "file", "of a file or of shared memory", 'f' },
	[PAGE_SWAPPED] = { "swapped", "swapped out", 'w' },
	[PAGE_HUGE] = { "huge", "part of a huge page", 'H' },
};

static bool wants_json(const struct pages *pages)
{
	return pages->mappings.shared.data == DATA_JSON;
}

/* Right-aligned, in `width` columns or what it takes. */
static void put_size(struct buffer *out, int64_t bytes, size_t width)
{
	size_t start = out->len;

	number_human(out, bytes, false);
	buffer_right(out, start, width);
}

static void put_cells(struct buffer *out, const struct page_map *map, size_t from, size_t to)
{
	for (size_t i = from; i < to && i < map->cell_count; i++)
		buffer_char(out, kinds[map->cells[i]].sign);
}

static void put_json_sums(struct buffer *out, const int64_t *bytes)
{
	buffer_text(out, "{");
	for (unsigned kind = 0; kind < PAGE_KINDS; kind++)
		buffer_format(out, "%s\"%s_bytes\":%lld", kind ? "," : "", kinds[kind].name, (long long)bytes[kind]);
	buffer_char(out, '}');
}

void pages_put_head(struct mappings *mappings)
{
	struct pages *pages = (struct pages *)mappings;

	if (wants_json(pages)) {
		mappings_begin_json(mappings);
		buffer_text(&mappings->out, pages->has_address ? "" : "\"mappings\":[");
		return;
	}
	mappings_put_title(mappings);
	if (!pages->has_address)
		buffer_format(&mappings->out, "\n%-12s %8s %8s  %-*s  %s\n", "FROM", "SIZE", "IN RAM", STRIP_CELLS,
		              "PAGES", "MAPPING");
}

static int64_t in_ram(const int64_t *bytes)
{
	return bytes[PAGE_OWN] + bytes[PAGE_SHARED] + bytes[PAGE_FILE] + bytes[PAGE_HUGE];
}

static void put_name(struct buffer *out, const struct mapping *mapping)
{
	text_put(out, mapping->perms, SIZE_MAX);
	buffer_char(out, ' ');
	if (mapping_has(mapping, name) && mapping->name.len)
		text_put(out, mapping->name, SIZE_MAX);
	else
		buffer_text(out, "no file");
}

static void put_json_mapping(struct pages *pages, const struct mapping *mapping)
{
	struct buffer *out = &pages->mappings.out;

	buffer_format(out, "{\"start\":\"%llx\",\"end\":\"%llx\",\"perms\":", (unsigned long long)mapping->start,
	              (unsigned long long)mapping->end);
	data_json_text(out, mapping->perms);
	buffer_text(out, ",\"name\":");
	if (mapping_has(mapping, name))
		data_json_text(out, mapping->name);
	else
		buffer_text(out, "null");
	buffer_text(out, ",\"pages\":");
	put_json_sums(out, pages->map.bytes);
	buffer_format(out, ",\"bytes_each\":%llu,\"cells\":\"", (unsigned long long)pages->map.bytes_each);
	put_cells(out, &pages->map, 0, SIZE_MAX);
	buffer_text(out, "\"}");
}

void pages_put_mapping(struct pages *pages, const struct mapping *mapping)
{
	struct buffer *out = &pages->mappings.out;

	if (wants_json(pages)) {
		buffer_text(out, pages->shown++ ? ",\n" : "\n");
		put_json_mapping(pages, mapping);
	} else {
		buffer_hex(out, pages->map.start, 12);
		put_size(out, (int64_t)(pages->map.end - pages->map.start), 9);
		put_size(out, in_ram(pages->map.bytes), 9);
		buffer_text(out, "  ");
		put_cells(out, &pages->map, 0, STRIP_CELLS);
		buffer_fill(out, ' ', STRIP_CELLS - pages->map.cell_count + 2);
		put_name(out, mapping);
		buffer_char(out, '\n');
	}
	if (out->len > 64 * 1024)
		say(pages->mappings.tool, out);
}

static void put_flags(struct buffer *out, uint64_t flags, const char *between, const char *quote)
{
	bool any = false;

	for (unsigned bit = 0; bit < 64; bit++) {
		const char *name = flags >> bit & 1 ? frame_flag_name(bit) : NULL;
		if (!name)
			continue;
		buffer_format(out, "%s%s%s%s", any ? between : "", quote, name, quote);
		any = true;
	}
}

static void put_entry(struct buffer *out, const struct page_entry *entry)
{
	struct frame frame;

	buffer_format(out, "%s (%s)", kinds[entry->kind].name, kinds[entry->kind].about);
	if (entry->frame < 0) {
		buffer_text(out, entry->present ? "; its frame is for CAP_SYS_ADMIN to see\n" : "\n");
		return;
	}
	buffer_format(out, ", frame 0x%llx", (unsigned long long)entry->frame);
	if (pages_frame(entry->frame, &frame) == 0) {
		buffer_format(out, ", mapped %lld time%s\n%22s", (long long)frame.mapped, frame.mapped == 1 ? "" : "s",
		              "flags ");
		put_flags(out, frame.flags, " ", "");
	}
	buffer_char(out, '\n');
}

static void put_walk(struct pages *pages, const struct page_entry *entry)
{
	struct buffer *out = &pages->mappings.out;

	if (pages->page_bytes != TABLE_BYTES) {
		buffer_text(out, "The levels are known for pages of 4 KiB only.\n");
		return;
	}
	buffer_format(out, "%-8s %8s  %s\n", "LEVEL", "INDEX", "AN ENTRY COVERS");
	unsigned last = entry->kind == PAGE_HUGE ? TABLE_LEVELS - 1 : TABLE_LEVELS;
	for (unsigned level = 0; level < last; level++) {
		buffer_format(out, "%-8s %8u", table_name(level), table_index(pages->address, level));
		put_size(out, (int64_t)table_covers(level), 9);
		buffer_char(out, '\n');
	}
	uint64_t page = last == TABLE_LEVELS ? pages->page_bytes : table_covers(last - 1);
	buffer_format(out, "%-8s %8llu%s\n", "offset", (unsigned long long)(pages->address & (page - 1)),
	              last == TABLE_LEVELS ? "" : "         the walk ends one level early: a huge page");
	buffer_text(out, "there            ");
	put_entry(out, entry);
}

static void put_grid(struct pages *pages)
{
	struct buffer *out = &pages->mappings.out;
	const struct page_map *map = &pages->map;

	buffer_text(out, "\nIts pages, a sign for ");
	put_size(out, (int64_t)map->bytes_each, 0);
	buffer_text(out, ":\n");
	for (size_t at = 0; at < map->cell_count; at += GRID_COLUMNS) {
		buffer_hex(out, map->start + at * map->bytes_each, 12);
		buffer_char(out, ' ');
		put_cells(out, map, at, at + GRID_COLUMNS);
		buffer_char(out, '\n');
	}
}

static void put_json_walk(struct pages *pages, const struct mapping *mapping, const struct page_entry *entry)
{
	struct buffer *out = &pages->mappings.out;
	struct frame frame;

	buffer_format(out, "\"address\":\"%llx\",\"levels\":[", (unsigned long long)pages->address);
	for (unsigned level = 0; pages->page_bytes == TABLE_BYTES && level < TABLE_LEVELS; level++)
		buffer_format(out, "%s{\"name\":\"%s\",\"index\":%u,\"covers_bytes\":%llu}", level ? "," : "",
		              table_name(level), table_index(pages->address, level),
		              (unsigned long long)table_covers(level));
	buffer_format(out, "],\"page\":\"%s\",\"frame\":", kinds[entry->kind].name);
	if (entry->frame < 0)
		buffer_text(out, "null");
	else
		buffer_format(out, "%lld", (long long)entry->frame);
	if (entry->frame >= 0 && pages_frame(entry->frame, &frame) == 0) {
		buffer_format(out, ",\"mapped\":%lld,\"flags\":[", (long long)frame.mapped);
		put_flags(out, frame.flags, ",", "\"");
		buffer_char(out, ']');
	}
	buffer_text(out, ",\"mapping\":");
	put_json_mapping(pages, mapping);
	buffer_char(out, ',');
}

void pages_put_address(struct pages *pages, const struct mapping *mapping)
{
	struct page_entry entry = { .frame = -1 };
	struct buffer *out = &pages->mappings.out;

	int r = pages_read(pages->mappings.pid, pages->address, &entry, 1);
	if (r < 0) {
		pages->unread = true;
		pages->error = r;
	}
	if (wants_json(pages)) {
		put_json_walk(pages, mapping, &entry);
		return;
	}
	buffer_text(out, "\n0x");
	buffer_hex(out, pages->address, 12);
	buffer_text(out, " is in ");
	put_name(out, mapping);
	buffer_text(out, "\n\n");
	if (r == 0)
		put_walk(pages, &entry);
	put_grid(pages);
}

void pages_put_nowhere(struct pages *pages)
{
	struct buffer *out = &pages->mappings.out;

	if (wants_json(pages))
		buffer_format(out, "\"address\":\"%llx\",\"mapping\":null,", (unsigned long long)pages->address);
	else
		buffer_format(out, "\n0x%llx is in no mapping: to touch it is a segmentation fault\n",
		              (unsigned long long)pages->address);
}

static void put_total_line(struct buffer *out, const int64_t *total)
{
	buffer_char(out, '\n');
	for (unsigned kind = 0; kind < PAGE_KINDS; kind++) {
		if (!total[kind])
			continue;
		buffer_format(out, "%c ", kinds[kind].sign);
		buffer_format(out, "%-8s", kinds[kind].name);
		put_size(out, total[kind], 8);
		buffer_format(out, "  %s\n", kinds[kind].about);
	}
}

void pages_put_total(struct pages *pages)
{
	struct buffer *out = &pages->mappings.out;
	const struct table_cost *cost = &pages->cost;
	int64_t now = -1;

	view_number(&pages->mappings.look.view, pages->mappings.row, TASK_page_table_bytes, &now);
	if (wants_json(pages)) {
		if (!pages->has_address) {
			buffer_text(out, "],\"pages\":");
			put_json_sums(out, pages->total);
			buffer_char(out, ',');
		}
		buffer_text(out, "\"page_table_bytes\":");
		buffer_format(out, now < 0 ? "null" : "%lld", (long long)now);
		buffer_format(out, ",\"full_tree_bytes\":%lld,\"two_level_bytes\":%lld,\"flat_bytes\":%lld,",
		              (long long)cost->tree_bytes, (long long)cost->two_level_bytes,
		              (long long)cost->flat_bytes);
		data_end(out);
		return;
	}
	put_total_line(out, pages->total);
	buffer_text(out, "\nThe page tables cost ");
	if (now >= 0) {
		put_size(out, now, 0);
		buffer_text(out, " now");
	} else {
		buffer_text(out, "an unknown amount");
	}
	buffer_text(out, "; full, ");
	put_size(out, cost->tree_bytes, 0);
	buffer_text(out, "; in two levels, ");
	put_size(out, cost->two_level_bytes, 0);
	buffer_text(out, "; as a flat table, ");
	put_size(out, cost->flat_bytes, 0);
	buffer_text(out, ".\n");
}
