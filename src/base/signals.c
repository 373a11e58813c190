#include "base/signals.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *const names[SIGNALS_NAMED] = {
	[SIGHUP] = "HUP",       [SIGINT] = "INT",     [SIGQUIT] = "QUIT", [SIGILL] = "ILL",   [SIGTRAP] = "TRAP",
	[SIGABRT] = "ABRT",     [SIGBUS] = "BUS",     [SIGFPE] = "FPE",   [SIGKILL] = "KILL", [SIGUSR1] = "USR1",
	[SIGSEGV] = "SEGV",     [SIGUSR2] = "USR2",   [SIGPIPE] = "PIPE", [SIGALRM] = "ALRM", [SIGTERM] = "TERM",
#ifdef SIGSTKFLT
	[SIGSTKFLT] = "STKFLT",
#endif
	[SIGCHLD] = "CHLD",     [SIGCONT] = "CONT",   [SIGSTOP] = "STOP", [SIGTSTP] = "TSTP", [SIGTTIN] = "TTIN",
	[SIGTTOU] = "TTOU",     [SIGURG] = "URG",     [SIGXCPU] = "XCPU", [SIGXFSZ] = "XFSZ", [SIGVTALRM] = "VTALRM",
	[SIGPROF] = "PROF",     [SIGWINCH] = "WINCH", [SIGPOLL] = "POLL", [SIGPWR] = "PWR",   [SIGSYS] = "SYS",
};

static const struct {
	const char *name;
	int number;
} aliases[] = { { "EXIT", 0 }, { "IO", SIGPOLL }, { "CLD", SIGCHLD }, { "IOT", SIGABRT } };

const char *signal_name(int number, char buf[SIGNAL_NAME_BYTES])
{
	if (number > 0 && number < SIGNALS_NAMED)
		return names[number];
	if (number < SIGRTMIN || number > SIGRTMAX)
		return NULL;
	int up = number - SIGRTMIN, down = SIGRTMAX - number;
	if (up == 0 || down == 0)
		return up == 0 ? "RTMIN" : "RTMAX";
	snprintf(buf, SIGNAL_NAME_BYTES, up <= down ? "RTMIN+%d" : "RTMAX-%d", up <= down ? up : down);
	return buf;
}

/* Digits to the end, a sign in front allowed as in "SIG+9"; -EINVAL for anything else. */
static int count_of(const char *text)
{
	char *end;

	errno = 0;
	long number = strtol(text, &end, 10);
	return errno || end == text || *end || number < 0 || number > SIGRTMAX ? -EINVAL : (int)number;
}

/* "" is none, "+3" three, "-3" minus three. */
static int real_time(int from, char sign, const char *rest)
{
	if (!*rest)
		return from;
	if (*rest != sign || rest[1] < '0' || rest[1] > '9')
		return -EINVAL;
	int count = count_of(rest + 1);
	int number = sign == '+' ? from + count : from - count;
	return count < 0 || number < SIGRTMIN || number > SIGRTMAX ? -EINVAL : number;
}

int signal_number(const char *text)
{
	if (strncasecmp(text, "SIG", 3) == 0)
		text += 3;
	for (int number = 1; number < SIGNALS_NAMED; number++)
		if (names[number] && strcasecmp(text, names[number]) == 0)
			return number;
	for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
		if (strcasecmp(text, aliases[i].name) == 0)
			return aliases[i].number;
	if (strncasecmp(text, "RTMIN", 5) == 0)
		return real_time(SIGRTMIN, '+', text + 5);
	if (strncasecmp(text, "RTMAX", 5) == 0)
		return real_time(SIGRTMAX, '-', text + 5);
	return count_of(text);
}

int signal_option(int *argc, char **argv)
{
	for (int i = 1; i < *argc && strcmp(argv[i], "--") != 0; i++) {
		if (argv[i][0] != '-' || argv[i][1] == '-')
			continue;
		int number = signal_number(argv[i] + 1);
		if (number < 0)
			continue;
		memmove(argv + i, argv + i + 1, (size_t)(*argc - i) * sizeof *argv);
		--*argc;
		return number;
	}
	return -ENOENT;
}
