/*
 * In an enum: the id of each row of a table. No guard: each table includes it, and has defined ROWS, the name of its
 * .def, and ROW_ID(name).
 */
#define FIELD(name, ...)   ROW_ID(name),
#define FIELD2(name, ...)  ROW_ID(name),
#define TEXT(name, ...)    ROW_ID(name),
#define NAMED(name, ...)   ROW_ID(name),
#define DERIVED(name, ...) ROW_ID(name),
#define PAIRED(name, ...)  ROW_ID(name),
#include "fields/expand_rows.h"
