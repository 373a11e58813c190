/* Signals: their numbers and their names, as procps spells them: without SIG, and POLL, CHLD, ABRT for IO, CLD, IOT. */
#ifndef BASE_SIGNALS_H
#define BASE_SIGNALS_H

#include <stddef.h>

/* Those below this number have a name of their own; from SIGRTMIN to SIGRTMAX there are real-time signals. */
enum { SIGNALS_NAMED = 32, SIGNAL_NAME_BYTES = 16 };

/* "KILL", "RTMIN+3", "RTMAX-1": in `buf` or static. NULL for what is no signal, 0 too. */
const char *signal_name(int number, char buf[SIGNAL_NAME_BYTES]);

/*
 * The number of a signal by its number or its name: any case, with or without SIG, also IO, CLD, IOT, RTMIN+N, RTMAX-N,
 * and EXIT for 0, which only asks whether a process is there. -EINVAL.
 */
int signal_number(const char *text);

/*
 * Finds the first word of a command line that names a signal as an option ("-9", "-KILL", "-SIGKILL"), takes it out of
 * `argv` (its NULL at the end moves along), and gives its number. Words behind "--" are no options. -ENOENT when there
 * is none.
 */
int signal_option(int *argc, char **argv);

#endif
