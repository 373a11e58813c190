/* vires pmap for programs: each process with its mappings, JSON or CSV. */
#include "render/text.h"
#include "tools/pmap.h"

/* What the format reads, and what every mapping has. */
static size_t ids_of(const struct pmap *pmap, uint8_t ids[MAPPING_FIELDS])
{
	size_t count = 0;

	for (unsigned id = 0; id < MAPPING_FIELDS; id++)
		if (mapping_fields[id].from == FROM_MAPS || field_set_has(&pmap->wanted, id))
			ids[count++] = (uint8_t)id;
	return count;
}

struct rows {
	uint8_t ids[MAPPING_FIELDS];
	size_t count;
	bool begun;
};

void pmap_data_begin(struct pmap *pmap, const struct view *view)
{
	struct rows rows;

	if (pmap->shared.data == DATA_JSON) {
		data_begin(&pmap->out, "pmap", view->now);
		buffer_text(&pmap->out, "\"processes\":[");
		return;
	}
	rows.count = ids_of(pmap, rows.ids);
	buffer_text(&pmap->out, "schema,wall_ns,monotonic_ns,boot_id,source,pid,comm");
	for (size_t i = 0; i < rows.count; i++)
		buffer_format(&pmap->out, ",%s", mapping_fields[rows.ids[i]].name);
	buffer_char(&pmap->out, '\n');
}

void pmap_data_end(struct pmap *pmap)
{
	if (pmap->shared.data != DATA_JSON)
		return;
	buffer_text(&pmap->out, "],");
	data_end(&pmap->out);
}

static int put_json(void *context, const struct mapping *mapping)
{
	const struct pmap_process *process = context;
	struct rows *rows = process->table;

	if (!pmap_in_range(process->pmap, mapping))
		return 0;
	buffer_text(&process->pmap->out, rows->begun ? ",\n" : "\"mappings\":[\n");
	rows->begun = true;
	data_record(&process->pmap->out, &mapping_table, mapping, rows->ids, rows->count);
	pmap_flush(process->pmap);
	return 0;
}

static int put_csv(void *context, const struct mapping *mapping)
{
	const struct pmap_process *process = context;
	struct buffer *out = &process->pmap->out;
	struct rows *rows = process->table;
	struct span comm = { 0 };

	if (!pmap_in_range(process->pmap, mapping))
		return 0;
	view_text(process->view, process->row, TASK_comm, &comm);
	data_csv_begin(out, process->view->now);
	buffer_format(out, ",%lld,", (long long)process->pid);
	data_csv_text(out, comm);
	data_csv_record(out, &mapping_table, mapping, rows->ids, rows->count);
	buffer_char(out, '\n');
	rows->begun = true;
	pmap_flush(process->pmap);
	return 0;
}

static void begin_json(const struct pmap_process *process)
{
	struct buffer *out = &process->pmap->out, line = { 0 };
	struct span text = { 0 };

	buffer_format(out, "%s{\"pid\":%lld,\"comm\":", process->pmap->shown++ ? ",\n" : "", (long long)process->pid);
	view_text(process->view, process->row, TASK_comm, &text);
	data_json_text(out, text);
	text = (struct span){ 0 };
	view_text(process->view, process->row, TASK_cmdline, &text);
	text_arguments(&line, text);
	buffer_text(out, ",\"cmdline\":");
	data_json_text(out, buffer_span(&line));
	buffer_char(out, ',');
	buffer_done(&line);
}

int pmap_data(struct pmap_process *process)
{
	struct pmap *pmap = process->pmap;
	struct rows rows = { 0 };
	bool json = pmap->shared.data == DATA_JSON;

	rows.count = ids_of(pmap, rows.ids);
	process->table = &rows;
	if (json)
		begin_json(process);
	int r = source_mappings(process->source, process->pid, &pmap->wanted, json ? put_json : put_csv, process);
	if (json)
		buffer_text(&pmap->out, rows.begun ? "\n]}" : r < 0 ? "\"mappings\":null}" : "\"mappings\":[]}");
	return pmap_end(process, r, rows.begun);
}
