#include "kernel/pid_files.h"

#include "kernel/pid_attr.h"
#include "kernel/pid_autogroup.h"
#include "kernel/pid_cgroup.h"
#include "kernel/pid_cmdline.h"
#include "kernel/pid_comm.h"
#include "kernel/pid_cwd.h"
#include "kernel/pid_environ.h"
#include "kernel/pid_exe.h"
#include "kernel/pid_fd.h"
#include "kernel/pid_io.h"
#include "kernel/pid_limits.h"
#include "kernel/pid_ns.h"
#include "kernel/pid_number.h"
#include "kernel/pid_owner.h"
#include "kernel/pid_schedstat.h"
#include "kernel/pid_smaps_rollup.h"
#include "kernel/pid_stack.h"
#include "kernel/pid_stat.h"
#include "kernel/pid_statm.h"
#include "kernel/pid_status.h"
#include "kernel/pid_targets.h"
#include "kernel/pid_wchan.h"

enum { LINE = 4096, PAGE = 16 * 1024, LONG = 4 * 1024 * 1024 };

const struct pid_file pid_files[SOURCES] = {
	[FROM_OWNER] = { "", .look = pid_owner_read },
	[FROM_STAT] = { "stat", LINE, pid_stat_parse },
	[FROM_STATM] = { "statm", LINE, pid_statm_parse },
	[FROM_STATUS] = { "status", PAGE, pid_status_parse },
	[FROM_CMDLINE] = { "cmdline", LONG, pid_cmdline_parse },
	[FROM_COMM] = { "comm", LINE, pid_comm_parse },
	[FROM_IO] = { "io", LINE, pid_io_parse },
	[FROM_SCHEDSTAT] = { "schedstat", LINE, pid_schedstat_parse },
	[FROM_CGROUP] = { "cgroup", LONG, pid_cgroup_parse },
	[FROM_OOM_SCORE] = { "oom_score", LINE, pid_oom_score_parse },
	[FROM_OOM_SCORE_ADJ] = { "oom_score_adj", LINE, pid_oom_score_adj_parse },
	[FROM_WCHAN] = { "wchan", LINE, pid_wchan_parse },
	[FROM_LOGINUID] = { "loginuid", LINE, pid_loginuid_parse },
	[FROM_EXE] = { "exe", PAGE, pid_exe_parse, .link = true },
	[FROM_EXE_TARGET] = { "exe", .look = pid_exe_target_read },
	[FROM_ROOT_TARGET] = { "root", .look = pid_root_target_read },
	[FROM_CWD] = { "cwd", PAGE, pid_cwd_parse, .link = true },
	[FROM_ENVIRON] = { "environ", LONG, pid_environ_parse, .mapped = true },
	[FROM_NS] = { "ns", .read = pid_ns_read },
	[FROM_SMAPS] = { "smaps", .read = pid_stack_read },
	[FROM_FD] = { "fd", .read = pid_fd_read },
	[FROM_AUTOGROUP] = { "autogroup", LINE, pid_autogroup_parse },
	[FROM_LIMITS] = { "limits", LINE, pid_limits_parse },
	[FROM_ATTR] = { "attr/current", LINE, pid_attr_parse },
	[FROM_SMAPS_ROLLUP] = { "smaps_rollup", LINE, pid_smaps_rollup_parse, .mapped = true },
};
