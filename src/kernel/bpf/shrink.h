/*
 * A program without what it will never do: its settings are known before it is loaded, so the branches that cannot be
 * taken are cut out here. The verifier would find them too, but it pays for each instruction, and for each cut again.
 */
#ifndef KERNEL_BPF_SHRINK_H
#define KERNEL_BPF_SHRINK_H

#include <linux/bpf.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Shortens `instructions` in place; `count` becomes what is left. Instructions that load the address of the map named
 * `settings_map` (see program.h) see `bytes` of `settings` there. -EBADMSG for what is no program: a jump out of it, an
 * end that is none; -ENOMEM. Then nothing is changed.
 */
int program_shrink(struct bpf_insn *instructions, uint32_t *count, int32_t settings_map, const void *settings,
                   size_t bytes);

#endif
