#include "analysis/space.h"

enum { MIB = 1 << 20, ARENA_BYTES = 64 * MIB, GUARD_MOST = 64 * 1024 };

void space_init(struct space *space, struct span program)
{
	*space = (struct space){ .last_end = -1, .guard_end = -1, .arena_end = -1 };
	buffer_add(&space->program, program);
}

void space_done(struct space *space)
{
	buffer_done(&space->program);
}

void space_ask(struct field_set *wanted)
{
	static const uint8_t ids[] = { MAPPING_start,
		                       MAPPING_end,
		                       MAPPING_size_bytes,
		                       MAPPING_perms,
		                       MAPPING_inode,
		                       MAPPING_name,
		                       MAPPING_rss_bytes,
		                       MAPPING_pss_bytes,
		                       MAPPING_private_clean_bytes,
		                       MAPPING_private_dirty_bytes,
		                       MAPPING_anon_bytes,
		                       MAPPING_swap_bytes,
		                       MAPPING_lazy_free_bytes,
		                       MAPPING_anon_huge_bytes,
		                       MAPPING_kernel_page_bytes };

	for (size_t i = 0; i < sizeof ids; i++)
		field_set_add(wanted, ids[i]);
}

static bool contains(struct span whole, const char *part)
{
	return whole.len && memmem(whole.at, whole.len, part, strlen(part));
}

static bool has_perm(const struct mapping *mapping, char letter)
{
	return mapping_has(mapping, perms) && memchr(mapping->perms.at, letter, mapping->perms.len);
}

static bool is_shared_memory(const struct mapping *mapping)
{
	static const char *const starts[] = {
		"/SYSV", "/dev/shm/", "/memfd:", "/dev/zero", "/[aio]", "/anon_hugepage"
	};

	if (!has_perm(mapping, 's'))
		return false;
	if (!mapping_has(mapping, name) || mapping->name.len == 0)
		return true;
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
		if (span_starts(mapping->name, span_of(starts[i])))
			return true;
	return false;
}

static enum space_class class_of_file(struct space *space, const struct mapping *mapping)
{
	struct span program = buffer_span(&space->program);

	if (program.len && span_equal(mapping->name, program)) {
		space->program_data = has_perm(mapping, 'w');
		return space->program_data ? SPACE_DATA : SPACE_TEXT;
	}
	if (contains(mapping->name, ".so") || has_perm(mapping, 'x'))
		return SPACE_LIBRARY;
	return SPACE_FILE;
}

/* Private memory without a file: told apart by what lies before it. */
static enum space_class class_of_anonymous(struct space *space, const struct mapping *mapping)
{
	bool behind = space->last_end == mapping->start;

	if (space->program_data && behind) {
		space->program_data = false;
		return SPACE_DATA;
	}
	if (mapping->start % ARENA_BYTES == 0 && mapping->end - mapping->start <= ARENA_BYTES) {
		space->arena_end = mapping->start + ARENA_BYTES;
		return SPACE_ARENA;
	}
	if (space->guard_end == mapping->start)
		return SPACE_STACK;
	return SPACE_ANON;
}

static enum space_class class_of(struct space *space, const struct mapping *mapping)
{
	struct span name = mapping_has(mapping, name) ? mapping->name : (struct span){ "", 0 };

	if (mapping_has(mapping, kernel_page_bytes) && mapping->kernel_page_bytes > MIB)
		return SPACE_HUGE;
	if (span_is(name, "[heap]"))
		return SPACE_HEAP;
	if (span_starts(name, SPAN("[stack")))
		return SPACE_STACK;
	if (span_starts(name, SPAN("[v")) || span_is(name, "[uprobes]"))
		return SPACE_KERNEL;
	if (!has_perm(mapping, 'r') && !has_perm(mapping, 'w') && !has_perm(mapping, 'x'))
		return SPACE_RESERVED;
	if (is_shared_memory(mapping))
		return SPACE_SHARED;
	return name.len && name.at[0] == '/' ? class_of_file(space, mapping) : class_of_anonymous(space, mapping);
}

