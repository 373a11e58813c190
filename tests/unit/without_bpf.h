/* All of a test of eBPF where that is not built in: one case that says so. */
#ifndef TESTS_WITHOUT_BPF_H
#define TESTS_WITHOUT_BPF_H

#include "skip_because.h"

static void ebpf_is_not_built_in(void **state)
{
	(void)state;
	skip_because("built without eBPF");
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(ebpf_is_not_built_in) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#endif
