/* Runs commands in turn (A B C A B C ...) and compares the CPU time they cost: peers measured in the same minute, on
 * the same load, so that what else the machine does falls on all of them alike.
 *
 *	pair [-r ROUNDS] [-n LOW,HIGH] -- NAME [VAR=VALUE...] COMMAND [ARG...] -- NAME ...
 *
 * CPU time is user + system of the finished command, from wait4. The kernel splits the two by ticks of 4 ms here, but
 * scales them so that their sum is the scheduler's own count of nanoseconds: the sum is exact to 2 us, and only the
 * sum is used. (Checked: it equals the CPU clock of the zombie.) A command cheaper than 20 ms is still run several
 * times in one measurement, against the noise of the machine.
 *
 * With -n, `{n}` in a command stands for a number of refreshes, and a measurement is (cost with HIGH minus cost with
 * LOW) / (HIGH - LOW): the cost of one refresh without start and end.
 *
 * The warm-up run of each command is not measured; it tells how many lines the command writes and how it ends. Every
 * later run writes to /dev/null and must end in the same way.
 *
 * One line a command, after a line of titles:
 *	cpu_us    median over the rounds
 *	rss_kib   largest peak RSS of all runs
 *	ratio, low, high   median and quartiles of cost / cost of the first command in the same round
 *	runs      how often it ran for one measurement
 *	lines     lines on stdout and stderr in the warm-up
 *	exit      exit status; 128 + signal
 *	said      first line on stderr in the warm-up
 */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST_ROUNDS 1000
#define MOST_RUNS   50
#define CHEAP_NS    20e6 /* below this a measurement is several runs */
#define MOST_WORDS  256

struct command {
	const char *name;
	char **variables; /* VAR=VALUE, in front of the command */
	size_t variable_count;
	char **words; /* the command, up to the next "--" or the end */
	size_t word_count;
	size_t runs; /* in one measurement */
	double cost_ns[MOST_ROUNDS];
	long peak_rss_kib;
	int exit_status;
	size_t lines;
	char said[200];
};

struct plan {
	size_t rounds;
	unsigned low, high; /* both 0: no -n */
};

static int null_fd;

static void fail(const char *what, int error)
{
	fprintf(stderr, "pair: %s: %s\n", what, strerror(error));
	exit(1);
}

static int by_value(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;
	return (left > right) - (left < right);
}

/* The value below which `part` of the sorted values lie, between neighbours by straight line. */
static double quantile(const double *sorted, size_t count, double part)
{
	double place = part * (double)(count - 1);
	size_t under = (size_t)place;
	double next = under + 1 < count ? sorted[under + 1] : sorted[under];
	return sorted[under] + (place - (double)under) * (next - sorted[under]);
}

static char *with_number(char *word, unsigned number)
{
	char *hole = strstr(word, "{n}"), *made;

	if (!hole)
		return word;
	if (asprintf(&made, "%.*s%u%s", (int)(hole - word), word, number, hole + 3) < 0)
		fail("asprintf", ENOMEM);
	return made;
}

/* Starts the command with the given stdout and stderr, `number` for {n}; gives back the pid. */
static pid_t start(const struct command *command, unsigned number, int out, int err)
{
	posix_spawn_file_actions_t files;
	char *words[MOST_WORDS + 1] = { NULL };
	pid_t pid;

	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_adddup2(&files, null_fd, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&files, err, STDERR_FILENO);
	for (size_t i = 0; i < command->word_count; i++)
		words[i] = with_number(command->words[i], number);
	for (size_t i = 0; i < command->variable_count; i++)
		putenv(command->variables[i]);
	int error = posix_spawnp(&pid, words[0], &files, NULL, words, environ);
	if (error)
		fail(words[0], error);
	for (size_t i = 0; i < command->variable_count; i++) {
		char *name = strndup(command->variables[i], strcspn(command->variables[i], "="));
		unsetenv(name);
		free(name);
	}
	for (size_t i = 0; i < command->word_count; i++)
		if (words[i] != command->words[i])
			free(words[i]);
	posix_spawn_file_actions_destroy(&files);
	return pid;
}

