/*
 * The program `pages` (x86-64 with tables of four levels, kernels since 6.4): pages of processes, counted as smaps
 * counts them, out of the page tables themselves. It takes no lock of the process. What is read may have been freed and
 * be something else by now: then the numbers are wrong, which the caller has to notice, but nothing else happens. Reads
 * that fail give 0, and addresses are made only of frames that are RAM.
 */
#include "kernel/bpf/page_sum.h"
#include "kernel/bpf/page_table.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

#define OFFSET bpf_core_field_offset

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, PAGE_SUMS_AT_ONCE);
	__type(key, __u32);
	__type(value, struct page_sum);
} records SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct page_control);
} control SEC(".maps");

enum { LATER = -1, STEPS_MOST = 4 * PAGES_AT_ONCE };

#define HUGE_BYTES (1ULL << 21)

INLINE struct page_control *find_control(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&control, &zero);
}

INLINE bool is_mapped(__u64 entry)
{
	return entry & (PRESENT | NO_ACCESS);
}

/* --- pages */

INLINE void add(struct page_control *c, bool dirty, int mapped, __u64 pages)
{
	if (mapped < 2) {
		c->sum.pages[dirty ? PRIVATE_DIRTY : PRIVATE_CLEAN] += pages;
		return;
	}
	c->sum.pages[dirty ? SHARED_DIRTY : SHARED_CLEAN] += pages;
	c->sum.shared_part += (4096U << PAGE_PART_SHIFT) / (__u32)mapped * pages;
}

/* What the kernel says of a page, and of the folio that it is part of. */
struct looked {
	__u64 folio;
	bool dirty;
	int mapped; /* how often */
};

INLINE struct looked look(const struct page_control *c, __u64 frame)
{
	__u64 page = c->page_map + frame * bpf_core_type_size(struct page);
	__u64 head = word_at(page + OFFSET(struct page, compound_head)), folio = head & 1 ? head - 1 : page;
	__u64 flags = word_at(folio);
	int mapped = (int)word_at(page + OFFSET(struct page, _mapcount)) + 1;

	if ((head | flags >> bpf_core_enum_value(enum pageflags, PG_head)) & 1)
		mapped += (int)word_at(folio + OFFSET(struct folio, _entire_mapcount)) + 1;
	return (struct looked){ .folio = folio,
		                .dirty = flags >> bpf_core_enum_value(enum pageflags, PG_dirty) & 1,
		                .mapped = mapped };
}

INLINE void count_page(struct page_control *c, __u64 entry)
{
	__u64 frame = frame_of(entry);

	if (!is_mapped(entry) || frame >= c->ram.frames_end) {
		c->stop = PAGES_ELSEWHERE;
	} else if (!(entry & SPECIAL)) {
		struct looked page = look(c, frame);
		add(c, page.dirty || (entry & ALL_DIRTY), page.mapped, 1);
	}
}

/* The pages of one huge entry. A folio that is referred to once is mapped by that entry alone. */
FUNCTION int count_huge(unsigned long long frame, unsigned dirty, unsigned unused __attribute__((unused)))
{
	struct page_control *c = find_control();

	if (!c)
		return 0;
	struct looked first = look(c, frame);
	c->sum.huge += PAGE_ENTRIES;
	if ((__u32)word_at(first.folio + OFFSET(struct page, _refcount)) == 1) {
		add(c, dirty || first.dirty, 1, PAGE_ENTRIES);
		return 0;
	}
	c->left -= PAGE_ENTRIES;
	FOR(i, PAGE_ENTRIES, {
		struct looked page = look(c, frame + i);
		add(c, dirty || page.dirty, page.mapped, 1);
	})
	return 0;
}

/* --- tables, from the root (level 3) down to those of pages (level 0) */

/*
 * Copies what of the table of c->level lies in the range. It describes memory that begins at `base`. Functions have the
 * one signature that program.c knows; so the verifier looks at each once.
 */
FUNCTION int open_table(unsigned long long base, unsigned low, unsigned high)
{
	struct page_control *c = find_control();

	if (!c)
		return 0;
	__u32 level = c->level & (PAGE_LEVELS - 1), shift = shift_of(level);
	__u64 first = c->start > base ? (c->start - base) >> shift : 0, last = (c->end - 1 - base) >> shift;
	struct page_table *table = &c->tables[level];
	if (last >= PAGE_ENTRIES)
		last = PAGE_ENTRIES - 1;
	__u32 count = (__u32)(last - first + 1);
	table->base = base + (first << shift);
	table->group = table->count = 0;
	if (first > last || count > PAGE_ENTRIES)
		return 0;
	if (bpf_probe_read_kernel(table->entries, count * 8, (void *)(((__u64)high << 32 | low) + first * 8)))
		c->stop = PAGES_ELSEWHERE;
	__builtin_memset(&table->entries[count], 0, PAGE_GROUP * 8);
	table->count = count;
	c->left -= 1 + count / PAGE_GROUP / 2;
	return 0;
}

