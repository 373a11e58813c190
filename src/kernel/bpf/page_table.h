/*
 * What the programs know of page tables (x86-64, four levels) and of the direct map, where the kernel sees all RAM.
 * Reads that fail give 0, and addresses are made only of frames that are RAM: so it is safe to look at what may have
 * been freed and be something else by now, as long as what was read is not believed then.
 */
#ifndef KERNEL_BPF_PAGE_TABLE_H
#define KERNEL_BPF_PAGE_TABLE_H

#include "kernel/bpf/kernel_calls.h"
#include "kernel/bpf/ram.h"

/* Bits of an entry. */
enum { PRESENT = 1 << 0, DIRTY = 1 << 6, IS_HUGE = 1 << 7, NO_ACCESS = 1 << 8, SPECIAL = 1 << 9, PAGE_SHIFT = 12 };
#define ALL_DIRTY  (DIRTY | 1ULL << 58)
#define FRAME_MASK 0x000ffffffffff000ULL
#define GIB        (1ULL << 30)

enum { PAGE_MASK = 4095, GIBS_MOST = 4096 };

#define FUNCTION __attribute__((noinline))

#define FOR(i, count, ...) \
	{ \
		struct bpf_iter_num iterator_##i; \
		int *next_##i; \
		bpf_iter_num_new(&iterator_##i, 0, count); \
		while ((next_##i = bpf_iter_num_next(&iterator_##i))) { \
			__u32 i __attribute__((unused)) = (__u32)*next_##i; \
			__VA_ARGS__ \
		} \
		bpf_iter_num_destroy(&iterator_##i); \
	}

/* 64 bits somewhere in the kernel, read as part of a type that begins with that; 0 where nothing is. */
INLINE __u64 word_at(__u64 address)
{
	struct timespec64 *both = bpf_rdonly_cast((void *)address, bpf_core_type_id_kernel(struct timespec64));

	return (__u64)both->tv_sec;
}

INLINE __u64 frame_of(__u64 entry)
{
	if (!(entry & PRESENT)) /* no access, turned around against L1TF */
		entry = ~entry;
	return (entry & FRAME_MASK) >> PAGE_SHIFT;
}

/* What one level of tables translates: that of pages is 0, that of the root PAGE_LEVELS - 1. */
INLINE __u32 shift_of(__u32 level)
{
	return PAGE_SHIFT + 9 * level;
}

/*
 * Where the entry of an address lies in the last of the tables below `root`; 0 where a table or a small page is
 * missing.
 */
INLINE __u64 find_entry(__u64 direct_map, __u64 frames_end, __u64 root, __u64 address)
{
	__u64 table = root;

	for (int level = PAGE_LEVELS - 1; level >= 0; level--) {
		__u64 place = table + (address >> shift_of((__u32)level) & (PAGE_ENTRIES - 1)) * 8,
		      entry = word_at(place);
		if (!(entry & PRESENT) || frame_of(entry) >= frames_end || (level && (entry & IS_HUGE)))
			return 0;
		if (level == 0)
			return place;
		table = direct_map + (entry & FRAME_MASK);
	}
	return 0;
}

/* It begins where the tables below `root`, which is in it, lead from the address of the reader's word to that word. */
INLINE void find_direct_map(struct ram *ram, __u64 root)
{
	ram->direct_map = 0;
	FOR(i, GIBS_MOST, {
		__u64 map = (root & ~(GIB - 1)) - i * GIB, place = find_entry(map, ram->frames_end, root, ram->address);
		if (place && word_at(map + (word_at(place) & FRAME_MASK) + (ram->address & PAGE_MASK)) == ram->word) {
			ram->direct_map = map;
			break;
		}
	})
}

#endif
