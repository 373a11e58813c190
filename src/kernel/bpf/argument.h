/* What the program `arguments` is asked and what it answers. Both sides include this, as record.h. */
#ifndef KERNEL_BPF_ARGUMENT_H
#define KERNEL_BPF_ARGUMENT_H

#include "kernel/bpf/ram.h"

enum argument_status {
	ARGUMENT_ASKED,
	ARGUMENT_READ,      /* `len` bytes at `at` of the texts */
	ARGUMENT_NONE,      /* kernel threads and zombies: the file in /proc is empty */
	ARGUMENT_ELSEWHERE, /* only the file tells */
	ARGUMENT_NO_ROOM,   /* the texts are full: to be asked again */
};

struct argument {
	unsigned host_pid; /* as struct record_identity has it */
	unsigned status;
	unsigned long long boot_ns; /* when it started, in the kernel's own count */
	unsigned long long task;    /* as struct record_identity has it; 0: unknown, which costs more */
	unsigned at, len;
};

enum {
	ARGUMENTS_AT_ONCE = 1024,
	ARGUMENT_MOST = 2048, /* bytes of one; longer ones are left to the file */
	ARGUMENT_TEXTS = 64 * 1024,
};

struct argument_control {
	struct ram ram; /* to be found when it is not yet; frames_end of 0: unknown */
	unsigned count; /* asked */
	unsigned used;  /* of the texts */
	/* of the program alone */
	unsigned long long root, pointer;
	char texts[ARGUMENT_TEXTS + ARGUMENT_MOST];
};

#endif
