/* Words of a command line as numbers, read as strictly as the old tools read them. */
#ifndef TOOLS_WORDS_H
#define TOOLS_WORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "tools/tool.h"

/*
 * A whole number in base 10, blanks in front and a sign allowed. False, nothing changed, when it is none; then errno is
 * 0, or ERANGE when it is too big.
 */
bool word_integer(const char *word, int64_t *ret);

/* The number of a process: 1 or more. False, nothing changed, when it is none. */
bool word_pid(const char *word, int64_t *ret);

/* The same, or a line on stderr: GO_ON, or STATUS_USAGE. */
int word_pid_wanted(const struct tool *tool, const char *word, int64_t *ret);

/* The same of the only word behind the options, from argv[optind] on; more or none is a wrong call, too. */
int words_pid_wanted(const struct tool *tool, int argc, char **argv, int64_t *ret);

/* Status 1 after "NAME: what: 'word'", with the reason behind it when errno has one. */
int word_complain(const struct tool *tool, const char *what, const char *word);

/*
 * Seconds with a '.' or ',' before the decimals, whatever the locale, as nanoseconds. What does not fit becomes the
 * largest or smallest there is. False, nothing changed, when it is no number.
 */
bool word_seconds(const char *word, int64_t *ret_ns);

#endif
