/* Texts in another language, out of the bytes of a file that msgfmt(1) made. */
#ifndef RENDER_TRANSLATION_H
#define RENDER_TRANSLATION_H

#include "base/span.h"

/* The translation of a text, which lives as long as `mo` does; the text itself where there is none. */
const char *translation_of(struct span mo, const char *text);

/*
 * Which language the environment asks for, as gettext(3) finds it: LANGUAGE, LC_ALL, LC_MESSAGES, LANG. Two letters, or
 * "en" for none that says anything.
 */
void translation_language(char ret[3]);

#endif
