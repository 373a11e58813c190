/* What an instruction of eBPF is, as far as it can be told by itself. Registers are sets of bits, r0 the lowest. */
#ifndef KERNEL_BPF_INSTRUCTION_H
#define KERNEL_BPF_INSTRUCTION_H

#include <linux/bpf.h>
#include <stdbool.h>
#include <stdint.h>

static inline bool is_wide(const struct bpf_insn *i)
{
	return i->code == (BPF_LD | BPF_IMM | BPF_DW);
}

static inline uint8_t class_of(const struct bpf_insn *i)
{
	return BPF_CLASS(i->code);
}

static inline bool is_jump_class(const struct bpf_insn *i)
{
	return class_of(i) == BPF_JMP || class_of(i) == BPF_JMP32;
}

static inline bool is_call(const struct bpf_insn *i)
{
	return i->code == (BPF_JMP | BPF_CALL);
}

static inline bool is_own_call(const struct bpf_insn *i)
{
	return is_call(i) && i->src_reg == BPF_PSEUDO_CALL;
}

static inline bool is_exit(const struct bpf_insn *i)
{
	return i->code == (BPF_JMP | BPF_EXIT);
}

static inline bool is_goto(const struct bpf_insn *i)
{
	return i->code == (BPF_JMP | BPF_JA);
}

static inline bool is_jump(const struct bpf_insn *i)
{
	return is_jump_class(i) && !is_call(i) && !is_exit(i);
}

enum { RESULT = 1 << 0, ARGUMENTS = 0x3e, SCRATCH = 0x3f }; /* r0, r1 to r5, all six: what a call leaves unset */

static inline uint16_t register_bit(unsigned r)
{
	return (uint16_t)(1U << r);
}

static inline uint16_t registers_used_by(const struct bpf_insn *i)
{
	uint16_t source = register_bit(i->src_reg), target = register_bit(i->dst_reg);

	switch (class_of(i)) {
	case BPF_LD:
		return is_wide(i) ? 0 : SCRATCH | register_bit(6) | source;
	case BPF_LDX:
		return source;
	case BPF_ST:
		return target;
	case BPF_STX:
		return source | target | (BPF_MODE(i->code) == BPF_ATOMIC ? RESULT : 0);
	case BPF_ALU:
	case BPF_ALU64:
		return (BPF_SRC(i->code) == BPF_X ? source : 0) | (BPF_OP(i->code) == BPF_MOV ? 0 : target);
	default:
		if (is_call(i))
			return ARGUMENTS;
		if (is_exit(i))
			return RESULT;
		return is_goto(i) ? 0 : target | (BPF_SRC(i->code) == BPF_X ? source : 0);
	}
}

/* What only gives a register a value. */
static inline bool is_mere_value(const struct bpf_insn *i)
{
	uint8_t class = class_of(i);

	return is_wide(i) || class == BPF_LDX || class == BPF_ALU || class == BPF_ALU64;
}

#endif
