#include "kernel/huge_pools.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"

struct found {
	struct huge_pool *pools;
	size_t capacity, count; /* of `count`, those that fit are in `pools` */
};

int huge_pool_size(struct span name, int64_t *ret_bytes)
{
	int64_t kib, bytes;
	const size_t start = sizeof "hugepages-" - 1, unit = sizeof "kB" - 1;

	if (!span_starts(name, SPAN("hugepages-")) || name.len < start + unit ||
	    !span_is(span_skip(name, name.len - unit), "kB"))
		return -EBADMSG;
	struct span digits = { name.at + start, name.len - start - unit };
	if (!span_i64(&digits, &kib) || digits.len || kib <= 0 || __builtin_mul_overflow(kib, 1024, &bytes))
		return -EBADMSG;
	*ret_bytes = bytes;
	return 0;
}

int huge_pool_parse(struct span bytes, const struct field *field, struct huge_pool *pool)
{
	struct span line;
	int64_t count;

	if (!span_whole_line(&bytes, &line) || !span_i64(&line, &count) || line.len || count < 0)
		return -EBADMSG;
	record_set(field, pool, count);
	return 0;
}

static void read_counts(int dirfd, const char *folder, struct huge_pool *pool)
{
	char path[512], text[64];
	struct span bytes;

	for (unsigned id = 0; id < HUGE_POOL_FIELDS; id++) {
		const struct field *field = &huge_pool_fields[id];
		if (!field->key[0])
			continue;
		int len = snprintf(path, sizeof path, "%s/%s", folder, field->key);
		if (len > 0 && (size_t)len < sizeof path && file_read(dirfd, path, text, sizeof text, &bytes) == 0)
			huge_pool_parse(bytes, field, pool);
	}
}

/* The pools below a folder; of node `node`, or with -1 of the machine. */
static int read_pools(int root_dirfd, const char *path, int64_t node, struct found *found)
{
	DIR *folder;
	int64_t bytes;

	int r = file_folder(root_dirfd, path, &folder);
	if (r < 0)
		return r;
	for (const struct dirent *entry; (entry = readdir(folder));) {
		struct huge_pool pool = { 0 };
		if (huge_pool_size(span_of(entry->d_name), &bytes) < 0)
			continue;
		huge_pool_set(&pool, page_bytes, bytes);
		if (node >= 0)
			huge_pool_set(&pool, node, node);
		read_counts(dirfd(folder), entry->d_name, &pool);
		if (found->count < found->capacity)
			found->pools[found->count] = pool;
		found->count++;
	}
	closedir(folder);
	return 0;
}

static void read_nodes(int root_dirfd, struct found *found)
{
	DIR *folder;
	char path[128];
	int64_t node;

	if (file_folder(root_dirfd, "sys/devices/system/node", &folder) < 0)
		return;
	for (const struct dirent *entry; (entry = readdir(folder));) {
		struct span name = span_of(entry->d_name);
		if (!span_starts(name, SPAN("node")))
			continue;
		name = span_skip(name, 4);
		if (!span_i64(&name, &node) || name.len || node < 0)
			continue;
		snprintf(path, sizeof path, "sys/devices/system/node/node%lld/hugepages", (long long)node);
		read_pools(root_dirfd, path, node, found);
	}
	closedir(folder);
}

static int compare(const void *left, const void *right)
{
	const struct huge_pool *a = left, *b = right;
	int64_t node_a = huge_pool_has(a, node) ? a->node : -1, node_b = huge_pool_has(b, node) ? b->node : -1;

	if (node_a != node_b)
		return node_a < node_b ? -1 : 1;
	return (a->page_bytes > b->page_bytes) - (a->page_bytes < b->page_bytes);
}

int huge_pools_read(int root_dirfd, struct huge_pool *pools, size_t capacity)
{
	struct found found = { .pools = pools, .capacity = capacity };

	int r = read_pools(root_dirfd, "sys/kernel/mm/hugepages", -1, &found);
	if (r < 0)
		return r;
	read_nodes(root_dirfd, &found);
	qsort(pools, found.count < capacity ? found.count : capacity, sizeof *pools, compare);
	return (int)found.count;
}
