/* vires free: RAM and swap in total, in the bytes of Debian's free. */
#include <errno.h>

#include "base/clock.h"
#include "model/derive.h"
#include "render/number.h"
#include "tools/options.h"
#include "tools/run.h"
#include "tools/samples.h"
#include "tools/words.h"

/* Ids of the unit options: the base, and which power of it. */
enum { BINARY = 2000, DECIMAL = 2100 };
enum { HUMAN = 2200, SI, LOHI, LINE, TOTAL, COMMITTED, WIDE, SECONDS, COUNT, USED };

static const struct option_row option_rows[] = {
	{ 'b', "bytes", ALONE, NULL, "show output in bytes", BINARY },
	{ 0, "kilo", ALONE, NULL, "show output in kilobytes", DECIMAL + 1 },
	{ 0, "mega", ALONE, NULL, "show output in megabytes", DECIMAL + 2 },
	{ 0, "giga", ALONE, NULL, "show output in gigabytes", DECIMAL + 3 },
	{ 0, "tera", ALONE, NULL, "show output in terabytes", DECIMAL + 4 },
	{ 0, "peta", ALONE, NULL, "show output in petabytes", DECIMAL + 5 },
	{ 'k', "kibi", ALONE, NULL, "show output in kibibytes", BINARY + 1 },
	{ 'm', "mebi", ALONE, NULL, "show output in mebibytes", BINARY + 2 },
	{ 'g', "gibi", ALONE, NULL, "show output in gibibytes", BINARY + 3 },
	{ 0, "tebi", ALONE, NULL, "show output in tebibytes", BINARY + 4 },
	{ 0, "pebi", ALONE, NULL, "show output in pebibytes", BINARY + 5 },
	{ 'h', "human", ALONE, NULL, "show human-readable output", HUMAN },
	{ 0, "si", ALONE, NULL, "use powers of 1000 not 1024", SI },
	{ 'l', "lohi", ALONE, NULL, "show detailed low and high memory statistics", LOHI },
	{ 'L', "line", ALONE, NULL, "show output on a single line", LINE },
	{ 't', "total", ALONE, NULL, "show total for RAM + swap", TOTAL },
	{ 'v', "committed", ALONE, NULL, "show committed memory and commit limit", COMMITTED },
	{ 's', "seconds", TAKES, "N", "repeat printing every N seconds", SECONDS },
	{ 'c', "count", TAKES, "N", "repeat printing N times, then exit", COUNT },
	{ 'w', "wide", ALONE, NULL, "wide output", WIDE },
	{ 0, "used", TAKES, "HOW", "classic: total - free - buffers - cache", USED },
	OPTIONS_DATA,
	OPTIONS_SOURCE,
	{ 0, "help", ALONE, NULL, "display this help and exit", OPTION_HELP },
	{ 'V', "version", ALONE, NULL, "output version information and exit", OPTION_VERSION },
};

static const char notes[] =
	"Prints what free of procps-ng 4.0.2 (Debian 12) prints, byte for byte.\n\n"
	"*total* is RAM that the kernel manages, *free* what nobody uses, *shared* shared memory and tmpfs, "
	"*buff/cache* page cache and kernel objects that can be given back; it contains *shared*, which cannot. "
	"*available* is the kernel's guess of what programs could still get without swapping. *used* is total - "
	"available, so used, free and buff/cache do not add up to total; with *--used*=_classic_ it is total - free - "
	"buffers - cache as before procps-ng 4.0.1, and they do.\n\n"
	"It differs where the number would be wrong: a line that the kernel's meminfo does not have shows as - and not "
	"as 0, and an available of 0 stays 0 on a machine that has nothing left.";

struct look {
	struct samples samples;
	int unit;       /* an id from BINARY or DECIMAL on; 0: none was chosen */
	unsigned flags; /* bits of the ids from HUMAN to WIDE */
	bool classic;
};

static bool has(const struct look *look, int id)
{
	return look->flags >> (id - HUMAN) & 1;
}

static int set_unit(struct look *look, int id)
{
	if (look->unit)
		return complain(look->samples.tool, 1, "Multiple unit options don't make sense.");
	look->unit = id;
	look->flags |= id >= DECIMAL ? 1U << (SI - HUMAN) : 0;
	return GO_ON;
}

static int set_seconds(struct look *look, const char *word)
{
	if (!word_seconds(word, &look->samples.repeat.interval_ns))
		return complain(look->samples.tool, 1, "seconds argument failed: '%s': %s", word, strerror(EINVAL));
	if (look->samples.repeat.interval_ns < NS_PER_S / 1000000)
		return complain(look->samples.tool, 1, "seconds argument `%s' is not positive number", word);
	return GO_ON;
}

