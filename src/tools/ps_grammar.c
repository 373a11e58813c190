/* Words -> struct ps_request. First as Unix options with a dash, mixed with others; when that fails, as BSD options. */
#include <stdlib.h>

#include "tools/ps_options.h"

/* The next word as a value; an empty one is none. */
static const char *next_word(struct ps_parser *parser)
{
	if (parser->at + 1 >= parser->argc || !*parser->argv[parser->at + 1])
		return NULL;
	return parser->argv[++parser->at];
}

/* Reads letters until one takes a value: that ends the word. */
static const char *read_letters(struct ps_parser *parser, bool bsd)
{
	for (; *parser->rest; parser->rest++) {
		const struct ps_option *option = bsd ? ps_bsd_letter(*parser->rest) : ps_unix_letter(*parser->rest);
		const char *argument = NULL, *error;

		if (*parser->rest == '-')
			return bsd ? "embedded '-' among BSD options makes no sense" :
			             "embedded '-' among SysV options makes no sense";
		if (bsd && *parser->rest >= '0' && *parser->rest <= '9')
			return ps_list_add(parser->request, BY_PROCESS, parser->rest);
		if (!option)
			return bsd ? "unsupported option (BSD syntax)" : "unsupported SysV option";
		if (option->needs) {
			argument = parser->rest[1] ? parser->rest + 1 : next_word(parser);
			if (!argument)
				return *option->needs ? option->needs : option->act(parser, NULL, option->value);
		}
		error = option->act(parser, argument, option->value);
		if (error || option->needs)
			return error;
	}
	return NULL;
}

/* What follows a long name: behind = or :, or the next word. */
static const char *long_value(struct ps_parser *parser)
{
	if (*parser->rest)
		return parser->rest[1] ? parser->rest + 1 : NULL;
	return next_word(parser);
}

static const char *read_long(struct ps_parser *parser)
{
	const char *word = parser->argv[parser->at] + 2, *argument = NULL;
	size_t len = strcspn(word, ":=");
	const struct ps_option *option = ps_long_option((struct span){ word, len });

	if (!option)
		return "unknown gnu long option";
	parser->rest = word + len;
	if (option->needs) {
		argument = long_value(parser);
		if (!argument && *option->needs)
			return option->needs;
	} else if (*parser->rest && option->alone) {
		return option->alone;
	}
	return option->act(parser, argument, option->value);
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static const char *read_word(struct ps_parser *parser)
{
	const char *word = parser->argv[parser->at];
	bool dash = word[0] == '-';

	if (dash && word[1] == '-' && is_letter(word[2]))
		return read_long(parser);
	if (dash && is_letter(word[1]) && !parser->only_bsd) {
		parser->rest = word + 1;
		return read_letters(parser, false);
	}
	if (is_letter(word[dash])) {
		if (parser->only_bsd && !dash && !parser->request->personality.only_bsd)
			return "way bad"; /* never seen: what the first try said is shown */
		parser->request->prefer_bsd = true;
		parser->rest = word + dash;
		return read_letters(parser, true);
	}
	if (is_digit(word[dash]) || word[0] == '+') {
		int first = parser->at;
		parser->request->prefer_bsd = true;
		parser->at = parser->argc - 1;
		return ps_list_add_trailing(parser->request, parser->argc - first, parser->argv + first);
	}
	return "garbage option";
}

static const char *check_threads(struct ps_request *request)
{
	unsigned t = request->thread_options;

	if (!t)
		return NULL;
	if (request->forest != PS_NO_FOREST)
		return "thread display conflicts with forest display";
	if ((t & PS_THREADS_H) && (t & (PS_THREADS_BSD_M | PS_THREADS_UNIX_M)))
		return "thread flags conflict; can't use H with m or -m";
	if ((t & PS_THREADS_BSD_M) && (t & PS_THREADS_UNIX_M))
		return "thread flags conflict; can't use both m and -m";
	if ((t & PS_THREADS_L) && (t & PS_THREADS_T))
		return "thread flags conflict; can't use both -L and -T";
	if (t & PS_THREADS_H)
		request->threads = PS_LOOSE_THREADS;
	else if (t & (PS_THREADS_BSD_M | PS_THREADS_UNIX_M))
		request->threads = PS_BELOW_PROCESS;
	else
		request->threads = PS_EACH_THREAD;
	return NULL;
}

static const char *read_words(struct ps_parser *parser)
{
	const char *error = NULL;

	for (parser->at = 1; !error && parser->at < parser->argc; parser->at++) {
		error = read_word(parser);
		if (!error && parser->request->task != PS_SHOW)
			return NULL;
	}
	if (!error)
		error = check_threads(parser->request);
	if (!error)
		error = ps_wishes_grant(&parser->wishes, parser->request);
	return error ? error : ps_selection_check(parser->request);
}

static const char *try(struct ps_request *request, int argc, char **argv, bool only_bsd, char error_text[80])
{
	struct ps_parser parser = { .request = request, .argc = argc, .argv = argv, .only_bsd = only_bsd };
	const char *error;

	ps_personality_read(&request->personality);
	request->prefer_bsd = request->personality.prefer_bsd || only_bsd;
	if (only_bsd && !request->personality.old_m && !request->personality.bsd_m)
		request->personality.old_m = true; /* rather the old Linux m than the true BSD one */
	ps_page_read(request);
	error = read_words(&parser);
	if (error && error == parser.wishes.error)
		error = memcpy(error_text, error, sizeof parser.wishes.error);
	ps_wishes_done(&parser.wishes);
	if (request->wide && request->columns < 132)
		request->columns = 132;
	if (request->wide > 1)
		request->columns = PS_PAGE_MOST;
	return error;
}

/* --root is looked for first: names of users and groups are looked up below it, wherever in the line it stands. */
static const char *root_of(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		if (!strncmp(argv[i], "--root=", 7) && argv[i][7])
			return argv[i] + 7;
		if (!strcmp(argv[i], "--root") && i + 1 < argc)
			return argv[i + 1];
	}
	return NULL;
}

const char *ps_options_parse(struct ps_request *request, int argc, char **argv, char error_text[80])
{
	struct ps_personality personality;
	const char *first = NULL, *error;

	ps_personality_read(&personality);
	if (!personality.only_bsd) {
		*request = (struct ps_request){ .place.root = root_of(argc, argv) };
		first = try(request, argc, argv, false, error_text);
		if (!first)
			return NULL;
		ps_request_done(request);
	}
	char second_text[80];
	*request = (struct ps_request){ .place.root = root_of(argc, argv) };
	error = try(request, argc, argv, true, first ? second_text : error_text);
	return error && first ? first : error;
}

void ps_request_done(struct ps_request *request)
{
	free(request->shown);
	free(request->keys);
	arena_done(&request->arena);
	*request = (struct ps_request){ 0 };
}
