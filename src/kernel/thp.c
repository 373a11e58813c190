#include "kernel/thp.h"

#include <errno.h>
#include <stdio.h>

int thp_parse(struct span bytes, struct span *ret_word)
{
	struct span line, before, word;

	if (!span_whole_line(&bytes, &line) || !span_until(&line, '[', &before) || !span_until(&line, ']', &word) ||
	    word.len == 0)
		return -EBADMSG;
	*ret_word = word;
	return 0;
}

static int read_one(struct files *files, const char *name, struct arena *arena, struct span *ret_word)
{
	enum { LIMIT = 256 };
	char path[128];
	struct span bytes, word;

	snprintf(path, sizeof path, "sys/kernel/mm/transparent_hugepage/%s", name);
	int r = files_read(files, path, LIMIT, &bytes);
	if (r == 0)
		r = thp_parse(bytes, &word);
	if (r < 0)
		return r;
	*ret_word = arena_copy(arena, word);
	return ret_word->len ? 0 : -ENOMEM;
}

int thp_read(struct files *files, struct arena *arena, struct machine *machine)
{
	struct span enabled, defrag;
	int enabled_error = read_one(files, machine_fields[MACHINE_thp_enabled].key, arena, &enabled);
	int defrag_error = read_one(files, machine_fields[MACHINE_thp_defrag].key, arena, &defrag);

	if (enabled_error == 0)
		machine_set(machine, thp_enabled, enabled);
	if (defrag_error == 0)
		machine_set(machine, thp_defrag, defrag);
	return enabled_error < 0 && defrag_error < 0 ? enabled_error : 0;
}