static int set_count(struct look *look, const char *word)
{
	if (!word_integer(word, &look->samples.repeat.count))
		return word_complain(look->samples.tool, "failed to parse count argument", word);
	if (look->samples.repeat.count < 1)
		return complain(look->samples.tool, 1, "failed to parse count argument: '%s': %s", word,
		                strerror(ERANGE));
	return GO_ON;
}

static int set_used(struct look *look, const char *word)
{
	look->classic = !strcmp(word, "classic");
	if (!look->classic && strcmp(word, "available"))
		return complain(look->samples.tool, 1, "--used takes available or classic, not '%s'", word);
	return GO_ON;
}

static int set(void *context, int id, const char *argument)
{
	struct look *look = context;

	if (id >= BINARY && id < HUMAN)
		return set_unit(look, id);
	switch (id) {
	case HUMAN ... WIDE:
		look->flags |= 1U << (id - HUMAN);
		return GO_ON;
	case SECONDS:
		return set_seconds(look, argument);
	case COUNT:
		return set_count(look, argument);
	case USED:
		return set_used(look, argument);
	default:
		return shared_option(look->samples.tool, 1, &look->samples.shared, id, argument);
	}
}

/* What the rows are made from, and what programs get. */
static const uint8_t wanted[] = {
	MACHINE_mem_total_bytes,  MACHINE_mem_used_bytes,     MACHINE_mem_used_classic_bytes,
	MACHINE_mem_free_bytes,   MACHINE_shmem_bytes,        MACHINE_buffers_bytes,
	MACHINE_cache_bytes,      MACHINE_buff_cache_bytes,   MACHINE_mem_available_bytes,
	MACHINE_swap_total_bytes, MACHINE_swap_used_bytes,    MACHINE_swap_free_bytes,
	MACHINE_low_total_bytes,  MACHINE_low_free_bytes,     MACHINE_high_total_bytes,
	MACHINE_high_free_bytes,  MACHINE_commit_limit_bytes, MACHINE_committed_bytes,
};

/* What the kernel said, or nothing. */
struct amount {
	bool known;
	int64_t bytes;
};

static struct amount amount(const struct machine *machine, unsigned id)
{
	struct amount amount = { 0 };

	amount.known = machine_number(machine, id, &amount.bytes);
	return amount;
}

static struct amount plus(struct amount a, struct amount b)
{
	return (struct amount){ a.known && b.known, a.bytes + b.bytes };
}

static struct amount minus(struct amount a, struct amount b)
{
	return (struct amount){ a.known && b.known, a.bytes - b.bytes };
}

static void put_amount(struct buffer *buffer, const struct look *look, struct amount amount)
{
	enum { WIDTH = 11 };
	int64_t unit = 1, base = has(look, SI) ? 1000 : 1024;
	int power = look->unit ? look->unit % (DECIMAL - BINARY) : 1;
	size_t start = buffer->len;

	for (int i = 0; i < power; i++)
		unit *= base;
	if (!amount.known)
		buffer_char(buffer, '-');
	else if (has(look, HUMAN))
		number_human(buffer, amount.bytes, has(look, SI));
	else
		buffer_i64(buffer, amount.bytes / unit, 0);
	buffer_right(buffer, start, WIDTH);
}

static void put_row(struct buffer *buffer, const struct look *look, const char *label, const struct amount *amounts,
                    size_t count)
{
	buffer_format(buffer, "%-9s", label);
	for (size_t i = 0; i < count; i++) {
		buffer_text(buffer, i ? " " : "");
		put_amount(buffer, look, amounts[i]);
	}
	buffer_char(buffer, '\n');
}

#define PUT_ROW(label, ...) \
	put_row(buffer, look, label, (const struct amount[]){ __VA_ARGS__ }, \
	        sizeof((const struct amount[]){ __VA_ARGS__ }) / sizeof(struct amount))

static unsigned used_id(const struct look *look)
{
	return look->classic ? MACHINE_mem_used_classic_bytes : MACHINE_mem_used_bytes;
}

