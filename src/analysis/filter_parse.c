/* The text of a filter -> its nodes. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "analysis/filter.h"
#include "base/time.h"

enum { DEPTH_MOST = 24 };

struct parser {
	struct filter *filter;
	struct filter_error *error;
	size_t at, len;
	unsigned depth;
};

static const struct {
	const char *name;
	uint8_t id;
} short_names[] = {
	{ "pss", TASK_pss_bytes },
	{ "uss", TASK_uss_bytes },
	{ "res", TASK_rss_bytes },
	{ "rss", TASK_rss_bytes },
	{ "swap", TASK_swap_bytes },
	{ "growth", TASK_rss_growth_bytes_per_min },
	{ "faults", TASK_faults_per_s },
	{ "major", TASK_major_faults_per_s },
	{ "anon", TASK_anon_bytes },
	{ "file", TASK_file_bytes },
	{ "shmem", TASK_shmem_bytes },
	{ "virt", TASK_virt_bytes },
	{ "peak", TASK_rss_peak_bytes },
	{ "huge", TASK_hugetlb_bytes },
	{ "cpu", TASK_cpu_percent },
	{ "mem", TASK_rss_percent },
	{ "time", TASK_cpu_ns },
	{ "age", TASK_age_ns },
	{ "user", TASK_user },
	{ "name", TASK_comm },
	{ "command", TASK_cmdline },
	{ "oom", TASK_oom_score },
	{ "fds", TASK_fd_count },
	{ "read", TASK_read_bytes_per_s },
	{ "write", TASK_written_bytes_per_s },
};

enum { SHORT_NAMES = sizeof short_names / sizeof *short_names };

/* The field of that name: a short one ("pss", "growth"), the field's own, or its header in any case; or -1. */
static int field_of(struct span name)
{
	for (size_t i = 0; i < SHORT_NAMES; i++)
		if (span_is_any_case(name, short_names[i].name))
			return short_names[i].id;
	for (int id = 0; id < TASK_FIELDS; id++)
		if (span_is_any_case(name, task_fields[id].name))
			return id;
	for (int id = 0; id < TASK_FIELDS; id++)
		if (span_is_any_case(name, task_fields[id].header))
			return id;
	return -1;
}

static int wrong(struct parser *parser, size_t at, const char *format, ...) __attribute__((format(printf, 3, 4)));

static int wrong(struct parser *parser, size_t at, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(parser->error->words, sizeof parser->error->words, format, args);
	va_end(args);
	parser->error->at = at;
	return -EINVAL;
}

static char peek(const struct parser *parser)
{
	return parser->at < parser->len ? parser->filter->text[parser->at] : '\0';
}

static void skip_blanks(struct parser *parser)
{
	while (peek(parser) == ' ' || peek(parser) == '\t')
		parser->at++;
}

static bool ends_word(char c)
{
	return c == '\0' || strchr(" \t()<>=~!&\"", c);
}

/* The word that begins here; none is empty. */
static struct span word_here(const struct parser *parser)
{
	size_t end = parser->at;

	while (end < parser->len && !ends_word(parser->filter->text[end]))
		end++;
	return (struct span){ parser->filter->text + parser->at, end - parser->at };
}

static bool take(struct parser *parser, const char *sign)
{
	size_t len = strlen(sign);

	if (parser->len - parser->at < len || memcmp(parser->filter->text + parser->at, sign, len) != 0)
		return false;
	parser->at += len;
	return true;
}

static bool take_word(struct parser *parser, const char *word)
{
	struct span here = word_here(parser);

	if (!span_is_any_case(here, word))
		return false;
	parser->at += here.len;
	return true;
}

static int add(struct parser *parser, struct filter_node node, uint8_t *ret)
{
	if (parser->filter->count == FILTER_NODES)
		return wrong(parser, parser->at, "too long: at most %d parts", FILTER_NODES);
	*ret = (uint8_t)parser->filter->count;
	parser->filter->nodes[parser->filter->count++] = node;
	return 0;
}

static bool take_order(struct parser *parser, enum filter_order *ret)
{
	static const struct {
		const char *sign;
		enum filter_order order;
	} orders[] = {
		{ "<=", FILTER_LESS_EQUAL }, { ">=", FILTER_MORE_EQUAL }, { "!=", FILTER_UNLIKE },
		{ "!~", FILTER_HAS_NOT },    { "==", FILTER_EQUAL },      { "<", FILTER_LESS },
		{ ">", FILTER_MORE },        { "=", FILTER_EQUAL },       { "~", FILTER_HAS },
	};

	for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
		if (take(parser, orders[i].sign)) {
			*ret = orders[i].order;
			return true;
		}
	return false;
}

