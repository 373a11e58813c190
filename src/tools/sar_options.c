/* How sar's and sadf's words choose views. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "tools/sar.h"
#include "tools/words.h"

static int choose(struct sar *sar, enum sar_view_id id)
{
	sar->views |= 1U << id;
	return GO_ON;
}

/* Words of -q; 0: there is one that is none. */
static unsigned queue_views(const char *words)
{
	static const struct {
		const char *word;
		unsigned views;
	} known[] = {
		{ "LOAD", 1U << SAR_QUEUE },
		{ "CPU", 1U << SAR_PSI_CPU },
		{ "IO", 1U << SAR_PSI_IO },
		{ "MEM", 1U << SAR_PSI_MEMORY },
		{ "PSI", 1U << SAR_PSI_CPU | 1U << SAR_PSI_IO | 1U << SAR_PSI_MEMORY },
		{ "ALL", 1U << SAR_QUEUE | 1U << SAR_PSI_CPU | 1U << SAR_PSI_IO | 1U << SAR_PSI_MEMORY },
	};
	struct span rest = span_of(words), word;
	unsigned views = 0;

	for (bool more = true; more;) {
		unsigned found = 0;
		more = span_until(&rest, ',', &word);
		for (size_t i = 0; i < sizeof known / sizeof *known; i++)
			if (span_is(more ? word : rest, known[i].word))
				found = known[i].views;
		if (!found)
			return 0;
		views |= found;
	}
	return views;
}

static bool is_number(const char *word)
{
	return word[strspn(word, "0123456789")] == '\0';
}

/* Whether `next` is the value of the option of that letter, which is the last of its word. */
static bool takes_next(char letter, bool alone, const char *next)
{
	if (!next)
		return false;
	switch (letter) {
	case 'r':
	case 'u':
		return !strcmp(next, "ALL");
	case 'q':
		return alone && queue_views(next);
	case 'F':
		return !strcmp(next, "MOUNT");
	case 'f':
	case 'o':
		return next[0] != '-' && !is_number(next);
	case 's':
	case 'e':
		return isdigit((unsigned char)next[0]) && (strchr(next, ':') || strlen(next) == 10);
	default:
		return false;
	}
}

static bool add(char **words, int *count, char letter, const char *value)
{
	size_t len = value ? strlen(value) : 0;
	char *word = malloc(len + 3);

	if (!word)
		return false;
	word[0] = '-';
	word[1] = letter;
	memcpy(word + 2, value ? value : "", len + 1);
	words[(*count)++] = word;
	return true;
}

/* One word of letters; gives how many words it took with its value, or 0. */
static int split(char **argv, char **words, int *count)
{
	const char *letters = argv[0] + 1;

	for (const char *c = letters; *c; c++) {
		bool last = !c[1];
		if (strchr("PImni", *c)) { /* these have a value, as a rest of the word or as the next */
			if (!add(words, count, *c, last ? argv[1] : c + 1))
				return 0;
			return last && argv[1] ? 2 : 1;
		}
		if (last && takes_next(*c, c == letters, argv[1]))
			return add(words, count, *c, argv[1]) ? 2 : 0;
		if (!add(words, count, *c, NULL))
			return 0;
	}
	return 1;
}

int sar_split_words(int argc, char **argv, char ***ret, int *ret_argc)
{
	size_t capacity = 2;
	int count = 0, taken;

	for (int i = 0; i < argc; i++)
		capacity += strlen(argv[i]) + 1;
	char **words = calloc(capacity, sizeof *words);
	if (!words)
		return -ENOMEM;
	for (int i = 0; i < argc; i += taken) {
		taken = 1;
		if (i > 0 && argv[i][0] == '-' && argv[i][1] && argv[i][1] != '-' && !is_number(argv[i] + 1))
			taken = split(argv + i, words, &count);
		else if (i > 0 && argv[i][0] == '-' && isdigit((unsigned char)argv[i][1]))
			taken = add(words, &count, 'f', argv[i]); /* the file of N days ago */
		else
			taken = (words[count++] = strdup(argv[i])) != NULL;
		if (taken == 0) {
			sar_free_words(words);
			return -ENOMEM;
		}
	}
	*ret = words;
	*ret_argc = count;
	return 0;
}

void sar_free_words(char **words)
{
	for (char **word = words; word && *word; word++)
		free(*word);
	free(words);
}

