#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "tools/criteria.h"
#include "tools/words.h"

void criteria_done(struct criteria *criteria)
{
	if (criteria->compiled)
		regfree(&criteria->regex);
	free(criteria->wishes);
	free(criteria->excluded);
	buffer_done(&criteria->text);
	arena_done(&criteria->arena);
}

static int try_help(const struct criteria *criteria, int status)
{
	fprintf(stderr, "Try `%s --help' for more information.\n", criteria->tool->name);
	return status;
}

int criteria_complain(const struct criteria *criteria, const char *format, ...)
{
	char text[256];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	complain(criteria->tool, CRITERIA_WRONG, "%s", text);
	return try_help(criteria, CRITERIA_WRONG);
}

static int set_older(struct criteria *criteria, const char *argument)
{
	int64_t seconds;

	if (!word_integer(argument, &seconds) || seconds < 0 || seconds > INT32_MAX)
		return complain(criteria->tool, CRITERIA_WRONG, "not a number of seconds: %s", argument);
	criteria->older_ns = seconds * NS_PER_S;
	return GO_ON;
}

/* Options without a value. */
static bool *flag_of(struct criteria *criteria, int id)
{
	switch (id) {
	case 'c':
		return &criteria->count;
	case 'f':
		return &criteria->full;
	case 'x':
		return &criteria->exact;
	case 'i':
		return &criteria->ignore_case;
	case 'n':
		return &criteria->newest;
	case 'o':
		return &criteria->oldest;
	case 'v':
		return &criteria->inverse;
	case 'A':
		return &criteria->ignore_ancestors;
	case 'L':
		return &criteria->locked;
	case 'w':
		return &criteria->threads;
	default:
		return NULL;
	}
}

int criteria_set(struct criteria *criteria, int id, const char *argument)
{
	bool *flag = flag_of(criteria, id);

	if (flag) {
		*flag = true;
		bool too_many = criteria->newest + criteria->oldest + criteria->inverse > 1;
		return too_many && (id == 'n' || id == 'o' || id == 'v') ? usage(criteria->tool, CRITERIA_WRONG) :
		                                                           GO_ON;
	}
	switch (id) {
	case 'O':
		return set_older(criteria, argument);
	case 'r':
		criteria->states = argument;
		return GO_ON;
	case 'F':
		criteria->pidfile = argument;
		return GO_ON;
	case CRITERION_NS:
		criteria->ns = argument;
		return GO_ON;
	case CRITERION_NSLIST:
		criteria->ns_list = argument;
		return GO_ON;
	default:
		if (!criteria_is_list(id))
			return shared_option(criteria->tool, CRITERIA_WRONG, &criteria->shared, id, argument);
		criteria->wishes[criteria->wish_count++] = (struct wish){ id, argument };
		return GO_ON;
	}
}

static int compile_pattern(struct criteria *criteria)
{
	int flags = REG_EXTENDED | REG_NOSUB | (criteria->ignore_case ? REG_ICASE : 0);
	struct buffer whole = { 0 };
	char why[128];

	if (!criteria->pattern)
		return GO_ON;
	buffer_format(&whole, criteria->exact ? "^(%s)$" : "%s", criteria->pattern);
	int r = regcomp(&criteria->regex, buffer_cstr(&whole), flags);
	buffer_done(&whole);
	criteria->compiled = r == 0;
	criteria->literal = r == 0 && !criteria->ignore_case && !strpbrk(criteria->pattern, "\\^$.[]|()*+?{}");
	if (r == 0)
		return GO_ON;
	regerror(r, &criteria->regex, why, sizeof why);
	return complain(criteria->tool, CRITERIA_WRONG, "regex error: %s", why);
}

static int ready(struct criteria *criteria, char **words, int count)
{
	bool any = criteria->wish_count || criteria->newest || criteria->oldest || criteria->older_ns >= 0 ||
	           criteria->states || criteria->pidfile || criteria->ns || criteria->ns_list;

	criteria->pattern = count ? words[0] : NULL;
	int status = criteria_lists_read(criteria);
	if (status == GO_ON && count > 1)
		status = criteria_complain(criteria, "only one pattern can be provided");
	if (status == GO_ON && count == 0 && !any)
		status = criteria_complain(criteria, "no matching criteria specified");
	return status == GO_ON ? compile_pattern(criteria) : status;
}

int criteria_read(struct criteria *criteria, const struct tool *tool, int argc, char **argv,
                  int (*set)(void *context, int id, const char *argument), const char *not_captured)
{
	*criteria = (struct criteria){ .tool = tool, .older_ns = -1 };
	/* letters can stand together, but those that take a list take the rest of their word */
	criteria->wishes = calloc((size_t)argc + 1, sizeof *criteria->wishes);
	if (!criteria->wishes)
		return complain(tool, CRITERIA_FATAL, "%s", strerror(ENOMEM));
	int status = options_read(tool, argc, argv, set, criteria);
	if (status == GO_ON && not_captured && criteria->shared.place.root)
		status = complain(tool, CRITERIA_WRONG, "--root: %s", not_captured);
	return status == GO_ON ? ready(criteria, argv + optind, argc - optind) : status;
}
