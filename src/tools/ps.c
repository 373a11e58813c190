/* vires ps: processes as a list, as Debian's ps prints them. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "render/text.h"
#include "tools/crash.h"
#include "tools/ps_cells.h"

/* For the man page and completion alone: ps has a grammar of its own, see ps_grammar.c. */
static const struct option_row option_rows[] = {
#define OPTION(section, shown, letter, name, value, argument, help) { letter, name, value, argument, help, 0 },
#define ALSO(letter, name, value, argument, help)                   { letter, name, value, argument, help, 0 },
#define BSD(...)
#include "tools/ps_help.def"
#undef OPTION
#undef ALSO
#undef BSD
};

static const char notes[] =
	"Prints what ps of procps-ng 4.0.2 (Debian 12) prints, byte for byte, and reads the same two grammars: "
	"letters with a dash, and letters without one (*ps aux*); a line that cannot be the first is read again as the "
	"second. *ps L* lists the columns for *-o* and *--sort*; besides them every field of *vires fields* is a "
	"column by its own name, in its own unit (*-o* _pid,anon_bytes_).\n\n"
	"It differs where the old one says less: *-o* _environ_ shows the environment and *-o* _cpu_ the CPU; columns "
	"of later releases (docker, fds, htprv, htshr, pcap, pcaps) are there; text may stand between AIX codes (*-o* "
	"_'%p/%x'_); a forest may be sorted by keys and loses nobody; every key that *--sort* takes is sorted by. "
	"Files that no column needs are not opened. Sizes that the kernel does not say are 0, as ever; *--json* says "
	"null. Below *--root* there is no terminal of one's own: without a selection all processes are shown.\n\n"
	"Exit status: 0 something was shown, 1 nothing was, or the call was wrong.";

static int wrong_call(const char *error)
{
	struct buffer text = { 0 };

	buffer_text(&text, "error: ");
	text_put(&text, span_of(error), SIZE_MAX);
	buffer_char(&text, '\n');
	ps_help(&text, NULL);
	fputs(buffer_cstr(&text), stderr);
	buffer_done(&text);
	return 1;
}

static void list_columns(struct buffer *buffer)
{
	for (size_t i = 0; i < ps_column_count; i++)
		if (ps_columns[i].cell != ps_cell_nothing)
			buffer_format(buffer, "%-12.12s %-8.8s\n", ps_columns[i].name, ps_columns[i].header);
}

/* What ps takes from its surroundings. */
static void put_info(const struct ps_request *request)
{
	const struct ps_personality *p = &request->personality;
	const struct {
		const char *name, *format;
	} formats[] = {
		{ "BSD j", p->bsd_j },      { "BSD l", p->bsd_l },    { "BSD s", p->bsd_s },
		{ "BSD u", p->bsd_u },      { "BSD v", p->bsd_v },    { "SysV -f", p->unix_f },
		{ "SysV -fl", p->unix_fl }, { "SysV -j", p->unix_j }, { "SysV -l", p->unix_l },
	};

	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
		fprintf(stderr, "%-8s %s\n", formats[i].name, formats[i].format ? formats[i].format : "(none)");
	fprintf(stderr,
	        "\nvires version %s\n\nscreen_cols=%zu screen_rows=%zu\npersonality=\"%s\"\nEUID=%u page_size=%d\n",
	        VIRES_VERSION, request->columns, request->rows, p->name, (unsigned)geteuid(), getpagesize());
}

/* Whose row it is, and the fields behind the columns, each once. */
static size_t fields_shown(const struct ps_request *request, uint8_t ids[TASK_FIELDS])
{
	struct field_set seen = { 0 };
	size_t count = 0;

	ids[count++] = TASK_pid;
	field_set_add(&seen, TASK_pid);
	for (size_t i = 0; i < request->shown_count; i++) {
		const struct ps_column *column = &request->shown[i].column;
		for (size_t k = 0; k < column->read_count; k++) {
			if (field_set_has(&seen, column->reads[k]))
				continue;
			field_set_add(&seen, column->reads[k]);
			ids[count++] = column->reads[k];
		}
	}
	return count;
}

