/* The files of the whole machine: which reader belongs to which source. */
#ifndef KERNEL_SYSTEM_FILES_H
#define KERNEL_SYSTEM_FILES_H

#include "base/arena.h"
#include "base/files.h"
#include "fields/machine.h"
#include "kernel/logins.h"
#include "kernel/units.h"

/* A root directory, and with `files.keep` what helps to look at it again and again. */
struct system_files {
	struct files files;
	struct logins logins;
};

/*
 * Reads what the machine's rows of `wanted` want from one source, and what else its files say; texts are copied into
 * `arena`. -errno, -EBADMSG when a file is not what it should be, -EINVAL for a source that no row of the machine
 * names.
 *
 * CPUs and swap areas are lists and have their own calls: system_stat_read and swaps_read.
 */
int system_file_read(enum source_id from, struct system_files *system, const struct kernel_units *units,
                     const struct field_set *wanted, struct arena *arena, struct machine *machine);

/* Closes what was kept; the root directory stays the caller's. */
void system_files_done(struct system_files *system);

#endif
