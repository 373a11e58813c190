#include "kernel/pid_files.h"

#include "kernel/pid_stat.h"
#include "kernel/pid_statm.h"
#include "kernel/pid_status.h"

enum { LINE = 4096, PAGE = 16 * 1024, LONG = 4 * 1024 * 1024 };

const struct pid_file pid_files[SOURCES] = {
	[FROM_STAT] = { "stat", LINE, pid_stat_parse, NULL, false },
	[FROM_STATM] = { "statm", LINE, pid_statm_parse, NULL, false },
	[FROM_STATUS] = { "status", PAGE, pid_status_parse, NULL, false },
};
