#include "kernel/bpf/program.h"

#include <errno.h>
#include <linux/btf.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "kernel/bpf/shrink.h"

int bpf_call(int command, union bpf_attr *attr)
{
	long r = syscall(SYS_bpf, command, attr, sizeof *attr);

	return r < 0 ? -errno : (int)r;
}

static uint64_t as_u64(const void *pointer)
{
	return (uint64_t)(uintptr_t)pointer;
}

/* FNV-1a over words of 8 bytes: against accidents; against people there are the owner and mode of the file. */
uint64_t program_checksum(const struct program_image *image)
{
	const char *at = (const char *)image->kernel, *end = (const char *)image + image->bytes;
	uint64_t sum = UINT64_C(0xcbf29ce484222325), word;

	for (; end - at >= (ptrdiff_t)sizeof word; at += sizeof word) {
		memcpy(&word, at, sizeof word);
		sum = (sum ^ word) * UINT64_C(0x100000001b3);
	}
	return sum;
}

static int create_map(const struct map_shape *shape)
{
	union bpf_attr attr = { .map_type = shape->type,
		                .key_size = shape->key_bytes,
		                .value_size = shape->value_bytes,
		                .max_entries = shape->entries,
		                .map_flags = shape->flags };

	int fd = bpf_call(BPF_MAP_CREATE, &attr);
	if (fd != -EPERM)
		return fd;
	/* Before 5.11 maps count as locked memory. */
	struct rlimit none = { RLIM_INFINITY, RLIM_INFINITY };
	return setrlimit(RLIMIT_MEMLOCK, &none) < 0 ? fd : bpf_call(BPF_MAP_CREATE, &attr);
}

/* What is frozen is known to the verifier, which then leaves out the branches that cannot be taken. */
static int write_settings(int fd, const void *settings)
{
	uint32_t zero = 0;
	union bpf_attr update = { .map_fd = (uint32_t)fd, .key = as_u64(&zero), .value = as_u64(settings) };
	union bpf_attr freeze = { .map_fd = (uint32_t)fd };

	int r = bpf_call(BPF_MAP_UPDATE_ELEM, &update);
	return r < 0 ? r : bpf_call(BPF_MAP_FREEZE, &freeze);
}

/* A program on its way into the kernel: what these settings leave of an image. */
struct code {
	const struct program_image *image;
	const void *settings;
	struct program_room room;
	uint32_t count;
	struct bpf_insn *at; /* owned */
};

/* The map that an instruction loads, or -1. */
static int map_of(const struct bpf_insn *instruction)
{
	if (instruction->code != (BPF_LD | BPF_IMM | BPF_DW) ||
	    (instruction->src_reg != BPF_PSEUDO_MAP_FD && instruction->src_reg != BPF_PSEUDO_MAP_VALUE))
		return -1;
	return instruction->imm;
}

static int find_maps(const struct code *code, bool used[PROGRAM_MAPS])
{
	for (uint32_t i = 0; i < code->count; i++) {
		int m = map_of(&code->at[i]);
		if (m >= PROGRAM_MAPS)
			return -EBADMSG;
		if (m >= 0)
			used[m] = true;
	}
	return 0;
}

static int create_maps(const struct code *code, struct program *program)
{
	bool used[PROGRAM_MAPS] = { false };

	int r = find_maps(code, used);
	for (int m = 0; r == 0 && m < PROGRAM_MAPS; m++) {
		struct map_shape shape = code->image->maps[m];
		if (!used[m])
			continue;
		if (m == MAP_RECORDS) {
			shape.entries = code->room.records;
			shape.value_bytes = code->room.bytes ? code->room.bytes : shape.value_bytes;
		}
		int fd = create_map(&shape);
		if (fd < 0)
			return fd;
		program->map_fd[m] = fd;
		r = m == MAP_SETTINGS ? write_settings(fd, code->settings) : 0;
	}
	return r;
}

