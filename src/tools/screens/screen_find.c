/* Searching and filtering in the vires screen, while one types. */
#include <stdio.h>
#include <stdlib.h>

#include "tools/screens/screen_show.h"

static bool item_has(struct screen_show *show, const struct screen_frame *frame, size_t at)
{
	const struct screen_item *item = &frame->items[at];
	struct buffer text = { 0 };

	if (item->name.at)
		buffer_add(&text, item->name);
	else
		screen_command_put(&text, show->call, &frame->view, screen_item_row(frame, item));
	bool has = filter_has(buffer_span(&text), span_of(show->search));
	buffer_done(&text);
	return has;
}

/* From `from` on, round the end; `step` is 1, or count - 1 for backwards. */
static bool go(struct screen_show *show, size_t from, bool backwards)
{
	const struct screen_frame *frame = show_frame(show);

	for (size_t i = 0; frame && i < frame->count; i++) {
		size_t at = (from + (backwards ? frame->count - i : i)) % frame->count;
		if (!item_has(show, frame, at))
			continue;
		show->list.at = at;
		list_fit(&show->list);
		return true;
	}
	show_say(show, "not found");
	return false;
}

static void typed_search(struct screen_show *show, const char *text)
{
	snprintf(show->search, sizeof show->search, "%s", text);
	if (text[0])
		go(show, show->list.at, false);
}

static void answered_search(struct screen_show *show, const char *text)
{
	if (text)
		snprintf(show->search, sizeof show->search, "%s", text);
}

bool find_goes_on(struct screen_show *show, int key)
{
	bool backwards = key == KEY_FUNCTION + 15;

	if (!show->asking || show->typed != typed_search || (key != KEY_FUNCTION + 3 && !backwards))
		return false;
	if (backwards)
		find_before(show);
	else if (show->search[0])
		go(show, show->list.at + 1, false);
	return true;
}

void find_search(struct screen_show *show)
{
	show_ask(show, typed_search, answered_search, "Search:");
}

void find_again(struct screen_show *show)
{
	if (show->search[0])
		go(show, show->list.at + 1, false);
	else
		find_search(show);
}

void find_before(struct screen_show *show)
{
	const struct screen_frame *frame = show_frame(show);

	if (show->search[0] && frame && frame->count)
		go(show, show->list.at + frame->count - 1, true);
}

/* What is typed so far holds as soon as it can be understood; until then the last one does. */
static void typed_filter(struct screen_show *show, const char *text)
{
	struct filter_error error;

	if (filter_parse(span_of(text), &show->call->filter, &error) < 0)
		show_say(show, "%s", error.words);
	show_changed(show);
}

static void answered_filter(struct screen_show *show, const char *text)
{
	struct filter_error error;

	if (!text) {
		show->call->filter = (struct filter){ 0 };
	} else if (filter_parse(span_of(text), &show->call->filter, &error) < 0) {
		show->call->filter = show->filter_before;
		show_say(show, "Filter not changed: %s", error.words);
	}
	show_changed(show);
}

void find_filter(struct screen_show *show)
{
	show->filter_before = show->call->filter;
	show_ask(show, typed_filter, answered_filter, "Filter:");
	prompt_offer(&show->prompt, show->call->filter.text);
}

static void typed_pid(struct screen_show *show, const char *text)
{
	const struct screen_frame *frame = show_frame(show);
	int64_t pid, wanted = strtoll(text, NULL, 10);

	for (size_t i = 0; frame && i < frame->count; i++)
		if (!frame->items[i].name.at &&
		    view_number(&frame->view, screen_item_row(frame, &frame->items[i]), TASK_pid, &pid) &&
		    pid == wanted) {
			show->list.at = i;
			list_fit(&show->list);
			return;
		}
}

static void answered_pid(struct screen_show *show, const char *text)
{
	if (text)
		typed_pid(show, text);
}

void find_pid(struct screen_show *show, int key)
{
	show_ask(show, typed_pid, answered_pid, "PID:");
	prompt_key(&show->prompt, key);
	typed_pid(show, (char[]){ (char)key, '\0' });
}