/* A decimal number without sign of zeros, exponent or hex, whatever the locale; one that is too long is none. */
static bool take_decimal(struct span *rest, double *ret)
{
	double value = 0, part = 1;
	size_t digits = 0;
	bool negative = rest->len && rest->at[0] == '-', point = false;

	if (negative)
		*rest = span_skip(*rest, 1);
	for (; rest->len; *rest = span_skip(*rest, 1)) {
		char c = rest->at[0];
		if (c == '.' && !point) {
			point = true;
			continue;
		}
		if (c < '0' || c > '9')
			break;
		digits++;
		if (point)
			value += (part /= 10) * (c - '0');
		else
			value = value * 10 + (c - '0');
	}
	*ret = negative ? -value : value;
	return digits > 0 && digits <= 18;
}

/* "K", "MiB", "gb": bytes. */
static bool byte_unit(struct span unit, double *value)
{
	static const char letters[] = "KMGTPE";
	const char *at = unit.len ? strchr(letters, unit.at[0] & ~0x20) : NULL;

	if (unit.len == 0 || span_is_any_case(unit, "B"))
		return true;
	if (!at || *at == '\0' ||
	    !(unit.len == 1 || span_is_any_case(span_skip(unit, 1), "B") || span_is_any_case(span_skip(unit, 1), "iB")))
		return false;
	*value *= (double)(INT64_C(1) << 10 * (at - letters + 1));
	return true;
}

/* Seconds in "s", "min", "h", "d". */
static bool time_unit(struct span unit, double *ret)
{
	static const struct {
		const char *name;
		double seconds;
	} units[] = {
		{ "ms", 0.001 }, { "s", 1 },    { "sec", 1 },   { "m", 60 },
		{ "min", 60 },   { "h", 3600 }, { "d", 86400 }, { "w", 604800 },
	};

	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (span_is_any_case(unit, units[i].name)) {
			*ret = units[i].seconds;
			return true;
		}
	return false;
}

/* "10M/h" for a field that counts bytes a minute. Without a time behind the stroke it is the field's own. */
static bool apply_rate(struct span unit, enum unit of, double *value)
{
	double own = of == BYTES_PER_MINUTE ? 60 : 1, seconds = own;
	struct span amount = unit;

	if (span_until(&unit, '/', &amount)) {
		if (!time_unit(unit, &seconds))
			return false;
	}
	if (of == PER_SECOND && amount.len)
		return false;
	if (of == PER_SECOND)
		*value *= 1000;
	else if (!byte_unit(amount, value))
		return false;
	*value *= own / seconds;
	return true;
}

/* The unit behind a number -> the number in the unit of the field. */
static bool apply_unit(struct span unit, const struct field *field, double *value)
{
	double seconds = 1;

	switch (field->unit) {
	case BYTES:
		return byte_unit(unit, value);
	case PERCENT:
		*value *= 10000;
		return unit.len == 0 || span_is_any_case(unit, "%");
	case NANOSECONDS:
		if (unit.len && !time_unit(unit, &seconds))
			return false;
		*value *= seconds * (double)NS_PER_S;
		return true;
	case PER_SECOND:
	case BYTES_PER_SECOND:
	case BYTES_PER_MINUTE:
		return apply_rate(unit, field->unit, value);
	case FRACTION:
		*value *= 1000;
		return unit.len == 0;
	default:
		return unit.len == 0;
	}
}

static const char *example(enum unit unit)
{
	static const char *const examples[] = {
		[PLAIN] = "12",
		[BYTES] = "500K, 1.5G",
		[NANOSECONDS] = "90s, 10min, 2h",
		[PERCENT] = "2.5",
		[PER_SECOND] = "100, 100/min",
		[BYTES_PER_SECOND] = "1M, 1M/s",
		[BYTES_PER_MINUTE] = "10M/h",
		[MASK] = "12",
		[LETTER] = "R",
		[FRACTION] = "1.5",
	};

	return examples[unit];
}

static int parse_number(struct parser *parser, struct filter_node *node, struct span word)
{
	const struct field *field = &task_fields[node->id];
	struct span rest = word;

	if (field->unit == LETTER && word.len == 1) {
		node->number = word.at[0];
		return 0;
	}
	if (!take_decimal(&rest, &node->number) || !apply_unit(rest, field, &node->number))
		return wrong(parser, parser->at, "'%.*s' does not fit %s; it looks like %s", (int)word.len, word.at,
		             field->name, example(field->unit));
	return 0;
}

/* The value behind an order: a word, or anything between quotes. */
static int parse_value(struct parser *parser, struct filter_node *node)
{
	bool quoted = take(parser, "\"");
	struct span word = word_here(parser);

	if (quoted) {
		size_t end = parser->at;
		while (end < parser->len && parser->filter->text[end] != '"')
			end++;
		if (end == parser->len)
			return wrong(parser, parser->at, "the closing \" is missing");
		word.len = end - parser->at;
	}
	if (word.len == 0)
		return wrong(parser, parser->at, "a value is missing behind %s", task_fields[node->id].name);
	node->at = (uint16_t)parser->at;
	node->len = (uint16_t)word.len;
	int r = node->kind == FILTER_NUMBER ? parse_number(parser, node, word) : 0;
	parser->at += word.len + quoted;
	return r;
}

