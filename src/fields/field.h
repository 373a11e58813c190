/*
 * What a field is. The .def files hold one row for each; the struct member, the id, the column, the JSON key, the sort
 * key and the help text are all made from that row.
 */
#ifndef FIELDS_FIELD_H
#define FIELDS_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

/* Decides rates, sorting and totals. */
enum kind {
	IDENTITY, /* says who or which; never summed */
	GAUGE,    /* a level: may rise and fall */
	COUNTER,  /* only rises while the thing lives; has a rate */
	TEXT,     /* a struct span: any bytes at all */
};

/* Decides width, scaling, suffix and decimals. Every number is an int64_t, held in the unit's smallest part. */
enum unit {
	PLAIN,
	BYTES,
	NANOSECONDS,
	PERCENT,          /* in 1/10,000 of a percent: 100 % is 1,000,000 */
	PER_SECOND,       /* in 1/1,000 of an event a second */
	BYTES_PER_SECOND, /* whole bytes */
	BYTES_PER_MINUTE, /* whole bytes, may be negative */
	MASK,             /* 64 bits, shown in base 16 */
	LETTER,           /* one ASCII character */
	FRACTION,         /* in 1/1,000 of one */
};

/* Where a field comes from. What a snapshot wants, as a set of these, decides which files are opened. */
enum source_id {
#define SOURCE(id, ...) FROM_##id,
#include "fields/sources.def"
#undef SOURCE
	SOURCES
};

/* How much a source costs; nothing above CHEAP is read unless a wanted column needs it. */
enum cost { FREE, CHEAP, MODERATE, DEAR };

struct field_source {
	const char *file; /* as a person would type it */
	enum cost cost;
	const char *access; /* who may read it */
};

extern const struct field_source field_sources[SOURCES];

struct field {
	const char *name;    /* JSON and CSV key, SQL column, metric: the unit is its suffix */
	const char *key;     /* the kernel's own name inside the file; "" where the place in the line decides */
	const char *header;  /* short, for people */
	const char *meaning; /* one or two sentences: what it is and what it is not */
	enum kind kind;
	enum unit unit;
	enum source_id from;
	size_t offset;        /* of the value in its record; not for derived fields */
	unsigned id;          /* place in its table, and bit in the record's `have` */
	const uint8_t *needs; /* the ids of the rows it is computed from or names; none for what is read */
	size_t need_count;
};

/* A set of fields of one table. */
enum { FIELD_WORDS = 4, FIELDS_MAX = FIELD_WORDS * 64 };

struct field_set {
	uint64_t word[FIELD_WORDS];
};

static inline void field_set_add(struct field_set *set, unsigned id)
{
	set->word[id / 64] |= UINT64_C(1) << (id % 64);
}

static inline bool field_set_has(const struct field_set *set, unsigned id)
{
	return set->word[id / 64] >> (id % 64) & 1;
}

/* The lowest id in the set from `id` on; FIELDS_MAX: there is none. */
static inline unsigned field_set_next(const struct field_set *set, unsigned id)
{
	for (unsigned i = id / 64; i < FIELD_WORDS; i++) {
		uint64_t word = i == id / 64 ? set->word[i] & UINT64_MAX << (id % 64) : set->word[i];
		if (word)
			return i * 64 + (unsigned)__builtin_ctzll(word);
	}
	return FIELDS_MAX;
}

static inline void field_set_join(struct field_set *set, const struct field_set *more)
{
	for (unsigned i = 0; i < FIELD_WORDS; i++)
		set->word[i] |= more->word[i];
}

static inline struct field_set field_set_without(struct field_set set, const struct field_set *others)
{
	for (unsigned i = 0; i < FIELD_WORDS; i++)
		set.word[i] &= ~others->word[i];
	return set;
}

static inline bool field_set_empty(const struct field_set *set)
{
	uint64_t any = 0;

	for (unsigned i = 0; i < FIELD_WORDS; i++)
		any |= set->word[i];
	return any == 0;
}

/* Derived fields are no part of a record: model/derive.c computes them. */
static inline bool field_derived(const struct field *field)
{
	return field->from == FROM_NOWHERE;
}

/* A family of fields: all that is known of one kind of thing. */
struct field_table {
	const char *name; /* "task", "machine", ... */
	const struct field *fields;
	unsigned count;
};

/* The field of that name, or NULL. */
const struct field *field_find(const struct field_table *table, struct span name);

/* Every record begins with the set of fields that it really has: absent is not zero. */
static inline bool record_has(const void *record, unsigned id)
{
	return field_set_has(record, id);
}

/* The number behind `f` in `record`; false, nothing changed, when the kernel did not say. Not for TEXT. */
static inline bool record_number(const struct field *f, const void *record, int64_t *ret)
{
	if (!record_has(record, f->id))
		return false;
	*ret = *(const int64_t *)((const char *)record + f->offset);
	return true;
}

/* The same for TEXT. */
static inline bool record_text(const struct field *f, const void *record, struct span *ret)
{
	if (!record_has(record, f->id))
		return false;
	*ret = *(const struct span *)((const char *)record + f->offset);
	return true;
}

/* Writes the number of field `f` into `record`, with its bit. */
static inline void record_set(const struct field *f, void *record, int64_t value)
{
	*(int64_t *)((char *)record + f->offset) = value;
	field_set_add(record, f->id);
}

/* "bytes", "ns", "%", ...: the unit for people and for `vires fields --json`; "" for plain counts. */
const char *unit_name(enum unit unit);

/* How many decimals an int64_t of that unit holds: 4 for PERCENT, 3 for PER_SECOND. */
unsigned unit_decimals(enum unit unit);

const char *kind_name(enum kind kind);
const char *cost_name(enum cost cost);

#endif
