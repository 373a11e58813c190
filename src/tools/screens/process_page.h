/* What the page of one process is made of: read once when it is opened, and when it is asked for again. */
#ifndef TOOLS_SCREENS_PROCESS_PAGE_H
#define TOOLS_SCREENS_PROCESS_PAGE_H

#include "analysis/moved.h"
#include "tools/screens/screen_show.h"
#include "tools/why_look.h"

/* Its mappings at one moment. */
struct held_list {
	struct held *at; /* owned, by address */
	size_t count, capacity;
	struct arena names;
	int64_t taken_ns; /* 0: not taken */
};

struct process_page {
	struct why_look look;
	bool looked;
	int error; /* -errno why not */
	struct held_list now, marked;
	bool list;             /* the mappings one by one */
	int64_t would_take_ns; /* so long it would be held up; 0: its mappings were read */
};

/* Adds the parts of the page as marked lines. */
void process_put_space(struct buffer *text, const struct process_page *page, bool unicode, size_t columns);
void process_put_mappings(struct buffer *text, const struct process_page *page, size_t columns);
void process_put_moved(struct buffer *text, const struct process_page *page, size_t columns);
void process_put_rest(struct buffer *text, const struct process_page *page, size_t columns);

#endif