/* "0,2-4", "all" (all together), "ALL" (together and each). */
static int set_cpus(struct sar *sar, const char *words)
{
	const struct tool *tool = sar->sysstat.samples.tool;
	struct span rest = span_of(words), word;
	struct buffer numbers = { 0 };
	int r = 0;

	sar->chose_cpus = true;
	for (bool more = true; more;) {
		more = span_until(&rest, ',', &word);
		word = more ? word : rest;
		sar->every_cpu |= span_is(word, "ALL");
		sar->all_cpus_together |= span_is(word, "ALL") || span_is(word, "all");
		if (span_is(word, "ALL") || span_is(word, "all"))
			continue;
		buffer_text(&numbers, numbers.len ? "," : "");
		buffer_add(&numbers, word);
	}
	struct cpu_set more_cpus = { 0 };
	if (numbers.len || !(sar->every_cpu || sar->all_cpus_together))
		r = cpu_set_parse_list(buffer_span(&numbers), &more_cpus);
	for (size_t cpu = 0; r == 0 && cpu < more_cpus.count * 64; cpu++)
		if (cpu_set_has(&more_cpus, cpu))
			r = cpu_set_add(&sar->cpus, cpu);
	cpu_set_done(&more_cpus);
	buffer_done(&numbers);
	return r == -ENOMEM ? complain(tool, 4, "out of memory") : r < 0 ? usage(tool, 1) : GO_ON;
}

/* What this machine's sources know nothing of: said at once, not left out silently. */
static int not_here(int id)
{
	static const struct {
		int id;
		const char *what;
	} missing[] = {
		{ 'F', "file systems" },     { 'I', "single interrupts" },
		{ 'j', "persistent names" }, { 'm', "clock, fans and temperature" },
		{ 'n', "networks" },         { 'y', "serial lines" },
	};

	for (size_t i = 0; i < sizeof missing / sizeof *missing; i++)
		if (id == missing[i].id)
			return sysstat_complain(1, "-%c: vires has no view of %s", id, missing[i].what);
	return sysstat_complain(
		1, "--fs, --iface, --int: vires has no view of file systems, networks and single interrupts");
}

int sar_no_files(const char *instead)
{
	return sysstat_complain(2, "Recorded files cannot be read or made yet. An interval shows what happens now: %s",
	                        instead);
}

int sar_no_file(const char *path, const char *instead)
{
	enum { DAY = 86400 };
	bool usual = !path || (path[0] == '-' && isdigit((unsigned char)path[1]));
	char day[64] = "";
	int64_t days = 0;
	struct tm tm;

	if (usual && path)
		word_integer(path + 1, &days);
	time_t then = time(NULL) - (time_t)days * DAY;
	if (usual && localtime_r(&then, &tm))
		strftime(day, sizeof day, "/var/log/sysstat/sa%d", &tm);
	if (access(usual ? day : path, F_OK) == 0)
		return sar_no_files(instead);
	sysstat_complain(2, "Cannot open %s: %s", usual ? day : path, strerror(errno));
	if (!usual)
		return 2;
	return sysstat_complain(2, "Please check if data collecting is enabled\nAn interval shows what happens now: %s",
	                        instead);
}

static int choose_all(struct sar *sar)
{
	sar->views = (1U << SAR_VIEWS) - 1;
	sar->every_cpu |= !sar->chose_cpus;
	return GO_ON;
}

int sar_option(struct sar *sar, int id, const char *argument)
{
	static const struct {
		char letter;
		enum sar_view_id id;
	} plain[] = { { 'S', SAR_SWAP },     { 'B', SAR_PAGING }, { 'W', SAR_SWAPPING }, { 'H', SAR_HUGE },
		      { 'w', SAR_SWITCHES }, { 'v', SAR_TABLES }, { 'b', SAR_IO },       { 'd', SAR_DISKS } };

	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
		if (id == plain[i].letter)
			return choose(sar, plain[i].id);
	switch (id) {
	case 'u':
		return choose(sar, argument ? SAR_CPU_ALL : SAR_CPU);
	case 'r':
		return choose(sar, argument ? SAR_MEMORY_ALL : SAR_MEMORY);
	case 'q':
		sar->views |= argument ? queue_views(argument) : 1U << SAR_QUEUE;
		return GO_ON;
	case 'A':
		return choose_all(sar);
	case 'P':
		return set_cpus(sar, argument);
	case 'p':
	case SAR_PRETTY:
		sar->pretty = true;
		return GO_ON;
	case 'z':
		sar->omit_idle = true;
		return GO_ON;
	case SAR_DEVICES:
		sar->devices = argument;
		return GO_ON;
	case 'F':
	case 'I':
	case 'j':
	case 'm':
	case 'n':
	case 'y':
	case SAR_NOT_HERE:
		return not_here(id);
	default:
		return sysstat_option(&sar->sysstat, id, argument);
	}
}