static void sum_up(struct space_sum *sum, const struct mapping *mapping)
{
	sum->mappings++;
	sum->size_bytes += mapping->end - mapping->start;
	sum->rss_bytes += mapping_or_zero(mapping, rss_bytes);
	sum->pss_bytes += mapping_or_zero(mapping, pss_bytes);
	sum->private_bytes +=
		mapping_or_zero(mapping, private_clean_bytes) + mapping_or_zero(mapping, private_dirty_bytes);
	sum->anon_bytes += mapping_or_zero(mapping, anon_bytes);
	sum->swap_bytes += mapping_or_zero(mapping, swap_bytes);
	sum->lazy_free_bytes += mapping_or_zero(mapping, lazy_free_bytes);
	sum->anon_huge_bytes += mapping_or_zero(mapping, anon_huge_bytes);
}

enum space_class space_add(struct space *space, const struct mapping *mapping)
{
	enum space_class class = class_of(space, mapping);
	int64_t size = mapping->end - mapping->start;

	if (class == SPACE_RESERVED)
		space->guard_end = size <= GUARD_MOST ? mapping->end : -1;
	if (class == SPACE_RESERVED && space->last_end == mapping->start && mapping->end == space->arena_end)
		class = SPACE_ARENA; /* what the arena has not grown into yet */
	if (class != SPACE_DATA)
		space->program_data = false;
	space->last_end = mapping->end;
	sum_up(&space->classes[class], mapping);
	sum_up(&space->total, mapping);
	return class;
}

static const struct {
	const char *name, *title;
} words[SPACE_CLASSES] = {
	[SPACE_TEXT] = { "text", "program code" },
	[SPACE_DATA] = { "data", "program data and bss" },
	[SPACE_HEAP] = { "heap", "heap" },
	[SPACE_ARENA] = { "arenas", "malloc arenas of threads" },
	[SPACE_STACK] = { "stacks", "stacks" },
	[SPACE_ANON] = { "anonymous", "other anonymous memory" },
	[SPACE_LIBRARY] = { "libraries", "shared libraries" },
	[SPACE_FILE] = { "files", "mapped files" },
	[SPACE_SHARED] = { "shared", "shared memory" },
	[SPACE_HUGE] = { "hugetlb", "hugetlb pages" },
	[SPACE_RESERVED] = { "reserved", "reserved, not accessible (PROT_NONE)" },
	[SPACE_KERNEL] = { "kernel", "provided by the kernel (vdso)" },
};

const char *space_title(enum space_class class)
{
	return words[class].title;
}

const char *space_name(enum space_class class)
{
	return words[class].name;
}

const char *space_meaning(enum space_class class)
{
	static const char *const meanings[SPACE_CLASSES] = {
		[SPACE_TEXT] = "The program's own code and constants: pages of its file, shared by all who run it.",
		[SPACE_DATA] =
			"The program's variables: copied from its file when first written to; bss begins as zeroes.",
		[SPACE_HEAP] =
			"What malloc got by moving the end of the data (brk): it grows and shrinks at its end only.",
		[SPACE_ARENA] = "What malloc set aside for threads, 64 MiB each; only what was touched costs memory.",
		[SPACE_STACK] = "Stacks of its threads, with room to grow; only what was touched costs memory.",
		[SPACE_ANON] = "Private memory without a file, as malloc gets it for large blocks (mmap).",
		[SPACE_LIBRARY] =
			"Shared libraries: their code is shared by all who use them, what they write to is not.",
		[SPACE_FILE] = "Files that were mapped to be read or written like memory.",
		[SPACE_SHARED] = "Memory meant to be shared: it counts as page cache, and outlives who made it.",
		[SPACE_HUGE] =
			"Huge pages from the pool that was set aside for them; neither RES nor PSS contains them.",
		[SPACE_RESERVED] =
			"Address space that nobody may touch: guard pages, room for later. It costs nothing.",
		[SPACE_KERNEL] =
			"Pages that the kernel lends to every process, to tell the time without a system call.",
	};

	return meanings[class];
}
