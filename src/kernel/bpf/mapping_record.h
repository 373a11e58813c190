/* What the program `mappings` writes for each mapping. Both sides include this, as record.h. */
#ifndef KERNEL_BPF_MAPPING_RECORD_H
#define KERNEL_BPF_MAPPING_RECORD_H

enum mapping_name {
	MAPPING_UNNAMED,
	MAPPING_PATH,  /* `name_bytes` follow, with a NUL and up to 8 bytes whole */
	MAPPING_ASKED, /* it has a name that only the kernel's own functions know: see kernel/pid_procmap.h */
};

enum { MAPPING_HAS_GATE = 1 << 0 }; /* this process sees the page [vsyscall] too, which is no mapping of its own */

enum { MAPPING_PATH_MOST = 1024 };

struct mapping_record {
	unsigned long long start, end, flags, page_offset, inode;
	unsigned device; /* as the kernel holds it: major << 20 | minor */
	unsigned name;   /* enum mapping_name */
	unsigned name_bytes, more;
};

struct mapping_buffer {
	struct mapping_record record;
	char path[MAPPING_PATH_MOST];
	/* Not written out: whose they are, as the kernel knows the process. Said once. */
	unsigned long long boot_ns;
	unsigned host_pid;
};

#endif
