#include "tui/prompt.h"

#include <limits.h>
#include <stdlib.h>
#include <wctype.h>

#include "render/marked.h"
#include "render/text.h"

void prompt_ask(struct prompt *prompt, const char *question)
{
	buffer_clear(&prompt->question);
	buffer_text(&prompt->question, question);
	prompt->len = prompt->at = 0;
	prompt->past_at = prompt->past_count;
	prompt->overwrite = false;
}

static void remember(struct prompt *prompt)
{
	wchar_t *copy = calloc(prompt->len + 1, sizeof *copy);

	if (!copy || !prompt->len) {
		free(copy);
		return;
	}
	wmemcpy(copy, prompt->text, prompt->len);
	if (prompt->past_count == PROMPT_HISTORY) {
		free(prompt->past[0]);
		memmove(prompt->past, prompt->past + 1, (PROMPT_HISTORY - 1) * sizeof *prompt->past);
		prompt->past_count--;
	}
	prompt->past[prompt->past_count++] = copy;
}

static void recall(struct prompt *prompt, bool older)
{
	if (older && prompt->past_at > 0)
		prompt->past_at--;
	else if (!older && prompt->past_at < prompt->past_count)
		prompt->past_at++;
	prompt->len = 0;
	if (prompt->past_at < prompt->past_count) {
		prompt->len = wcslen(prompt->past[prompt->past_at]);
		wmemcpy(prompt->text, prompt->past[prompt->past_at], prompt->len);
	}
	prompt->at = prompt->len;
}

static void erase(struct prompt *prompt, size_t at)
{
	if (at >= prompt->len)
		return;
	wmemmove(prompt->text + at, prompt->text + at + 1, prompt->len - at - 1);
	prompt->len--;
}

static void type(struct prompt *prompt, wchar_t letter)
{
	bool over = prompt->overwrite && prompt->at < prompt->len;

	if (!iswprint((wint_t)letter) || (!over && prompt->len == PROMPT_LENGTH))
		return;
	if (!over) {
		wmemmove(prompt->text + prompt->at + 1, prompt->text + prompt->at, prompt->len - prompt->at);
		prompt->len++;
	}
	prompt->text[prompt->at++] = letter;
}

static void edit(struct prompt *prompt, int key)
{
	switch (key) {
	case KEY_ARROW_LEFT:
		prompt->at -= prompt->at > 0;
		break;
	case KEY_ARROW_RIGHT:
		prompt->at += prompt->at < prompt->len;
		break;
	case KEY_TO_START:
	case CTRL('A'):
		prompt->at = 0;
		break;
	case KEY_TO_END:
	case CTRL('E'):
		prompt->at = prompt->len;
		break;
	case KEY_ARROW_UP:
	case KEY_ARROW_DOWN:
		recall(prompt, key == KEY_ARROW_UP);
		break;
	case KEY_INSERT:
		prompt->overwrite = !prompt->overwrite;
		break;
	case KEY_DELETE:
		erase(prompt, prompt->at);
		break;
	case KEY_ERASE:
		if (prompt->at)
			erase(prompt, --prompt->at);
		break;
	case CTRL('U'):
		prompt->len = prompt->at = 0;
		break;
	default:
		if (key >= ' ' && key < KEY_FIRST)
			type(prompt, (wchar_t)key);
	}
}

void prompt_offer(struct prompt *prompt, const char *text)
{
	mbstate_t state = { 0 };
	wchar_t letter;

	for (size_t len; *text; text += len) {
		len = mbrtowc(&letter, text, strlen(text), &state);
		if (len == 0 || len > strlen(text))
			return;
		type(prompt, letter);
	}
}

enum prompt_state prompt_key(struct prompt *prompt, int key)
{
	if (key == KEY_ESCAPE)
		return PROMPT_CANCELLED;
	if (key != KEY_RETURN) {
		edit(prompt, key);
		return PROMPT_GOES_ON;
	}
	remember(prompt);
	return PROMPT_ANSWERED;
}

static void put_letters(const struct prompt *prompt, struct buffer *buffer, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		char bytes[MB_LEN_MAX];
		mbstate_t state = { 0 };
		size_t len = wcrtomb(bytes, prompt->text[i], &state);
		if (len != (size_t)-1)
			buffer_add(buffer, (struct span){ bytes, len });
	}
}

void prompt_text(const struct prompt *prompt, struct buffer *buffer)
{
	put_letters(prompt, buffer, 0, prompt->len);
}

static size_t width_of(const struct prompt *prompt, size_t from, size_t to)
{
	size_t width = 0;

	for (size_t i = from; i < to; i++) {
		int columns = wcwidth(prompt->text[i]);
		width += columns > 0 ? (size_t)columns : 0;
	}
	return width;
}

/* When there is not room for all, the question gives way, and then what is left of the cursor. */
size_t prompt_put(const struct prompt *prompt, struct buffer *buffer, size_t columns)
{
	size_t before = width_of(prompt, 0, prompt->at) + 2, first = 0, used = 0;

	mark(buffer, MARK_MESSAGE);
	if (before < columns)
		used = text_put(buffer, buffer_span(&prompt->question), columns - before);
	mark(buffer, MARK_PLAIN);
	if (used + 1 < columns) {
		buffer_char(buffer, ' ');
		used++;
	}
	while (first < prompt->at && used + width_of(prompt, first, prompt->at) + 1 > columns)
		first++;
	put_letters(prompt, buffer, first, prompt->len);
	return used + width_of(prompt, first, prompt->at);
}

void prompt_done(struct prompt *prompt)
{
	buffer_done(&prompt->question);
	for (size_t i = 0; i < prompt->past_count; i++)
		free(prompt->past[i]);
	*prompt = (struct prompt){ 0 };
}
