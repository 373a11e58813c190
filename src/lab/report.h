/* vires lab report: everything that came out on this machine, as one HTML page that needs nothing else. */
#ifndef LAB_REPORT_H
#define LAB_REPORT_H

#include "lab/face.h"

struct page {
	struct buffer list, body; /* of contents, and the experiments themselves */
	size_t verdicts[INCONCLUSIVE + 1];
	int theme; /* of the last one; -1 for none */
};

/* Adds one; `lines` is what the tools print beside it. */
void report_add(struct page *report, const struct result *result, struct span lines);

/* The whole page. */
void report_put(struct buffer *buffer, const struct page *report, struct source *source);
void report_done(struct page *report);

#endif
