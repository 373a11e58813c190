/* The lines of the vires screen about memory: payment, promise, swap. */
#include "analysis/ledger.h"
#include "render/number.h"
#include "render/stack.h"
#include "render/text.h"
#include "tools/screen_lines.h"

struct legend {
	const char *words[3]; /* the longer, the more room there is */
	enum memory_part part;
	int64_t bytes;
};

enum { PROGRAMS, SHARED, KERNEL, HUGE_POOL, GIVABLE, UNUSED, OTHER, LEGENDS };

static int64_t *legend_of(struct legend legends[LEGENDS], const struct ledger_part *part)
{
	static const struct {
		const char *name;
		int legend;
	} places[] = {
		{ "anonymous", PROGRAMS }, { "shared_memory", SHARED }, { "hugetlb", HUGE_POOL },
		{ "free", UNUSED },        { "unaccounted", OTHER },
	};

	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		if (!strcmp(part->name, places[i].name))
			return &legends[places[i].legend].bytes;
	return &legends[part->reclaimable ? GIVABLE : KERNEL].bytes;
}

static void put_ram_bar(struct buffer *buffer, const struct view *view, const struct ledger *ledger,
                        const struct stack_part *parts, size_t width)
{
	struct fitted line = { .width = width }, right = { .width = width };
	int64_t left;

	screen_label(&line, "RAM");
	screen_bytes(&line, " ", ledger->total_bytes, "  ");
	fitted_part(&line);
	if (view_machine(view, MACHINE_mem_available_bytes, &left)) {
		screen_bytes(&right, "  really left ", left, "");
		buffer_format(&right.part, " (%.0f%%)", 100.0 * (double)left / (double)ledger->total_bytes);
	}
	fitted_part(&right);
	if (line.used + right.used + 10 > width) {
		buffer_clear(&right.text);
		right.used = 0;
	}
	stack_put(&line.part, width > line.used + right.used ? width - line.used - right.used : 0, ledger->total_bytes,
	          parts, LEGENDS);
	fitted_part(&line);
	buffer_add(&line.part, buffer_span(&right.text));
	screen_line_end(&line, buffer);
	buffer_done(&right.text);
	buffer_done(&right.part);
}

static size_t put_legend(struct buffer *buffer, const struct legend *legends, const struct stack_part *parts, int size,
                         size_t width)
{
	struct fitted line = { .width = width };
	size_t needed = 0;

	for (int i = 0; i < LEGENDS; i++) {
		if (legends[i].bytes == 0)
			continue;
		mark(&line.part, parts[i].mark);
		buffer_text(&line.part, parts[i].glyph);
		mark(&line.part, MARK_PLAIN);
		buffer_format(&line.part, " %s ", legends[i].words[size]);
		number_size(&line.part, legends[i].bytes);
		buffer_text(&line.part, size == 2 ? "  " : " ");
		needed += marked_width(buffer_span(&line.part));
		fitted_part(&line);
	}
	screen_line_end(&line, buffer);
	return needed;
}

void screen_ram_put(struct buffer *buffer, const struct screen_call *call, const struct view *view, size_t width)
{
	struct legend legends[LEGENDS] = {
		[PROGRAMS] = { { "prog", "programs", "programs" }, PART_ANON, 0 },
		[SHARED] = { { "shm", "shared", "shared memory" }, PART_SHMEM, 0 },
		[KERNEL] = { { "kernel", "kernel", "kernel" }, PART_KERNEL, 0 },
		[HUGE_POOL] = { { "huge", "huge pool", "huge page pool" }, PART_KERNEL, 0 },
		[GIVABLE] = { { "givable", "givable", "can be given back" }, PART_CACHE, 0 },
		[UNUSED] = { { "free", "free", "free" }, PART_FREE, 0 },
		[OTHER] = { { "other", "other", "unaccounted" }, PART_UNKNOWN, 0 },
	};
	struct stack_part parts[LEGENDS];
	struct buffer words = { 0 };
	struct ledger ledger;

	if (ledger_make(&view->now->machine, &ledger) < 0)
		return;
	for (size_t i = 0; i < ledger.count; i++)
		*legend_of(legends, &ledger.parts[i]) += ledger.parts[i].bytes;
	for (int i = 0; i < LEGENDS; i++)
		parts[i] = stack_memory(legends[i].part, legends[i].bytes, call->settings.unicode);
	put_ram_bar(buffer, view, &ledger, parts, width);
	for (int size = 2; size >= 0; size--) {
		buffer_clear(&words);
		if (put_legend(&words, legends, parts, size, width) <= width)
			break;
	}
	buffer_add(buffer, buffer_span(&words));
	buffer_done(&words);
}

