/* vires fields: every number vires knows, with unit, source, cost and meaning. Made from the field tables alone. */
#include "fields/cgroup.h"
#include "fields/cpu.h"
#include "fields/disk.h"
#include "fields/huge_pool.h"
#include "fields/machine.h"
#include "fields/mapping.h"
#include "fields/slab.h"
#include "fields/swap.h"
#include "fields/task.h"
#include "render/data.h"
#include "tools/options.h"
#include "tools/run.h"

static const struct field_table *const tables[] = { &task_table,      &machine_table, &cpu_table,
	                                            &swap_table,      &disk_table,    &slab_table,
	                                            &huge_pool_table, &cgroup_table,  &mapping_table };

static const struct option_row option_rows[] = {
	{ 'h', "help", ALONE, NULL, "this text", OPTION_HELP },
	{ 0, "json", ALONE, NULL, "JSON for programs", OPTION_JSON },
};

static void put_text(struct buffer *buffer, const struct field_table *table, const struct field *field)
{
	size_t start = buffer->len;

	buffer_format(buffer, "%s.%s", table->name, field->name);
	buffer_fill(buffer, ' ', buffer->len - start < 36 ? 36 - (buffer->len - start) : 1);
	buffer_format(buffer, "%-10s %-8s %-9s %-8s %s\n", field->header, unit_name(field->unit),
	              kind_name(field->kind), cost_name(field_sources[field->from].cost),
	              field_sources[field->from].file);
	buffer_format(buffer, "    %s\n", field->meaning);
}

static void put_json(struct buffer *buffer, const struct field_table *table, const struct field *field)
{
	const struct field_source *source = &field_sources[field->from];

	buffer_format(buffer, "{\"table\":\"%s\",\"name\":\"%s\",\"header\":\"%s\",\"unit\":\"%s\",\"kind\":\"%s\",",
	              table->name, field->name, field->header, unit_name(field->unit), kind_name(field->kind));
	buffer_format(buffer, "\"file\":\"%s\",\"key\":\"%s\",\"cost\":\"%s\",\"access\":\"%s\",\"needs\":[",
	              source->file, field->key, cost_name(source->cost), source->access);
	for (size_t i = 0; i < field->need_count; i++)
		buffer_format(buffer, "%s\"%s\"", i ? "," : "", table->fields[field->needs[i]].name);
	buffer_text(buffer, "],\"meaning\":");
	data_json_text(buffer, span_of(field->meaning));
	buffer_char(buffer, '}');
}

static void put_all(struct buffer *buffer, bool json)
{
	bool first = true;

	if (json)
		buffer_format(buffer, "{\"schema\":%d,\"fields\":[", DATA_SCHEMA);
	for (size_t t = 0; t < sizeof tables / sizeof *tables; t++) {
		for (unsigned i = 0; i < tables[t]->count; i++) {
			if (json)
				buffer_text(buffer, first ? "\n" : ",\n");
			(json ? put_json : put_text)(buffer, tables[t], &tables[t]->fields[i]);
			first = false;
		}
	}
	buffer_text(buffer, json ? "\n]}\n" : "");
}

static int run(const struct tool *tool, int argc, char **argv)
{
	struct shared shared = { 0 };
	struct buffer buffer = { 0 };

	int status = shared_options(tool, STATUS_USAGE, argc, argv, &shared);
	if (status == GO_ON && optind < argc)
		status = usage(tool, STATUS_USAGE);
	if (status != GO_ON)
		return status;
	put_all(&buffer, shared.data == DATA_JSON);
	say(tool, &buffer);
	buffer_done(&buffer);
	return STATUS_OK;
}

TOOL(fields, {
		     .name = "fields",
		     .summary = "every number vires knows: unit, source, cost and meaning",
		     .usage = "[options]",
		     .options = option_rows,
		     .option_count = sizeof option_rows / sizeof *option_rows,
		     .run = run,
	     });
