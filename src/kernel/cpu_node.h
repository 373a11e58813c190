/*
 * /sys/devices/system/cpu/cpuN: holds a link nodeM to the memory node that the CPU is near to. World readable; some
 * microseconds. Kernels without NUMA have no such link; a machine with one node has node0 everywhere.
 */
#ifndef KERNEL_CPU_NODE_H
#define KERNEL_CPU_NODE_H

#include <stdint.h>

/* The node of a CPU, below a root directory. -ENOENT when the kernel names none, -errno. */
int cpu_node_read(int root_dirfd, int64_t cpu, int64_t *ret);

#endif