static void link_instructions(struct code *code, const struct program *program)
{
	for (uint32_t i = 0; i < code->count; i++) {
		int m = map_of(&code->at[i]);
		if (m >= 0)
			code->at[i].imm = program->map_fd[m];
	}
}

/*
 * A function is only looked at on its own when the program's type information says that it is global. This is the
 * smallest that does: int f(unsigned long long, unsigned, unsigned), the one signature that ours have.
 */
enum { TYPE_INT = 1, TYPE_U64, TYPE_U32, TYPE_MAIN_PROTO, TYPE_MAIN, TYPE_PROTO, TYPE_FUNCTION };

static const char type_names[] = "\0int\0u64\0u32\0a\0main\0function";
enum { NAME_INT = 1, NAME_U64 = 5, NAME_U32 = 9, NAME_A = 13, NAME_MAIN = 15, NAME_FUNCTION = 20 };

#define INFO(kind, len)              ((uint32_t)(kind) << 24 | (len))
#define INTEGER(name, bytes, sign)   name, INFO(BTF_KIND_INT, 0), bytes, (uint32_t)(sign) << 24 | 8 * (bytes)
#define PROTO(arguments, ...)        0, INFO(BTF_KIND_FUNC_PROTO, arguments), TYPE_INT, __VA_ARGS__
#define GLOBAL_FUNCTION(name, proto) name, INFO(BTF_KIND_FUNC, BTF_FUNC_GLOBAL), proto

static const uint32_t types[] = {
	INTEGER(NAME_INT, 4, BTF_INT_SIGNED),
	INTEGER(NAME_U64, 8, 0),
	INTEGER(NAME_U32, 4, 0),
	PROTO(1, NAME_A, TYPE_U64),
	GLOBAL_FUNCTION(NAME_MAIN, TYPE_MAIN_PROTO),
	PROTO(3, NAME_A, TYPE_U64, NAME_A, TYPE_U32, NAME_A, TYPE_U32),
	GLOBAL_FUNCTION(NAME_FUNCTION, TYPE_PROTO),
};

static int load_types(void)
{
	struct {
		struct btf_header header;
		uint32_t types[sizeof types / sizeof *types];
		char names[sizeof type_names];
	} block = { .header = { .magic = BTF_MAGIC,
		                .version = BTF_VERSION,
		                .hdr_len = sizeof(struct btf_header),
		                .type_len = sizeof types,
		                .str_off = sizeof types,
		                .str_len = sizeof type_names } };

	memcpy(block.types, types, sizeof types);
	memcpy(block.names, type_names, sizeof type_names);
	union bpf_attr attr = { .btf = as_u64(&block),
		                .btf_size = offsetof(__typeof__(block), names) + sizeof block.names };

	return bpf_call(BPF_BTF_LOAD, &attr);
}

struct functions {
	struct bpf_func_info at[16];
	uint32_t count;
};

static void add_function(struct functions *functions, uint32_t start, uint32_t type)
{
	for (uint32_t i = 0; i < functions->count; i++)
		if (functions->at[i].insn_off == start)
			return;
	if (functions->count < sizeof functions->at / sizeof *functions->at)
		functions->at[functions->count++] = (struct bpf_func_info){ .insn_off = start, .type_id = type };
}

static int by_start(const void *left, const void *right)
{
	const struct bpf_func_info *a = left, *b = right;

	return a->insn_off < b->insn_off ? -1 : a->insn_off > b->insn_off;
}

/* Where the functions behind the main one begin: what is called says it. */
static struct functions find_functions(const struct code *code)
{
	struct functions functions = { .count = 0 };

	add_function(&functions, 0, TYPE_MAIN);
	for (uint32_t i = 0; i < code->count; i++) {
		const struct bpf_insn *instruction = &code->at[i];
		if (instruction->code == (BPF_JMP | BPF_CALL) && instruction->src_reg == BPF_PSEUDO_CALL)
			add_function(&functions, (uint32_t)((int64_t)i + 1 + instruction->imm), TYPE_FUNCTION);
	}
	qsort(functions.at, functions.count, sizeof *functions.at, by_start);
	return functions;
}

