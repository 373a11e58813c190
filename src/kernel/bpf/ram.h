/* Where the kernel sees all RAM at once: what a program needs to find it, and what it finds. Both sides include this.
 */
#ifndef KERNEL_BPF_RAM_H
#define KERNEL_BPF_RAM_H

enum { PAGE_LEVELS = 4, PAGE_ENTRIES = 512 }; /* of page tables, and in each */

#define ADDRESSES_END (1ULL << 47) /* of a process, with page tables of four levels */

struct ram {
	unsigned long long frames_end;    /* no RAM from this frame on */
	unsigned long long address, word; /* of the reader: what is where in his memory */
	unsigned long long direct_map;    /* found by the program; 0: not */
};

#endif
