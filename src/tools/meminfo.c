/* vires meminfo: /proc/meminfo made readable. */
#include "fields/machine.h"
#include "model/derive.h"
#include "tools/explain.h"
#include "tools/heading.h"
#include "tools/look.h"

static const struct option_row option_rows[] = {
	{ 'h', "help", ALONE, NULL, "this text", OPTION_HELP },
	OPTIONS_DATA,
	{ 0, "root", TAKES, "DIR", "look at the captured /proc and /sys below DIR", OPTION_ROOT },
};

static const char notes[] =
	"Shows every value of /proc/meminfo with its unit and one sentence of what it is. The kernel writes "
	"kB and means KiB. The values of a group do not add up to anything: many pages are counted in several"
	" lines. *vires ledger* shows where all of the memory went, with parts that do.";

#define M(name) MACHINE_##name

static const struct explain_group groups[] = {
	EXPLAIN_GROUP("RAM", M(mem_total_bytes), M(mem_free_bytes), M(mem_available_bytes), M(unaccepted_bytes),
	              M(balloon_bytes), M(hardware_corrupted_bytes)),
	EXPLAIN_GROUP("Page cache: files kept in RAM", M(buffers_bytes), M(cached_bytes), M(mapped_bytes),
	              M(shmem_bytes), M(dirty_bytes), M(writeback_bytes), M(nfs_unstable_bytes), M(writeback_tmp_bytes),
	              M(file_huge_bytes), M(file_pmd_bytes), M(shmem_huge_bytes), M(shmem_pmd_bytes)),
	EXPLAIN_GROUP("Memory of programs", M(anon_pages_bytes), M(anon_huge_bytes), M(mlocked_bytes),
	              M(unevictable_bytes)),
	EXPLAIN_GROUP("Lists of reclaim: what is taken first", M(active_bytes), M(inactive_bytes), M(active_anon_bytes),
	              M(inactive_anon_bytes), M(active_file_bytes), M(inactive_file_bytes)),
	EXPLAIN_GROUP("Swap", M(swap_total_bytes), M(swap_free_bytes), M(swap_cached_bytes), M(zswap_bytes),
	              M(zswapped_bytes)),
	EXPLAIN_GROUP("The kernel itself", M(kreclaimable_bytes), M(slab_bytes), M(slab_reclaimable_bytes),
	              M(slab_unreclaimable_bytes), M(kernel_stack_bytes), M(page_tables_bytes),
	              M(sec_page_tables_bytes), M(percpu_bytes), M(vmalloc_used_bytes), M(vmalloc_total_bytes),
	              M(vmalloc_chunk_bytes), M(bounce_bytes), M(cma_total_bytes), M(cma_free_bytes)),
	EXPLAIN_GROUP("Promises", M(commit_limit_bytes), M(committed_bytes)),
	EXPLAIN_GROUP("Huge pages set aside", M(hugetlb_pages), M(hugetlb_free_pages), M(hugetlb_reserved_pages),
	              M(hugetlb_surplus_pages), M(hugetlb_page_bytes), M(hugetlb_bytes)),
	EXPLAIN_GROUP("How the kernel maps RAM", M(direct_map_4k_bytes), M(direct_map_2m_bytes),
	              M(direct_map_1g_bytes)),
	EXPLAIN_GROUP("32-bit kernels", M(low_total_bytes), M(low_free_bytes), M(high_total_bytes), M(high_free_bytes)),
};

enum { GROUPS = sizeof groups / sizeof *groups };

static struct order_value value_of(const struct machine *machine, unsigned id)
{
	struct order_value value = { .is = ABSENT };

	if (record_number(&machine_fields[id], machine, &value.number))
		value.is = NUMBER;
	return value;
}

static void put(const struct look *look, enum data_format format, const struct explain *explain, struct buffer *out)
{
	struct buffer start = { 0 };

	switch (format) {
	case DATA_JSON:
		data_begin(out, "meminfo", &look->now);
		buffer_text(out, "\"values\":");
		explain_put_json(out, explain);
		data_end(out);
		break;
	case DATA_CSV:
		data_csv_begin(&start, &look->now);
		explain_csv_header(out, "");
		explain_put_csv(out, explain, buffer_span(&start));
		break;
	default:
		explain_put_text(out, explain, screen_columns());
	}
	buffer_done(&start);
}

static int show(const struct tool *tool, const struct shared *shared)
{
	struct explain explain = { 0 };
	struct request request = { 0 };
	struct buffer out = { 0 };
	struct look look;

	for (size_t g = 0; g < GROUPS; g++)
		for (size_t i = 0; i < groups[g].count; i++)
			request_machine(&request, groups[g].ids[i]);
	int status = look_take(tool, STATUS_NOT_POSSIBLE, &shared->place, &request, &look);
	if (status == GO_ON) {
		for (size_t g = 0; g < GROUPS; g++) {
			for (size_t i = 0; i < groups[g].count; i++) {
				const struct field *field = &machine_fields[groups[g].ids[i]];
				explain_add(&explain, groups[g].title, field->key, field,
				            value_of(&look.now.machine, field->id));
			}
		}
		put(&look, shared->data, &explain, &out);
		say(tool, &out);
		status = machine_has(&look.now.machine, mem_total_bytes) ?
		                 STATUS_OK :
		                 complain(tool, STATUS_NOT_POSSIBLE, "/proc/meminfo cannot be read");
	}
	explain_done(&explain);
	buffer_done(&out);
	look_done(&look);
	return status;
}

static int run(const struct tool *tool, int argc, char **argv)
{
	struct shared shared = { 0 };

	int status = shared_options(tool, STATUS_USAGE, argc, argv, &shared);
	if (status == GO_ON && optind < argc)
		status = usage(tool, STATUS_USAGE);
	return status == GO_ON ? show(tool, &shared) : status;
}

TOOL(meminfo, {
		      .name = "meminfo",
		      .summary = "/proc/meminfo made readable: every value with its unit and meaning",
		      .usage = "[options]",
		      TOOL_OPTIONS(option_rows),
		      .notes = notes,
		      .run = run,
	      });
