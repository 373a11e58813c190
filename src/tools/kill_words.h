/* The words of kill's command line in the order that getopt needs: it cannot tell -9 from the group -123. */
#ifndef TOOLS_KILL_WORDS_H
#define TOOLS_KILL_WORDS_H

#include <stdbool.h>

struct kill_words {
	char **options;   /* owned: options, "--", operands, NULL */
	int option_count; /* with the operands */
	char **operands;  /* where they are gathered */
	int operand_count;
	int signal;      /* of a word like -9 or -KILL; -EINVAL: there was none */
	bool has_signal; /* from here on -9 is a group */
	bool ended;      /* by "--" */
};

/*
 * The first word that is a signal (-9, -KILL) is taken out, and groups, which may follow a signal, are put behind the
 * options with the other processes. -ENOMEM; `options` is the caller's to free.
 */
int kill_words_sort(int argc, char **argv, struct kill_words *ret);

#endif
