/* The lines of the kernel's log. */
#ifndef COLLECT_KERNEL_LOG_H
#define COLLECT_KERNEL_LOG_H

#include "base/span.h"

typedef int kernel_log_visit(void *context, int64_t since_boot_ns, struct span line);

/* As kmsg_read(), of the running machine. */
int kernel_log_walk(kernel_log_visit *visit, void *context);

#endif
