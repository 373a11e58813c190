/* One fuzzer: libFuzzer in front of the parser named by FUZZ_TARGET. Without a folder it starts from the seeds in
 * FUZZ_SEEDS. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "targets.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Adds a folder for what is found and the folder of the seeds, unless the caller has named files or folders himself. */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	static char found[] = FUZZ_FOUND, seeds[] = FUZZ_SEEDS;

	for (int i = 1; i < *argc; i++)
		if ((*argv)[i][0] != '-')
			return 0;
	mkdir(found, 0777);
	char **more = calloc((size_t)*argc + 3, sizeof *more);
	if (!more)
		return 0;
	memcpy(more, *argv, (size_t)*argc * sizeof *more);
	more[(*argc)++] = found;
	more[(*argc)++] = seeds;
	*argv = more;
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct fuzz_records records;

	fuzz_feed(fuzz_target_find(SPAN(FUZZ_TARGET)), (struct span){ (const char *)data, size }, &records);
	fuzz_records_done(&records);
	return 0;
}
