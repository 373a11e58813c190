/* What the program `mapped_files` writes for each mapping of a file. Both sides include this, as record.h. */
#ifndef KERNEL_BPF_MAPPED_FILE_H
#define KERNEL_BPF_MAPPED_FILE_H

struct mapped_file {
	unsigned long long start, end, inode;
	unsigned device; /* as the kernel holds it: major << 20 | minor */
	int pid;         /* of the process, as the kernel's own namespace counts */
	unsigned known;  /* 0: inode and device may be those of a layer below, which the process does not see */
	unsigned unused;
};

#endif