/* A word that nothing is compared with: it is looked for in the command line. */
static int parse_bare(struct parser *parser, struct span word, uint8_t *ret)
{
	struct filter_node node = { .kind = FILTER_TEXT, .order = FILTER_HAS, .id = TASK_cmdline };

	node.at = (uint16_t)parser->at;
	node.len = (uint16_t)word.len;
	parser->at += word.len;
	return add(parser, node, ret);
}

static int parse_comparison(struct parser *parser, uint8_t *ret)
{
	struct filter_node node = { 0 };
	struct span word = word_here(parser);
	size_t start = parser->at;

	if (peek(parser) == '"') {
		node = (struct filter_node){ .kind = FILTER_TEXT, .order = FILTER_HAS, .id = TASK_cmdline };
		int r = parse_value(parser, &node);
		return r < 0 ? r : add(parser, node, ret);
	}
	if (word.len == 0)
		return wrong(parser, parser->at, "a name is missing here, as in pss > 1G");
	parser->at += word.len;
	skip_blanks(parser);
	if (!take_order(parser, &node.order)) {
		parser->at = start;
		return parse_bare(parser, word, ret);
	}
	int id = field_of(word);
	if (id < 0)
		return wrong(parser, start,
		             "'%.*s' is no column: pss, uss, res, swap, growth, faults, cpu, user, command, ...",
		             (int)word.len, word.at);
	node.id = (uint8_t)id;
	bool text = task_fields[id].kind == TEXT, has = node.order == FILTER_HAS || node.order == FILTER_HAS_NOT;
	if (text && !has && node.order != FILTER_EQUAL && node.order != FILTER_UNLIKE)
		return wrong(parser, start, "%.*s is a text: compare it with = != ~ !~", (int)word.len, word.at);
	if (!text && has)
		return wrong(parser, start, "%.*s is a number: compare it with < <= > >= = !=", (int)word.len, word.at);
	node.kind = text ? FILTER_TEXT : FILTER_NUMBER;
	skip_blanks(parser);
	int r = parse_value(parser, &node);
	return r < 0 ? r : add(parser, node, ret);
}

static int parse_or(struct parser *parser, uint8_t *ret);

static int parse_term(struct parser *parser, uint8_t *ret)
{
	size_t start;
	uint8_t inner;
	int r;

	skip_blanks(parser);
	start = parser->at;
	if (++parser->depth > DEPTH_MOST)
		return wrong(parser, start, "too many brackets inside brackets");
	if (take_word(parser, "not") || (peek(parser) == '!' && take(parser, "!"))) {
		r = parse_term(parser, &inner);
		if (r == 0)
			r = add(parser, (struct filter_node){ .kind = FILTER_NOT, .left = inner }, ret);
	} else if (take(parser, "(")) {
		r = parse_or(parser, ret);
		skip_blanks(parser);
		if (r == 0 && !take(parser, ")"))
			r = wrong(parser, start, "the ) is missing");
	} else {
		r = parse_comparison(parser, ret);
	}
	parser->depth--;
	return r;
}

static int parse_and(struct parser *parser, uint8_t *ret)
{
	uint8_t right;

	int r = parse_term(parser, ret);
	for (;;) {
		skip_blanks(parser);
		if (r < 0 || !(take_word(parser, "and") || take(parser, "&&")))
			return r;
		r = parse_term(parser, &right);
		if (r == 0)
			r = add(parser, (struct filter_node){ .kind = FILTER_AND, .left = *ret, .right = right }, ret);
	}
}

static int parse_or(struct parser *parser, uint8_t *ret)
{
	uint8_t right;

	int r = parse_and(parser, ret);
	for (;;) {
		skip_blanks(parser);
		if (r < 0 || !take_word(parser, "or"))
			return r;
		r = parse_and(parser, &right);
		if (r == 0)
			r = add(parser, (struct filter_node){ .kind = FILTER_OR, .left = *ret, .right = right }, ret);
	}
}

static bool is_expression(struct span text)
{
	for (size_t i = 0; i < text.len; i++)
		if (strchr("<>=~", text.at[i]) && text.at[i])
			return true;
	return false;
}

int filter_parse(struct span text, struct filter *ret, struct filter_error *error)
{
	struct filter filter = { 0 };
	struct parser parser = { .filter = &filter, .error = error };
	int r = 0;

	text = span_trim(text);
	parser.len = text.len;
	if (text.len >= sizeof filter.text)
		return wrong(&parser, 0, "too long: at most %zu bytes", sizeof filter.text - 1);
	if (text.len && memchr(text.at, '\0', text.len))
		return wrong(&parser, 0, "there is a NUL byte in it");
	if (text.len)
		memcpy(filter.text, text.at, text.len);
	if (text.len && !is_expression(text)) {
		r = parse_bare(&parser, text, &filter.root);
	} else if (text.len) {
		r = parse_or(&parser, &filter.root);
		if (r == 0 && parser.at < parser.len)
			r = wrong(&parser, parser.at, "'%.*s': expected and, or, or the end",
			          (int)(parser.len - parser.at < 40 ? parser.len - parser.at : 40),
			          filter.text + parser.at);
	}
	if (r == 0)
		*ret = filter;
	return r;
}
