/* The keys of the vires screen at its table. One row says what a key does, and what the help says of it. */
#include <stdlib.h>

#include "render/stack.h"
#include "render/text.h"
#include "tools/screens/screen_show.h"

enum { SCROLL = 5 };

static struct screen_settings *set(struct screen_show *show)
{
	return &show->call->settings;
}

static void quit(struct screen_show *show)
{
	show->leaving = true;
}

static void open_help(struct screen_show *show)
{
	page_open(show, &help_page);
}

static void toggle_tree(struct screen_show *show)
{
	screen_tab(set(show))->tree = !screen_tab(set(show))->tree;
	if (set(show)->roll)
		set(show)->roll = ROLL_NONE;
	show_changed(show);
}

/* As in htop: in a tree F6 folds and unfolds, and the other keys sort its branches. */
static void sort_or_fold(struct screen_show *show)
{
	(screen_is_tree(set(show)) ? tasks_fold : menus_sort)(show);
}

static void sort_by(struct screen_show *show, const char *header)
{
	int column = screen_column_find(&show->call->columns, span_of(header));
	struct screen_tab *tab = screen_tab(set(show));

	tab->tree = false;
	tab->sorts[SORT_LIST] = (struct screen_sort){ (uint8_t)column, false };
	show_changed(show);
	show_say(show, "Sorted by %s", header);
}

static void sort_cpu(struct screen_show *show)
{
	sort_by(show, "CPU%");
}

/* Memory that adds up. */
static void sort_memory(struct screen_show *show)
{
	sort_by(show, "PSS");
}

static void sort_time(struct screen_show *show)
{
	sort_by(show, "TIME+");
}

static void sort_pid(struct screen_show *show)
{
	sort_by(show, "PID");
}

static void sort_growth(struct screen_show *show)
{
	sort_by(show, "+/min");
}

static void invert(struct screen_show *show)
{
	screen_sort(set(show))->inverted = !screen_sort(set(show))->inverted;
	show_changed(show);
}

static void toggle_threads(struct screen_show *show)
{
	set(show)->threads = !set(show)->threads;
	show_changed(show);
	show_say(show, "Threads of programs are %s", set(show)->threads ? "shown" : "hidden");
}

static void toggle_kernel(struct screen_show *show)
{
	set(show)->kernel_threads = !set(show)->kernel_threads;
	show_changed(show);
	show_say(show, "Threads of the kernel are %s", set(show)->kernel_threads ? "shown" : "hidden");
}

static void toggle_containers(struct screen_show *show)
{
	set(show)->no_containers = !set(show)->no_containers;
	show_changed(show);
	show_say(show, "Processes in containers are %s", set(show)->no_containers ? "hidden" : "shown");
}

static void toggle_path(struct screen_show *show)
{
	set(show)->program_path = !set(show)->program_path;
	show_say(show, "Programs %s their path", set(show)->program_path ? "with" : "without");
}

static void toggle_merged(struct screen_show *show)
{
	set(show)->merged_command = !set(show)->merged_command;
	show_changed(show);
}

static void toggle_header(struct screen_show *show)
{
	set(show)->header = !set(show)->header;
}

static void toggle_follow(struct screen_show *show)
{
	show->follow = !show->follow;
	show_say(show, show->follow ? "The cursor follows its process" : "The cursor stays on its line");
}

static void toggle_pause(struct screen_show *show)
{
	show->paused = !show->paused;
	if (!show->paused)
		feed_hurry(&show->feed);
}

static void turn_tab(struct screen_show *show, size_t step)
{
	set(show)->tab = (set(show)->tab + step) % set(show)->tab_count;
	show_changed(show);
}

static void next_tab(struct screen_show *show)
{
	turn_tab(show, 1);
}

static void last_tab(struct screen_show *show)
{
	turn_tab(show, set(show)->tab_count - 1);
}

static void refresh(struct screen_show *show)
{
	feed_hurry(&show->feed);
}

static void force_fresh(struct screen_show *show)
{
	struct request request;

	screen_request(show->call, &request);
	request.share_part = 1;
	request.share_longest_ns = INT64_MAX;
	feed_ask_extra(&show->feed, &request);
	show_say(show, "Reading the PSS of every process once ...");
}

static void scroll_left(struct screen_show *show)
{
	show->layout.scrolled -= show->layout.scrolled < SCROLL ? show->layout.scrolled : SCROLL;
}

static void scroll_right(struct screen_show *show)
{
	show->layout.scrolled += SCROLL;
}

static void scroll_start(struct screen_show *show)
{
	show->layout.scrolled = 0;
}

static void scroll_end(struct screen_show *show)
{
	const struct screen_frame *frame = show_frame(show);
	struct buffer text = { 0 };

	if (!frame || show->list.at >= frame->count)
		return;
	screen_command_put(&text, show->call, &frame->view, screen_item_row(frame, &frame->items[show->list.at]));
	size_t width = text_width(buffer_span(&text), SIZE_MAX), room = show->layout.widths[show->layout.count - 1];
	show->layout.scrolled = width > room ? width - room : 0;
	buffer_done(&text);
}

