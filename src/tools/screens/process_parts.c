/* The parts of the page of one process: its address space, what moved in it, and the rest of what is known. */
#include <errno.h>
#include <stdlib.h>

#include "base/signals.h"
#include "base/time.h"
#include "render/cgroup_text.h"
#include "render/duration.h"
#include "render/number.h"
#include "render/stack.h"
#include "render/text.h"
#include "tools/screens/process_page.h"

/* A letter for each class: what the strip is made of reads without colours too. */
static const struct {
	const char *letter;
	enum mark mark;
} looks[SPACE_CLASSES] = {
	[SPACE_TEXT] = { "T", MARK_BAR4 },    [SPACE_DATA] = { "D", MARK_MESSAGE }, [SPACE_HEAP] = { "H", MARK_BAR },
	[SPACE_ARENA] = { "A", MARK_ACTIVE }, [SPACE_STACK] = { "S", MARK_BAD },    [SPACE_ANON] = { "N", MARK_GOOD },
	[SPACE_LIBRARY] = { "L", MARK_BAR2 }, [SPACE_FILE] = { "F", MARK_BAR5 },    [SPACE_SHARED] = { "M", MARK_BAR3 },
	[SPACE_HUGE] = { "G", MARK_VALUE },   [SPACE_RESERVED] = { ".", MARK_DIM }, [SPACE_KERNEL] = { "K", MARK_DIM },
};

static void heading(struct buffer *text, const char *words)
{
	mark(text, MARK_KEY);
	buffer_text(text, words);
	mark(text, MARK_PLAIN);
	buffer_char(text, '\n');
}

static void put_strip(struct buffer *text, const struct space *space, const char *words, size_t offset, size_t columns)
{
	enum { LABEL = 10 };
	struct stack_part parts[SPACE_CLASSES];
	int64_t whole = 0;

	for (int class = 0; class < SPACE_CLASSES; class ++) {
		int64_t value = *(const int64_t *)((const char *)&space->classes[class] + offset);
		parts[class] = (struct stack_part){ value, looks[class].mark, looks[class].letter };
		whole += value;
	}
	text_cell(text, span_of(words), LABEL, false);
	stack_put(text, columns > LABEL + 8 ? columns - LABEL - 8 : 0, whole, parts, SPACE_CLASSES);
	buffer_char(text, ' ');
	number_size(text, whole);
	buffer_char(text, '\n');
}

static void put_size(struct buffer *text, int64_t bytes)
{
	size_t start = text->len;

	number_size(text, bytes);
	buffer_right(text, start, 7);
	buffer_char(text, ' ');
}

static void put_class(struct buffer *text, enum space_class class, const struct space_sum *sum)
{
	mark(text, looks[class].mark);
	buffer_format(text, " %s ", looks[class].letter);
	mark(text, MARK_PLAIN);
	put_size(text, sum->size_bytes);
	put_size(text, sum->rss_bytes);
	put_size(text, sum->pss_bytes);
	put_size(text, sum->private_bytes);
	put_size(text, sum->swap_bytes);
	buffer_format(text, "%6lld  %s\n", (long long)sum->mappings, space_title(class));
}

void process_put_space(struct buffer *text, const struct process_page *page, bool unicode, size_t columns)
{
	const struct space *space = page->look.why.space;

	(void)unicode;
	heading(text, "address space");
	if (page->would_take_ns) {
		struct buffer words = { 0 };
		buffer_format(&words,
		              "Not read: it would hold the process up for about %lld ms. R reads it all the same.\n\n",
		              (long long)(page->would_take_ns / 1000000));
		text_wrap(text, buffer_span(&words), columns, 0);
		buffer_done(&words);
		return;
	}
	if (!space) {
		buffer_format(text, "Not known: %s\n\n",
		              page->look.why.captured ? "its mappings were not captured" :
		                                        strerror(-page->look.mappings_error));
		return;
	}
	put_strip(text, space, "promised", offsetof(struct space_sum, size_bytes), columns);
	put_strip(text, space, "in RAM", offsetof(struct space_sum, rss_bytes), columns);
	buffer_text(text, "   promised  in RAM     PSS private    swap  parts\n");
	for (int class = 0; class < SPACE_CLASSES; class ++)
		if (space->classes[class].mappings)
			put_class(text, (enum space_class) class, &space->classes[class]);
	buffer_char(text, '\n');
}

static void put_held(struct buffer *text, const struct held *held)
{
	mark(text, looks[held->class].mark);
	buffer_format(text, " %s ", looks[held->class].letter);
	mark(text, MARK_PLAIN);
	buffer_format(text, "%012llx %s ", (unsigned long long)held->start, held->perms);
	put_size(text, (int64_t)(held->end - held->start));
	put_size(text, held->rss_bytes);
	put_size(text, held->pss_bytes);
	put_size(text, held->swap_bytes);
	text_put(text, held->name.len ? held->name : SPAN("-"), 100);
	buffer_char(text, '\n');
}