void screen_promise_put(struct buffer *buffer, const struct view *view, size_t width)
{
	static const char *const modes[][2] = { { "heuristic", ": refuses only the absurd" },
		                                { "always", ": grants everything" },
		                                { "never", ": refuses beyond the limit" } };
	struct fitted line = { .width = width };
	int64_t charge, limit, mode;

	if (!view_machine(view, MACHINE_committed_bytes, &charge))
		return;
	screen_label(&line, "COMMIT");
	screen_bytes(&line, " ", charge, "");
	if (view_machine(view, MACHINE_commit_limit_bytes, &limit) && limit > 0) {
		screen_bytes(&line, " of ", limit, "");
		buffer_format(&line.part, " (%.0f%%)", 100.0 * (double)charge / (double)limit);
	}
	buffer_text(&line.part, " promised");
	fitted_part(&line);
	if (view_machine(view, MACHINE_overcommit_mode, &mode) && mode >= 0 && mode < 3) {
		buffer_format(&line.part, "; mode %lld, %s", (long long)mode, modes[mode][0]);
		fitted_part(&line);
		buffer_text(&line.part, modes[mode][1]);
	}
	screen_line_end(&line, buffer);
}

/* "/dev/zram0" -> "zram0" */
static struct span device_name(struct span path)
{
	ptrdiff_t slash = span_last(path, '/');

	return slash < 0 ? path : span_skip(path, (size_t)slash + 1);
}

/* Each area by itself: what is compressed in RAM is no disk. */
static void put_area(struct fitted *line, const struct swap *area)
{
	buffer_text(&line->part, "  ");
	text_put(&line->part, device_name(area->name), 24);
	screen_bytes(line, " ", area->used_bytes, "");
	screen_bytes(line, "/", area->size_bytes, "");
	if (swap_has(area, stored_bytes) && swap_has(area, stored_ram_bytes) && area->stored_ram_bytes > 0) {
		screen_bytes(line, " in ", area->stored_ram_bytes, " of RAM");
		buffer_format(&line->part, " (%.1fx)", (double)area->stored_bytes / (double)area->stored_ram_bytes);
	}
	fitted_part(line);
}

void screen_swap_put(struct buffer *buffer, const struct screen_call *call, const struct view *view,
                     const struct screen_past *past, size_t width)
{
	struct fitted line = { .width = width };
	int64_t total = 0, used = 0, in, out, pool, pages;

	screen_label(&line, "SWAP");
	if (!view_machine(view, MACHINE_swap_total_bytes, &total))
		buffer_text(&line.part, " -");
	else if (total == 0)
		buffer_text(&line.part, " none");
	else if (view_machine(view, MACHINE_swap_used_bytes, &used)) {
		screen_bytes(&line, " ", used, "");
		screen_bytes(&line, " of ", total, "");
	}
	fitted_part(&line);
	for (size_t i = 0; i < view->now->swap_count; i++)
		put_area(&line, &view->now->swaps[i]);
	if (view_machine(view, MACHINE_zswap_bytes, &pool) && view_machine(view, MACHINE_zswapped_bytes, &pages) &&
	    pool > 0) {
		screen_bytes(&line, "  zswap ", pages, "");
		screen_bytes(&line, " in ", pool, " of RAM");
		buffer_format(&line.part, " (%.1fx)", (double)pages / (double)pool);
	}
	fitted_part(&line);
	if (total && view_machine(view, MACHINE_swap_in_bytes_per_s, &in) &&
	    view_machine(view, MACHINE_swap_out_bytes_per_s, &out)) {
		screen_bytes(&line, "  in ", in, "/s");
		screen_bytes(&line, " out ", out, "/s");
	}
	fitted_part(&line);
	if (total) {
		buffer_char(&line.part, ' ');
		spark_put(&line.part, past->swap, past->count, 8, call->settings.unicode);
	}
	screen_line_end(&line, buffer);
}
