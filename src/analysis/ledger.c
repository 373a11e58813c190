#include "analysis/ledger.h"

#include <errno.h>

#include "model/derive.h"

const uint8_t ledger_fields[] = {
	MACHINE_mem_total_bytes,
	MACHINE_mem_free_bytes,
	MACHINE_mem_available_bytes,
	MACHINE_buffers_bytes,
	MACHINE_cached_bytes,
	MACHINE_shmem_bytes,
	MACHINE_anon_pages_bytes,
	MACHINE_slab_reclaimable_bytes,
	MACHINE_slab_unreclaimable_bytes,
	MACHINE_kreclaimable_bytes,
	MACHINE_kernel_stack_bytes,
	MACHINE_page_tables_bytes,
	MACHINE_sec_page_tables_bytes,
	MACHINE_vmalloc_used_bytes,
	MACHINE_percpu_bytes,
	MACHINE_hugetlb_bytes,
	MACHINE_zswap_bytes,
	MACHINE_balloon_bytes,
	MACHINE_hardware_corrupted_bytes,
	MACHINE_slab_bytes,
	MACHINE_arc_bytes,
	MACHINE_arc_least_bytes,
	MACHINE_arc_headers_bytes,
	MACHINE_arc_dbufs_bytes,
	MACHINE_arc_dnodes_bytes,
	MACHINE_arc_bonus_bytes,
};
const size_t ledger_field_count = sizeof ledger_fields / sizeof *ledger_fields;

static int64_t or_zero(const struct machine *machine, unsigned id)
{
	int64_t value = 0;

	machine_number(machine, id, &value);
	return value;
}

static void add(struct ledger *ledger, const char *name, const char *title, int64_t bytes, bool reclaimable,
                const char *meaning)
{
	ledger->parts[ledger->count++] = (struct ledger_part){ name, title, meaning, bytes, reclaimable };
}

/* A part that is one row of meminfo; none when this kernel does not have the row. */
static void add_row(struct ledger *ledger, const struct machine *machine, unsigned id, const char *name,
                    const char *title, bool reclaimable)
{
	int64_t bytes;

	if (machine_number(machine, id, &bytes))
		add(ledger, name, title, bytes, reclaimable, machine_fields[id].meaning);
}

static void add_programs(struct ledger *ledger, const struct machine *machine)
{
	add_row(ledger, machine, MACHINE_anon_pages_bytes, "anonymous", "programs: heap, stack, private data", false);
	add_row(ledger, machine, MACHINE_shmem_bytes, "shared_memory", "shared memory and tmpfs", false);
	add_row(ledger, machine, MACHINE_hugetlb_bytes, "hugetlb", "huge page pools, used or not", false);
}

static void add_caches(struct ledger *ledger, const struct machine *machine)
{
	int64_t cached = or_zero(machine, MACHINE_cached_bytes), shmem = or_zero(machine, MACHINE_shmem_bytes);

	add(ledger, "file_cache", "page cache of files", cached > shmem ? cached - shmem : 0, true,
	    "Files that were read or written of late, code of programs and libraries among them. Dirty pages are "
	    "written first.");
	add_row(ledger, machine, MACHINE_buffers_bytes, "buffers", "page cache of block devices", true);
	add_row(ledger, machine, MACHINE_slab_reclaimable_bytes, "slab_reclaimable", "kernel: cached names and inodes",
	        true);
}

static void add_kernel(struct ledger *ledger, const struct machine *machine)
{
	int64_t vmalloc = or_zero(machine, MACHINE_vmalloc_used_bytes);
	int64_t stacks = or_zero(machine, MACHINE_kernel_stack_bytes);

	add_row(ledger, machine, MACHINE_slab_unreclaimable_bytes, "slab", "kernel: objects", false);
	add_row(ledger, machine, MACHINE_kernel_stack_bytes, "kernel_stacks", "kernel: a stack for each thread", false);
	add_row(ledger, machine, MACHINE_page_tables_bytes, "page_tables", "kernel: page tables", false);
	add_row(ledger, machine, MACHINE_sec_page_tables_bytes, "second_page_tables", "kernel: page tables of guests",
	        false);
	add_row(ledger, machine, MACHINE_percpu_bytes, "percpu", "kernel: per-CPU variables", false);
	add(ledger, "vmalloc", "kernel: vmalloc, modules, BPF", vmalloc > stacks ? vmalloc - stacks : 0, false,
	    "Kernel memory from vmalloc, without the stacks, which are counted above.");
	add_row(ledger, machine, MACHINE_zswap_bytes, "zswap", "compressed swap pages (zswap)", false);
	add_row(ledger, machine, MACHINE_balloon_bytes, "balloon", "handed back to the hypervisor", false);
	add_row(ledger, machine, MACHINE_hardware_corrupted_bytes, "corrupted", "taken out after memory errors", false);
}

