#include "tools/top_columns.h"

#include <stdio.h>

/* header, form, field, width, about: as top has them. Width PID_WIDE or CPU_WIDE depends on the machine. */
enum { PID_WIDE = 5, CPU_WIDE = 1 };

static const struct column classic[] = {
	{ "PID", "process ID", FORM_NUMBER, TASK_pid, PID_WIDE },
	{ "PPID", "ID of the parent", FORM_NUMBER, TASK_ppid, PID_WIDE },
	{ "UID", "effective user ID", FORM_NUMBER, TASK_euid, 5 },
	{ "USER", "effective user", FORM_TEXT, TASK_user, 8 },
	{ "RUID", "real user ID", FORM_NUMBER, TASK_ruid, 5 },
	{ "RUSER", "real user", FORM_TEXT, TASK_ruser, 8 },
	{ "SUID", "saved user ID", FORM_NUMBER, TASK_suid, 5 },
	{ "SUSER", "saved user", FORM_TEXT, TASK_suser, 8 },
	{ "GID", "group ID", FORM_NUMBER, TASK_egid, 5 },
	{ "GROUP", "group", FORM_TEXT, TASK_group, 8 },
	{ "PGRP", "process group", FORM_NUMBER, TASK_pgid, PID_WIDE },
	{ "TTY", "terminal", FORM_TTY, TASK_tty, 8 },
	{ "TPGID", "terminal's group", FORM_NUMBER, TASK_tpgid, PID_WIDE },
	{ "SID", "session", FORM_NUMBER, TASK_sid, PID_WIDE },
	{ "PR", "priority", FORM_PRIORITY, TASK_priority, 3 },
	{ "NI", "nice value", FORM_NUMBER, TASK_nice, 3 },
	{ "nTH", "threads", FORM_NUMBER, TASK_threads, 3 },
	{ "P", "last CPU", FORM_NUMBER, TASK_cpu_last, CPU_WIDE },
	{ "%CPU", "CPU use", FORM_CPU, TASK_cpu_percent, 5 },
	{ "TIME", "CPU time", FORM_SECONDS, TASK_cpu_ns, 6 },
	{ "TIME+", "CPU time, exact", FORM_HUNDREDTHS, TASK_cpu_ns, 9 },
	{ "%MEM", "RES / all RAM", FORM_PERCENT, TASK_rss_percent, 5 },
	{ "VIRT", "promised", FORM_MEMORY, TASK_virt_bytes, 7 },
	{ "SWAP", "swapped out", FORM_MEMORY, TASK_swap_bytes, 6 },
	{ "RES", "really in RAM", FORM_MEMORY, TASK_rss_bytes, 6 },
	{ "CODE", "code, promised", FORM_MEMORY, TASK_text_bytes, 6 },
	{ "DATA", "data + stack", FORM_MEMORY, TASK_data_bytes, 7 },
	{ "SHR", "could be shared", FORM_MEMORY, TASK_shared_bytes, 6 },
	{ "nMaj", "major faults", FORM_COUNT, TASK_major_faults, 4 },
	{ "nMin", "minor faults", FORM_COUNT, TASK_minor_faults, 4 },
	{ "nDRT", "dirty pages", FORM_COUNT, TASK_dirty_pages, 4 },
	{ "S", "state", FORM_LETTER, TASK_state, 1 },
	{ "COMMAND", "name or command", FORM_COMMAND, TASK_comm, 0 },
	{ "WCHAN", "sleeps in", FORM_TEXT, TASK_wchan, 10 },
	{ "Flags", "PF_ flags", FORM_FLAGS, TASK_flags, 8 },
	{ "CGROUPS", "control groups", FORM_CGROUPS, TASK_cgroup, 0 },
	{ "SUPGIDS", "group IDs", FORM_LIST, TASK_groups, 0 },
	{ "SUPGRPS", "all its groups", FORM_TEXT, TASK_group_names, 0 },
	{ "TGID", "thread group", FORM_NUMBER, TASK_tgid, PID_WIDE },
	{ "OOMa", "OOM adjustment", FORM_NUMBER, TASK_oom_score_adj, 5 },
	{ "OOMs", "OOM score", FORM_NUMBER, TASK_oom_score, 4 },
	{ "ENVIRON", "environment", FORM_WORDS, TASK_environ, 0 },
	{ "vMj", "new major faults", FORM_COUNT, TASK_major_faults_new, 3 },
	{ "vMn", "new minor faults", FORM_COUNT, TASK_minor_faults_new, 3 },
	{ "USED", "RES + SWAP", FORM_MEMORY, TASK_used_bytes, 6 },
	{ "nsIPC", "IPC namespace", FORM_NUMBER, TASK_ns_ipc, 10 },
	{ "nsMNT", "mount namespace", FORM_NUMBER, TASK_ns_mnt, 10 },
	{ "nsNET", "net namespace", FORM_NUMBER, TASK_ns_net, 10 },
	{ "nsPID", "PID namespace", FORM_NUMBER, TASK_ns_pid, 10 },
	{ "nsUSER", "user namespace", FORM_NUMBER, TASK_ns_user, 10 },
	{ "nsUTS", "UTS namespace", FORM_NUMBER, TASK_ns_uts, 10 },
	{ "LXC", "LXC container", FORM_LXC, TASK_cgroup, 8 },
	{ "RSan", "RES: heap, stack", FORM_MEMORY, TASK_anon_bytes, 6 },
	{ "RSfd", "RES: files", FORM_MEMORY, TASK_file_bytes, 6 },
	{ "RSlk", "locked in RAM", FORM_MEMORY, TASK_locked_bytes, 6 },
	{ "RSsh", "RES: shared mem", FORM_MEMORY, TASK_shmem_bytes, 6 },
	{ "CGNAME", "control group", FORM_CGROUP, TASK_cgroup, 0 },
	{ "NU", "memory node", FORM_NUMBER, TASK_numa_node, 2 },
	{ "LOGID", "login user ID", FORM_LOGIN, TASK_login_uid, 5 },
	{ "EXE", "executable", FORM_TEXT, TASK_exe, 0 },
	{ "RSS", "RES, page by page", FORM_MEMORY, TASK_smaps_rss_bytes, 6 },
	{ "PSS", "fair share of RES", FORM_MEMORY, TASK_pss_bytes, 6 },
	{ "PSan", "PSS: heap, stack", FORM_MEMORY, TASK_pss_anon_bytes, 6 },
	{ "PSfd", "PSS: files", FORM_MEMORY, TASK_pss_file_bytes, 6 },
	{ "PSsh", "PSS: shared mem", FORM_MEMORY, TASK_pss_shmem_bytes, 6 },
	{ "USS", "its alone", FORM_MEMORY, TASK_uss_bytes, 6 },
	{ "ioR", "bytes read", FORM_COUNT, TASK_read_bytes, 6 },
	{ "ioRop", "read calls", FORM_COUNT, TASK_read_calls, 5 },
	{ "ioW", "bytes written", FORM_COUNT, TASK_written_bytes, 6 },
	{ "ioWop", "write calls", FORM_COUNT, TASK_write_calls, 5 },
	{ "AGID", "autogroup", FORM_NUMBER, TASK_autogroup_id, 5 },
	{ "AGNI", "autogroup's nice", FORM_NUMBER, TASK_autogroup_nice, 4 },
	{ "STARTED", "start after boot", FORM_SECONDS, TASK_started_ns, 7 },
	{ "ELAPSED", "age", FORM_MINUTES, TASK_age_ns, 7 },
	{ "%CUU", "CPU over its life", FORM_FINE, TASK_cpu_life_percent, 6 },
	{ "%CUC", "with children", FORM_FINE, TASK_cpu_life_total_percent, 7 },
	{ "nsCGROUP", "cgroup namespace", FORM_NUMBER, TASK_ns_cgroup, 10 },
	{ "nsTIME", "time namespace", FORM_NUMBER, TASK_ns_time, 10 },
	{ "CLS", "scheduling class", FORM_CLASS, TASK_policy, 3 },
	{ "Docker", "Docker container", FORM_DOCKER, TASK_cgroup, 8 },
	{ "nFD", "open files", FORM_COUNT, TASK_fd_count, 3 },
};

