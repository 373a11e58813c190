/* What vires smem makes of mappings: the sums of one process, and the view that has a row for each name. */
#include <errno.h>
#include <stdlib.h>

#include "tools/smem.h"

enum { MAP, COUNT, PIDS, SWAP, USS, AVGUSS, PSS, AVGPSS, RSS, AVGRSS, VSS, AVGVSS };

static const struct smem_column columns[] = {
	[MAP] = { "map", "Map", SMEM_LEFT, 40, true, SMEM_ROWS, "mapping name" },
	[COUNT] = { "count", "Count", SMEM_RIGHT, 5, false, SMEM_SUM, "number of mappings found" },
	[PIDS] = { "pids", "PIDs", SMEM_RIGHT, 5, false, SMEM_SUM, "number of PIDs using mapping" },
	[SWAP] = { "swap", "Swap", SMEM_AMOUNT, 8, false, SMEM_SUM,
	           "amount of swap space consumed (ignoring sharing)" },
	[USS] = { "uss", "USS", SMEM_AMOUNT, 8, false, SMEM_SUM, "unique set size" },
	[AVGUSS] = { "avguss", "AVGUSS", SMEM_AMOUNT, 8, false, SMEM_SUM, "average USS per PID" },
	[PSS] = { "pss", "PSS", SMEM_AMOUNT, 8, false, SMEM_SUM, "proportional set size (including sharing)" },
	[AVGPSS] = { "avgpss", "AVGPSS", SMEM_AMOUNT, 8, false, SMEM_SUM, "average PSS per PID" },
	[RSS] = { "rss", "RSS", SMEM_AMOUNT, 8, false, SMEM_SUM, "resident set size (ignoring sharing)" },
	[AVGRSS] = { "avgrss", "AVGRSS", SMEM_AMOUNT, 8, false, SMEM_SUM, "average RSS per PID" },
	[VSS] = { "vss", "VSS", SMEM_AMOUNT, 8, false, SMEM_SUM,
	          "virtual set size (total virtual address space mapped)" },
	[AVGVSS] = { "avgvss", "AVGVSS", SMEM_AMOUNT, 8, false, SMEM_SUM, "average VSS per PID" },
};

const struct smem_view smem_mappings = { "mappings", columns, AVGVSS + 1, "map pids avgpss pss", "pss" };

static void add(struct smem_sums *sums, const struct mapping *mapping)
{
	sums->size += mapping_or_zero(mapping, size_bytes);
	sums->rss += mapping_or_zero(mapping, rss_bytes);
	sums->pss += mapping_or_zero(mapping, pss_bytes);
	sums->private += mapping_or_zero(mapping, private_clean_bytes);
	sums->private += mapping_or_zero(mapping, private_dirty_bytes);
	sums->swap += mapping_or_zero(mapping, swap_bytes);
	sums->count++;
}

static struct span name_of(const struct mapping *mapping)
{
	static const struct span anonymous = { "<anonymous>", 11 };

	return mapping_has(mapping, name) ? mapping->name : anonymous;
}

static struct field_set amounts(void)
{
	static const uint8_t ids[] = { MAPPING_rss_bytes, MAPPING_pss_bytes, MAPPING_swap_bytes,
		                       MAPPING_private_clean_bytes, MAPPING_private_dirty_bytes };
	struct field_set set = { 0 };

	for (size_t i = 0; i < sizeof ids; i++)
		field_set_add(&set, ids[i]);
	return set;
}

struct walk {
	struct smem *smem;
	struct smem_sums sums;
};

static int add_mapping(void *context, const struct mapping *mapping)
{
	struct walk *walk = context;

	if (smem_match(&walk->smem->map, name_of(mapping)))
		add(&walk->sums, mapping);
	return 0;
}

int smem_walk(struct smem *smem, int64_t pid, bool count_only, struct smem_sums *ret)
{
	struct field_set wanted = count_only ? (struct field_set){ 0 } : amounts();
	struct walk walk = { .smem = smem };

	int r = source_mappings(smem->source, pid, &wanted, add_mapping, &walk);
	if (r == 0)
		*ret = walk.sums;
	return r;
}

