/* One fuzzer: libFuzzer in front of the parser named by FUZZ_TARGET. */
#include "targets.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct fuzz_records records;

	fuzz_feed(fuzz_target_find(SPAN(FUZZ_TARGET)), (struct span){ (const char *)data, size }, &records);
	fuzz_records_done(&records);
	return 0;
}
