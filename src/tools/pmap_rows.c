/* The rows of vires pmap as it prints them without -X and -c. */
#include "render/text.h"
#include "tools/pmap.h"

/* What is summed over the rows of one process, in bytes. */
struct totals {
	int64_t size, shared, writable, rss, dirty;
};

struct rows {
	struct totals totals;
	bool begun;
};

static bool is_sysv(const struct mapping *mapping)
{
	static const struct span start = { "/SYSV", 5 };
	enum { KEY = 8 };

	if (mapping->device_major || !span_starts(mapping->name, start) || mapping->name.len < start.len + KEY)
		return false;
	for (size_t i = 0; i < KEY; i++)
		if (!strchr("0123456789abcdef", mapping->name.at[start.len + i]))
			return false;
	struct span rest = span_skip(mapping->name, start.len + KEY);
	return rest.len == 0 || rest.at[0] == ' ';
}

static bool holds_stack(const struct pmap_process *process, const struct mapping *mapping)
{
	uint64_t start = (uint64_t)process->stack_start;

	return start >= (uint64_t)mapping->start && start <= (uint64_t)mapping->end;
}

void pmap_put_name(struct buffer *out, struct span name)
{
	size_t len;

	for (; name.len; name = span_skip(name, len)) {
		unsigned char first = (unsigned char)name.at[0];
		bool control = first < ' ' || first == 0x7f;
		for (len = 1; len < name.len && !control; len++)
			if ((unsigned char)name.at[len] < ' ' || name.at[len] == 0x7f)
				break;
		if (control)
			buffer_char(out, '?');
		else
			text_put(out, (struct span){ name.at, len }, SIZE_MAX);
	}
}

static void put_name(const struct pmap_process *process, const struct mapping *mapping)
{
	struct buffer *out = &process->pmap->out;
	struct span name = mapping_has(mapping, name) ? mapping->name : (struct span){ 0 };
	const char *first = name.len ? memchr(name.at, '/', name.len) : NULL;

	if (first && is_sysv(mapping)) {
		buffer_text(out, "  [ shmid=0x");
		buffer_hex(out, (uint64_t)mapping->inode, 1);
		buffer_text(out, " ]");
	} else if (first) {
		size_t skip = process->pmap->show_path ? (size_t)(first - name.at) : (size_t)span_last(name, '/') + 1;
		pmap_put_name(out, span_skip(name, skip == name.len ? skip - 1 : skip));
	} else if (process->pmap->kernel_names && name.len && name.at[name.len - 1] == ']' &&
	           (first = memchr(name.at, '[', name.len))) {
		pmap_put_name(out, span_skip(name, (size_t)(first - name.at)));
	} else {
		buffer_text(out, holds_stack(process, mapping) ? "  [ stack ]" : "  [ anon ]");
	}
	buffer_char(out, '\n');
}

/* "rw-s-" */
static void put_mode(struct buffer *out, const struct mapping *mapping)
{
	buffer_add(out, (struct span){ mapping->perms.at, 3 });
	buffer_char(out, mapping->perms.at[3] == 'p' ? '-' : mapping->perms.at[3]);
	buffer_text(out, "- ");
}

static void add_up(struct totals *totals, const struct mapping *mapping)
{
	totals->size += mapping->size_bytes;
	if (mapping->perms.at[3] == 's')
		totals->shared += mapping->size_bytes;
	else if (mapping->perms.at[1] == 'w')
		totals->writable += mapping->size_bytes;
	totals->rss += mapping_or_zero(mapping, rss_bytes);
	totals->dirty += mapping_or_zero(mapping, shared_dirty_bytes);
	totals->dirty += mapping_or_zero(mapping, private_dirty_bytes);
}

static void put_kib(struct buffer *out, bool known, int64_t bytes)
{
	enum { WIDTH = 7 };

	buffer_char(out, ' ');
	if (known)
		buffer_i64(out, bytes / 1024, WIDTH);
	else
		buffer_text(out, "      -");
}

