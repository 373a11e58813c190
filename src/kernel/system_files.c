#include "kernel/system_files.h"

#include <errno.h>

#include "kernel/arcstats.h"
#include "kernel/loadavg.h"
#include "kernel/meminfo.h"
#include "kernel/net_dev.h"
#include "kernel/pressure.h"
#include "kernel/sysctl.h"
#include "kernel/sysctl_fs.h"
#include "kernel/system_stat.h"
#include "kernel/thp.h"
#include "kernel/uptime.h"
#include "kernel/vmstat.h"

int system_file_read(enum source_id from, struct system_files *system, const struct kernel_units *units,
                     const struct field_set *wanted, struct arena *arena, struct machine *machine)
{
	struct files *files = &system->files;
	int r;

	switch (from) {
	case FROM_MEMINFO:
		return meminfo_read(files, machine);
	case FROM_SYSTEM_STAT:
		r = system_stat_read(files, units, machine, NULL, 0);
		return r < 0 ? r : 0;
	case FROM_LOADAVG:
		return loadavg_read(files, machine);
	case FROM_UPTIME:
		return uptime_read(files, machine);
	case FROM_VMSTAT:
		return vmstat_read(files, machine);
	case FROM_PRESSURE:
		return pressure_read(files, machine);
	case FROM_PRESSURE_IRQ:
		return pressure_irq_read(files, machine);
	case FROM_SYSCTL_VM:
		return sysctl_vm_read(files, wanted, arena, machine);
	case FROM_SYSCTL_KERNEL:
	case FROM_PID_MAX:
		return sysctl_kernel_read(files, from, wanted, arena, machine);
	case FROM_LOGINS:
		return logins_read(files->dirfd, files->keep ? &system->logins : NULL, machine);
	case FROM_SYSCTL_FS:
		return sysctl_fs_read(files, machine);
	case FROM_UNITS:
		machine_set(machine, page_bytes, units->page_bytes);
		machine_set(machine, tick_ns, units->tick_ns);
		return 0;
	case FROM_ARCSTATS:
		return arcstats_read(files, machine);
	case FROM_NET_DEV:
		return net_dev_read(files, machine);
	case FROM_THP:
		return thp_read(files, arena, machine);
	default:
		return -EINVAL;
	}
}

void system_files_done(struct system_files *system)
{
	files_done(&system->files);
}
