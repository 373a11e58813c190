/* Numbers -> names for people: users, groups, terminals, memory nodes. Looked up once each. */
#ifndef COLLECT_NAMES_H
#define COLLECT_NAMES_H

#include "fields/task.h"

struct names;

/* `*root_fd` at the first look-up: where etc/passwd, etc/group and proc/tty/drivers lie. `live`: what these files do
 * not know is asked of the system's name service. NULL when memory runs out. */
struct names *names_new(const int *root_fd, bool live);
void names_free(struct names *names);

/* Sets those NAMED fields of `wanted` whose number `task` has. One without a name gets its number in digits. */
void names_fill(struct names *names, const struct field_set *wanted, struct task *task);

enum account { ACCOUNT_USER, ACCOUNT_GROUP };

/*
 * The number of a user or a group, by etc/passwd or etc/group below `root`; NULL is the running machine, where the name
 * service is asked for what they do not know. -ENOENT: nobody knows it, and `ret` is untouched; -errno without a root.
 */
int account_number(const char *root, enum account account, struct span name, int64_t *ret);

#endif
