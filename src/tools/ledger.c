/* vires ledger: where all of MemTotal went, adding up, and what other tools would call "used". */
#include "analysis/ledger.h"
#include "model/derive.h"
#include "render/data.h"
#include "render/number.h"
#include "tools/options.h"
#include "tools/samples.h"

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

static int put(struct samples *samples, struct buffer *buffer, const struct view *view)
{
	struct ledger ledger;

	if (ledger_make(&view->now->machine, &ledger) < 0)
		return complain(samples->tool, STATUS_NOT_POSSIBLE, "meminfo has no MemTotal and MemFree");
	if (samples->shared.data == DATA_JSON)
		put_json(buffer, &ledger, view->now);
	else
		put_text(buffer, &ledger, &view->now->machine);
	return GO_ON;
}

static int run(const struct tool *tool, int argc, char **argv)
{
	struct samples samples = { .tool = tool, .put = put, .repeat = { .count = 1 } };

	int status = shared_options(tool, STATUS_USAGE, argc, argv, &samples.shared);
	if (status == GO_ON && optind < argc)
		status = usage(tool, STATUS_USAGE);
	if (status != GO_ON)
		return status;
	for (size_t i = 0; i < ledger_field_count; i++)
		request_machine(&samples.request, ledger_fields[i]);
	return samples_run(&samples);
}

TOOL(ledger, {
		     .name = "ledger",
		     .summary = "where all of the RAM went, adding up to the last page",
		     .usage = "[options]",
		     TOOL_OPTIONS(option_rows),
		     .run = run,
	     });
