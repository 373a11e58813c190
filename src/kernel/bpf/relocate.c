#include "kernel/bpf/relocate.h"

#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/bpf/programs_object.h"

const char program_object_id[] = PROGRAMS_OBJECT_ID;

/* What is used of the library. */
#define LIBRARY(CALL) \
	CALL(libbpf_set_print) \
	CALL(libbpf_find_vmlinux_btf_id) \
	CALL(bpf_object__open_mem) \
	CALL(bpf_object__load) \
	CALL(bpf_object__close) \
	CALL(bpf_object__find_program_by_name) \
	CALL(bpf_object__next_program) \
	CALL(bpf_object__next_map) \
	CALL(bpf_program__set_autoload) \
	CALL(bpf_program__insns) \
	CALL(bpf_program__insn_cnt) \
	CALL(bpf_program__type) \
	CALL(bpf_program__flags) \
	CALL(bpf_program__expected_attach_type) \
	CALL(bpf_map__fd) \
	CALL(bpf_map__name) \
	CALL(bpf_map__type) \
	CALL(bpf_map__key_size) \
	CALL(bpf_map__value_size) \
	CALL(bpf_map__max_entries) \
	CALL(bpf_map__map_flags)

struct library {
	void *handle;
#define CALL(name) __typeof__(&name) name;
	LIBRARY(CALL)
#undef CALL
};

static int open_library(struct library *library, struct why *why)
{
	library->handle = dlopen("libbpf.so.1", RTLD_NOW | RTLD_LOCAL);
	if (!library->handle)
		return why_not(why, -ENOENT, "libbpf.so.1 is not installed");
#define CALL(name) \
	library->name = (__typeof__(&name))(uintptr_t)dlsym(library->handle, #name); \
	if (!library->name) { \
		dlclose(library->handle); \
		return why_not(why, -ENOSYS, "libbpf.so.1 has no %s", #name); \
	}
	LIBRARY(CALL)
#undef CALL
	library->libbpf_set_print(NULL);
	return 0;
}

/* Which of ours a map is, by its name; -1 for none. */
static int map_of(const char *name)
{
	static const char *const names[PROGRAM_MAPS] = { "records", "control", "anchor", ".rodata" };
	size_t len = strlen(name);

	for (int m = 0; m < PROGRAM_MAPS; m++) {
		size_t end = strlen(names[m]);
		if (len >= end && !strcmp(name + len - end, names[m]))
			return m;
	}
	return -1;
}

static int take_maps(const struct library *library, struct bpf_object *object, struct program_image *image,
                     int fds[PROGRAM_MAPS])
{
	for (struct bpf_map *map = NULL; (map = library->bpf_object__next_map(object, map));) {
		int m = map_of(library->bpf_map__name(map));
		if (m < 0)
			return -EBADMSG;
		fds[m] = library->bpf_map__fd(map);
		image->maps[m] = (struct map_shape){
			.type = library->bpf_map__type(map),
			.key_bytes = library->bpf_map__key_size(map),
			.value_bytes = library->bpf_map__value_size(map),
			.entries = library->bpf_map__max_entries(map),
			.flags = library->bpf_map__map_flags(map),
		};
	}
	return 0;
}

/* Descriptors become names; a map that no instruction uses is not needed. */
static int take_instructions(struct program_image *image, const int fds[PROGRAM_MAPS])
{
	bool used[PROGRAM_MAPS] = { false };

	for (uint32_t i = 0; i < image->count; i++) {
		struct bpf_insn *instruction = &image->instructions[i];
		if (instruction->code != (BPF_LD | BPF_IMM | BPF_DW))
			continue;
		i++;
		if (instruction->src_reg != BPF_PSEUDO_MAP_FD && instruction->src_reg != BPF_PSEUDO_MAP_VALUE)
			continue;
		int m = 0;
		while (m < PROGRAM_MAPS && fds[m] != instruction->imm)
			m++;
		if (m == PROGRAM_MAPS)
			return -EBADMSG;
		instruction->imm = m;
		used[m] = true;
	}
	for (int m = 0; m < PROGRAM_MAPS; m++)
		if (!used[m])
			image->maps[m].type = 0;
	return 0;
}

static int take_image(const struct library *library, struct bpf_object *object, struct bpf_program *program,
                      struct program_image **ret)
{
	size_t count = library->bpf_program__insn_cnt(program);
	int fds[PROGRAM_MAPS];

	if (count == 0 || count > INSTRUCTIONS_MOST)
		return -E2BIG;
	struct program_image *image = calloc(1, sizeof *image + count * sizeof *image->instructions);
	if (!image)
		return -ENOMEM;
	image->magic = PROGRAM_MAGIC;
	image->bytes = (uint32_t)(sizeof *image + count * sizeof *image->instructions);
	image->type = library->bpf_program__type(program);
	image->flags = library->bpf_program__flags(program);
	image->count = (uint32_t)count;
	if (image->type == BPF_PROG_TYPE_SYSCALL)
		image->flags |= BPF_F_SLEEPABLE;
	memcpy(image->instructions, library->bpf_program__insns(program), count * sizeof *image->instructions);
	memset(fds, -1, sizeof fds);
	int r = take_maps(library, object, image, fds);
	if (r == 0)
		r = take_instructions(image, fds);
	if (r < 0)
		free(image);
	else
		*ret = image;
	return r;
}

static int load_one(const struct library *library, struct bpf_object *object, const char *name,
                    struct program_image **ret, struct why *why)
{
	struct bpf_program *wanted = library->bpf_object__find_program_by_name(object, name);

	if (!wanted)
		return why_not(why, -ENOENT, "no program '%s' in the object", name);
	for (struct bpf_program *each = NULL; (each = library->bpf_object__next_program(object, each));)
		library->bpf_program__set_autoload(each, each == wanted);
	int r = library->bpf_object__load(object);
	if (r < 0)
		return why_not(why, r, "the kernel does not take the eBPF program '%s': %s", name, strerror(-r));
	r = take_image(library, object, wanted, ret);
	return r < 0 ? why_not(why, r, "the eBPF program '%s': %s", name, strerror(-r)) : 0;
}

int program_relocate(const char *name, struct program_image **ret, struct why *why)
{
	static const struct bpf_object_open_opts options = { .sz = sizeof options, .object_name = "vires" };
	struct library library = { 0 };

	int r = open_library(&library, why);
	if (r < 0)
		return r;
	struct bpf_object *object = library.bpf_object__open_mem(programs_object, sizeof programs_object, &options);
	if (object) {
		r = load_one(&library, object, name, ret, why);
		library.bpf_object__close(object);
	} else {
		r = why_not(why, -errno, "libbpf cannot read the programs: %s", strerror(errno));
	}
	dlclose(library.handle);
	return r;
}
