#include "collect/users.h"

#include "collect/names.h"

static int find(const char *root, enum account account, const char *name, int64_t *ret)
{
	struct span rest = span_of(name);
	int64_t number;

	int r = account_number(root, account, rest, ret);
	if (r == 0 || !span_i64(&rest, &number) || rest.len || number < 0 || number > UINT32_MAX)
		return r;
	*ret = number;
	return 0;
}

int user_find(const char *root, const char *name, int64_t *ret_uid)
{
	return find(root, ACCOUNT_USER, name, ret_uid);
}

int group_find(const char *root, const char *name, int64_t *ret_gid)
{
	return find(root, ACCOUNT_GROUP, name, ret_gid);
}
