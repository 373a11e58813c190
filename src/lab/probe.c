#include "lab/probe.h"

#include <setjmp.h>
#include <signal.h>

void *const probe_kernel_address = (void *)(uintptr_t)0xffffffff81000000;
void *const probe_impossible_address = (void *)(uintptr_t)0x0123456789abcdef;

static sigjmp_buf way_out;
static volatile struct probe seen;

static void caught(int signal, siginfo_t *info, void *context)
{
	(void)context;
	seen.signal = signal;
	seen.code = info->si_code;
	seen.address = (uintptr_t)info->si_addr;
	siglongjmp(way_out, 1);
}

static struct probe touch(volatile char *address, bool write)
{
	struct sigaction old_segv, old_bus, action = { .sa_sigaction = caught, .sa_flags = SA_SIGINFO };

	sigaction(SIGSEGV, &action, &old_segv);
	sigaction(SIGBUS, &action, &old_bus);
	seen.signal = seen.code = 0;
	seen.address = 0;
	if (sigsetjmp(way_out, 1) == 0) {
		if (write)
			*address = 1;
		else
			(void)*address;
	}
	sigaction(SIGSEGV, &old_segv, NULL);
	sigaction(SIGBUS, &old_bus, NULL);
	return (struct probe){ seen.signal, seen.code, seen.address };
}

struct probe probe_read(const volatile void *address)
{
	return touch((volatile char *)address, false);
}

struct probe probe_write(volatile void *address)
{
	return touch(address, true);
}
