/* A program that crashes says so in one line, and then dies of it. */
#ifndef TOOLS_CRASH_H
#define TOOLS_CRASH_H

#include "tools/tool.h"

/*
 * From now on a signal that means a fault in the program is reported on stderr as procps does it: "Signal 11 (SEGV)
 * caught by NAME (VERSION)." Signals that somebody else handles already are left alone.
 */
void crash_report(const struct tool *tool);

/* What is to be done before that, in the signal handler: for screens, to give the terminal back. */
void crash_first(void (*first)(void));

#endif
