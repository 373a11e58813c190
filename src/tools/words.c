#include "tools/words.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>

#include "base/clock.h"
#include "tools/run.h"

bool word_integer(const char *word, int64_t *ret)
{
	char *end;

	errno = 0;
	long long value = strtoll(word, &end, 10);
	if (errno || end == word || *end)
		return false;
	*ret = value;
	return true;
}

bool word_pid(const char *word, int64_t *ret)
{
	int64_t pid;

	if (!word_integer(word, &pid) || pid < 1 || pid > INT32_MAX)
		return false;
	*ret = pid;
	return true;
}

int word_pid_wanted(const struct tool *tool, const char *word, int64_t *ret)
{
	return word_pid(word, ret) ? GO_ON : complain(tool, STATUS_USAGE, "'%s' is no process ID", word);
}

int words_pid_wanted(const struct tool *tool, int argc, char **argv, int64_t *ret)
{
	return optind == argc - 1 ? word_pid_wanted(tool, argv[optind], ret) : usage(tool, STATUS_USAGE);
}

int word_complain(const struct tool *tool, const char *what, const char *word)
{
	if (errno)
		return complain(tool, 1, "%s: '%s': %s", what, word, strerror(errno));
	return complain(tool, 1, "%s: '%s'", what, word);
}

bool word_seconds(const char *word, int64_t *ret_ns)
{
	const int64_t limit = INT64_MAX / 2;
	int64_t ns = 0, digit_ns = NS_PER_S;
	bool negative, digits = false;

	while (isspace((unsigned char)*word))
		word++;
	negative = *word == '-';
	if (*word == '-' || *word == '+')
		word++;
	for (; isdigit((unsigned char)*word); word++, digits = true)
		if (__builtin_mul_overflow(ns, 10, &ns) || __builtin_add_overflow(ns, (*word - '0') * NS_PER_S, &ns))
			ns = limit / 10;
	if (*word == '.' || *word == ',')
		for (word++; isdigit((unsigned char)*word); word++, digits = true)
			ns += (*word - '0') * (digit_ns /= 10);
	if (*word || !digits)
		return false;
	*ret_ns = negative ? -ns : ns;
	return true;
}
