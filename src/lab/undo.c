#include "lab/undo.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "kernel/zram_swap.h"
#include "lab/group.h"
#include "lab/scratch.h"
#include "lab/words.h"

static const char *const kinds[] = { "setting", "swap", "group", "scratch" };

static int put_line(const struct undo *undo, const char *line, int len)
{
	if (undo->journal >= 0 && (write(undo->journal, line, (size_t)len) != len || fsync(undo->journal) < 0))
		return errno ? -errno : -EIO;
	return 0;
}

int undo_note(struct undo *undo, const struct undo_step *step)
{
	char line[512];

	if (undo->count == UNDO_STEPS_MOST)
		return -ENOSPC;
	int len = step->kind == UNDO_SETTING ? snprintf(line, sizeof line, "%s %s %s %s\n", kinds[step->kind],
	                                                step->name, step->old, step->new) :
	                                       snprintf(line, sizeof line, "%s %s\n", kinds[step->kind], step->name);
	if (len < 0 || (size_t)len >= sizeof line)
		return -ENAMETOOLONG;
	int r = put_line(undo, line, len);
	if (r == 0)
		undo->steps[undo->count++] = *step;
	return r;
}

int undo_settle(struct undo *undo, const char *value)
{
	struct undo_step *last = &undo->steps[undo->count - 1];
	char line[512];

	if (!strcmp(last->new, value))
		return 0;
	snprintf(last->new, sizeof last->new, "%s", value);
	int len = snprintf(line, sizeof line, "settled %s\n", value);
	return put_line(undo, line, len);
}

static bool copy(char *to, size_t size, struct span from)
{
	if (from.len == 0 || from.len >= size)
		return false;
	memcpy(to, from.at, from.len);
	to[from.len] = '\0';
	return true;
}

void undo_read(struct span journal, struct undo *ret)
{
	struct span line, word, old, new;

	*ret = (struct undo){ .journal = -1 };
	while (ret->count < UNDO_STEPS_MOST && span_whole_line(&journal, &line)) {
		struct undo_step step = { 0 };
		if (!span_word(&line, &word))
			continue;
		if (span_is(word, "settled") && ret->count > 0 && span_word(&line, &new)) {
			struct undo_step *last = &ret->steps[ret->count - 1];
			if (!copy(last->new, sizeof last->new, new))
				ret->count--;
			continue;
		}
		while (step.kind < UNDO_SCRATCH && !span_is(word, kinds[step.kind]))
			step.kind++;
		if (!span_is(word, kinds[step.kind]))
			continue;
		bool whole = step.kind == UNDO_SETTING ?
		                     span_word(&line, &word) && copy(step.name, sizeof step.name, word) &&
		                             span_word(&line, &old) && copy(step.old, sizeof step.old, old) &&
		                             span_word(&line, &new) && copy(step.new, sizeof step.new, new) :
		                     copy(step.name, sizeof step.name, span_trim(line));
		if (whole)
			ret->steps[ret->count++] = step;
	}
}

static void say_step(struct buffer *said, const char *format, const char *name, const char *value)
{
	if (!said)
		return;
	buffer_format(said, "%s: ", name);
	buffer_text(said, format);
	buffer_format(said, "%s%s\n", value[0] ? " " : "", value);
}

static int undo_setting(const struct undo_step *step, struct buffer *said)
{
	char now[SETTING_BYTES];
	int r = setting_read(step->name, now);

	if (r < 0 || !strcmp(now, step->old))
		return r;
	if (strcmp(now, step->new) != 0) {
		say_step(said, _("changed by somebody else meanwhile, left at"), step->name, now);
		return 0;
	}
	r = setting_write(step->name, step->old);
	if (r == 0)
		say_step(said, _("again"), step->name, step->old);
	return r;
}

static int undo_one(const struct undo_step *step, struct buffer *said)
{
	struct scratch scratch = { 0 };
	struct group group;
	int r = 0;

	switch (step->kind) {
	case UNDO_SETTING:
		return undo_setting(step, said);
	case UNDO_SWAP:
		r = zram_swap_remove((int)strtol(step->name, NULL, 10));
		break;
	case UNDO_GROUP:
		r = group_locate(step->name, &group);
		r = r == 0 ? group_remove(&group) : 0;
		break;
	case UNDO_SCRATCH:
		snprintf(scratch.path, sizeof scratch.path, "%s", step->name);
		scratch_remove(&scratch);
		break;
	}
	if (r == 0)
		say_step(said, _("removed"), step->name, "");
	return r;
}

int undo_all(struct undo *undo, struct buffer *said)
{
	int first = 0;

	while (undo->count > 0) {
		const struct undo_step *step = &undo->steps[--undo->count];
		int r = undo_one(step, said);
		if (r < 0)
			say_step(said, strerror(-r), step->name, "");
		first = first < 0 ? first : r;
	}
	return first;
}
