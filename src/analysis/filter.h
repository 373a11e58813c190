/*
 * Which processes are meant, as an expression over their fields: `pss > 1G and growth > 10M/h`, `user = www-data or
 * command ~ nginx|php`, `not (state = S)`. A text without any comparison is looked for in the command line and the
 * name: `fire|chrom`. Pure: everything comes from the text and the view.
 */
#ifndef ANALYSIS_FILTER_H
#define ANALYSIS_FILTER_H

#include "model/source.h"
#include "model/view.h"

enum { FILTER_NODES = 64, FILTER_LENGTH = 256 };

enum filter_kind { FILTER_AND, FILTER_OR, FILTER_NOT, FILTER_NUMBER, FILTER_TEXT };
enum filter_order {
	FILTER_LESS,
	FILTER_LESS_EQUAL,
	FILTER_MORE,
	FILTER_MORE_EQUAL,
	FILTER_EQUAL,
	FILTER_UNLIKE,
	FILTER_HAS,
	FILTER_HAS_NOT
};

struct filter_node {
	enum filter_kind kind;
	uint8_t left, right; /* of AND and OR; NOT has only `left` */
	enum filter_order order;
	uint8_t id;       /* task field */
	double number;    /* in the field's unit */
	uint16_t at, len; /* the text, in the filter's */
};

/* A filter is a value: it can be copied. Without nodes everything fits. */
struct filter {
	char text[FILTER_LENGTH];
	struct filter_node nodes[FILTER_NODES];
	size_t count;
	uint8_t root;
};

/* What is wrong with a text, and where it begins. */
struct filter_error {
	size_t at;
	char words[160];
};

/* -EINVAL with an error in words, and `ret` is untouched. An empty text, or one of blanks, gives an empty filter. */
int filter_parse(struct span text, struct filter *ret, struct filter_error *error);

/* Adds the fields that it looks at to `set` of the request. */
void filter_request(const struct filter *filter, struct request *request, struct field_set *set);

/* Whether the row fits. What is absent neither fits nor does not: `pss < 1G` and `not pss < 1G` both leave it out. */
bool filter_fits(const struct filter *filter, const struct view *view, size_t row);

/* Whether `text` holds one of the `words`, which stand between '|', whatever the case. Empty words are no words. */
bool filter_has(struct span text, struct span words);

#endif