enum { CLASSIC = sizeof classic / sizeof *classic };

static bool is_classic(unsigned id)
{
	for (size_t i = 0; i < CLASSIC; i++)
		if (classic[i].id == id)
			return true;
	return false;
}

/* What says nothing in a column of its own. */
static bool is_silent(unsigned id)
{
	return id == TASK_read_ns || id == TASK_tty_dev || id == TASK_cpu_total_percent;
}

static uint8_t digits(int64_t number, uint8_t least)
{
	int count = snprintf(NULL, 0, "%lld", (long long)number);

	return count > least ? (uint8_t)count : least;
}

bool top_column_widens(const struct column *column)
{
	static const uint8_t ids[] = {
		TASK_euid,   TASK_ruid,    TASK_suid,   TASK_egid,      TASK_login_uid, TASK_user,   TASK_ruser,
		TASK_suser,  TASK_group,   TASK_tty,    TASK_wchan,     TASK_ns_ipc,    TASK_ns_mnt, TASK_ns_net,
		TASK_ns_pid, TASK_ns_user, TASK_ns_uts, TASK_ns_cgroup, TASK_ns_time,
	};

	return memchr(ids, column->id, sizeof ids) || column->form == FORM_LXC;
}

void top_columns_make(struct top_columns *ret, int64_t pid_most, size_t cpus, int widening)
{
	static const uint8_t pids[] = { TASK_pid, TASK_ppid, TASK_pgid, TASK_tpgid, TASK_sid, TASK_tgid };

	memcpy(ret->at, classic, sizeof classic);
	ret->count = CLASSIC;
	for (size_t i = 0; i < CLASSIC; i++) {
		if (memchr(pids, ret->at[i].id, sizeof pids))
			ret->at[i].width = digits(pid_most, PID_WIDE);
		else if (ret->at[i].id == TASK_cpu_last)
			ret->at[i].width = digits((int64_t)cpus, CPU_WIDE);
		else if (widening > 0 && top_column_widens(&ret->at[i]))
			ret->at[i].width = (uint8_t)(ret->at[i].width + widening);
	}
	for (unsigned id = 0; id < TASK_FIELDS && ret->count < TOP_COLUMNS_MOST; id++)
		if (!is_classic(id) && !is_silent(id))
			ret->at[ret->count++] = column_of(&task_fields[id]);
}

int top_column_find(const struct top_columns *columns, struct span name)
{
	for (size_t i = 0; i < columns->count; i++)
		if (span_is(name, columns->at[i].header))
			return (int)i;
	for (size_t i = 0; i < columns->count; i++)
		if (span_is(name, task_fields[columns->at[i].id].name))
			return (int)i;
	return -1;
}
