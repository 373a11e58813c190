/* vires slabtop: caches of kernel objects, the largest first. */
#include <errno.h>
#include <stdlib.h>

#include "base/clock.h"
#include "built_with.h"
#include "render/data_list.h"
#include "render/number.h"
#include "render/text.h"
#include "tools/run.h"
#include "tools/screens/refresh_screen.h"
#include "tools/words.h"

#define SORTS "abclvnopsu"

struct slabtop {
	const struct tool *tool;
	struct shared shared;
	struct request request;
	struct source *source;
	int64_t delay_ns;
	char sort; /* one of SORTS */
	bool delayed, once, human;
};

enum { HUMAN = 1400 };

static const struct option_row option_rows[] = {
	{ 'd', "delay", TAKES, "secs", "delay updates", 0 },
	{ 'o', "once", ALONE, NULL, "only display once, then exit", 0 },
	{ 's', "sort", TAKES, "char",
	  "sort by a: active objects, b: objects per slab, c: cache size, l: slabs, "
	  "v: active slabs, n: name, o: objects, p: pages per slab, s: object size, u: use",
	  0 },
	{ 0, "human", ALONE, NULL, "cache sizes with their units", HUMAN },
	OPTIONS_DATA,
	OPTIONS_SOURCE,
	{ 'h', "help", ALONE, NULL, "display this help and exit", OPTION_HELP },
	{ 'V', "version", ALONE, NULL, "output version information and exit", OPTION_VERSION },
};

static const char notes[] =
	"Prints what slabtop of procps-ng 4.0.2 (Debian 12) prints of /proc/slabinfo, which only root may read. On "
	"the screen, the letters of *-s* are keys, a blank takes the next sample at once, and q ends it.\n\n"
	"Objects in the reserve of a CPU count as active, so a use of 100% does not mean that none is free. Caches "
	"whose objects are of one size may be merged by the kernel under one of their names.\n\n"
	"It differs:++\n"
	"- Of caches that compare equal, the order is that of the kernel.++\n"
	"- Where stdout is no terminal, it wants *-o* and ends with status 1. The old one goes on for ever and writes "
	"what moves a cursor.++\n"
	"- *--json* and *--csv* print one sample, all caches in their order.";

/* What is known of one cache; what is absent counts as 0 in sums, as the kernel has always said all of it. */
struct row {
	int64_t active, objects, object_bytes, slab_objects, slab_bytes, active_slabs, slabs;
	int64_t use_percent, cache_bytes;
};

static int64_t number(const struct slab *slab, unsigned id)
{
	int64_t value = 0;

	record_number(&slab_fields[id], slab, &value);
	return value;
}

static struct row row_of(const struct slab *slab)
{
	struct row row = {
		.active = number(slab, SLAB_active_objects),
		.objects = number(slab, SLAB_objects),
		.object_bytes = number(slab, SLAB_object_bytes),
		.slab_objects = number(slab, SLAB_objects_per_slab),
		.slab_bytes = number(slab, SLAB_slab_bytes),
		.active_slabs = number(slab, SLAB_active_slabs),
		.slabs = number(slab, SLAB_slabs),
	};

	row.use_percent = row.objects ? (int64_t)((__int128)row.active * 100 / row.objects) : 0;
	if (__builtin_mul_overflow(row.slabs, row.slab_bytes, &row.cache_bytes))
		row.cache_bytes = INT64_MAX;
	return row;
}

static int64_t key_of(const struct slab *slab, char sort)
{
	struct row row = row_of(slab);

	switch (sort) {
	case 'a':
		return row.active;
	case 'b':
		return row.slab_objects;
	case 'c':
		return row.cache_bytes;
	case 'l':
		return row.slabs;
	case 'v':
		return row.active_slabs;
	case 'p':
		return row.slab_bytes;
	case 's':
		return row.object_bytes;
	case 'u':
		return row.use_percent;
	default:
		return row.objects;
	}
}

static int compare(const void *left, const void *right, void *context)
{
	const struct slab *const *a = left, *const *b = right;
	char sort = *(const char *)context;

	if (sort == 'n') {
		struct span x = (*a)->name, y = (*b)->name;
		int order = memcmp(x.at, y.at, x.len < y.len ? x.len : y.len);
		return order ? order : (x.len > y.len) - (x.len < y.len);
	}
	int64_t x = key_of(*a, sort), y = key_of(*b, sort);
	if (x != y)
		return x > y ? -1 : 1;
	return *a < *b ? -1 : *a > *b; /* the kernel's order */
}

