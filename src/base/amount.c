#include "base/amount.h"

void amount_put(struct buffer *buffer, int64_t bytes)
{
	enum { KIB = 1024, MIB = KIB * KIB };
	static const char *const units[] = { "MiB", "GiB", "TiB", "PiB", "EiB" };
	uint64_t size = bytes < 0 ? -(uint64_t)bytes : (uint64_t)bytes, unit = MIB;
	size_t i = 0;

	if (bytes < 0)
		buffer_char(buffer, '-');
	if (size < MIB) {
		bool whole = size >= KIB;
		buffer_format(buffer, "%llu %s", (unsigned long long)(whole ? size / KIB : size), whole ? "KiB" : "B");
		return;
	}
	for (; i < 4 && size / KIB >= unit; i++)
		unit *= KIB;
	uint64_t tenth = size % unit * 10 / unit; /* EiB: at most 2^60 * 10 < 2^64 */
	buffer_format(buffer, "%llu.%llu %s", (unsigned long long)(size / unit), (unsigned long long)tenth, units[i]);
}
