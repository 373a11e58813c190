#include "fields/huge_pool.h"

#define ROWS         "fields/huge_pool.def"
#define ROW_ID(name) HUGE_POOL_##name
#define RECORD       struct huge_pool

const struct field huge_pool_fields[HUGE_POOL_FIELDS] = {
#include "fields/expand_fields.h"
};

const struct field_table huge_pool_table = { "huge_pool", huge_pool_fields, HUGE_POOL_FIELDS };

_Static_assert((int)HUGE_POOL_FIELDS <= (int)FIELDS_MAX, "struct field_set is full");
