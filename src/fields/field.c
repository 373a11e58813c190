#include "fields/field.h"

const struct field_source field_sources[SOURCES] = {
#define SOURCE(id, file, cost, access) [FROM_##id] = { file, cost, access },
#include "fields/sources.def"
#undef SOURCE
};

const struct field *field_find(const struct field_table *table, struct span name)
{
	for (unsigned i = 0; i < table->count; i++)
		if (span_is(name, table->fields[i].name))
			return &table->fields[i];
	return NULL;
}

const char *unit_name(enum unit unit)
{
	static const char *const names[] = {
		[PLAIN] = "",
		[BYTES] = "bytes",
		[NANOSECONDS] = "ns",
		[PERCENT] = "%",
		[PER_SECOND] = "1/s",
		[BYTES_PER_SECOND] = "bytes/s",
		[BYTES_PER_MINUTE] = "bytes/min",
		[MASK] = "mask",
		[LETTER] = "letter",
		[FRACTION] = "",
	};

	return names[unit];
}

unsigned unit_decimals(enum unit unit)
{
	return unit == PERCENT ? 4 : unit == PER_SECOND || unit == FRACTION ? 3 : 0;
}

const char *kind_name(enum kind kind)
{
	static const char *const names[] = { "identity", "gauge", "counter", "text" };

	return names[kind];
}

const char *cost_name(enum cost cost)
{
	static const char *const names[] = { "free", "cheap", "moderate", "dear" };

	return names[cost];
}
