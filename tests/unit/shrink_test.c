/* Programs without what they will never do: what is cut, what stays, and that jumps still lead where they led. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "built_with.h"

#if WITH_BPF

#include <errno.h>

#include "kernel/bpf/shrink.h"

enum { SETTINGS_MAP = 3 };

static const struct {
	uint32_t want, zero;
	uint64_t wide;
} settings = { .want = 6, .wide = 1ULL << 40 };

#define MOVE(r, value) \
	{ \
		.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = (r), .imm = (value) \
	}
#define COPY(r, from) \
	{ \
		.code = BPF_ALU64 | BPF_MOV | BPF_X, .dst_reg = (r), .src_reg = (from) \
	}
#define AND(r, value) \
	{ \
		.code = BPF_ALU | BPF_AND | BPF_K, .dst_reg = (r), .imm = (value) \
	}
#define SETTINGS(r) \
	{ .code = BPF_LD | BPF_IMM | BPF_DW, .dst_reg = (r), .src_reg = BPF_PSEUDO_MAP_VALUE, .imm = SETTINGS_MAP }, \
	{ \
		0 \
	}
#define OTHER_MAP(r) \
	{ .code = BPF_LD | BPF_IMM | BPF_DW, .dst_reg = (r), .src_reg = BPF_PSEUDO_MAP_VALUE, .imm = 1 }, \
	{ \
		0 \
	}
#define LOAD(r, from, offset) \
	{ \
		.code = BPF_LDX | BPF_MEM | BPF_W, .dst_reg = (r), .src_reg = (from), .off = (offset) \
	}
#define LOAD_WIDE(r, from, offset) \
	{ \
		.code = BPF_LDX | BPF_MEM | BPF_DW, .dst_reg = (r), .src_reg = (from), .off = (offset) \
	}
#define STORE(at, r, offset) \
	{ \
		.code = BPF_STX | BPF_MEM | BPF_W, .dst_reg = (at), .src_reg = (r), .off = (offset) \
	}
#define IF_ZERO(r, to) \
	{ \
		.code = BPF_JMP32 | BPF_JEQ | BPF_K, .dst_reg = (r), .off = (to) \
	}
#define GOTO(to) \
	{ \
		.code = BPF_JMP | BPF_JA, .off = (to) \
	}
#define CALL(to) \
	{ \
		.code = BPF_JMP | BPF_CALL, .src_reg = BPF_PSEUDO_CALL, .imm = (to) \
	}
#define HELPER(number) \
	{ \
		.code = BPF_JMP | BPF_CALL, .imm = (number) \
	}
#define EXIT \
	{ \
		.code = BPF_JMP | BPF_EXIT \
	}

static void expect(struct bpf_insn *given, uint32_t count, const struct bpf_insn *wanted, uint32_t wanted_count)
{
	assert_int_equal(program_shrink(given, &count, SETTINGS_MAP, &settings, sizeof settings), 0);
	assert_int_equal(count, wanted_count);
	for (uint32_t i = 0; i < count; i++)
		assert_memory_equal(&given[i], &wanted[i], sizeof *given);
}

#define COUNT(array)          (uint32_t)(sizeof(array) / sizeof *(array))
#define EXPECT(given, wanted) expect(given, COUNT(given), wanted, COUNT(wanted))

static void what_is_not_wanted_is_cut(void **state)
{
	(void)state;
	struct bpf_insn given[] = { MOVE(0, 0),    SETTINGS(1),      LOAD(2, 1, 0),     AND(2, 1),
		                    IF_ZERO(2, 2), STORE(10, 0, -8), STORE(10, 0, -16), EXIT };
	const struct bpf_insn wanted[] = { MOVE(0, 0), EXIT };
	EXPECT(given, wanted);
}

static void what_is_wanted_stays_without_the_question(void **state)
{
	(void)state;
	struct bpf_insn given[] = { MOVE(0, 0),    SETTINGS(1),      LOAD(2, 1, 0), AND(2, 2),
		                    IF_ZERO(2, 1), STORE(10, 0, -8), EXIT };
	const struct bpf_insn wanted[] = { MOVE(0, 0), STORE(10, 0, -8), EXIT };
	EXPECT(given, wanted);
}

static void a_setting_of_eight_bytes_is_seen_whole(void **state)
{
	(void)state;
	struct bpf_insn given[] = { MOVE(0, 0),         SETTINGS(1),
		                    LOAD_WIDE(2, 1, 8), { .code = BPF_JMP | BPF_JNE | BPF_K, .dst_reg = 2, .off = 1 },
		                    MOVE(0, 1),         EXIT };
	const struct bpf_insn wanted[] = { MOVE(0, 0), EXIT };
	EXPECT(given, wanted);
}

static void a_setting_that_is_used_as_a_value_stays(void **state)
{
	(void)state;
	struct bpf_insn given[] = { SETTINGS(1), LOAD(0, 1, 0), EXIT };
	struct bpf_insn wanted[COUNT(given)];
	memcpy(wanted, given, sizeof given);
	EXPECT(given, wanted);
}

static void what_lies_behind_the_settings_is_not_known(void **state)
{
	(void)state;
	struct bpf_insn given[] = { MOVE(0, 0), SETTINGS(1), LOAD(2, 1, 16), IF_ZERO(2, 1), MOVE(0, 1), EXIT };
	struct bpf_insn wanted[COUNT(given)];
	memcpy(wanted, given, sizeof given);
	EXPECT(given, wanted);
}

static void other_maps_are_not_settings(void **state)
{
	(void)state;
	struct bpf_insn given[] = { MOVE(0, 0), OTHER_MAP(1), LOAD(2, 1, 4), IF_ZERO(2, 1), MOVE(0, 1), EXIT };
	struct bpf_insn wanted[COUNT(given)];
	memcpy(wanted, given, sizeof given);
	EXPECT(given, wanted);
}

/* r2 is 0 on one way and unknown on the other. */
static void two_ways_to_a_place_leave_what_is_true_on_both(void **state)
{
	(void)state;
	struct bpf_insn given[] = { MOVE(0, 0), HELPER(5),     MOVE(2, 0), IF_ZERO(0, 1),
		                    COPY(2, 0), IF_ZERO(2, 1), MOVE(0, 1), EXIT };
	struct bpf_insn wanted[] = {
		HELPER(5), MOVE(2, 0), IF_ZERO(0, 1), COPY(2, 0), IF_ZERO(2, 1), MOVE(0, 1), EXIT
	};
	EXPECT(given, wanted);
}

