#include "kernel/system_files.h"

#include <errno.h>

#include "kernel/arcstats.h"
#include "kernel/loadavg.h"
#include "kernel/logins.h"
#include "kernel/meminfo.h"
#include "kernel/net_dev.h"
#include "kernel/pressure.h"
#include "kernel/sysctl.h"
#include "kernel/sysctl_fs.h"
#include "kernel/system_stat.h"
#include "kernel/thp.h"
#include "kernel/uptime.h"
#include "kernel/vmstat.h"

int system_file_read(enum source_id from, int root_dirfd, const struct kernel_units *units, struct arena *arena,
                     struct machine *machine)
{
	int r;

	switch (from) {
	case FROM_MEMINFO:
		return meminfo_read(root_dirfd, machine);
	case FROM_SYSTEM_STAT:
		r = system_stat_read(root_dirfd, units, machine, NULL, 0);
		return r < 0 ? r : 0;
	case FROM_LOADAVG:
		return loadavg_read(root_dirfd, machine);
	case FROM_UPTIME:
		return uptime_read(root_dirfd, machine);
	case FROM_VMSTAT:
		return vmstat_read(root_dirfd, machine);
	case FROM_PRESSURE:
		return pressure_read(root_dirfd, machine);
	case FROM_PRESSURE_IRQ:
		return pressure_irq_read(root_dirfd, machine);
	case FROM_SYSCTL_VM:
		return sysctl_vm_read(root_dirfd, arena, machine);
	case FROM_SYSCTL_KERNEL:
	case FROM_PID_MAX:
		return sysctl_kernel_read(root_dirfd, from, arena, machine);
	case FROM_LOGINS:
		return logins_read(root_dirfd, machine);
	case FROM_SYSCTL_FS:
		return sysctl_fs_read(root_dirfd, machine);
	case FROM_UNITS:
		machine_set(machine, page_bytes, units->page_bytes);
		machine_set(machine, tick_ns, units->tick_ns);
		return 0;
	case FROM_ARCSTATS:
		return arcstats_read(root_dirfd, machine);
	case FROM_NET_DEV:
		return net_dev_read(root_dirfd, machine);
	case FROM_THP:
		return thp_read(root_dirfd, arena, machine);
	default:
		return -EINVAL;
	}
}
