#include "lab/words.h"

const char *words_of(const char *text)
{
	return text;
}

const char *words_language(void)
{
	return "en";
}
