/* The lists that selections take: process ids, users, groups, terminals and command names. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "collect/names.h"
#include "tools/ps.h"

/* Reads one member; NULL, or what is wrong. */
typedef const char *read_member(const struct ps_request *request, const char *text, struct ps_member *ret);

static const char *read_process(const struct ps_request *request, const char *text, struct ps_member *ret)
{
	char *end;
	unsigned long number = strtoul(text, &end, 0);

	(void)request;
	if (*end)
		return "process ID list syntax error";
	if (number < 1 || number > INT32_MAX)
		return "process ID out of range";
	ret->number = (int64_t)number;
	return NULL;
}

static const char *read_account(const struct ps_request *request, const char *text, struct ps_member *ret,
                                enum account account)
{
	static const char *const errors[][2] = {
		[ACCOUNT_USER] = { "user name does not exist", "user ID out of range" },
		[ACCOUNT_GROUP] = { "group name does not exist", "group ID out of range" },
	};
	char *end;
	unsigned long number = strtoul(text, &end, 0);

	ret->number = number > UINT32_MAX ? -1 : (int64_t)number;
	if (*end && account_number(request->place.root, account, span_of(text), &ret->number) < 0) {
		if (!request->deselect)
			return errors[account][0];
		ret->number = -1; /* nobody is all right where everybody but them is meant */
	}
	return request->deselect || (ret->number >= 0 && ret->number < UINT32_MAX) ? NULL : errors[account][1];
}

static const char *read_user(const struct ps_request *request, const char *text, struct ps_member *ret)
{
	return read_account(request, text, ret, ACCOUNT_USER);
}

static const char *read_group(const struct ps_request *request, const char *text, struct ps_member *ret)
{
	return read_account(request, text, ret, ACCOUNT_GROUP);
}

static const char *read_command(const struct ps_request *request, const char *text, struct ps_member *ret)
{
	enum { MOST = 63 };

	(void)request;
	ret->name = (struct span){ text, strnlen(text, MOST) };
	return NULL;
}

static bool find_device(const char *text, struct stat *ret)
{
	static const char *const places[] = { "/dev/pts/%s", "/dev/%s", "/dev/tty%s", "/dev/pty%s", "/dev/%snsole" };
	char path[4096];

	if (text[0] == '/')
		return stat(text, ret) == 0;
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		int len = snprintf(path, sizeof path, places[i], text);
#pragma GCC diagnostic pop
		if (len > 0 && (size_t)len < sizeof path && stat(path, ret) == 0)
			return true;
	}
	return false;
}

/* A captured tree has no /dev: there the name decides. */
static const char *read_terminal(const struct ps_request *request, const char *text, struct ps_member *ret)
{
	struct stat device;

	ret->number = 0;
	if (request->place.root) {
		ret->number = strcmp(text, "-") && strcmp(text, "?") ? PS_NAMED_TERMINAL : 0;
		ret->name = span_of(strncmp(text, "/dev/", 5) ? text : text + 5);
		return NULL;
	}
	if (find_device(text, &device)) {
		ret->number = (int64_t)device.st_rdev;
		return S_ISCHR(device.st_mode) ? NULL : "list member was not a TTY";
	}
	/* "?" is what the shell makes of a file with a name of one letter */
	if (!strcmp(text, "-") || !strcmp(text, "?") || (text[0] != '/' && !text[1] && stat(text, &device) == 0))
		return NULL;
	return "TTY could not be found";
}

static bool is_mark(char c)
{
	return c == ' ' || c == ',' || c == '\t';
}

/* How many members there are; 0 when two marks stand together, or one at either end. */
static size_t count_members(const char *text)
{
	size_t count = 0;
	bool wanted = true;

	for (;; text++) {
		if (*text && !is_mark(*text)) {
			count += wanted;
			wanted = false;
		} else {
			if (wanted)
				return 0;
			wanted = true;
		}
		if (!*text)
			return count;
	}
}

static struct ps_list *list_new(struct ps_request *request, enum ps_by by, size_t count)
{
	struct ps_list *list = arena_new(&request->arena, sizeof *list);
	struct ps_member *members = arena_new(&request->arena, count * sizeof *members);

	if (!list || !members)
		return NULL;
	memset(members, 0, count * sizeof *members);
	*list = (struct ps_list){ NULL, by, members, 0 };
	return list;
}

static void list_join(struct ps_request *request, struct ps_list *list)
{
	list->next = request->lists;
	request->lists = list;
}

const char *ps_list_add(struct ps_request *request, enum ps_by by, const char *argument)
{
	static read_member *const readers[] = {
		[BY_PROCESS] = read_process,  [BY_QUICK_PROCESS] = read_process,
		[BY_PARENT] = read_process,   [BY_GROUP_OF_PROCESSES] = read_process,
		[BY_SESSION] = read_process,  [BY_USER] = read_user,
		[BY_REAL_USER] = read_user,   [BY_GROUP] = read_group,
		[BY_REAL_GROUP] = read_group, [BY_TERMINAL] = read_terminal,
		[BY_COMMAND] = read_command,
	};
	size_t count = count_members(argument), len = strlen(argument) + 1;

	if (count == 0)
		return "improper list";
	struct ps_list *list = list_new(request, by, count);
	char *text = arena_new(&request->arena, len);
	if (!list || !text)
		return "out of memory";
	memcpy(text, argument, len);
	for (char *next; text; text = next) {
		next = strpbrk(text, " ,\t");
		if (next)
			*next++ = '\0';
		const char *error = readers[by](request, text, &list->members[list->count]);
		if (error)
			return error;
		list->count++;
	}
	list_join(request, list);
	return NULL;
}

const char *ps_list_add_own_terminal(struct ps_request *request)
{
	struct ps_list *list = list_new(request, BY_TERMINAL, 1);

	if (!list)
		return "out of memory";
	list->members[list->count++].number = PS_OWN_TERMINAL;
	list_join(request, list);
	return NULL;
}

const char *ps_list_add_trailing(struct ps_request *request, int count, char **words)
{
	for (int i = 0; i < count; i++) {
		const char *word = words[i];
		enum ps_by by = *word == '-' ? BY_GROUP_OF_PROCESSES : *word == '+' ? BY_SESSION : BY_PROCESS;
		struct ps_list *list = list_new(request, by, 1);
		if (!list)
			return "out of memory";
		const char *error = read_process(request, word + (by != BY_PROCESS), &list->members[0]);
		if (error)
			return error;
		list->count = 1;
		list_join(request, list);
	}
	return NULL;
}