/*
 * The cache of ZFS is in no row of meminfo but with what describes it, which is slab. In a container the host's may be
 * seen: what is larger than what nobody accounts for is not of this machine.
 */
static int64_t arc_of(const struct machine *machine, int64_t unknown)
{
	static const uint8_t slab[] = { MACHINE_arc_headers_bytes, MACHINE_arc_dbufs_bytes, MACHINE_arc_dnodes_bytes,
		                        MACHINE_arc_bonus_bytes };
	int64_t arc = or_zero(machine, MACHINE_arc_bytes);

	for (size_t i = 0; i < sizeof slab; i++)
		arc -= or_zero(machine, slab[i]);
	return arc > 0 && arc <= unknown ? arc : 0;
}

/* Gives how much it added. */
static int64_t add_arc(struct ledger *ledger, const struct machine *machine, int64_t unknown)
{
	int64_t arc = arc_of(machine, unknown), least = or_zero(machine, MACHINE_arc_least_bytes);

	if (arc == 0)
		return 0;
	least = least < arc ? least : arc;
	add(ledger, "zfs_cache", "cache of ZFS (ARC)", arc - least, true,
	    "What ZFS has cached and gives back when memory is short. MemAvailable does not count it.");
	add(ledger, "zfs_cache_least", "cache of ZFS that it keeps", least, false,
	    machine_fields[MACHINE_arc_least_bytes].meaning);
	return arc;
}

int ledger_make(const struct machine *machine, struct ledger *ret)
{
	struct ledger ledger = { 0 };
	int64_t known = 0;

	if (!machine_has(machine, mem_total_bytes) || !machine_has(machine, mem_free_bytes))
		return -ENODATA;
	ledger.total_bytes = machine->mem_total_bytes;
	add_programs(&ledger, machine);
	add_kernel(&ledger, machine);
	add_caches(&ledger, machine);
	for (size_t i = 0; i < ledger.count; i++)
		known += ledger.parts[i].bytes;
	known += machine->mem_free_bytes;
	known += add_arc(&ledger, machine, ledger.total_bytes - known);
	add_row(&ledger, machine, MACHINE_mem_free_bytes, "free", "free", true);
	add(&ledger, "unaccounted", "unaccounted", ledger.total_bytes - known, false,
	    "What no counter of the kernel names: pages that drivers took, network and pipe buffers, a balloon.");
	*ret = ledger;
	return 0;
}

/* One claim by its formula: a row to begin with and the rows that are taken away. */
static bool claim(const struct machine *machine, const uint8_t *minus, size_t count, int64_t *ret)
{
	int64_t bytes = or_zero(machine, MACHINE_mem_total_bytes), value;

	for (size_t i = 0; i < count; i++) {
		if (!machine_number(machine, minus[i], &value))
			return false;
		bytes -= value;
	}
	*ret = bytes;
	return true;
}

size_t ledger_claims(const struct machine *machine, struct ledger_claim ret[LEDGER_CLAIMS])
{
	static const struct {
		const char *tool, *formula;
		uint8_t minus[4], count;
	} formulas[] = {
		{ "free, top (procps 4)", "total - available", { MACHINE_mem_available_bytes }, 1 },
		{ "free, top (procps 3)",
		  "total - free - buffers - cached - sreclaimable",
		  { MACHINE_mem_free_bytes, MACHINE_buffers_bytes, MACHINE_cached_bytes,
		    MACHINE_slab_reclaimable_bytes },
		  4 },
		{ "sar 12.6",
		  "total - free - buffers - cached - slab",
		  { MACHINE_mem_free_bytes, MACHINE_buffers_bytes, MACHINE_cached_bytes, MACHINE_slab_bytes },
		  4 },
		{ "very old tools", "total - free", { MACHINE_mem_free_bytes }, 1 },
	};
	size_t count = 0;

	for (size_t i = 0; i < sizeof formulas / sizeof *formulas; i++)
		if (claim(machine, formulas[i].minus, formulas[i].count, &ret[count].bytes)) {
			ret[count].tool = formulas[i].tool;
			ret[count++].formula = formulas[i].formula;
		}
	/* htop's bar shows the figure of procps 3 as used, and shared memory, which that took for cache, apart: both
	 * are full. */
	int64_t old;
	if (count < LEDGER_CLAIMS && machine_number(machine, MACHINE_mem_used_classic_bytes, &old)) {
		ret[count].tool = "htop 3";
		ret[count].formula = "total - free - buffers - cached - sreclaimable + shared";
		ret[count++].bytes = old + or_zero(machine, MACHINE_shmem_bytes);
	}
	return count;
}