/* 64-bit kernels do not tell low memory from high: all of it is low there. */
static void put_low_and_high(struct buffer *buffer, const struct look *look, const struct machine *m)
{
	bool told = machine_has(m, low_total_bytes) && machine_has(m, low_free_bytes);
	struct amount none = { true, 0 };
	struct amount low = amount(m, told ? MACHINE_low_total_bytes : MACHINE_mem_total_bytes);
	struct amount low_free = amount(m, told ? MACHINE_low_free_bytes : MACHINE_mem_free_bytes);
	struct amount high = told ? amount(m, MACHINE_high_total_bytes) : none;
	struct amount high_free = told ? amount(m, MACHINE_high_free_bytes) : none;

	PUT_ROW("Low:", low, minus(low, low_free), low_free);
	PUT_ROW("High:", high, minus(high, high_free), high_free);
}

static void put_table(struct buffer *buffer, const struct look *look, const struct machine *m)
{
	struct amount total = amount(m, MACHINE_mem_total_bytes), used = amount(m, used_id(look));
	struct amount unused = amount(m, MACHINE_mem_free_bytes), shared = amount(m, MACHINE_shmem_bytes);
	struct amount available = amount(m, MACHINE_mem_gettable_bytes);
	struct amount swap = amount(m, MACHINE_swap_total_bytes), swap_used = amount(m, MACHINE_swap_used_bytes);
	struct amount swap_free = amount(m, MACHINE_swap_free_bytes);
	struct amount limit = amount(m, MACHINE_commit_limit_bytes), charge = amount(m, MACHINE_committed_bytes);

	buffer_text(buffer, "               total        used        free      shared");
	buffer_text(buffer, has(look, WIDE) ? "     buffers       cache   available\n" : "  buff/cache   available\n");
	if (has(look, WIDE))
		PUT_ROW("Mem:", total, used, unused, shared, amount(m, MACHINE_buffers_bytes),
		        amount(m, MACHINE_cache_bytes), available);
	else
		PUT_ROW("Mem:", total, used, unused, shared, amount(m, MACHINE_buff_cache_bytes), available);
	if (has(look, LOHI))
		put_low_and_high(buffer, look, m);
	PUT_ROW("Swap:", swap, swap_used, swap_free);
	if (has(look, TOTAL))
		PUT_ROW("Total:", plus(total, swap), plus(used, swap_used), plus(unused, swap_free));
	if (has(look, COMMITTED))
		PUT_ROW("Comm:", limit, charge, minus(limit, charge));
}

static void put_line(struct buffer *buffer, const struct look *look, const struct machine *m)
{
	const struct {
		const char *label;
		unsigned id;
	} parts[] = {
		{ "SwapUse", MACHINE_swap_used_bytes },
		{ "CachUse", MACHINE_buff_cache_bytes },
		{ " MemUse", used_id(look) },
		{ "MemFree", MACHINE_mem_free_bytes },
	};

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		buffer_format(buffer, "%s ", parts[i].label);
		put_amount(buffer, look, amount(m, parts[i].id));
		buffer_char(buffer, ' ');
	}
	buffer_char(buffer, '\n');
}

static int put(struct samples *samples, struct buffer *buffer, const struct view *view)
{
	const struct look *look = (const struct look *)samples;
	const struct machine *machine = &view->now->machine;
	bool first = samples->repeat.taken == 1;

	if (!machine_has(machine, mem_total_bytes))
		return complain(samples->tool, 1, "Unable to create meminfo structure");
	if (samples->shared.data) {
		data_machine_sample(buffer, samples->shared.data, "free", view, first, wanted, sizeof wanted);
	} else if (has(look, LINE)) {
		put_line(buffer, look, machine);
	} else {
		buffer_text(buffer, first ? "" : "\n");
		put_table(buffer, look, machine);
	}
	return GO_ON;
}

static int run(const struct tool *tool, int argc, char **argv)
{
	struct look look = { .samples = { .tool = tool, .put = put } };
	struct repeat *repeat = &look.samples.repeat;

	int status = options_read(tool, argc, argv, set, &look);
	if (status == GO_ON && optind < argc)
		status = usage(tool, 1);
	if (status != GO_ON)
		return status;
	if (!repeat->interval_ns) {
		repeat->interval_ns = NS_PER_S;
		repeat->count = repeat->count ? repeat->count : 1;
	}
	for (size_t i = 0; i < sizeof wanted; i++)
		request_machine(&look.samples.request, wanted[i]);
	return samples_run(&look.samples);
}

TOOL(free, {
		   .name = "free",
		   .summary = "RAM and swap: how much there is, is used, and could still be had",
		   .usage = "[options]",
		   TOOL_OPTIONS(option_rows),
		   .bare_write_error = true,
		   .notes = notes,
		   .run = run,
	   });