void process_put_mappings(struct buffer *text, const struct process_page *page, size_t columns)
{
	(void)columns;
	heading(text, "mappings, by what they are for");
	buffer_text(text, "   address      perm promised  in RAM     PSS    swap name\n");
	for (int class = 0; class < SPACE_CLASSES; class ++)
		for (size_t i = 0; i < page->now.count; i++)
			if (page->now.at[i].class == (enum space_class) class)
				put_held(text, &page->now.at[i]);
	buffer_char(text, '\n');
}

static void put_change(struct buffer *text, int64_t bytes)
{
	struct buffer number = { 0 };

	if (bytes > 0)
		buffer_char(&number, '+');
	number_size(&number, bytes);
	text_cell(text, buffer_span(&number), 8, true);
	buffer_char(text, ' ');
	buffer_done(&number);
}

void process_put_moved(struct buffer *text, const struct process_page *page, size_t columns)
{
	static const char *const words[] = { "new", "gone", "" };
	enum { MOST = 20 };
	struct moved *moved;
	size_t count;

	(void)columns;
	if (!page->marked.taken_ns || page->would_take_ns ||
	    moved_new(page->marked.at, page->marked.count, page->now.at, page->now.count, &moved, &count) < 0)
		return;
	mark(text, MARK_KEY);
	buffer_format(text, "moved in %.1f s: %zu of %zu mappings\n",
	              (double)(page->now.taken_ns - page->marked.taken_ns) / NS_PER_S, count, page->now.count);
	mark(text, MARK_PLAIN);
	for (size_t i = 0; i < count && i < MOST; i++) {
		const struct held *held = moved[i].now ? moved[i].now : moved[i].before;
		buffer_format(text, " %s %012llx size ", looks[held->class].letter, (unsigned long long)held->start);
		put_change(text, moved[i].size_bytes);
		buffer_text(text, "RES ");
		put_change(text, moved[i].rss_bytes);
		buffer_format(text, "%-4s ", words[moved[i].how]);
		text_put(text, held->name.len ? held->name : span_of(space_title(held->class)), 60);
		buffer_char(text, '\n');
	}
	if (count > MOST)
		buffer_format(text, " ... and %zu more\n", count - MOST);
	buffer_char(text, '\n');
	free(moved);
}

/* "INT TERM RTMIN+1" of the bits of a mask. */
static void put_signals(struct buffer *text, const struct process_page *page, unsigned id, const char *word)
{
	char name[SIGNAL_NAME_BYTES];
	int64_t bits;
	bool any = false;

	if (!view_number(&page->look.view, page->look.why.row, id, &bits))
		return;
	buffer_format(text, "signals %s:", word);
	for (int number = 1; number <= 64; number++)
		if ((uint64_t)bits >> (number - 1) & 1) {
			const char *known = signal_name(number, name);
			if (known)
				buffer_format(text, " %s", known);
			else
				buffer_format(text, " %d", number);
			any = true;
		}
	buffer_text(text, any ? "\n" : " none\n");
}

static void put_number(struct buffer *text, const struct process_page *page, const char *words, unsigned id)
{
	int64_t value;

	if (view_number(&page->look.view, page->look.why.row, id, &value))
		buffer_format(text, "%s %lld", words, (long long)value);
}

static void put_word(struct buffer *text, const struct process_page *page, const char *words, unsigned id)
{
	struct span value;

	if (!view_text(&page->look.view, page->look.why.row, id, &value))
		return;
	if (id == TASK_cgroup)
		value = cgroup_text_path(value);
	buffer_text(text, words);
	text_put(text, value.len ? value : SPAN("-"), 200);
	buffer_char(text, '\n');
}

void process_put_rest(struct buffer *text, const struct process_page *page, size_t columns)
{
	struct buffer lines = { 0 };
	int64_t ns;

	heading(text, "besides");
	put_number(&lines, page, "parent", TASK_ppid);
	put_number(&lines, page, "   threads", TASK_threads);
	put_number(&lines, page, "   nice", TASK_nice);
	if (view_number(&page->look.view, page->look.why.row, TASK_age_ns, &ns)) {
		buffer_text(&lines, "   runs for ");
		duration_elapsed(&lines, ns, 0);
	}
	if (view_number(&page->look.view, page->look.why.row, TASK_cpu_ns, &ns)) {
		buffer_text(&lines, "   CPU time ");
		duration_dhms(&lines, ns, 0);
	}
	buffer_char(&lines, '\n');
	put_number(&lines, page, "open files", TASK_fd_count);
	put_number(&lines, page, " of at most", TASK_fd_limit);
	put_number(&lines, page, "   OOM score", TASK_oom_score);
	put_number(&lines, page, "   adjusted by", TASK_oom_score_adj);
	buffer_char(&lines, '\n');
	put_word(&lines, page, "may run on CPUs: ", TASK_cpus_allowed);
	put_word(&lines, page, "control group: ", TASK_cgroup);
	put_word(&lines, page, "file: ", TASK_exe);
	put_word(&lines, page, "works in: ", TASK_cwd);
	put_signals(&lines, page, TASK_signals_pending, "pending");
	put_signals(&lines, page, TASK_signals_blocked, "blocked");
	put_signals(&lines, page, TASK_signals_ignored, "ignored");
	put_signals(&lines, page, TASK_signals_caught, "caught");
	text_wrap(text, buffer_span(&lines), columns, 6);
	buffer_done(&lines);
}
