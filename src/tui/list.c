#include "tui/list.h"

/* `*at` moved by the key within 0..most; false when the key does not move. */
static bool step(size_t *at, size_t most, size_t page, int key)
{
	size_t leap = page > 1 ? page - 1 : 1;

	switch (key) {
	case KEY_ARROW_UP:
		*at -= *at > 0;
		break;
	case KEY_ARROW_DOWN:
		*at += *at < most;
		break;
	case KEY_PAGE_UP:
		*at = *at > leap ? *at - leap : 0;
		break;
	case KEY_PAGE_DOWN:
		*at = most - *at > leap ? *at + leap : most;
		break;
	case KEY_TO_START:
		*at = 0;
		break;
	case KEY_TO_END:
		*at = most;
		break;
	default:
		return false;
	}
	return true;
}

void list_fit(struct list *list)
{
	size_t height = list->height ? list->height : 1;

	if (list->at >= list->count)
		list->at = list->count ? list->count - 1 : 0;
	if (list->first > list->at)
		list->first = list->at;
	if (list->at - list->first >= height)
		list->first = list->at - height + 1;
}

bool list_key(struct list *list, int key)
{
	bool moved = step(&list->at, list->count ? list->count - 1 : 0, list->height, key);

	list_fit(list);
	return moved;
}

bool list_scroll(struct list *list, int key)
{
	size_t most = list->count > list->height ? list->count - list->height : 0;

	if (list->first > most)
		list->first = most;
	return step(&list->first, most, list->height, key);
}
