#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include "collect/users.h"
#include "tools/criteria.h"
#include "tools/words.h"

static int64_t own_group(void)
{
	return getpgrp();
}

static int64_t own_session(void)
{
	return getsid(0);
}

static bool is_terminal(struct span value, struct span text)
{
	if (value.len == 0)
		return span_is(text, "?");
	return span_equal(value, span_skip(text, span_starts(text, SPAN("/dev/")) ? 5 : 0));
}

/* A line "0::path" of version 2. */
static bool is_in_cgroup(struct span value, struct span text)
{
	struct span line;

	while (span_line(&value, &line))
		if (span_starts(line, SPAN("0::")) && span_equal(span_skip(line, 3), text))
			return true;
	return false;
}

/* "NAME" or "NAME=value" among "NAME=value\0NAME=value\0". */
static bool has_variable(struct span value, struct span text)
{
	bool whole = text.len && memchr(text.at, '=', text.len);
	struct span variable;

	while (value.len) {
		if (!span_until(&value, '\0', &variable)) {
			variable = value; /* overwritten by the process */
			value.len = 0;
		}
		if (whole ? span_equal(variable, text) :
		            span_starts(variable, text) && variable.len > text.len && variable.at[text.len] == '=')
			return true;
	}
	return false;
}

static const struct list_option {
	int id;
	unsigned field;
	const char *wrong; /* what to say of a member that is none */
	int (*find)(const char *root, const char *name, int64_t *ret);
	int64_t (*own)(void);                               /* what 0 stands for */
	bool (*holds)(struct span value, struct span text); /* of texts */
} list_options[] = {
	{ 'p', TASK_tgid, "not a number", NULL, NULL, NULL },
	{ 'P', TASK_ppid, "not a number", NULL, NULL, NULL },
	{ 'g', TASK_pgid, "invalid process group", NULL, own_group, NULL },
	{ 's', TASK_sid, "invalid session id", NULL, own_session, NULL },
	{ 'u', TASK_euid, "invalid user name", user_find, NULL, NULL },
	{ 'U', TASK_ruid, "invalid user name", user_find, NULL, NULL },
	{ 'G', TASK_rgid, "invalid group name", group_find, NULL, NULL },
	{ 't', TASK_tty, NULL, NULL, NULL, is_terminal },
	{ CRITERION_CGROUP, TASK_cgroup, NULL, NULL, NULL, is_in_cgroup },
	{ CRITERION_ENV, TASK_environ, NULL, NULL, NULL, has_variable },
};

static const struct list_option *find_option(int id)
{
	for (size_t i = 0; i < sizeof list_options / sizeof *list_options; i++)
		if (list_options[i].id == id)
			return &list_options[i];
	return NULL;
}

bool criteria_is_list(int id)
{
	return find_option(id) != NULL;
}

static struct criterion *add(struct criteria *criteria, unsigned field, size_t room)
{
	struct criterion *criterion = arena_new(&criteria->arena, sizeof *criterion);
	int64_t *numbers = arena_new(&criteria->arena, room * sizeof *numbers);
	struct span *texts = arena_new(&criteria->arena, room * sizeof *texts);

	if (!criterion || !numbers || !texts)
		return NULL;
	*criterion = (struct criterion){ criteria->list, field, NULL, numbers, texts, 0 };
	criteria->list = criterion;
	return criterion;
}

static int add_numbers(struct criteria *criteria, unsigned field, const int64_t *numbers, size_t count)
{
	struct criterion *criterion = add(criteria, field, count);

	if (!criterion)
		return -ENOMEM;
	memcpy(criterion->numbers, numbers, count * sizeof *numbers);
	criterion->count = count;
	return 0;
}

static int read_member(struct criteria *criteria, const struct list_option *option, struct criterion *criterion,
                       const char *text)
{
	const char *root = criteria->shared.place.root;
	int64_t number = 0;

	if (option->holds) {
		criterion->texts[criterion->count++] = span_of(text);
		return GO_ON;
	}
	bool known = option->find ? option->find(root, text, &number) == 0 : word_integer(text, &number);
	if (!known)
		return complain(criteria->tool, CRITERIA_WRONG, "%s: %s", option->wrong, text);
	if (number == 0 && option->own && !root)
		number = option->own();
	criterion->numbers[criterion->count++] = number;
	return GO_ON;
}

