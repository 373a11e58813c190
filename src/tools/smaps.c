/* vires smaps PID: /proc/PID/smaps made readable. */
#include <errno.h>
#include <stdlib.h>

#include "render/text.h"
#include "tools/explain.h"
#include "tools/heading.h"
#include "tools/mappings.h"
#include "tools/words.h"

static const struct option_row option_rows[] = {
	{ 'h', "help", ALONE, NULL, "this text", OPTION_HELP },
	{ 'a', "address", TAKES, "ADDRESS", "the one mapping that holds this address, in base 16", 0 },
	OPTIONS_DATA,
	OPTIONS_SOURCE,
};

static const char notes[] =
	"Shows what of a process's address space is in memory: by what it is for (see *vires maps*), and "
	"every value of /proc/PID/smaps, summed over its mappings, with one sentence of what it is; or the "
	"values of one mapping. JSON and CSV have every mapping with all of its values. The kernel writes kB "
	"and means KiB, and rounds every value down, so that sums of PSS are a little low.\n\n"
	"Reading smaps makes the kernel walk all page tables of the process, and holds its mmap lock page by "
	"page.";

struct smaps {
	struct mappings mappings;
	bool one; /* the one that holds `address` */
	uint64_t address;
	struct mapping sum; /* of all, or the one; its texts are in the arena */
	enum space_class class;
	struct arena texts;
	size_t shown; /* for JSON and CSV */
};

/* Sizes of pages and marks are no amounts: nobody wants their sum. */
static bool is_amount(unsigned id)
{
	return mapping_fields[id].unit == BYTES && mapping_fields[id].key[0] && id != MAPPING_kernel_page_bytes &&
	       id != MAPPING_mmu_page_bytes;
}

static void add(struct mapping *sum, const struct mapping *mapping)
{
	for (unsigned id = 0; id < MAPPING_FIELDS; id++) {
		int64_t value, so_far = 0;
		if (!is_amount(id) || !record_number(&mapping_fields[id], mapping, &value))
			continue;
		record_number(&mapping_fields[id], sum, &so_far);
		record_set(&mapping_fields[id], sum, so_far + value);
	}
}

static int remember(struct smaps *smaps, enum space_class class, const struct mapping *mapping)
{
	smaps->sum = *mapping;
	smaps->class = class;
	for (unsigned id = 0; id < MAPPING_FIELDS; id++) {
		struct span *text = (struct span *)((char *)&smaps->sum + mapping_fields[id].offset);
		if (mapping_fields[id].kind != TEXT || !record_has(mapping, id))
			continue;
		*text = arena_copy(&smaps->texts, *text);
		if (!text->at)
			return -ENOMEM;
	}
	return 0;
}

static void put_record(struct smaps *smaps, enum space_class class, const struct mapping *mapping)
{
	struct buffer *out = &smaps->mappings.out;
	uint8_t ids[MAPPING_FIELDS];

	for (unsigned id = 0; id < MAPPING_FIELDS; id++)
		ids[id] = (uint8_t)id;
	if (smaps->mappings.shared.data == DATA_JSON) {
		if (!smaps->shown)
			mappings_begin_json(&smaps->mappings);
		buffer_format(out, "%s\n{\"class\":\"%s\",\"mapping\":", smaps->shown ? "," : "\"mappings\":[",
		              space_name(class));
		data_record(out, &mapping_table, mapping, ids, MAPPING_FIELDS);
		buffer_char(out, '}');
	} else {
		data_csv_begin(out, &smaps->mappings.look.now);
		buffer_format(out, ",%lld,%s", (long long)smaps->mappings.pid, space_name(class));
		data_csv_record(out, &mapping_table, mapping, ids, MAPPING_FIELDS);
		buffer_char(out, '\n');
	}
	smaps->shown++;
	if (out->len > 64 * 1024)
		say(smaps->mappings.tool, out);
}

static int visit(struct mappings *mappings, enum space_class class, const struct mapping *mapping)
{
	struct smaps *smaps = (struct smaps *)mappings;
	bool wanted = smaps->address >= (uint64_t)mapping->start && smaps->address < (uint64_t)mapping->end;

	if (smaps->one && !wanted)
		return 0;
	if (mappings->shared.data)
		put_record(smaps, class, mapping);
	else if (smaps->one)
		return remember(smaps, class, mapping);
	else
		add(&smaps->sum, mapping);
	return 0;
}

static struct order_value value_of(const struct mapping *mapping, const struct field *field)
{
	struct order_value value = { .is = ABSENT };

	if (field->kind == TEXT && record_text(field, mapping, &value.words))
		value.is = WORDS;
	else if (field->kind != TEXT && record_number(field, mapping, &value.number))
		value.is = NUMBER;
	return value;
}