INLINE __u64 any_of(const __u64 *group)
{
	return group[0] | group[1] | group[2] | group[3] | group[4] | group[5] | group[6] | group[7];
}

/* Which entry of a table comes next, and is forgotten there; PAGE_ENTRIES behind the last one. It is left in c->entry.
 */
FUNCTION int next_entry(unsigned long long unused, unsigned level, unsigned more)
{
	struct page_control *c = find_control();
	int found = PAGE_ENTRIES;

	if (!c)
		return (int)(unused + more);
	struct page_table *table = &c->tables[level & (PAGE_LEVELS - 1)];
	FOR(i, PAGE_ENTRIES / PAGE_GROUP, {
		__u32 begin = (table->group & (PAGE_ENTRIES / PAGE_GROUP - 1)) * PAGE_GROUP;
		if (begin < table->count && !any_of(&table->entries[begin])) {
			table->group++;
			continue;
		}
		if (begin >= table->count || table->group >= PAGE_ENTRIES / PAGE_GROUP)
			break;
		FOR(k, PAGE_GROUP, {
			__u32 at = (begin + k) & (PAGE_ENTRIES - 1);
			c->entry = table->entries[at];
			if (c->entry) {
				table->entries[at] = 0;
				found = (int)at;
				break;
			}
		})
		break;
	})
	return found;
}

INLINE __u64 table_of(const struct page_control *c, __u64 entry)
{
	return (entry & PRESENT) && frame_of(entry) < c->ram.frames_end ? c->ram.direct_map + (entry & FRAME_MASK) : 0;
}

/* All pages of the table that is open on level 0. */
FUNCTION int count_pages(unsigned long long unused, unsigned some, unsigned more)
{
	struct page_control *c = find_control();

	if (!c)
		return (int)(unused + some + more);
	struct page_table *table = &c->tables[0];
	FOR(group, PAGE_ENTRIES / PAGE_GROUP, {
		__u32 begin = (group & (PAGE_ENTRIES / PAGE_GROUP - 1)) * PAGE_GROUP;
		if (begin >= table->count || c->stop)
			break;
		if (!any_of(&table->entries[begin]))
			continue;
		c->left -= PAGE_GROUP;
		FOR(i, PAGE_GROUP, {
			__u64 entry = table->entries[(begin + i) & (PAGE_ENTRIES - 1)];
			if (entry)
				count_page(c, entry);
		})
	})
	return 0;
}

/* An entry that leads to no table: a huge page of 2 MiB, if it is in the range as a whole. */
INLINE void take_huge(struct page_control *c, __u64 entry, __u64 address, __u32 level)
{
	__u64 frame = frame_of(entry) & ~(PAGE_ENTRIES - 1ULL);

	if (level != 1 || !is_mapped(entry) || !(entry & IS_HUGE) || frame + PAGE_ENTRIES > c->ram.frames_end ||
	    address < c->start || address + HUGE_BYTES > c->end)
		c->stop = PAGES_ELSEWHERE;
	else if (!(entry & SPECIAL))
		count_huge(frame, (entry & ALL_DIRTY) != 0, 0);
}

/* Opens the table that an entry leads to; counts one of pages. */
INLINE void descend(struct page_control *c, __u64 entry, __u64 address, __u32 level)
{
	__u64 table = table_of(c, entry);

	if (!table) {
		c->stop = PAGES_ELSEWHERE;
		return;
	}
	c->level = level - 1;
	open_table(address, (__u32)table, (__u32)(table >> 32));
	if (c->level == 0) {
		c->leaf = table;
		c->leaf_base = address;
		count_pages(0, 0, 0);
		c->level = 1;
	}
}

/* What is in the open tables of levels 3 to 1, in the order of the addresses. */
FUNCTION int walk(unsigned long long unused, unsigned some, unsigned more)
{
	struct page_control *c = find_control();

	if (!c)
		return (int)(unused + some + more);
	FOR(i, STEPS_MOST, {
		__u32 level = c->level & (PAGE_LEVELS - 1);
		if (c->stop || c->level >= PAGE_LEVELS)
			break;
		__u32 at = (__u32)next_entry(0, level, 0);
		__u64 entry = c->entry, address = c->tables[level].base + ((__u64)at << shift_of(level));
		if (at >= PAGE_ENTRIES) {
			c->level++;
			continue;
		}
		if (c->left <= 0) {
			c->sum.start = address > c->start ? address : c->start;
			c->stop = LATER;
			break;
		}
		if ((entry & IS_HUGE) || !(entry & PRESENT))
			take_huge(c, entry, address, level);
		else
			descend(c, entry, address, level);
	})
	return 0;
}

