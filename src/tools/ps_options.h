/* Between the grammar of ps (ps_grammar.c) and its tables of options (ps_options.c). */
#ifndef TOOLS_PS_OPTIONS_H
#define TOOLS_PS_OPTIONS_H

#include "tools/ps.h"

struct ps_parser {
	struct ps_request *request;
	struct ps_wishes wishes;
	int argc;
	char **argv;
	int at;           /* the word being read */
	const char *rest; /* of that word: the letter being read, or what follows a long name */
	bool only_bsd;    /* second try: dashes mean nothing */
};

/*
 * One option. `needs` is what to say when its value is missing; NULL: it takes none; "": the value may be missing.
 * `act` gives back NULL, or what is wrong.
 */
struct ps_option {
	const char *name; /* a letter, or the long name */
	const char *(*act)(struct ps_parser *parser, const char *argument, unsigned value);
	unsigned value;
	const char *needs;
	const char *alone; /* what to say when a long option that takes no value is given one */
};

/* NULL when there is none of that name. */
const struct ps_option *ps_unix_letter(char letter);
const struct ps_option *ps_bsd_letter(char letter);
const struct ps_option *ps_long_option(struct span name);

#endif
