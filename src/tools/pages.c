/* vires pages PID [ADDRESS]: which pages of a process are where, and how an address is looked up. */
#include "tools/pages.h"

#include <errno.h>
#include <unistd.h>

#include "tools/words.h"

static const struct option_row option_rows[] = {
	{ 'h', "help", ALONE, NULL, "this text", OPTION_HELP },
	{ 0, "json", ALONE, NULL, "JSON for programs", OPTION_JSON },
};

static const char notes[] =
	"Without an address: each mapping with a strip of its pages, from left to right, and how much of it is what. "
	"With an address (hexadecimal): the walk that the processor makes for it, index by index, what is found at "
	"the end, and a grid of all pages of its mapping.\n\n"
	"*.* absent: never touched, or given back. *0* the one page of zeroes, which costs nothing. *#* its own. *s* "
	"anonymous and shared with others (after a fork). *f* of a file or of shared memory. *w* swapped out. *H* "
	"part of a huge page. Where a sign stands for many pages it shows what most of those are that are there.\n\n"
	"From /proc/PID/pagemap: the owner and CAP_SYS_PTRACE may see it. The numbers of frames need CAP_SYS_ADMIN, "
	"their flags root. Before Linux 6.7 the page of zeroes looks like a file's, and huge pages like small "
	"ones.\n\n"
	"The cost of the tables: *now* is what the kernel has made (VmPTE). *full* is what the tree would be with "
	"every page of every mapping there; *two levels* and *flat* are the textbook's other shapes for the same 48 "
	"bits. A machine with five levels has one table more, at the root.";

/* Puts pages of one kind into the cells and the sums. */
static int add_run(void *context, uint64_t start, uint64_t end, enum page_kind kind)
{
	struct page_map *map = context;

	map->bytes[kind] += (int64_t)(end - start);
	for (uint64_t at = start; at < end;) {
		size_t cell = (size_t)((at - map->start) / map->bytes_each);
		uint64_t cell_end = map->start + (cell + 1) * map->bytes_each;
		int64_t here = (int64_t)((cell_end < end ? cell_end : end) - at);
		if (here > map->cell_bytes[cell]) {
			map->cells[cell] = (uint8_t)kind;
			map->cell_bytes[cell] = here;
		}
		at += (uint64_t)here;
	}
	return 0;
}

static void map_begin(struct page_map *map, const struct mapping *mapping, size_t cells_most, uint64_t page_bytes)
{
	*map = (struct page_map){ .start = (uint64_t)mapping->start, .end = (uint64_t)mapping->end };
	uint64_t pages = (map->end - map->start) / page_bytes;
	uint64_t pages_each = (pages + cells_most - 1) / cells_most;

	map->bytes_each = (pages_each ? pages_each : 1) * page_bytes;
	map->cell_count = (size_t)((map->end - map->start + map->bytes_each - 1) / map->bytes_each);
}

static int take(struct mappings *mappings, enum space_class class, const struct mapping *mapping)
{
	struct pages *pages = (struct pages *)mappings;
	uint64_t start = (uint64_t)mapping->start, end = (uint64_t)mapping->end;

	(void)class;
	if (mapping->start < 0) /* [vsyscall] lies in the kernel's half */
		return 0;
	table_cost_add(&pages->cost, start, end);
	bool holds = pages->has_address && pages->address >= start && pages->address < end;
	if (pages->has_address && !holds)
		return 0;
	map_begin(&pages->map, mapping, holds ? GRID_COLUMNS * GRID_ROWS : STRIP_CELLS, pages->page_bytes);
	int r = pages_walk(mappings->pid, start, end, add_run, &pages->map);
	if (r < 0 && r != -ERANGE) {
		pages->unread = true;
		pages->error = r;
	}
	int64_t there = 0;
	for (unsigned kind = PAGE_ABSENT + 1; kind < PAGE_KINDS; kind++)
		there += pages->map.bytes[kind];
	pages->map.bytes[PAGE_ABSENT] = (int64_t)(end - start) - there;
	for (unsigned kind = 0; kind < PAGE_KINDS; kind++)
		pages->total[kind] += pages->map.bytes[kind];
	pages->found |= holds;
	if (holds)
		pages_put_address(pages, mapping);
	else
		pages_put_mapping(pages, mapping);
	return 0;
}

/* PID [ADDRESS] */
static int read_words(struct pages *pages, int argc, char **argv)
{
	struct mappings *mappings = &pages->mappings;
	int status = shared_options(mappings->tool, STATUS_USAGE, argc, argv, &mappings->shared);

	if (status != GO_ON)
		return status;
	if (argc - optind != 1 && argc - optind != 2)
		return usage(mappings->tool, STATUS_USAGE);
	status = word_pid_wanted(mappings->tool, argv[optind], &mappings->pid);
	if (status != GO_ON || argc - optind == 1)
		return status;
	struct span rest = span_of(argv[optind + 1]);
	int64_t address;
	if (span_starts(rest, SPAN("0x")) || span_starts(rest, SPAN("0X")))
		rest = span_skip(rest, 2);
	if (!span_hex(&rest, &address) || rest.len || address < 0)
		return complain(mappings->tool, STATUS_USAGE, "'%s' is no address", argv[optind + 1]);
	pages->has_address = true;
	pages->address = (uint64_t)address;
	return GO_ON;
}

static int finish(struct pages *pages)
{
	struct mappings *mappings = &pages->mappings;

	if (pages->has_address && !pages->found)
		pages_put_nowhere(pages);
	pages_put_total(pages);
	say(mappings->tool, &mappings->out);
	if (!pages->unread)
		return STATUS_OK;
	if (pages->error == -EACCES || pages->error == -EPERM)
		return complain(mappings->tool, STATUS_NOT_PERMITTED,
		                "the pages of %lld may not be seen: its owner and CAP_SYS_PTRACE may",
		                (long long)mappings->pid);
	return complain(mappings->tool, STATUS_FOUND, "%lld: %s", (long long)mappings->pid, strerror(-pages->error));
}

static int run(const struct tool *tool, int argc, char **argv)
{
	static const unsigned fields[] = { MAPPING_start, MAPPING_end,   MAPPING_perms,
		                           MAPPING_name,  MAPPING_inode, MAPPING_size_bytes };
	struct pages pages = { .mappings = { .tool = tool, .visit = take, .begin = pages_put_head } };

	int status = read_words(&pages, argc, argv);
	if (status != GO_ON)
		return status;
	pages.page_bytes = (uint64_t)sysconf(_SC_PAGESIZE);
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		field_set_add(&pages.mappings.wanted, fields[i]);
	field_set_add(&pages.mappings.details, TASK_page_table_bytes);
	status = mappings_show(&pages.mappings);
	if (status == GO_ON)
		status = finish(&pages);
	mappings_done(&pages.mappings);
	return status;
}

TOOL(pages, {
		    .name = "pages",
		    .summary = "which pages of a process are where; the page-table walk of an address",
		    .usage = "[options] PID [ADDRESS]",
		    TOOL_OPTIONS(option_rows),
		    .notes = notes,
		    .run = run,
	    });
