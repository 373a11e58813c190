#include "lab/words.h"

const char *words_of(const char *text)
{
	return text;
}
