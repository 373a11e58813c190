#include "render/translation.h"

#include <stdlib.h>

enum { MAGIC = 0x950412de };

static uint32_t number_at(struct span mo, size_t at)
{
	uint32_t number = 0;

	if (at + sizeof number <= mo.len)
		memcpy(&number, mo.at + at, sizeof number);
	return number;
}

/* Text n of a table of lengths and places; they end in NUL. NULL when the file is broken. */
static const char *text_at(struct span mo, size_t table, uint32_t n)
{
	size_t len = number_at(mo, table + 8 * (size_t)n), at = number_at(mo, table + 8 * (size_t)n + 4);

	return at + len < mo.len && mo.at[at + len] == '\0' ? mo.at + at : NULL;
}

const char *translation_of(struct span mo, const char *text)
{
	uint32_t low = 0, high = number_at(mo, 8);
	const size_t originals = number_at(mo, 12), translations = number_at(mo, 16);

	if (number_at(mo, 0) != (uint32_t)MAGIC || text[0] == '\0')
		return text;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		const char *one = text_at(mo, originals, middle);
		int order = one ? strcmp(one, text) : 1;
		if (order == 0) {
			const char *found = text_at(mo, translations, middle);
			return found && found[0] ? found : text;
		}
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return text;
}

static bool is_set(const char *value)
{
	return value && value[0];
}

void translation_language(char ret[3])
{
	const char *locale = getenv("LC_ALL"), *list = getenv("LANGUAGE");

	if (!is_set(locale))
		locale = getenv("LC_MESSAGES");
	if (!is_set(locale))
		locale = getenv("LANG");
	memcpy(ret, "en", 3);
	if (!is_set(locale) || !strcmp(locale, "C") || !strcmp(locale, "POSIX"))
		return;
	if (is_set(list))
		locale = list;
	if (strlen(locale) >= 2 && (locale[2] == '\0' || strchr("_.@:", locale[2])))
		memcpy(ret, locale, 2);
}
