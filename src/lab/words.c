#include "lab/words.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "built_with.h"
#include "render/translation.h"
#if WITH_TRANSLATIONS
#include "lab_ko.h"
#else
static const unsigned char lab_ko[1];
#endif

static char language[3];

const char *words_language(void)
{
	if (language[0])
		return language;
	translation_language(language);
	/* a language whose locale is not installed is still that language: only its letters are needed */
	if (WITH_TRANSLATIONS && !strcmp(language, "ko") && strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		setlocale(LC_CTYPE, "C.UTF-8");
	if (!WITH_TRANSLATIONS || strcmp(language, "ko") != 0 || strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		memcpy(language, "en", sizeof language);
	return language;
}

const char *words_of(const char *text)
{
	if (strcmp(words_language(), "ko") != 0)
		return text;
	return translation_of((struct span){ (const char *)lab_ko, sizeof lab_ko }, text);
}
