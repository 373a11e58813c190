#include "kernel/bpf/relocate.h"

#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/bpf/arguments_object.h"
#include "kernel/bpf/iterator_object.h"
#include "kernel/bpf/mapped_files_object.h"
#include "kernel/bpf/mappings_object.h"
#include "kernel/bpf/pages_object.h"
#include "kernel/bpf/walk_object.h"

static const struct source {
	const char *program;
	const void *object;
	size_t bytes;
	const char *id;
} sources[] = {
	{ "walk", walk_object, sizeof walk_object, WALK_OBJECT_ID },
	{ "arguments", arguments_object, sizeof arguments_object, ARGUMENTS_OBJECT_ID },
	{ "mappings", mappings_object, sizeof mappings_object, MAPPINGS_OBJECT_ID },
	{ "mapped_files", mapped_files_object, sizeof mapped_files_object, MAPPED_FILES_OBJECT_ID },
	{ "pages", pages_object, sizeof pages_object, PAGES_OBJECT_ID },
	{ "each", iterator_object, sizeof iterator_object, ITERATOR_OBJECT_ID },
	{ "each_plain", iterator_object, sizeof iterator_object, ITERATOR_OBJECT_ID },
};

static const struct source *source_of(const char *program)
{
	for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
		if (!strcmp(sources[i].program, program))
			return &sources[i];
	return NULL;
}

const char *program_object_id(const char *name)
{
	const struct source *source = source_of(name);

	return source ? source->id : NULL;
}

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
	CALL(bpf_program__section_name) \
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

/* What a section "iter/task" is attached to: the kernel's type of that name. */
static int find_target(const struct library *library, const struct bpf_program *program, uint32_t *ret)
{
	const char *slash = strchr(library->bpf_program__section_name(program), '/');
	int id = slash ? library->libbpf_find_vmlinux_btf_id(slash + 1, BPF_TRACE_ITER) : -EINVAL;

	if (id <= 0)
		return id ? id : -EINVAL;
	*ret = (uint32_t)id;
	return 0;
}

static int take_image(const struct library *library, struct bpf_object *object, struct bpf_program *program,
                      struct program_image **ret)
{
	size_t count = library->bpf_program__insn_cnt(program);
	int fds[PROGRAM_MAPS], r = 0;

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
	image->attach_type = library->bpf_program__expected_attach_type(program);
	if (image->type == BPF_PROG_TYPE_SYSCALL)
		image->flags |= BPF_F_SLEEPABLE;
	if (image->attach_type == BPF_TRACE_ITER)
		r = find_target(library, program, &image->attach_btf_id);
	memcpy(image->instructions, library->bpf_program__insns(program), count * sizeof *image->instructions);
	memset(fds, -1, sizeof fds);
	if (r == 0)
		r = take_maps(library, object, image, fds);
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
	const struct source *source = source_of(name);
	struct library library = { 0 };

	if (!source)
		return why_not(why, -ENOENT, "no eBPF program '%s'", name);
	int r = open_library(&library, why);
	if (r < 0)
		return r;
	struct bpf_object *object = library.bpf_object__open_mem(source->object, source->bytes, &options);
	if (object) {
		r = load_one(&library, object, name, ret, why);
		library.bpf_object__close(object);
	} else {
		r = why_not(why, -errno, "libbpf cannot read the programs: %s", strerror(errno));
	}
	dlclose(library.handle);
	return r;
}
