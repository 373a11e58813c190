#include "tools/kill_words.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/signals.h"

/* How many words behind this one belong to it. */
static int values_of(const char *word)
{
	size_t len = strlen(word);

	if (len == 2 && strchr("snq", word[1]))
		return 1;
	if (len > 2 && (!strncmp(word, "--signal", len) || !strncmp(word, "--queue", len)))
		return 1;
	return len > 2 && !strncmp(word, "--timeout", len) ? 2 : !strncmp(word, "--timeout=", 10);
}

static void sort_word(struct kill_words *sorted, char *word, int *ret_values)
{
	bool dashed = !sorted->ended && word[0] == '-' && word[1];
	int number = dashed && word[1] != '-' && !sorted->has_signal ? signal_number(word + 1) : -EINVAL;

	*ret_values = 0;
	if (dashed && !strcmp(word, "--")) {
		sorted->ended = true;
	} else if (number >= 0) {
		sorted->signal = number;
		sorted->has_signal = true;
	} else if (!dashed || (sorted->has_signal && isdigit((unsigned char)word[1]))) {
		sorted->operands[sorted->operand_count++] = word;
	} else {
		sorted->options[sorted->option_count++] = word;
		sorted->has_signal |= word[1] == 's' || word[1] == 'n' || !strncmp(word, "--s", 3);
		*ret_values = values_of(word);
	}
}

int kill_words_sort(int argc, char **argv, struct kill_words *ret)
{
	static char dashes[] = "--";
	int values;

	*ret = (struct kill_words){ .signal = -EINVAL };
	ret->options = calloc((size_t)argc * 2 + 2, sizeof *ret->options);
	if (!ret->options)
		return -ENOMEM;
	ret->operands = ret->options + argc + 1;
	ret->options[ret->option_count++] = argv[0];
	for (int i = 1; i < argc; i++) {
		sort_word(ret, argv[i], &values);
		for (; values && i + 1 < argc; values--)
			ret->options[ret->option_count++] = argv[++i];
		if (values)
			return 0; /* one is missing: getopt shall see it, and not the mark below in its place */
	}
	ret->options[ret->option_count++] = dashes;
	memmove(ret->options + ret->option_count, ret->operands, (size_t)ret->operand_count * sizeof *ret->operands);
	ret->option_count += ret->operand_count;
	ret->options[ret->option_count] = NULL;
	return 0;
}
