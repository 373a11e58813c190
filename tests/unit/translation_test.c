#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "render/translation.h"

/* What msgfmt makes of "eins" -> "one", "zwei" -> "two" and a header. */
struct file {
	uint32_t head[7];
	uint32_t originals[3][2], translations[3][2];
	char texts[64];
};

static struct file make(void)
{
	struct file file = { .head = { 0x950412de, 0, 3, 28, 52, 0, 0 } };
	static const char texts[] = "\0eins\0zwei\0H\0one\0\0two";
	const uint32_t base = offsetof(struct file, texts);
	static const uint32_t at[3] = { 0, 1, 6 }, len[3] = { 0, 4, 4 }, to[3] = { 11, 13, 18 }, tolen[3] = { 1, 3, 3 };

	memcpy(file.texts, texts, sizeof texts);
	for (int i = 0; i < 3; i++) {
		file.originals[i][0] = len[i];
		file.originals[i][1] = base + at[i];
		file.translations[i][0] = tolen[i];
		file.translations[i][1] = base + to[i];
	}
	return file;
}

static void a_text_is_translated_when_it_is_there(void **state)
{
	(void)state;
	struct file file = make();
	struct span mo = { (const char *)&file, sizeof file };

	assert_string_equal(translation_of(mo, "eins"), "one");
	assert_string_equal(translation_of(mo, "zwei"), "two");
	assert_string_equal(translation_of(mo, "drei"), "drei");
	assert_string_equal(translation_of(mo, ""), "");
}

static void a_broken_file_translates_nothing_and_is_not_read_beyond_its_end(void **state)
{
	(void)state;
	struct file whole = make();

	for (size_t len = 0; len < sizeof whole; len++) {
		char *part = malloc(len ? len : 1); /* so that a sanitizer sees each byte behind it */
		memcpy(part, &whole, len);
		const char *found = translation_of((struct span){ part, len }, "zwei");
		assert_true(!strcmp(found, "two") || !strcmp(found, "zwei"));
		free(part);
	}
	struct file other = whole;
	other.head[0] = 1;
	assert_string_equal(translation_of((struct span){ (const char *)&other, sizeof other }, "eins"), "eins");
	other = whole;
	other.head[2] = UINT32_MAX;
	translation_of((struct span){ (const char *)&other, sizeof other }, "eins");
	other = whole;
	other.originals[1][1] = UINT32_MAX;
	assert_string_equal(translation_of((struct span){ (const char *)&other, sizeof other }, "eins"), "eins");
}

static void environment(const char *all, const char *messages, const char *lang, const char *list)
{
	const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE" };
	const char *const values[] = { all, messages, lang, list };

	for (int i = 0; i < 4; i++) {
		if (values[i])
			setenv(names[i], values[i], 1);
		else
			unsetenv(names[i]);
	}
}

static void the_language_is_found_as_gettext_finds_it(void **state)
{
	(void)state;
	static const struct {
		const char *all, *messages, *lang, *list, *wanted;
	} cases[] = {
		{ NULL, NULL, NULL, NULL, "en" },
		{ NULL, NULL, "ko_KR.UTF-8", NULL, "ko" },
		{ NULL, NULL, "ko", NULL, "ko" },
		{ NULL, NULL, "kok_IN", NULL, "en" },
		{ "C.UTF-8", NULL, "ko_KR.UTF-8", NULL, "en" },
		{ "C", NULL, "ko_KR.UTF-8", "ko", "en" },
		{ "", "ko_KR.UTF-8", "de_DE", NULL, "ko" },
		{ NULL, NULL, "en_US.UTF-8", "ko:en", "ko" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char language[3];
		environment(cases[i].all, cases[i].messages, cases[i].lang, cases[i].list);
		translation_language(language);
		assert_string_equal(language, cases[i].wanted);
	}
	environment(NULL, NULL, NULL, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_is_translated_when_it_is_there),
		cmocka_unit_test(a_broken_file_translates_nothing_and_is_not_read_beyond_its_end),
		cmocka_unit_test(the_language_is_found_as_gettext_finds_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