/* Members without text are passed over; a list of nothing is none. */
static int read_list(struct criteria *criteria, const struct wish *wish)
{
	const struct list_option *option = find_option(wish->id);
	size_t room = strlen(wish->argument) + 1;
	char *rest = arena_new(&criteria->arena, room), *member;
	struct criterion *criterion = rest ? add(criteria, option->field, room / 2 + 1) : NULL;
	int status = GO_ON;

	if (!criterion)
		return complain(criteria->tool, CRITERIA_FATAL, "%s", strerror(ENOMEM));
	criterion->holds = option->holds;
	memcpy(rest, wish->argument, room);
	while (status == GO_ON && (member = strsep(&rest, ",")))
		if (*member)
			status = read_member(criteria, option, criterion, member);
	return status == GO_ON && criterion->count == 0 ? usage(criteria->tool, CRITERIA_WRONG) : status;
}

static bool is_locked(int fd)
{
	struct flock lock = { .l_type = F_RDLCK, .l_whence = SEEK_SET };

	if (flock(fd, LOCK_SH | LOCK_NB) < 0 && errno == EWOULDBLOCK)
		return true;
	return fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

/* The number that a file begins with; blank or nothing must follow. */
static bool pid_of_file(const char *path, bool locked, int64_t *ret)
{
	int fd = strcmp(path, "-") ? open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY) : dup(STDIN_FILENO);
	char text[64];
	ssize_t len = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
	bool good = len > 0 && (!locked || is_locked(fd));

	if (fd >= 0)
		close(fd);
	if (!good)
		return false;
	text[len] = '\0';
	const char *start = text + strspn(text, " \t\n");
	size_t digits = strspn(start, "0123456789");
	text[start - text + (ptrdiff_t)digits] = strchr(" \t\n", start[digits]) ? '\0' : 'x';
	return word_integer(start, ret) && *ret > 0;
}

static int read_pidfile(struct criteria *criteria)
{
	int64_t pid;

	if (criteria->locked && !criteria->pidfile)
		return criteria_complain(criteria, "-L without -F makes no sense");
	if (!criteria->pidfile)
		return GO_ON;
	if (!pid_of_file(criteria->pidfile, criteria->locked, &pid)) {
		criteria_complain(criteria, "pidfile not valid");
		return 1;
	}
	return add_numbers(criteria, TASK_tgid, &pid, 1) < 0 ?
	               complain(criteria->tool, CRITERIA_FATAL, "%s", strerror(ENOMEM)) :
	               GO_ON;
}

/* The fields of the namespaces that a list names; the old tool compares six when there is none. */
static int read_ns_list(struct criteria *criteria, struct field_set *ret)
{
	struct span rest = span_of(criteria->ns_list ? criteria->ns_list : "ipc,mnt,net,pid,user,uts"), name;
	bool more = rest.len > 0;

	while (more) {
		more = span_until(&rest, ',', &name);
		name = more ? name : rest;
		unsigned id = TASK_ns_cgroup;
		while (id <= TASK_ns_uts && !span_is(name, task_fields[id].key))
			id++;
		if (id > TASK_ns_uts)
			return complain(criteria->tool, CRITERIA_WRONG, "no namespace '%.*s'", (int)name.len, name.at);
		field_set_add(ret, id);
	}
	return field_set_empty(ret) ? usage(criteria->tool, CRITERIA_WRONG) : GO_ON;
}

/* One criterion for each namespace: the number that the process of --ns has. */
static int read_ns(struct criteria *criteria)
{
	struct field_set wanted = { 0 };
	struct request request = { .tasks = true, .pid_count = 1 };
	struct look look;
	int64_t pid, inode;

	if (!criteria->ns && !criteria->ns_list)
		return GO_ON;
	int status = read_ns_list(criteria, &wanted);
	if (status != GO_ON || !criteria->ns)
		return status;
	if (!word_integer(criteria->ns, &pid) || pid <= 0)
		return complain(criteria->tool, CRITERIA_WRONG, "not a number: %s", criteria->ns);
	request.pids = &pid;
	request.fields = wanted;
	status = look_take(criteria->tool, CRITERIA_FATAL, &criteria->shared.place, &request, &look);
	for (unsigned id = TASK_ns_cgroup; status == GO_ON && id <= TASK_ns_uts; id++) {
		if (!field_set_has(&wanted, id))
			continue;
		if (look.now.count == 0 || !view_number(&look.view, 0, id, &inode))
			status = complain(criteria->tool, 1, "cannot see the %s namespace of process %s",
			                  task_fields[id].key, criteria->ns);
		else if (add_numbers(criteria, id, &inode, 1) < 0)
			status = complain(criteria->tool, CRITERIA_FATAL, "%s", strerror(ENOMEM));
	}
	look_done(&look);
	return status;
}

int criteria_lists_read(struct criteria *criteria)
{
	int status = GO_ON;

	for (size_t i = 0; status == GO_ON && i < criteria->wish_count; i++)
		status = read_list(criteria, &criteria->wishes[i]);
	if (status == GO_ON)
		status = read_pidfile(criteria);
	return status == GO_ON ? read_ns(criteria) : status;
}