static double share_of(double part, double whole)
{
	return whole > 0 ? 100 * part / whole : 0;
}

static void put_counts(struct buffer *buffer, const char *what, int64_t active, int64_t total)
{
	buffer_format(buffer, " %-35s: %lld / %lld (%.1f%%)\n", what, (long long)active, (long long)total,
	              share_of((double)active, (double)total));
}

static void put_summary(struct buffer *buffer, const struct snapshot *now)
{
	int64_t caches = 0, smallest = INT64_MAX, largest = 0, bytes = 0, active_bytes = 0;
	struct row sum = { 0 };

	for (size_t i = 0; i < now->slab_count; i++) {
		struct row row = row_of(&now->slabs[i]);
		caches += row.objects > 0;
		sum.objects += row.objects;
		sum.active += row.active;
		sum.slabs += row.slabs;
		sum.active_slabs += row.active_slabs;
		smallest = row.object_bytes < smallest ? row.object_bytes : smallest;
		largest = row.object_bytes > largest ? row.object_bytes : largest;
		bytes += row.objects * row.object_bytes;
		active_bytes += row.active * row.object_bytes;
	}
	put_counts(buffer, "Active / Total Objects (% used)", sum.active, sum.objects);
	put_counts(buffer, "Active / Total Slabs (% used)", sum.active_slabs, sum.slabs);
	put_counts(buffer, "Active / Total Caches (% used)", caches, (int64_t)now->slab_count);
	buffer_format(buffer, " %-35s: %.2fK / %.2fK (%.1f%%)\n", "Active / Total Size (% used)",
	              (double)active_bytes / 1024, (double)bytes / 1024, share_of((double)active_bytes, (double)bytes));
	buffer_format(buffer, " %-35s: %.2fK / %.2fK / %.2fK\n\n", "Minimum / Average / Maximum Object",
	              (double)(now->slab_count ? smallest : 0) / 1024,
	              (double)(sum.objects ? bytes / sum.objects : 0) / 1024, (double)largest / 1024);
}

static void put_row(struct buffer *buffer, const struct slab *slab, bool human)
{
	struct row row = row_of(slab);

	buffer_format(buffer, "%6lld %6lld %3lld%% %7.2fK %6lld %8lld ", (long long)row.objects, (long long)row.active,
	              (long long)row.use_percent, (double)row.object_bytes / 1024, (long long)row.slabs,
	              (long long)row.slab_objects);
	size_t start = buffer->len;
	if (human)
		number_human(buffer, row.cache_bytes, false);
	else
		buffer_format(buffer, "%lldK", (long long)(row.cache_bytes / 1024));
	buffer_right(buffer, start, 10);
	buffer_char(buffer, ' ');
	size_t used = text_put(buffer, slab->name, SIZE_MAX);
	buffer_fill(buffer, ' ', used < 23 ? 23 - used : 0);
	buffer_char(buffer, '\n');
}

static int put_data(const struct slabtop *slabtop, struct buffer *buffer, const struct snapshot *now,
                    const struct slab *const *order)
{
	struct slab *slabs = calloc(now->slab_count + 1, sizeof *slabs);

	if (!slabs)
		return complain(slabtop->tool, 1, "%s", strerror(ENOMEM));
	for (size_t i = 0; i < now->slab_count; i++)
		slabs[i] = *order[i];
	data_list(buffer, slabtop->shared.data, "slabtop", now, "slabs", &slab_table, slabs, now->slab_count,
	          sizeof *slabs, true);
	free(slabs);
	return GO_ON;
}

static int put_sample(struct slabtop *slabtop, struct buffer *buffer, const struct snapshot *now, size_t rows)
{
	const struct slab **order = calloc(now->slab_count + 1, sizeof *order);
	int status = GO_ON;

	if (!order)
		return complain(slabtop->tool, 1, "%s", strerror(ENOMEM));
	for (size_t i = 0; i < now->slab_count; i++)
		order[i] = &now->slabs[i];
	qsort_r(order, now->slab_count, sizeof *order, compare, &slabtop->sort);
	if (slabtop->shared.data) {
		status = put_data(slabtop, buffer, now, order);
	} else {
		put_summary(buffer, now);
		buffer_text(buffer, "  OBJS ACTIVE  USE OBJ SIZE  SLABS OBJ/SLAB CACHE SIZE NAME                   \n");
		for (size_t i = 0; i < now->slab_count && i < rows; i++)
			put_row(buffer, order[i], slabtop->human);
	}
	free(order);
	return status;
}

