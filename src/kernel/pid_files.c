#include "kernel/pid_files.h"

#include "kernel/pid_attr.h"
#include "kernel/pid_autogroup.h"
#include "kernel/pid_cgroup.h"
#include "kernel/pid_cmdline.h"
#include "kernel/pid_comm.h"
#include "kernel/pid_environ.h"
#include "kernel/pid_exe.h"
#include "kernel/pid_fd.h"
#include "kernel/pid_io.h"
#include "kernel/pid_limits.h"
#include "kernel/pid_ns.h"
#include "kernel/pid_number.h"
#include "kernel/pid_schedstat.h"
#include "kernel/pid_smaps_rollup.h"
#include "kernel/pid_stat.h"
#include "kernel/pid_statm.h"
#include "kernel/pid_status.h"
#include "kernel/pid_wchan.h"

enum { LINE = 4096, PAGE = 16 * 1024, LONG = 4 * 1024 * 1024 };

const struct pid_file pid_files[SOURCES] = {
	[FROM_STAT] = { "stat", LINE, pid_stat_parse, NULL, false },
	[FROM_STATM] = { "statm", LINE, pid_statm_parse, NULL, false },
	[FROM_STATUS] = { "status", PAGE, pid_status_parse, NULL, false },
	[FROM_CMDLINE] = { "cmdline", LONG, pid_cmdline_parse, NULL, false },
	[FROM_COMM] = { "comm", LINE, pid_comm_parse, NULL, false },
	[FROM_IO] = { "io", LINE, pid_io_parse, NULL, false },
	[FROM_SCHEDSTAT] = { "schedstat", LINE, pid_schedstat_parse, NULL, false },
	[FROM_CGROUP] = { "cgroup", LONG, pid_cgroup_parse, NULL, false },
	[FROM_OOM_SCORE] = { "oom_score", LINE, pid_oom_score_parse, NULL, false },
	[FROM_OOM_SCORE_ADJ] = { "oom_score_adj", LINE, pid_oom_score_adj_parse, NULL, false },
	[FROM_WCHAN] = { "wchan", LINE, pid_wchan_parse, NULL, false },
	[FROM_LOGINUID] = { "loginuid", LINE, pid_loginuid_parse, NULL, false },
	[FROM_EXE] = { "exe", PAGE, pid_exe_parse, NULL, true },
	[FROM_ENVIRON] = { "environ", LONG, pid_environ_parse, NULL, false },
	[FROM_NS] = { "ns", 0, NULL, pid_ns_read, false },
	[FROM_FD] = { "fd", 0, NULL, pid_fd_read, false },
	[FROM_AUTOGROUP] = { "autogroup", LINE, pid_autogroup_parse, NULL, false },
	[FROM_LIMITS] = { "limits", LINE, pid_limits_parse, NULL, false },
	[FROM_ATTR] = { "attr/current", LINE, pid_attr_parse, NULL, false },
	[FROM_SMAPS_ROLLUP] = { "smaps_rollup", LINE, pid_smaps_rollup_parse, NULL, false },
};
