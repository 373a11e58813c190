/* Names of users and groups -> their numbers, on the machine that is looked at. */
#ifndef COLLECT_USERS_H
#define COLLECT_USERS_H

#include <stdint.h>

/*
 * The number of user (group) `name`: known to the name service, or with `root` to etc/passwd (etc/group) below it; else
 * `name` itself when it is a number. -ENOENT when it is neither, -EIO and the like when nobody can be asked.
 */
int user_find(const char *root, const char *name, int64_t *ret_uid);
int group_find(const char *root, const char *name, int64_t *ret_gid);

#endif