static int put_data(const struct tool *tool, const struct ps_request *request, const struct view *view,
                    const struct ps_lines_shown *lines)
{
	uint8_t ids[TASK_FIELDS];
	size_t id_count = fields_shown(request, ids);
	struct buffer out = { 0 };
	uint32_t *rows = reallocarray(NULL, lines->count + 1, sizeof *rows);

	if (!rows)
		return -ENOMEM;
	for (size_t i = 0; i < lines->count; i++)
		rows[i] = lines->lines[i].row;
	if (request->data == DATA_CSV) {
		data_csv_header(&out, &task_table, ids, id_count);
		data_csv_tasks(&out, view, rows, lines->count, ids, id_count);
	} else {
		data_begin(&out, "ps", view->now);
		data_tasks(&out, "processes", view, rows, lines->count, ids, id_count);
		data_end(&out);
	}
	free(rows);
	say(tool, &out);
	buffer_done(&out);
	return lines->count ? 0 : 1;
}

static int show(const struct tool *tool, const struct ps_request *request, const struct snapshot *snapshot)
{
	struct ps_lines_shown lines = { 0 };
	struct view view = { 0 };

	int r = view_init(&view, snapshot, NULL, NULL);
	if (r == 0)
		r = ps_order_rows(request, &view, &lines);
	if (r == 0)
		r = request->data == DATA_NONE ? ps_output(tool, request, &view, &lines) :
		                                 put_data(tool, request, &view, &lines);
	ps_lines_done(&lines);
	view_done(&view);
	return r;
}

/* Whether any process is listed: at least we are, where /proc is what it should be. */
static bool anybody_there(struct source *source, const struct ps_request *request)
{
	const struct request everybody = { .tasks = true };
	struct snapshot snapshot;

	if (request->place.root || source_take(source, &everybody, &snapshot) < 0)
		return true;
	bool anybody = snapshot.count > 0;
	snapshot_done(&snapshot);
	return anybody;
}

static int no_proc(void)
{
	enum { AS_EVER = 47 };

	fputs("Error, do this: mount -t proc proc /proc\n", stderr);
	return AS_EVER;
}

static int take_and_show(const struct tool *tool, const struct ps_request *request)
{
	struct ps_selection selection;
	struct source *source;
	struct snapshot snapshot;
	struct request wanted;

	int r = place_open(&request->place, false, &source);
	if (r < 0)
		return place_complain(tool, 1, &request->place, r);
	r = ps_selection_make(&selection, request, &wanted);
	if (r == 0)
		r = source_take(source, &wanted, &snapshot);
	if (r == 0) {
		r = snapshot.count || anybody_there(source, request) ? show(tool, request, &snapshot) : no_proc();
		snapshot_done(&snapshot);
	}
	ps_selection_done(&selection);
	source_free(source);
	return r < 0 ? complain(tool, 1, "cannot list processes: %s", strerror(-r)) : r;
}

static int obey(const struct tool *tool, const struct ps_request *request)
{
	struct buffer text = { 0 };

	switch (request->task) {
	case PS_VERSION:
		return version(tool);
	case PS_INFO:
		put_info(request);
		return 0;
	case PS_HELP:
		ps_help(&text, request->help_about);
		break;
	case PS_LIST_COLUMNS:
		list_columns(&text);
		break;
	case PS_SHOW:
		if (!request->conflict)
			return take_and_show(tool, request);
		fprintf(stderr, "%s\n", request->conflict);
		return 1;
	}
	say(tool, &text);
	buffer_done(&text);
	return 0;
}

static int run(const struct tool *tool, int argc, char **argv)
{
	struct ps_request request;
	char error_text[80];

	crash_report(tool);
	setenv("TZ", ":/etc/localtime", 0); /* glibc then looks at it once */
	const char *error = ps_options_parse(&request, argc, argv, error_text);
	int status = error ? wrong_call(error) : obey(tool, &request);
	ps_request_done(&request);
	return status;
}

TOOL(ps, {
		 .name = "ps",
		 .summary = "processes as a list",
		 .usage = "[options]",
		 TOOL_OPTIONS(option_rows),
		 .notes = notes,
		 .run = run,
	 });
