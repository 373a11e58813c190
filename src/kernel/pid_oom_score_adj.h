/*
 * /proc/PID/oom_score_adj: -1000 (never) to 1000 (first), added to the OOM score. Reading it is pid_number.h's.
 * Writing: the owner may raise it; to lower it below where it was when the process began takes CAP_SYS_RESOURCE.
 */
#ifndef KERNEL_PID_OOM_SCORE_ADJ_H
#define KERNEL_PID_OOM_SCORE_ADJ_H

/* `pid_dirfd`: the process's directory. -errno: -EACCES without the right, -EINVAL out of range, -ESRCH. */
int pid_oom_score_adj_write(int pid_dirfd, int value);

#endif