static void put_values(struct smaps *smaps)
{
	struct explain explain = { 0 };
	struct buffer title = { 0 };

	if (smaps->one)
		buffer_format(&title, "%s. %s", space_title(smaps->class), space_meaning(smaps->class));
	else
		buffer_text(&title, "All mappings together");
	const char *group = buffer_cstr(&title);
	for (unsigned id = 0; id < MAPPING_FIELDS; id++) {
		const struct field *field = &mapping_fields[id];
		if (smaps->one || is_amount(id))
			explain_add(&explain, group, field->key[0] ? field->key : field->header, field,
			            value_of(&smaps->sum, field));
	}
	buffer_char(&smaps->mappings.out, '\n');
	explain_put_text(&smaps->mappings.out, &explain, screen_columns());
	explain_done(&explain);
	buffer_done(&title);
}

static void put_kib(struct buffer *out, int64_t bytes)
{
	buffer_char(out, ' ');
	buffer_i64(out, bytes / 1024, 10);
}

static void put_sum(struct buffer *out, const char *title, const struct space_sum *sum)
{
	text_cell(out, span_of(title), 38, false);
	buffer_i64(out, sum->mappings, 8);
	put_kib(out, sum->size_bytes);
	put_kib(out, sum->rss_bytes);
	put_kib(out, sum->pss_bytes);
	put_kib(out, sum->private_bytes);
	put_kib(out, sum->swap_bytes);
	buffer_char(out, '\n');
}

static void put_classes(struct smaps *smaps)
{
	struct buffer *out = &smaps->mappings.out;
	const struct space *space = &smaps->mappings.space;

	buffer_text(
		out,
		"\nWhat it is for, in KiB                mappings       Size        Rss        Pss    private       "
		"swap\n");
	for (unsigned class = 0; class < SPACE_CLASSES; class ++)
		if (space->classes[class].mappings)
			put_sum(out, space_title(class), &space->classes[class]);
	put_sum(out, "total", &space->total);
}

static int put_text(struct smaps *smaps)
{
	if (smaps->one && !smaps->sum.have.word[0])
		return complain(smaps->mappings.tool, STATUS_FOUND, "nothing is mapped at %llx",
		                (unsigned long long)smaps->address);
	mappings_put_title(&smaps->mappings);
	if (!smaps->mappings.space.total.mappings) {
		buffer_text(&smaps->mappings.out, "\nno mappings: it has no address space of its own\n");
	} else {
		if (!smaps->one)
			put_classes(smaps);
		put_values(smaps);
	}
	say(smaps->mappings.tool, &smaps->mappings.out);
	return STATUS_OK;
}

static int end_data(struct smaps *smaps)
{
	struct buffer *out = &smaps->mappings.out;

	if (smaps->mappings.shared.data == DATA_JSON) {
		if (!smaps->shown) {
			mappings_begin_json(&smaps->mappings);
			buffer_text(out, "\"mappings\":[");
		}
		buffer_text(out, "],");
		data_end(out);
	}
	say(smaps->mappings.tool, out);
	return smaps->one && !smaps->shown ? STATUS_FOUND : STATUS_OK;
}

static int set(void *context, int id, const char *argument)
{
	struct smaps *smaps = context;
	char *end;

	if (id != 'a')
		return shared_option(smaps->mappings.tool, STATUS_USAGE, &smaps->mappings.shared, id, argument);
	errno = 0;
	smaps->address = strtoull(argument, &end, 16);
	smaps->one = true;
	if (end == argument || *end || errno || *argument == '-')
		return complain(smaps->mappings.tool, STATUS_USAGE, "'%s' is no address", argument);
	return GO_ON;
}

static void csv_header(struct smaps *smaps)
{
	buffer_text(&smaps->mappings.out, "schema,wall_ns,monotonic_ns,boot_id,source,pid,class");
	for (unsigned id = 0; id < MAPPING_FIELDS; id++)
		buffer_format(&smaps->mappings.out, ",%s", mapping_fields[id].name);
	buffer_char(&smaps->mappings.out, '\n');
}

static int run(const struct tool *tool, int argc, char **argv)
{
	struct smaps smaps = { .mappings = { .tool = tool, .visit = visit } };

	for (unsigned id = 0; id < MAPPING_FIELDS; id++)
		field_set_add(&smaps.mappings.wanted, id);
	int status = options_read(tool, argc, argv, set, &smaps);
	if (status == GO_ON)
		status = words_pid_wanted(tool, argc, argv, &smaps.mappings.pid);
	if (status != GO_ON)
		return status;
	if (smaps.mappings.shared.data == DATA_CSV)
		csv_header(&smaps);
	status = mappings_show(&smaps.mappings);
	if (status == GO_ON)
		status = smaps.mappings.shared.data ? end_data(&smaps) : put_text(&smaps);
	mappings_done(&smaps.mappings);
	arena_done(&smaps.texts);
	return status;
}

TOOL(smaps, {
		    .name = "smaps",
		    .summary = "/proc/PID/smaps made readable: what of each kind of mapping is in memory",
		    .usage = "[options] PID",
		    TOOL_OPTIONS(option_rows),
		    .notes = notes,
		    .run = run,
	    });
