#include "analysis/moved.h"

#include <errno.h>
#include <stdlib.h>

static int64_t size_of(const struct held *held)
{
	return held ? (int64_t)(held->end - held->start) : 0;
}

static struct moved compare(const struct held *before, const struct held *now)
{
	return (struct moved){
		.how = !before ? MOVED_NEW :
		       !now    ? MOVED_GONE :
		                 MOVED_CHANGED,
		.before = before,
		.now = now,
		.size_bytes = size_of(now) - size_of(before),
		.rss_bytes = (now ? now->rss_bytes : 0) - (before ? before->rss_bytes : 0),
	};
}

static bool is_same(const struct moved *moved)
{
	return moved->before && moved->now && moved->size_bytes == 0 && moved->rss_bytes == 0 &&
	       moved->before->swap_bytes == moved->now->swap_bytes;
}

static int64_t magnitude(int64_t value)
{
	return value < 0 ? -value : value;
}

static int by_change(const void *left, const void *right)
{
	const struct moved *a = left, *b = right;
	int64_t one = magnitude(a->rss_bytes), other = magnitude(b->rss_bytes);

	if (one == other) {
		one = magnitude(a->size_bytes);
		other = magnitude(b->size_bytes);
	}
	return one > other ? -1 : one < other;
}

int moved_new(const struct held *before, size_t before_count, const struct held *now, size_t now_count,
              struct moved **ret, size_t *ret_count)
{
	struct moved *list = calloc(before_count + now_count + 1, sizeof *list);
	size_t old = 0, fresh = 0, count = 0;

	if (!list)
		return -ENOMEM;
	while (old < before_count || fresh < now_count) {
		const struct held *was = old < before_count ? &before[old] : NULL;
		const struct held *is = fresh < now_count ? &now[fresh] : NULL;
		if (was && is && was->start != is->start) {
			was = was->start < is->start ? was : NULL;
			is = was ? NULL : is;
		}
		old += was != NULL;
		fresh += is != NULL;
		list[count] = compare(was, is);
		count += !is_same(&list[count]);
	}
	qsort(list, count, sizeof *list, by_change);
	*ret = list;
	*ret_count = count;
	return 0;
}
