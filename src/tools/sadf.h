/* The parts of vires sadf. */
#ifndef TOOLS_SADF_H
#define TOOLS_SADF_H

#include "tools/sar.h"

enum sadf_format { SADF_LINES, SADF_TABLE, SADF_JSON, SADF_XML, SADF_RAW };

struct sadf {
	struct sar sar;
	enum sadf_format format;
	enum { SADF_UTC, SADF_LOCAL, SADF_EPOCH } times;
	bool one_line;                   /* -h: all views of a moment on one line of the table */
	bool begun;                      /* the document has its head */
	struct buffer tables[SAR_VIEWS]; /* owned: views after the first wait until those before them are done */
};

/* A number as all formats have it: two decimals or none, with a point in any locale. "null" or nothing when absent. */
void sadf_put_value(struct buffer *buffer, const struct sar_item *item, const struct sar_column *column,
                    const char *absent);

/* Whole seconds between the two moments. */
int64_t sadf_interval(const struct view *view);

/* "2026-11-21 17:12:09" and what the zone wants behind it, or a strftime format of ours. */
void sadf_put_time(struct buffer *buffer, const struct sadf *sadf, int64_t wall_ns);
void sadf_put_moment(struct buffer *buffer, int64_t wall_ns, bool local, const char *format);

/* Tables of -d and lines of -p: one moment; and what is left at the end. */
void sadf_put_tables(struct sadf *sadf, struct buffer *buffer, const struct view *view);
void sadf_end_tables(struct sadf *sadf, struct buffer *buffer);

/* -r: the lines of one view; and what it needs to know besides the views' own fields. */
void sadf_put_raw(struct sadf *sadf, struct buffer *buffer, const struct view *view, enum sar_view_id id);
void sadf_request_raw(struct sadf *sadf);

/* -j and -x. */
void sadf_put_tree(struct sadf *sadf, struct buffer *buffer, const struct view *view);
void sadf_end_tree(struct sadf *sadf, struct buffer *buffer);

/* The head of such a document, from its first sample. */
void sadf_begin_tree(struct sadf *sadf, struct buffer *buffer, const struct snapshot *first);

#endif