static void put_extended(struct buffer *out, const struct mapping *mapping)
{
	int64_t shared = mapping_or_zero(mapping, shared_dirty_bytes);
	int64_t private = mapping_or_zero(mapping, private_dirty_bytes);

	put_kib(out, mapping_has(mapping, rss_bytes), mapping_or_zero(mapping, rss_bytes));
	put_kib(out, mapping_has(mapping, shared_dirty_bytes) || mapping_has(mapping, private_dirty_bytes),
	        shared + private);
	buffer_char(out, ' ');
	put_mode(out, mapping);
}

static void put_device(struct buffer *out, const struct mapping *mapping)
{
	buffer_char(out, ' ');
	put_mode(out, mapping);
	buffer_hex(out, (uint64_t)mapping->offset_bytes, 16);
	buffer_char(out, ' ');
	buffer_hex(out, (uint64_t)mapping->device_major, 3);
	buffer_char(out, ':');
	buffer_hex(out, (uint64_t)mapping->device_minor, 5);
	buffer_char(out, ' ');
}

/* The header: not before it is clear that there may be rows. */
static void begin(const struct pmap_process *process)
{
	struct pmap *pmap = process->pmap;
	struct rows *rows = process->table;

	if (!rows->begun && !pmap->quiet && pmap->format == PMAP_EXTENDED)
		buffer_text(&pmap->out, "Address           Kbytes     RSS   Dirty Mode  Mapping\n");
	else if (!rows->begun && !pmap->quiet && pmap->format == PMAP_DEVICE)
		buffer_text(&pmap->out, "Address           Kbytes Mode  Offset           Device    Mapping\n");
	rows->begun = true;
}

static int put_mapping(void *context, const struct mapping *mapping)
{
	const struct pmap_process *process = context;
	struct pmap *pmap = process->pmap;
	struct buffer *out = &pmap->out;

	if (!pmap_in_range(pmap, mapping))
		return 0;
	begin(process);
	add_up(&((struct rows *)process->table)->totals, mapping);
	buffer_hex(out, (uint64_t)mapping->start, 16);
	buffer_char(out, ' ');
	buffer_i64(out, mapping->size_bytes / 1024, pmap->format == PMAP_PLAIN ? 6 : 7);
	if (pmap->format == PMAP_EXTENDED) {
		put_extended(out, mapping);
	} else if (pmap->format == PMAP_DEVICE) {
		put_device(out, mapping);
	} else {
		buffer_text(out, "K ");
		put_mode(out, mapping);
	}
	put_name(process, mapping);
	pmap_flush(pmap);
	return 0;
}

static void put_totals(struct pmap *pmap, const struct totals *totals)
{
	struct buffer *out = &pmap->out;

	switch (pmap->format) {
	case PMAP_EXTENDED:
		buffer_text(out, "---------------- ------- ------- ------- \ntotal kB         ");
		buffer_i64(out, totals->size / 1024, 7);
		buffer_char(out, ' ');
		buffer_i64(out, totals->rss / 1024, 7);
		buffer_char(out, ' ');
		buffer_i64(out, totals->dirty / 1024, 7);
		buffer_char(out, '\n');
		break;
	case PMAP_DEVICE:
		buffer_format(out, "mapped: %lldK    writeable/private: %lldK    shared: %lldK\n",
		              (long long)totals->size / 1024, (long long)totals->writable / 1024,
		              (long long)totals->shared / 1024);
		break;
	default:
		buffer_text(out, " total ");
		buffer_i64(out, totals->size / 1024, 16);
		buffer_text(out, "K\n");
	}
}

int pmap_rows(struct pmap_process *process)
{
	struct pmap *pmap = process->pmap;
	struct rows rows = { 0 };

	process->table = &rows;
	int r = source_mappings(process->source, process->pid, &pmap->wanted, put_mapping, process);
	if (r == 0)
		begin(process);
	if (rows.begun && !pmap->quiet)
		put_totals(pmap, &rows.totals);
	return pmap_end(process, r, rows.begun);
}