/* --- questions */

/* Whose tables are walked: mostly who was asked about before. */
INLINE bool find_root(struct page_control *c, const struct page_sum *asked)
{
	struct task_struct *task;

	if (c->root && c->pid == asked->host_pid)
		return true;
	c->root = c->leaf = 0;
	c->pid = asked->host_pid;
	task = bpf_task_from_pid((int)asked->host_pid);
	if (!task)
		return false;
	struct task_struct *t = cast(task);
	struct mm_struct *mm = t->mm;
	if (mm && t->start_boottime == asked->boot_ns && mm->hugetlb_usage.counter == 0)
		c->root = pointer_number(&c->pointer, mm->pgd);
	bpf_task_release(task);
	return c->root;
}

FUNCTION int answer(unsigned long long unused, unsigned index, unsigned more)
{
	struct page_control *c = find_control();
	struct page_sum *asked = bpf_map_lookup_elem(&records, &index);

	if (!c || !asked)
		return (int)(unused + more);
	c->sum = *asked;
	c->start = asked->start;
	c->end = asked->end;
	c->stop = 0;
	if (!find_root(c, asked) || c->start >= c->end || c->end > 1ULL << 47) {
		asked->status = PAGES_ELSEWHERE;
		return 0;
	}
	/* Small mappings lie side by side: mostly in the table that was open last. */
	bool again = c->leaf && c->start >= c->leaf_base && c->end <= c->leaf_base + HUGE_BYTES;
	__u64 table = again ? c->leaf : c->root;
	c->level = again ? 0 : PAGE_LEVELS - 1;
	open_table(again ? c->leaf_base : 0, (__u32)table, (__u32)(table >> 32));
	if (again)
		count_pages(0, 0, 0);
	else
		walk(0, 0, 0);
	*asked = c->sum;
	asked->status = c->stop == 0 ? PAGES_COUNTED : c->stop == LATER ? PAGES_ASKED : PAGES_ELSEWHERE;
	return 0;
}

/* --- where the kernel keeps RAM and the descriptions of its pages */

/* The one folio of our file, as the kernel points to it. */
INLINE __u64 find_folio(struct page_control *c, struct task_struct *t)
{
	__u64 files = pointer_number(&c->pointer, t->files), table = word_at(files + OFFSET(struct files_struct, fdt));
	__u64 file = word_at(word_at(table + OFFSET(struct fdtable, fd)) + c->file * 8);
	__u64 inode = word_at(file + OFFSET(struct file, f_inode));
	__u64 mapping = word_at(inode + OFFSET(struct inode, i_mapping));

	return word_at(mapping + OFFSET(struct address_space, i_pages.xa_head));
}

FUNCTION int calibrate(unsigned long long unused, unsigned some, unsigned more)
{
	struct page_control *c = find_control();

	if (!c)
		return (int)(unused + some + more);
	struct task_struct *t = cast((void *)bpf_get_current_task_btf());
	struct mm_struct *mm = t->mm;
	c->root = pointer_number(&c->pointer, mm->pgd);
	c->sum.host_pid = (__u32)t->tgid;
	c->sum.boot_ns = t->start_boottime;
	c->page_map = 0;
	find_direct_map(&c->ram, c->root);
	if (!c->ram.direct_map)
		return 0;
	__u64 page = find_entry(c->ram.direct_map, c->ram.frames_end, c->root, c->ram.address);
	__u64 map = find_folio(c, t) - frame_of(word_at(page)) * bpf_core_type_size(struct page);
	if (!(map & (GIB - 1)) && map >> 63)
		c->page_map = map;
	return 0;
}

SEC("syscall")
int pages(void *context __attribute__((unused)))
{
	struct page_control *c = find_control();

	if (!c)
		return 1;
	if (c->job == JOB_CALIBRATE) {
		calibrate(0, 0, 0);
		return 0;
	}
	c->root = c->leaf = 0;
	c->left = PAGES_AT_ONCE;
	bpf_rcu_read_lock(); /* tables that are taken away meanwhile stay what they are */
	FOR(i, PAGE_SUMS_AT_ONCE, {
		if (i >= c->count || c->left <= 0)
			break;
		answer(0, i, 0);
	})
	bpf_rcu_read_unlock();
	return 0;
}
