/* Touches one byte, and says what the kernel made of it. */
#ifndef LAB_PROBE_H
#define LAB_PROBE_H

#include <stdbool.h>
#include <stdint.h>

struct probe {
	int signal;        /* 0: it went well */
	int code;          /* si_code of it */
	uintptr_t address; /* si_addr */
};

struct probe probe_read(const volatile void *address);
struct probe probe_write(volatile void *address);

/* An address that belongs to the kernel, and one that no processor can use. */
extern void *const probe_kernel_address, *const probe_impossible_address;

#endif
