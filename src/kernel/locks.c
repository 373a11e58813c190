#include "kernel/locks.h"

/* "fe:01:1234" */
static bool parse_file(struct span text, struct file_lock *ret)
{
	struct span major, minor;

	return span_until(&text, ':', &major) && span_until(&text, ':', &minor) &&
	       span_hex(&major, &ret->device_major) && span_hex(&minor, &ret->device_minor) &&
	       span_i64(&text, &ret->inode);
}

static bool parse_line(struct span line, struct file_lock *ret)
{
	struct span word, end;

	*ret = (struct file_lock){ .end = -1 };
	if (!span_word(&line, &word) || word.len < 2 || word.at[word.len - 1] != ':' || !span_word(&line, &ret->kind))
		return false;
	ret->waits = span_is(ret->kind, "->");
	if (ret->waits && !span_word(&line, &ret->kind))
		return false;
	return span_word(&line, &word) /* ADVISORY */ && span_word(&line, &ret->access) && span_i64(&line, &ret->pid) &&
	       span_word(&line, &word) && parse_file(word, ret) && span_i64(&line, &ret->start) &&
	       span_word(&line, &end) && (span_is(end, "EOF") || span_i64(&end, &ret->end));
}

bool lock_next(struct span *bytes, struct file_lock *ret)
{
	struct span line;

	while (span_whole_line(bytes, &line))
		if (parse_line(line, ret))
			return true;
	return false;
}