/* Takes a sample and puts the summary, a blank, the heading and `rows` caches, the first of the order. */
static int put(struct slabtop *slabtop, struct buffer *buffer, size_t rows)
{
	struct snapshot now = { 0 };

	int r = source_take(slabtop->source, &slabtop->request, &now);
	if (r == 0)
		r = now.slabs_error;
	int status = r < 0 ? complain(slabtop->tool, 1, "Unable to create slabinfo structure: %s", strerror(-r)) :
	                     put_sample(slabtop, buffer, &now, rows);
	snapshot_done(&now);
	return status;
}

#if WITH_SCREEN
static int put_page(void *context, struct buffer *buffer, size_t lines, size_t *heading)
{
	enum { HEADING_LINE = 6 };

	*heading = HEADING_LINE;
	return put(context, buffer, lines > HEADING_LINE + 1 ? lines - HEADING_LINE - 1 : 0);
}

static void press(void *context, char key)
{
	struct slabtop *slabtop = context;

	if (strchr(SORTS, key))
		slabtop->sort = key;
}
#endif

static int set_delay(struct slabtop *slabtop, const char *word)
{
	int64_t seconds;

	if (!word_integer(word, &seconds))
		return complain(slabtop->tool, 1, "illegal delay: '%s'", word);
	if (seconds < 1 || seconds > INT32_MAX)
		return complain(slabtop->tool, 1, "delay must be positive integer");
	slabtop->delay_ns = seconds * NS_PER_S;
	slabtop->delayed = true;
	return GO_ON;
}

static int set(void *context, int id, const char *argument)
{
	struct slabtop *slabtop = context;

	switch (id) {
	case 'd':
		return set_delay(slabtop, argument);
	case 'o':
		slabtop->once = true;
		return GO_ON;
	case 's':
		slabtop->sort = argument[0] && strchr(SORTS, argument[0]) ? argument[0] : 'o';
		return GO_ON;
	case HUMAN:
		slabtop->human = true;
		return GO_ON;
	default:
		return shared_option(slabtop->tool, 1, &slabtop->shared, id, argument);
	}
}

static int show(struct slabtop *slabtop)
{
	struct buffer buffer = { 0 };

	if (!slabtop->once && !slabtop->shared.data) {
#if WITH_SCREEN
		const struct refresh refresh = { slabtop->tool, slabtop->delay_ns, slabtop, put_page, press };
		return refresh_screen(&refresh);
#else
		return complain(slabtop->tool, STATUS_NOT_POSSIBLE,
		                "built without the screen (ncurses); -o prints once");
#endif
	}
	int status = put(slabtop, &buffer, SIZE_MAX);
	say(slabtop->tool, &buffer);
	buffer_done(&buffer);
	return status == GO_ON ? 0 : status;
}

static int run(const struct tool *tool, int argc, char **argv)
{
	struct slabtop slabtop = { .tool = tool, .sort = 'o', .delay_ns = 3 * NS_PER_S };

	slabtop.request.slabs = true;
	int status = options_read(tool, argc, argv, set, &slabtop);
	if (status == GO_ON && optind < argc)
		status = usage(tool, 1);
	if (status == GO_ON && slabtop.once && slabtop.delayed)
		status = complain(tool, 1, "Cannot combine -d and -o options");
	if (status != GO_ON)
		return status;
	int r = place_open(&slabtop.shared.place, !slabtop.once, &slabtop.source);
	if (r < 0)
		return place_complain(tool, 1, &slabtop.shared.place, r);
	status = show(&slabtop);
	source_free(slabtop.source);
	return status;
}

TOOL(slabtop, {
		      .name = "slabtop",
		      .summary = "caches of kernel objects, the largest first",
		      .usage = "[options]",
		      TOOL_OPTIONS(option_rows),
		      .notes = notes,
		      .run = run,
	      });