#define F(n) (KEY_FUNCTION + (n))

static const struct {
	int keys[3];
	void (*press)(struct screen_show *show);
	const char *name, *help; /* help NULL: another row says it */
} rows[] = {
	{ { F(1), 'h' }, open_help, "F1 h", "this help" },
	{ { '?' }, pages_columns, "?", "what each column means" },
	{ { KEY_RETURN }, process_open, "Enter", "all about a process or group" },
	{ { F(2), 'S', 'C' }, setup_open, "F2 S C", "set-up: columns and more" },
	{ { F(3), '/' }, find_search, "F3 /", "find a text; F3 goes on" },
	{ { F(15), 'B' }, find_before, "B", "find the one before" },
	{ { 'n' }, find_again, "n", "find the next one" },
	{ { F(4), '\\' }, find_filter, "F4 \\", "filter: text, or pss > 1G" },
	{ { F(5), 't' }, toggle_tree, "F5 t", "tree of parents and children" },
	{ { F(6) }, sort_or_fold, "F6 > <", "sort; in a tree F6 folds" },
	{ { '>', '.' }, menus_sort, NULL, NULL },
	{ { '<', ',' }, menus_sort, NULL, NULL },
	{ { 'I' }, invert, "I", "invert the order" },
	{ { 'M' }, sort_memory, "M P T N", "by PSS, CPU%, TIME+, PID" },
	{ { 'P' }, sort_cpu, NULL, NULL },
	{ { 'T' }, sort_time, NULL, NULL },
	{ { 'N' }, sort_pid, NULL, NULL },
	{ { 'G' }, sort_growth, "G", "sort by growth" },
	{ { 'g' }, menus_roll, "g", "group by user, unit, ..." },
	{ {
		  KEY_TAB,
	  },
	  next_tab,
	  "Tab",
	  "the next tab: other columns" },
	{ { KEY_TAB_BACK }, last_tab, NULL, NULL },

	{ { F(7), ']' }, tasks_less_nice, "F7 ]", "nice value one lower" },
	{ { F(8), '[' }, tasks_nicer, "F8 [", "nice value one higher" },
	{ { F(19), '}' }, tasks_group_less_nice, "} {", "nice of its autogroup" },
	{ { F(20), '{' }, tasks_group_nicer, NULL, NULL },
	{ { F(9), 'k' }, tasks_kill, "F9 k", "send a signal" },
	{ { 'a' }, tasks_affinity, "a", "CPUs that it may run on" },
	{ { 'i' }, tasks_io_priority, "i", "priority at the disks" },
	{ { 'Y' }, tasks_policy, "Y", "scheduling policy" },
	{ { ' ' }, tasks_tag, "Space", "tag: keys mean all tagged" },
	{ { 'c' }, tasks_tag_children, "c", "tag it and its children" },
	{ { 'U' }, tasks_untag, "U", "no tags any more" },
	{ { 'F' }, toggle_follow, "F", "the cursor follows it" },
	{ { '+', '-', '=' }, tasks_fold, "+ -", "fold or unfold a branch" },
	{ { '*' }, tasks_fold_all, "*", "fold or unfold all branches" },
	{ { KEY_ERASE }, tasks_fold_parent, "Backspace", "fold into the parent" },
	{ { 'e' }, pages_environment, "e", "its environment" },
	{ { 'l' }, pages_files, "l", "its open files" },
	{ { 'x' }, pages_locks, "x", "its locks on files" },
	{ { 's' }, tasks_trace, "s", "its system calls (strace)" },
	{ { 'w' }, pages_command, "w", "its command line, whole" },

	{ { 'u' }, menus_user, "u", "one user's processes" },
	{ { 'H' }, toggle_threads, "H K O", "threads, kernel, containers" },
	{ { 'K' }, toggle_kernel, NULL, NULL },
	{ { 'O' }, toggle_containers, NULL, NULL },
	{ { 'p' }, toggle_path, "p m", "paths; name with command" },
	{ { 'm' }, toggle_merged, NULL, NULL },
	{ { '#' }, toggle_header, "#", "with or without the header" },
	{ { 'r' }, refresh, "r", "a sample now" },
	{ { 'R' }, force_fresh, "R", "read every PSS now" },
	{ { 'Z' }, toggle_pause, "Z", "pause" },
	{ { CTRL('A'), '^' }, scroll_start, "^A ^E", "start, end of the command" },
	{ { CTRL('E'), '$' }, scroll_end, NULL, NULL },
	{ { KEY_ARROW_LEFT }, scroll_left, NULL, NULL },
	{ { KEY_ARROW_RIGHT }, scroll_right, NULL, NULL },
	{ { F(10), 'q' }, quit, "F10 q", "quit" },
};

enum { ROWS = sizeof rows / sizeof *rows, NAME = 10, ABREAST = 40 };

static int translate(int key)
{
	switch (key) {
	case CTRL('P'):
		return KEY_ARROW_UP;
	case CTRL('N'):
		return KEY_ARROW_DOWN;
	case CTRL('B'):
		return KEY_PAGE_UP;
	case CTRL('F'):
		return KEY_PAGE_DOWN;
	default:
		return key;
	}
}

