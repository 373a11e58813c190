#include "kernel/units.h"

#include <unistd.h>

#include "base/clock.h"

struct kernel_units kernel_units_live(void)
{
	return (struct kernel_units){ sysconf(_SC_PAGESIZE), NS_PER_S / sysconf(_SC_CLK_TCK) };
}
