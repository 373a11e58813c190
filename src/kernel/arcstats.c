#include "kernel/arcstats.h"

#include <errno.h>

#include "kernel/keyed.h"

static struct keyed arcstats = {
	.table = &machine_table, .from = FROM_ARCSTATS, .mark = ' ', .bytes_in_unit = 1, .once = ONCE_FLAG_INIT
};

int arcstats_parse(struct span bytes, struct machine *machine)
{
	struct span line, word, value;
	const struct field *field;

	if (!span_whole_line(&bytes, &line) || !span_whole_line(&bytes, &line) || !span_word(&line, &word) ||
	    !span_is(word, "name"))
		return -EBADMSG;
	keyed_start(&arcstats);
	while ((field = keyed_next(&arcstats, &bytes, &value)))
		if (span_word(&value, &word)) /* the type */
			keyed_number(&arcstats, field, value, machine);
	return 0;
}

int arcstats_read(struct files *files, struct machine *machine)
{
	enum { LIMIT = 32 * 1024 };
	struct span bytes;

	int r = files_read(files, "proc/spl/kstat/zfs/arcstats", LIMIT, &bytes);
	return r < 0 ? r : arcstats_parse(bytes, machine);
}