/* Waits for the command and gives back its CPU nanoseconds; its peak RSS and exit status go into it. */
static double finish(struct command *command, pid_t pid)
{
	struct rusage usage;
	int status;

	while (wait4(pid, &status, 0, &usage) < 0)
		if (errno != EINTR)
			fail("wait4", errno);
	if (usage.ru_maxrss > command->peak_rss_kib)
		command->peak_rss_kib = usage.ru_maxrss;
	command->exit_status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e9 +
	       (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e3;
}

static double run(struct command *command, unsigned number)
{
	return finish(command, start(command, number, null_fd, null_fd));
}

static size_t count_lines(int fd, char *first, size_t first_size)
{
	char piece[65536];
	size_t lines = 0;
	bool kept = !first;

	if (lseek(fd, 0, SEEK_SET))
		fail("lseek", errno);
	for (ssize_t got; (got = read(fd, piece, sizeof piece)) > 0;) {
		if (!kept) {
			snprintf(first, first_size, "%.*s", (int)got, piece);
			first[strcspn(first, "\r\n")] = '\0';
			kept = true;
		}
		for (ssize_t i = 0; i < got; i++)
			lines += piece[i] == '\n';
	}
	close(fd);
	return lines;
}

static void warm_up(struct command *command, const struct plan *plan)
{
	int out = memfd_create("out", MFD_CLOEXEC), err = memfd_create("err", MFD_CLOEXEC);

	if (out < 0 || err < 0)
		fail("memfd_create", errno);
	double cost = finish(command, start(command, plan->high, out, err));
	command->lines = count_lines(out, NULL, 0) + count_lines(err, command->said, sizeof command->said);
	command->runs = 1;
	if (!plan->high && cost < CHEAP_NS)
		command->runs = cost * MOST_RUNS < CHEAP_NS ? MOST_RUNS : (size_t)(CHEAP_NS / cost) + 1;
}

static void measure(struct command *command, const struct plan *plan, size_t round)
{
	int expected = command->exit_status;
	double cost = 0;

	for (size_t i = 0; i < command->runs; i++)
		cost += run(command, plan->high) / (double)command->runs;
	if (plan->high)
		cost = (cost - run(command, plan->low)) / (plan->high - plan->low);
	if (command->exit_status != expected) {
		fprintf(stderr, "pair: %s ended with %d after %d\n", command->name, command->exit_status, expected);
		exit(1);
	}
	command->cost_ns[round] = cost;
}

static void report(const struct command *command, const struct command *first, size_t rounds)
{
	double costs[MOST_ROUNDS], ratios[MOST_ROUNDS];

	for (size_t i = 0; i < rounds; i++) {
		costs[i] = command->cost_ns[i];
		ratios[i] = command->cost_ns[i] / first->cost_ns[i];
	}
	qsort(costs, rounds, sizeof *costs, by_value);
	qsort(ratios, rounds, sizeof *ratios, by_value);
	printf("%-16s %10.1f %9ld %8.4f %8.4f %8.4f %5zu %7zu %4d %s\n", command->name,
	       quantile(costs, rounds, 0.5) / 1e3, command->peak_rss_kib, quantile(ratios, rounds, 0.5),
	       quantile(ratios, rounds, 0.25), quantile(ratios, rounds, 0.75), command->runs, command->lines,
	       command->exit_status, command->said);
}

static int usage(void)
{
	fputs("usage: pair [-r ROUNDS] [-n LOW,HIGH] -- NAME [VAR=VALUE...] COMMAND [ARG...] -- NAME ...\n", stderr);
	return 2;
}

/* Cuts the arguments at each "--" into commands; gives back how many, or 0 where one is not whole. */
static size_t cut(char **words, struct command *commands)
{
	size_t count = 0;

	while (*words) {
		struct command *command = &commands[count++];
		command->name = *words++;
		command->variables = words;
		for (; *words && strcmp(*words, "--") && strchr(*words, '='); words++)
			command->variable_count++;
		command->words = words;
		for (; *words && strcmp(*words, "--"); words++)
			command->word_count++;
		if (!command->word_count || command->word_count > MOST_WORDS)
			return 0;
		words += *words != NULL;
	}
	return count;
}

int main(int argc, char **argv)
{
	struct plan plan = { .rounds = 10 };
	int option;

	while ((option = getopt(argc, argv, "+r:n:")) >= 0)
		if (option == 'r')
			plan.rounds = strtoul(optarg, NULL, 10);
		else if (option != 'n' || sscanf(optarg, "%u,%u", &plan.low, &plan.high) != 2 || plan.low >= plan.high)
			return usage();
	if (!plan.rounds || plan.rounds > MOST_ROUNDS)
		return usage();
	struct command *commands = calloc((size_t)argc, sizeof *commands);
	size_t count = commands ? cut(argv + optind, commands) : 0;
	if (!count)
		return usage();
	null_fd = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (null_fd < 0)
		fail("/dev/null", errno);

	for (size_t i = 0; i < count; i++)
		warm_up(&commands[i], &plan);
	for (size_t round = 0; round < plan.rounds; round++)
		for (size_t i = 0; i < count; i++)
			measure(&commands[i], &plan, round);
	puts("name                 cpu_us   rss_kib    ratio      low     high  runs   lines exit said");
	for (size_t i = 0; i < count; i++)
		report(&commands[i], &commands[0], plan.rounds);
	free(commands);
	return 0;
}
