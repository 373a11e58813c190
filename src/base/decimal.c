#include "base/decimal.h"

#define TEN(tens)   tens "0" tens "1" tens "2" tens "3" tens "4" tens "5" tens "6" tens "7" tens "8" tens "9"
#define THREE(from) UINT64_C(from), 10 * UINT64_C(from), 100 * UINT64_C(from)

const char decimal_pairs[] = TEN("0") TEN("1") TEN("2") TEN("3") TEN("4") TEN("5") TEN("6") TEN("7") TEN("8") TEN("9");

const uint64_t decimal_powers[] = {
	0, /* not 1: zero is written with a digit, too */
	10,
	100,
	THREE(1000),
	THREE(1000000),
	THREE(1000000000),
	THREE(1000000000000),
	THREE(1000000000000000),
	UINT64_C(1000000000000000000),
	UINT64_C(10000000000000000000),
};
