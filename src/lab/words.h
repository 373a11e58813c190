/* The lab's texts in the reader's language. */
#ifndef LAB_WORDS_H
#define LAB_WORDS_H

/* The translation of a text, or itself. */
const char *words_of(const char *text) __attribute__((format_arg(1)));

/* Which language that is: "en", "ko". */
const char *words_language(void);

#define _(text) words_of(text)

/* Marks a text for translation where it stands in a table; it is translated where it is shown. */
#define N_(text) text

#endif