/* The names seen so far. */
struct name {
	struct span text;
	struct smem_sums sums;
	int64_t pids, last_pid;
};

struct names {
	struct smem *smem;
	int64_t pid;     /* whose mappings are being walked */
	struct name *at; /* owned */
	size_t count, capacity;
	uint32_t *slots; /* owned: place + 1 by hash, twice as many as `capacity` */
};

static uint64_t hash(struct span text)
{
	uint64_t value = 14695981039346656037U;

	for (size_t i = 0; i < text.len; i++)
		value = (value ^ (unsigned char)text.at[i]) * 1099511628211U;
	return value;
}

static uint32_t *slot_of(const struct names *names, struct span text)
{
	size_t mask = names->capacity * 2 - 1, slot = hash(text) & mask;

	while (names->slots[slot] && !span_equal(names->at[names->slots[slot] - 1].text, text))
		slot = (slot + 1) & mask;
	return &names->slots[slot];
}

/* Room for one more; the number of slots is a power of two. */
static int grow(struct names *names)
{
	size_t capacity = names->capacity ? names->capacity * 2 : 256;

	if (names->count < names->capacity)
		return 0;
	struct name *at = reallocarray(names->at, capacity, sizeof *at);
	if (!at)
		return -ENOMEM;
	names->at = at;
	uint32_t *slots = calloc(capacity * 2, sizeof *slots);
	if (!slots)
		return -ENOMEM;
	free(names->slots);
	names->slots = slots;
	names->capacity = capacity;
	for (size_t i = 0; i < names->count; i++)
		*slot_of(names, names->at[i].text) = (uint32_t)i + 1;
	return 0;
}

static int note(void *context, const struct mapping *mapping)
{
	struct names *names = context;
	struct span text = name_of(mapping);

	if (!smem_match(&names->smem->map, text))
		return 0;
	if (grow(names) < 0)
		return -ENOMEM;
	uint32_t *slot = slot_of(names, text);
	if (!*slot) {
		text = arena_copy(&names->smem->texts, text);
		if (!text.at)
			return -ENOMEM;
		names->at[names->count] = (struct name){ .text = text };
		*slot = (uint32_t)++names->count;
	}
	struct name *name = &names->at[*slot - 1];
	add(&name->sums, mapping);
	name->pids += name->last_pid != names->pid;
	name->last_pid = names->pid;
	return 0;
}

/* Whole KiB, as the amounts themselves are. */
static struct order_value average(int64_t bytes, int64_t pids)
{
	return smem_number(bytes / 1024 / pids * 1024);
}

static int put_name(struct smem *smem, const struct name *name)
{
	struct order_value *cells = smem_row(smem);

	if (!cells)
		return -ENOMEM;
	cells[MAP] = (struct order_value){ .is = WORDS, .words = name->text };
	cells[COUNT] = smem_number(name->sums.count);
	cells[PIDS] = smem_number(name->pids);
	cells[SWAP] = smem_number(name->sums.swap);
	cells[USS] = smem_number(name->sums.private);
	cells[PSS] = smem_number(name->sums.pss);
	cells[RSS] = smem_number(name->sums.rss);
	cells[VSS] = smem_number(name->sums.size);
	cells[AVGUSS] = average(name->sums.private, name->pids);
	cells[AVGPSS] = average(name->sums.pss, name->pids);
	cells[AVGRSS] = average(name->sums.rss, name->pids);
	cells[AVGVSS] = average(name->sums.size, name->pids);
	return 0;
}

int smem_gather_mappings(struct smem *smem)
{
	struct names names = { .smem = smem };
	struct field_set wanted = amounts();
	int r = 0;

	for (size_t row = 0; r == 0 && row < smem->now->count; row++) {
		snapshot_number(smem->now, row, TASK_pid, &names.pid);
		smem->asked++;
		r = source_mappings(smem->source, names.pid, &wanted, note, &names);
		if (r < 0 && r != -ENOMEM) {
			smem->unreadable += r != -ENOENT && r != -ESRCH;
			r = 0;
		}
	}
	for (size_t i = 0; r == 0 && i < names.count; i++)
		r = put_name(smem, &names.at[i]);
	free(names.at);
	free(names.slots);
	return r;
}
