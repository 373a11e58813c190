/* One line to type: a question, an answer that can be edited, and what was answered before. */
#ifndef TUI_PROMPT_H
#define TUI_PROMPT_H

#include <wchar.h>

#include "base/buffer.h"
#include "tui/key.h"

enum { PROMPT_LENGTH = 256, PROMPT_HISTORY = 50 };

struct prompt {
	struct buffer question;        /* owned */
	wchar_t text[PROMPT_LENGTH];   /* not ended by 0 */
	size_t len, at;                /* at: where the cursor is */
	bool overwrite;                /* instead of inserting */
	wchar_t *past[PROMPT_HISTORY]; /* owned: earlier answers, newest last */
	size_t past_count, past_at;
};

enum prompt_state { PROMPT_GOES_ON, PROMPT_ANSWERED, PROMPT_CANCELLED };

void prompt_ask(struct prompt *prompt, const char *question);

/* The answer to begin with, in the locale's encoding; the cursor stands behind it. */
void prompt_offer(struct prompt *prompt, const char *text);
enum prompt_state prompt_key(struct prompt *prompt, int key);

/* Adds what was typed so far, as text in the locale's encoding. */
void prompt_text(const struct prompt *prompt, struct buffer *buffer);

/* Adds the line as it is to be shown in `columns` columns, marked. Gives back the column of the cursor. */
size_t prompt_put(const struct prompt *prompt, struct buffer *buffer, size_t columns);

void prompt_done(struct prompt *prompt);

#endif
