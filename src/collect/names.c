#include "collect/names.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/array.h"
#include "base/file.h"
#include "collect/root.h"
#include "kernel/cpu_node.h"
#include "kernel/passwd.h"
#include "kernel/tty.h"

enum { NAME_BYTES = 1024 };

/* The first three have a file each. */
enum which { USER, GROUP, TERMINAL, FILES, NODE = FILES, KINDS };

struct name {
	int64_t id;
	struct span text;
};

/* What was looked up so far, by number; few on any machine. */
struct cache {
	struct name *names;
	size_t count, capacity;
};

struct names {
	const int *root_fd;
	bool live;
	struct field_set named; /* the fields that are names */
	struct buffer bytes;    /* the files, read when first needed */
	bool loaded[FILES];
	struct {
		size_t at, len;
	} files[FILES];
	struct cache caches[KINDS];
	struct arena arena;
	struct buffer joined; /* the last list of names */
};

static struct field_set named_fields(void)
{
	static const unsigned ids[] = {
#define FIELD(...)
#define FIELD2(...)
#define TEXT(...)
#define NAMED(name, ...) TASK_##name,
#define DERIVED(...)
#define PAIRED(...)
#define ROWS "fields/task.def"
#include "fields/expand_rows.h"
#undef ROWS
	};
	struct field_set named = { 0 };

	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
		field_set_add(&named, ids[i]);
	return named;
}

struct names *names_new(const int *root_fd, bool live)
{
	struct names *names = calloc(1, sizeof *names);

	if (names) {
		names->root_fd = root_fd;
		names->live = live;
		names->named = named_fields();
	}
	return names;
}

void names_free(struct names *names)
{
	if (!names)
		return;
	for (int i = 0; i < KINDS; i++)
		free(names->caches[i].names);
	buffer_done(&names->bytes);
	buffer_done(&names->joined);
	arena_done(&names->arena);
	free(names);
}

static struct span file_of(struct names *names, enum which which)
{
	static const char *const paths[] = { "etc/passwd", "etc/group", "proc/tty/drivers" };
	enum { MOST = 8 * 1024 * 1024 };

	if (!names->loaded[which]) {
		struct span bytes = { 0 };
		names->loaded[which] = true;
		if (file_slurp(*names->root_fd, paths[which], MOST, &names->bytes, &bytes) == 0) {
			names->files[which].at = names->bytes.len - bytes.len;
			names->files[which].len = bytes.len;
		}
	}
	return (struct span){ names->bytes.at + names->files[which].at, names->files[which].len };
}

/* What the files do not know may still be known to LDAP and the like. */
static struct span ask_service(enum which which, int64_t id, char buf[NAME_BYTES])
{
	struct passwd user, *found_user = NULL;
	struct group group, *found_group = NULL;

	if (which == USER && getpwuid_r((uid_t)id, &user, buf, NAME_BYTES, &found_user) == 0 && found_user)
		return span_of(found_user->pw_name);
	if (which == GROUP && getgrgid_r((gid_t)id, &group, buf, NAME_BYTES, &found_group) == 0 && found_group)
		return span_of(found_group->gr_name);
	return (struct span){ 0 };
}

static struct span look_up(struct names *names, enum which which, int64_t id, char buf[NAME_BYTES])
{
	struct span name = { 0 };
	int64_t node;

	if (which == NODE) {
		if (cpu_node_read(*names->root_fd, id, &node) < 0)
			return name;
		return (struct span){ buf, (size_t)snprintf(buf, NAME_BYTES, "%lld", (long long)node) };
	}
	struct span file = file_of(names, which);
	if (which == TERMINAL)
		return tty_name(file, id, buf);
	if (passwd_name(file, id, &name))
		return name;
	if (names->live)
		name = ask_service(which, id, buf);
	if (name.len == 0)
		name = (struct span){ buf, (size_t)snprintf(buf, NAME_BYTES, "%lld", (long long)id) };
	return name;
}