static int load_instructions(const struct code *code)
{
	const struct program_image *image = code->image;
	struct functions functions = find_functions(code);
	int type_fd = functions.count > 1 ? load_types() : -1;
	union bpf_attr attr = {
		.prog_type = image->type,
		.insns = as_u64(code->at),
		.insn_cnt = code->count,
		.license = as_u64("Dual MIT/GPL"),
		.prog_flags = image->flags,
		.expected_attach_type = image->attach_type,
		.attach_btf_id = image->attach_btf_id,
	};

	memcpy(attr.prog_name, "vires", sizeof "vires");
	if (functions.count > 1) {
		if (type_fd < 0)
			return type_fd;
		attr.prog_btf_fd = (uint32_t)type_fd;
		attr.func_info = as_u64(functions.at);
		attr.func_info_cnt = functions.count;
		attr.func_info_rec_size = sizeof *functions.at;
	}
	int fd = bpf_call(BPF_PROG_LOAD, &attr);
	if (type_fd >= 0)
		close(type_fd);
	return fd;
}

static int fill_program(struct code *code, struct program *program, struct why *why)
{
	const struct program_image *image = code->image;
	size_t bytes = image->count * sizeof *image->instructions;

	code->at = malloc(bytes);
	if (!code->at)
		return why_not(why, -ENOMEM, "%s", strerror(ENOMEM));
	memcpy(code->at, image->instructions, bytes);
	code->count = image->count;
	int r = program_shrink(code->at, &code->count, MAP_SETTINGS, code->settings,
	                       image->maps[MAP_SETTINGS].value_bytes);
	if (r < 0)
		return why_not(why, r, "the eBPF program cannot be read: %s", strerror(-r));
	r = create_maps(code, program);
	if (r < 0)
		return why_not(why, r, "no map for eBPF: %s", strerror(-r));
	link_instructions(code, program);
	r = program->fd = load_instructions(code);
	return r < 0 ? why_not(why, r, "the kernel refuses the eBPF program: %s", strerror(-r)) : 0;
}

int program_load(const struct program_image *image, struct program_room room, const void *settings, struct program *ret,
                 struct why *why)
{
	struct program program;

	struct code code = { .image = image, .settings = settings, .room = room };
	program_init(&program);
	int r = fill_program(&code, &program, why);
	free(code.at);
	if (r < 0)
		program_close(&program);
	else
		*ret = program;
	return r;
}

int program_probe(void)
{
	union bpf_attr attr = { .prog_type = BPF_PROG_TYPE_SOCKET_FILTER, .license = as_u64("Dual MIT/GPL") };

	/* One without instructions is refused for that, once nothing else is against it; to load one that ends at once
	 * costs a hundred times as much. */
	int r = bpf_call(BPF_PROG_LOAD, &attr);
	return r == -E2BIG ? 0 : r < 0 ? r : -EBADMSG;
}

void program_init(struct program *program)
{
	*program = (struct program){ .fd = -1 };
	for (int m = 0; m < PROGRAM_MAPS; m++)
		program->map_fd[m] = -1;
}

void program_close(struct program *program)
{
	if (program->fd >= 0)
		close(program->fd);
	for (int m = 0; m < PROGRAM_MAPS; m++)
		if (program->map_fd[m] >= 0)
			close(program->map_fd[m]);
	for (int m = 0; m < PROGRAM_MAPS; m++)
		if (program->mapped[m])
			munmap(program->mapped[m], program->mapped_bytes[m]);
	program_init(program);
}

void *program_map(struct program *program, enum program_map which, size_t bytes)
{
	void *at = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, program->map_fd[which], 0);

	if (at == MAP_FAILED)
		return NULL;
	program->mapped[which] = at;
	program->mapped_bytes[which] = bytes;
	return at;
}