/* The register is set once, before the loop, and changed in it. */
static void what_a_loop_changes_is_not_believed(void **state)
{
	(void)state;
	struct bpf_insn given[] = { MOVE(6, 0), IF_ZERO(6, 1),  MOVE(7, 1), HELPER(5),
		                    COPY(6, 0), IF_ZERO(6, -3), COPY(0, 6), EXIT };
	const struct bpf_insn wanted[] = { HELPER(5), COPY(6, 0), IF_ZERO(6, -3), COPY(0, 6), EXIT };
	EXPECT(given, wanted);
}

static void a_call_forgets_what_it_may_change_and_nothing_else(void **state)
{
	(void)state;
	struct bpf_insn given[] = { MOVE(1, 0), MOVE(6, 0),    HELPER(5),  IF_ZERO(6, 1),
		                    MOVE(0, 1), IF_ZERO(1, 1), MOVE(0, 2), EXIT };
	const struct bpf_insn wanted[] = { MOVE(1, 0), HELPER(5), IF_ZERO(1, 1), MOVE(0, 2), EXIT };
	EXPECT(given, wanted);
}

static void a_function_that_nobody_calls_any_more_is_cut(void **state)
{
	(void)state;
	/* Functions at 8 and 10. */
	struct bpf_insn given[] = { SETTINGS(6), LOAD(7, 6, 4), IF_ZERO(7, 1), CALL(3),    CALL(4), EXIT,
		                    EXIT,        MOVE(0, 7),    EXIT,          MOVE(0, 8), EXIT };
	const struct bpf_insn wanted[] = { CALL(1), EXIT, MOVE(0, 8), EXIT };
	EXPECT(given, wanted);
}

static void jumps_that_lead_to_what_follows_are_cut(void **state)
{
	(void)state;
	struct bpf_insn given[] = { MOVE(0, 0), GOTO(1), MOVE(0, 1), GOTO(0), EXIT };
	const struct bpf_insn wanted[] = { MOVE(0, 0), EXIT };
	EXPECT(given, wanted);
}

static void what_is_no_program_is_refused_and_left_alone(void **state)
{
	(void)state;
	struct bpf_insn cases[][4] = {
		{ MOVE(0, 0), GOTO(7), EXIT, EXIT },
		{ MOVE(0, 0), GOTO(-3), EXIT, EXIT },
		{ MOVE(0, 0), EXIT, CALL(100), EXIT },
		{ MOVE(0, 0), MOVE(0, 0), MOVE(0, 0), MOVE(0, 0) },
		{ GOTO(1), SETTINGS(1), EXIT },
		{ EXIT, EXIT, SETTINGS(1) },
		{ MOVE(0, 0), EXIT, EXIT, { .code = BPF_LD | BPF_IMM | BPF_DW } },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct bpf_insn before[4];
		uint32_t count = 4;
		memcpy(before, cases[i], sizeof before);
		assert_int_equal(program_shrink(cases[i], &count, SETTINGS_MAP, &settings, sizeof settings), -EBADMSG);
		assert_int_equal(count, 4);
		assert_memory_equal(cases[i], before, sizeof before);
	}
	uint32_t none = 0;
	assert_int_equal(program_shrink(cases[0], &none, SETTINGS_MAP, &settings, sizeof settings), -EBADMSG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_not_wanted_is_cut),
		cmocka_unit_test(what_is_wanted_stays_without_the_question),
		cmocka_unit_test(a_setting_of_eight_bytes_is_seen_whole),
		cmocka_unit_test(a_setting_that_is_used_as_a_value_stays),
		cmocka_unit_test(what_lies_behind_the_settings_is_not_known),
		cmocka_unit_test(other_maps_are_not_settings),
		cmocka_unit_test(two_ways_to_a_place_leave_what_is_true_on_both),
		cmocka_unit_test(what_a_loop_changes_is_not_believed),
		cmocka_unit_test(a_call_forgets_what_it_may_change_and_nothing_else),
		cmocka_unit_test(a_function_that_nobody_calls_any_more_is_cut),
		cmocka_unit_test(jumps_that_lead_to_what_follows_are_cut),
		cmocka_unit_test(what_is_no_program_is_refused_and_left_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#else
#include "without_bpf.h"
#endif