static size_t place_of(const struct cache *cache, int64_t id)
{
	size_t low = 0, high = cache->count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		if (cache->names[middle].id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct span name_of(struct names *names, enum which which, int64_t id)
{
	struct cache *cache = &names->caches[which];
	size_t at = place_of(cache, id);
	char buf[NAME_BYTES];

	if (at < cache->count && cache->names[at].id == id)
		return cache->names[at].text;
	struct span text = arena_copy(&names->arena, look_up(names, which, id, buf));
	struct name *more = array_room(cache->names, cache->count, &cache->capacity, sizeof *more);
	if (!more)
		return text;
	cache->names = more;
	memmove(cache->names + at + 1, cache->names + at, (cache->count - at) * sizeof *cache->names);
	cache->names[at] = (struct name){ id, text };
	cache->count++;
	return text;
}

/* The names of groups whose numbers stand in a text, with commas between. */
static void fill_names(struct names *names, const struct field *field, struct task *task)
{
	struct span numbers;
	int64_t id;

	if (!record_text(&task_fields[field->needs[0]], task, &numbers))
		return;
	buffer_clear(&names->joined);
	while (span_i64(&numbers, &id)) {
		if (names->joined.len)
			buffer_char(&names->joined, ',');
		buffer_add(&names->joined, name_of(names, GROUP, id));
	}
	if (names->joined.failed || !names->joined.len)
		return;
	*(struct span *)((char *)task + field->offset) = buffer_span(&names->joined);
	field_set_add(&task->have, field->id);
}

static enum which which_of(enum source_id from)
{
	return from == FROM_PASSWD ? USER : from == FROM_GROUP ? GROUP : from == FROM_TTY ? TERMINAL : NODE;
}

static void fill_one(struct names *names, const struct field *field, struct task *task)
{
	enum which which = which_of(field->from);
	int64_t id;

	if (task_fields[field->needs[0]].kind == TEXT) {
		fill_names(names, field, task);
		return;
	}
	if (!record_number(&task_fields[field->needs[0]], task, &id))
		return;
	struct span text = name_of(names, which, id);
	if (text.len == 0)
		return;
	*(struct span *)((char *)task + field->offset) = text;
	field_set_add(&task->have, field->id);
}

/* Every row of every sample passes here, and most want no names. */
void names_fill(struct names *names, const struct field_set *wanted, struct task *task)
{
	for (unsigned word = 0; word < FIELD_WORDS; word++)
		for (uint64_t bits = wanted->word[word] & names->named.word[word]; bits; bits &= bits - 1)
			fill_one(names, &task_fields[word * 64 + (unsigned)__builtin_ctzll(bits)], task);
}

static bool ask_service_number(enum account account, struct span name, int64_t *ret)
{
	char text[NAME_BYTES], buf[NAME_BYTES];
	struct passwd user, *found_user = NULL;
	struct group group, *found_group = NULL;

	if (name.len >= sizeof text)
		return false;
	memcpy(text, name.at, name.len);
	text[name.len] = '\0';
	if (account == ACCOUNT_USER && getpwnam_r(text, &user, buf, sizeof buf, &found_user) == 0 && found_user)
		*ret = user.pw_uid;
	else if (account == ACCOUNT_GROUP && getgrnam_r(text, &group, buf, sizeof buf, &found_group) == 0 &&
	         found_group)
		*ret = group.gr_gid;
	else
		return false;
	return true;
}

int account_number(const char *root, enum account account, struct span name, int64_t *ret)
{
	struct buffer buffer = { 0 };
	struct span file = { 0 };
	int fd = root_open_first(root);

	if (fd < 0)
		return -errno;
	if (account == ACCOUNT_USER)
		passwd_read(fd, &buffer, &file);
	else
		group_read(fd, &buffer, &file);
	bool found = passwd_id(file, name, ret) || (!root && ask_service_number(account, name, ret));
	buffer_done(&buffer);
	close(fd);
	return found ? 0 : -ENOENT;
}
