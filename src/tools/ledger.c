/* vires ledger: where all of MemTotal went, adding up, and what other tools would call "used". */
#include <errno.h>

#include "analysis/ledger.h"
#include "model/derive.h"
#include "render/data.h"
#include "render/number.h"
#include "tools/options.h"
#include "tools/run.h"

static const struct option_row option_rows[] = {
	{ 'h', "help", ALONE, NULL, "this text", OPTION_HELP },
	{ 0, "json", ALONE, NULL, "JSON for programs", OPTION_JSON },
	OPTIONS_SOURCE,
};

enum { BAR_COLUMNS = 24, TITLE_COLUMNS = 38 };

static void put_bar(struct buffer *buffer, const struct ledger_part *part, int64_t total)
{
	int64_t cells = total > 0 && part->bytes > 0 ? (part->bytes * BAR_COLUMNS + total / 2) / total : 0;

	if (cells > BAR_COLUMNS)
		cells = BAR_COLUMNS;
	buffer_fill(buffer, part->reclaimable ? '/' : '#', (size_t)cells);
	buffer_fill(buffer, ' ', BAR_COLUMNS - (size_t)cells);
}

static void put_part(struct buffer *buffer, const struct ledger_part *part, int64_t total)
{
	int64_t tenths = total > 0 ? part->bytes * 1000 / total : 0;
	size_t start = buffer->len;

	buffer_format(buffer, "  %s", part->title);
	buffer_fill(buffer, ' ', buffer->len - start < TITLE_COLUMNS ? TITLE_COLUMNS - (buffer->len - start) : 1);
	buffer_i64(buffer, part->bytes / 1024, 12);
	buffer_format(buffer, " kB %3lld.%lld%%  ", (long long)(tenths / 10),
	              (long long)(tenths < 0 ? -tenths : tenths) % 10);
	put_bar(buffer, part, total);
	while (buffer->len && buffer->at[buffer->len - 1] == ' ')
		buffer->len--;
	buffer_char(buffer, '\n');
}

static void put_sum(struct buffer *buffer, const char *title, int64_t bytes, const char *remark)
{
	size_t start = buffer->len;

	buffer_text(buffer, title);
	buffer_fill(buffer, ' ', buffer->len - start < TITLE_COLUMNS ? TITLE_COLUMNS - (buffer->len - start) : 1);
	buffer_i64(buffer, bytes / 1024, 12);
	buffer_format(buffer, " kB  %s\n", remark);
}

static void put_text(struct buffer *buffer, const struct ledger *ledger, const struct machine *machine)
{
	struct ledger_claim claims[LEDGER_CLAIMS];
	int64_t available;

	for (size_t i = 0; i < ledger->count; i++)
		put_part(buffer, &ledger->parts[i], ledger->total_bytes);
	put_sum(buffer, "= MemTotal", ledger->total_bytes, "(/ can be given back)");
	if (machine_number(machine, MACHINE_mem_available_bytes, &available))
		put_sum(buffer, "  really left (MemAvailable)", available, "without swapping");
	buffer_text(buffer, "\n\"used\", as others count it:\n");
	size_t count = ledger_claims(machine, claims);
	for (size_t i = 0; i < count; i++) {
		buffer_text(buffer, "  ");
		put_sum(buffer, claims[i].tool, claims[i].bytes, claims[i].formula);
	}
	const struct ledger_part *rest = &ledger->parts[ledger->count - 1];
	buffer_format(buffer, "\n%s: %s\n", rest->title, rest->meaning);
}

static void put_json(struct buffer *buffer, const struct ledger *ledger, const struct snapshot *snapshot)
{
	struct ledger_claim claims[LEDGER_CLAIMS];

	data_begin(buffer, "ledger", snapshot);
	buffer_format(buffer, "\"total_bytes\":%lld,\"parts\":[", (long long)ledger->total_bytes);
	for (size_t i = 0; i < ledger->count; i++) {
		const struct ledger_part *part = &ledger->parts[i];
		buffer_format(buffer, "%s{\"name\":\"%s\",\"bytes\":%lld,\"reclaimable\":%s,\"meaning\":", i ? "," : "",
		              part->name, (long long)part->bytes, part->reclaimable ? "true" : "false");
		data_json_text(buffer, span_of(part->meaning));
		buffer_char(buffer, '}');
	}
	buffer_text(buffer, "],\"used_elsewhere\":[");
	size_t count = ledger_claims(&snapshot->machine, claims);
	for (size_t i = 0; i < count; i++)
		buffer_format(buffer, "%s{\"tool\":\"%s\",\"formula\":\"%s\",\"bytes\":%lld}", i ? "," : "",
		              claims[i].tool, claims[i].formula, (long long)claims[i].bytes);
	buffer_text(buffer, "]");
	data_end(buffer);
}

static int show(const struct tool *tool, const struct place *place, bool json)
{
	struct request request = { 0 };
	struct buffer buffer = { 0 };
	struct source *source;
	struct snapshot now;
	struct ledger ledger;

	for (size_t i = 0; i < ledger_field_count; i++)
		request_machine(&request, ledger_fields[i]);
	int r = place_open(place, false, &source);
	if (r < 0)
		return complain(tool, STATUS_NOT_POSSIBLE, "cannot look at %s: %s", place->root ? place->root : "/proc",
		                strerror(-r));
	r = source_take(source, &request, &now);
	source_free(source);
	if (r < 0)
		return complain(tool, STATUS_NOT_POSSIBLE, "cannot read the machine: %s", strerror(-r));
	r = ledger_make(&now.machine, &ledger);
	if (r == 0 && json)
		put_json(&buffer, &ledger, &now);
	else if (r == 0)
		put_text(&buffer, &ledger, &now.machine);
	say(tool, &buffer);
	buffer_done(&buffer);
	snapshot_done(&now);
	return r == 0 ? STATUS_OK : complain(tool, STATUS_NOT_POSSIBLE, "meminfo has no MemTotal and MemFree");
}

static int run(const struct tool *tool, int argc, char **argv)
{
	struct options options;
	struct place place = { 0 };
	bool json = false;
	int status = -1;

	options_init(&options, tool, argc, argv);
	for (int id; status < 0 && (id = options_next(&options)) != OPTIONS_END;) {
		if (id == OPTION_JSON)
			json = true;
		else if (id == OPTION_ROOT)
			place.root = options.argument;
		else
			status = usage(tool, id == OPTION_HELP ? STATUS_OK : STATUS_USAGE);
	}
	options_done(&options);
	return status >= 0 ? status : show(tool, &place, json);
}

TOOL(ledger, {
		     .name = "ledger",
		     .summary = "where all of the RAM went, adding up to the last page",
		     .usage = "[options]",
		     .options = option_rows,
		     .option_count = sizeof option_rows / sizeof *option_rows,
		     .run = run,
	     });
