/* In an array: the struct field of each row. As fields/expand_ids.h, and RECORD is the struct that has the values. */
#define NEEDS(...) ((const uint8_t[]){ __VA_ARGS__ }), sizeof((const uint8_t[]){ __VA_ARGS__ })
#define FIELD(name, kind, unit, from, key, header, meaning) \
	{ #name, key, header, meaning, kind, unit, from, offsetof(RECORD, name), ROW_ID(name), NULL, 0 },
#define FIELD2(name, kind, unit, from, also, key, header, meaning) FIELD(name, kind, unit, from, key, header, meaning)
#define TEXT(name, from, key, header, meaning) \
	{ #name, key, header, meaning, TEXT, PLAIN, from, offsetof(RECORD, name), ROW_ID(name), NULL, 0 },
#define NAMED(name, from, id, header, meaning) \
	{ #name, "", header, meaning, TEXT, PLAIN, from, offsetof(RECORD, name), ROW_ID(name), NEEDS(id) },
#define DERIVED(name, kind, unit, header, needs, meaning) \
	{ #name, "", header, meaning, kind, unit, FROM_NOWHERE, 0, ROW_ID(name), needs },
#define PAIRED(name, unit, header, needs, meaning) \
	{ #name, "", header, meaning, GAUGE, unit, FROM_NOWHERE, 0, ROW_ID(name), needs },
#include "fields/expand_rows.h"
#undef NEEDS
