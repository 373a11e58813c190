#include "lab/verdicts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"

enum { PATH_BYTES = 4096 };

/* The file's path; its folders are made with `make`. False when nobody says where home is. */
static bool find(char path[PATH_BYTES], bool make)
{
	const char *base = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
	int len = base && base[0] == '/' ? snprintf(path, PATH_BYTES, "%s/vires/lab", base) :
	          home && home[0]        ? snprintf(path, PATH_BYTES, "%s/.local/state/vires/lab", home) :
	                                   -1;

	if (len < 0 || len + 16 > PATH_BYTES)
		return false;
	for (char *slash = make ? strchr(path + 1, '/') : NULL; slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(path, 0700);
		*slash = '/';
	}
	return true;
}

void verdicts_load(struct verdicts *ret)
{
	enum { MOST = 64 * 1024 };
	char path[PATH_BYTES];
	struct span bytes;

	*ret = (struct verdicts){ 0 };
	if (find(path, false) && file_slurp(AT_FDCWD, path, MOST, &ret->text, &bytes) < 0)
		buffer_clear(&ret->text);
}

void verdicts_done(struct verdicts *verdicts)
{
	buffer_done(&verdicts->text);
}

struct span verdicts_of(const struct verdicts *verdicts, const char *id, int64_t *ret_wall_s)
{
	struct span rest = buffer_span(&verdicts->text), line, word, verdict;

	while (span_line(&rest, &line))
		if (span_word(&line, &word) && span_is(word, id) && span_word(&line, &verdict) &&
		    span_i64(&line, ret_wall_s))
			return verdict;
	return SPAN("");
}

/* A whole new file takes the place of the old one: what is read is one or the other. */
static void save(const struct buffer *text)
{
	char path[PATH_BYTES], new[PATH_BYTES + 16];

	if (text->failed || !find(path, true))
		return;
	snprintf(new, sizeof new, "%s.%d", path, (int)getpid());
	if (file_save(new, 0600, buffer_span(text)) < 0 || rename(new, path) < 0)
		unlink(new);
}

void verdicts_set(const char *id, enum verdict verdict)
{
	struct verdicts old;
	struct buffer text = { 0 };
	struct span rest, line;

	verdicts_load(&old);
	rest = buffer_span(&old.text);
	while (span_line(&rest, &line)) {
		struct span words = line, word;
		if (!span_word(&words, &word) || span_is(word, id))
			continue;
		buffer_add(&text, line);
		buffer_char(&text, '\n');
	}
	buffer_format(&text, "%s %s %lld\n", id, verdict_name(verdict),
	              (long long)(clock_ns(CLOCK_REALTIME) / NS_PER_S));
	save(&text);
	buffer_done(&text);
	verdicts_done(&old);
}