void show_key(struct screen_show *show, int key)
{
	key = translate(key);
	for (size_t i = 0; i < ROWS; i++)
		for (size_t k = 0; k < 3 && rows[i].keys[k]; k++)
			if (rows[i].keys[k] == key) {
				rows[i].press(show);
				return;
			}
	if (key == KEY_CLICK)
		show_clicked(show);
	else if (key == KEY_WHEEL_UP || key == KEY_WHEEL_DOWN)
		list_key(&show->list, key == KEY_WHEEL_UP ? KEY_ARROW_UP : KEY_ARROW_DOWN);
	else if (key >= '0' && key <= '9')
		find_pid(show, key);
	else if (key == KEY_ESCAPE)
		show->follow = menus_close_group(show) && show->follow;
	else if (!list_key(&show->list, key) && key > ' ' && key < KEY_FIRST)
		show_say(show, "No such key; F1 lists them");
}

static void click_title(struct screen_show *show, int column)
{
	struct screen_sort *sort = screen_sort(set(show));

	for (size_t i = show->layout.count; i-- > 0;) {
		if (column < show->layout.places[i])
			continue;
		sort->inverted = sort->column == show->layout.columns[i] && !sort->inverted;
		sort->column = show->layout.columns[i];
		show_changed(show);
		return;
	}
}

static void click_tab(struct screen_show *show, int column, int columns)
{
	size_t at = 0, all = show_tabs_width(set(show), (size_t)columns);

	for (size_t i = 0; i < set(show)->tab_count && all; i++) {
		size_t first = (size_t)columns - all + at;
		at += strlen(set(show)->tabs[i].name) + 2;
		if ((size_t)column < first || (size_t)column >= (size_t)columns - all + at)
			continue;
		set(show)->tab = i;
		show_changed(show);
	}
}

/* What is clicked on: a title sorts, a row gets the cursor and is folded once it has it, the last line are keys. */
void show_clicked(struct screen_show *show)
{
	enum { FUNCTION = 8 };
	int row, column, all, columns;

	screen_clicked(&row, &column);
	screen_size(&all, &columns);
	if (row == all - 1 && column / FUNCTION < 10) {
		show_key(show, F(1) + column / FUNCTION);
	} else if (row == all - 2) {
		click_tab(show, column, columns);
	} else if (row == (int)show->table_row) {
		click_title(show, column);
	} else if (row > (int)show->table_row && row < all - 2) {
		size_t at = show->list.first + (size_t)row - show->table_row - 1;
		if (at < show->list.count && at == show->list.at)
			tasks_fold(show);
		else if (at < show->list.count)
			show->list.at = at;
	}
}

static void put_help(struct buffer *buffer, size_t row, size_t width)
{
	mark(buffer, MARK_KEY);
	buffer_char(buffer, ' ');
	text_cell(buffer, span_of(rows[row].name), NAME, false);
	mark(buffer, MARK_PLAIN);
	text_cell(buffer, span_of(rows[row].help), width > NAME + 1 ? width - NAME - 1 : 0, false);
}

static void put_glyphs(struct buffer *text, bool unicode)
{
	static const char *const words[MEMORY_PARTS] = {
		"programs: heap, stack, private data",
		"shared memory and tmpfs",
		"kernel",
		"files: can mostly be given back",
		"unaccounted",
		"free",
	};

	for (int part = 0; part < MEMORY_PARTS; part++) {
		struct stack_part look = stack_memory((enum memory_part)part, 0, unicode);
		mark(text, look.mark);
		buffer_format(text, " %s%s ", look.glyph, look.glyph);
		mark(text, MARK_PLAIN);
		buffer_format(text, "%s\n", words[part]);
	}
}

/* The help is made from the rows, set in as many columns as fit, downwards. */
static void fill_help(struct screen_show *show, size_t columns)
{
	struct buffer *text = &show->text;
	size_t listed[ROWS], count = 0, abreast = columns / ABREAST ? columns / ABREAST : 1;

	for (size_t i = 0; i < ROWS; i++)
		if (rows[i].help)
			listed[count++] = i;
	size_t lines = (count + abreast - 1) / abreast;
	for (size_t line = 0; line < lines; line++) {
		for (size_t at = line; at < count; at += lines)
			put_help(text, listed[at], columns / abreast);
		buffer_char(text, '\n');
	}
	buffer_char(text, '\n');
	text_wrap(text,
	          SPAN(" Arrows, PgUp, PgDn, Home, End, ^P ^N ^B ^F, Alt-h j k l move; digits go to a PID; the mouse "
	               "chooses rows, sorts by titles and presses the keys of the last line.\n\n"),
	          columns, 1);
	put_glyphs(text, set(show)->unicode);
	text_wrap(
		text,
		SPAN("\n PSS is a fair share of what is shared, so sums of it are real memory; USS would come back if "
	             "the process ended. '-' is not known, '<' at most and '>' at least: the rest was not read yet, or "
	             "reading it would hold a process up. Old values are dim.\n"),
		columns, 1);
}

const struct screen_page help_page = { .title = "Keys of vires " VIRES_VERSION, .fill = fill_help };
