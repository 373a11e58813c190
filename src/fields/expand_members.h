/* In the struct of a table: what is read has a member, what is computed has none. As fields/expand_ids.h. */
#define FIELD(name, ...)  int64_t name;
#define FIELD2(name, ...) int64_t name;
#define TEXT(name, ...)   struct span name;
#define NAMED(name, ...)  struct span name;
#define DERIVED(...)
#define PAIRED(...)
#include "fields/expand_rows.h"
