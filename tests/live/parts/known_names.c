/* Subcommands of known: names and command lines of any bytes. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "known.h"
#include "make.h"

static void name(char **arguments, int count)
{
	size_t length;
	char *bytes = known_bytes(arguments[0], &length);

	(void)count;
	make_name(bytes);
	known_ready("bytes=%zu", strnlen(bytes, 15));
}

/* Starts itself again with just these arguments, the program's name among them. */
static void args(char **arguments, int count)
{
	static char program[PATH_MAX];
	char **made = calloc((size_t)count + 1, sizeof *made);

	if (!made || readlink("/proc/self/exe", program, sizeof program - 1) < 0)
		make_fail("args");
	for (int i = 0; i < count; i++) {
		size_t length;
		made[i] = known_bytes(arguments[i], &length);
		if (strlen(made[i]) != length) {
			fputs("args: an argument cannot hold a NUL; see title\n", stderr);
			exit(2);
		}
	}
	setenv("KNOWN_ARGS", "1", 1);
	execv(program, made);
	make_fail(program);
}

/* Writes over its own arguments, as programs do that set their title. The rest of the room is filled with NUL, or
 * with the same bytes again: then the kernel finds no NUL at its end and reads on into the environment. */
static void title(char **arguments, int count)
{
	char *last = arguments[count - 1] + strlen(arguments[count - 1]);
	/* From argv[0] on: two digits are there for each byte, so there is always room. */
	char *start = arguments[-2];
	size_t length, room = (size_t)(last - start) + 1;
	char *bytes = known_bytes(arguments[0], &length);
	int full = count == 2;

	if ((full && strcmp(arguments[1], "full")) || !length) {
		fputs("title: HEX must not be empty; the only other word is full\n", stderr);
		exit(2);
	}
	for (size_t i = 0; i < room; i++)
		start[i] = full || i < length ? bytes[i % length] : '\0';
	known_ready("bytes=%zu", full ? room : length);
}

const struct known known_names[] = {
	{ "name", "HEX", 1, 1, "a comm of these bytes, at most 15: bytes", name },
	{ "args", "HEX...", 1, 64, "a process with exactly these arguments, the first its name: args", args },
	{ "title", "HEX [full]", 1, 2, "arguments written over by these bytes, without NULs between or after: bytes",
	  title },
	{ 0 },
};
