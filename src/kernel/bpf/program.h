/*
 * A program ready for the kernel: relocated instructions and the shapes of its maps. It is one block of bytes, so that
 * it can lie in a file; loading it is a few calls of bpf(2) and needs no library.
 */
#ifndef KERNEL_BPF_PROGRAM_H
#define KERNEL_BPF_PROGRAM_H

#include <linux/bpf.h>
#include <stddef.h>
#include <stdint.h>

#include "base/why.h"

/* The maps that the programs know, by what they are for. */
enum program_map { MAP_RECORDS, MAP_CONTROL, MAP_ANCHOR, MAP_SETTINGS, PROGRAM_MAPS };

struct map_shape {
	uint32_t type, key_bytes, value_bytes, entries, flags; /* type 0: not used */
};

enum { PROGRAM_MAGIC = 0x56425046, PROGRAM_ID_BYTES = 32, INSTRUCTIONS_MOST = 100000 };

struct program_image {
	uint32_t magic, bytes; /* of the whole block */
	uint64_t checksum;     /* of everything behind it */
	char kernel[64],
		id[PROGRAM_ID_BYTES]; /* what it was made for and from: a kernel's build ID, an object's hash */
	uint32_t type, attach_type, attach_btf_id, flags;
	struct map_shape maps[PROGRAM_MAPS];
	uint32_t count, unused;
	struct bpf_insn instructions[]; /* those that load a map name an enum program_map in `imm` */
};

/* A program in the kernel: descriptors, -1 where there is none. It is gone when they are closed. */
struct program {
	int fd, map_fd[PROGRAM_MAPS];
	void *mapped[PROGRAM_MAPS]; /* by program_map(); NULL: not */
	size_t mapped_bytes[PROGRAM_MAPS];
};

/* bpf(2), with -errno. */
int bpf_call(int command, union bpf_attr *attr);

/* What MAP_RECORDS is made for; bytes of one record, 0: as many as the program knows. */
struct program_room {
	uint32_t records, bytes;
};

/*
 * Creates the maps, fills MAP_SETTINGS with `settings` for good, and loads the program. -errno with a reason.
 */
int program_load(const struct program_image *image, struct program_room room, const void *settings, struct program *ret,
                 struct why *why);
void program_close(struct program *program);

/* Maps so many bytes of a map into our memory, until the program is closed. NULL with errno. */
void *program_map(struct program *program, enum program_map which, size_t bytes);

/* Whether the kernel takes programs from us at all: nothing else in the process forbids it. -errno. */
int program_probe(void);

/* Without descriptors. */
void program_init(struct program *program);

uint64_t program_checksum(const struct program_image *image);

#endif
