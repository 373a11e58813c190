/* Where the settings of top are: ours, or those that procps has left. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "tools/top.h"
#include "tools/words.h"

enum { FILE_MOST = 256 * 1024 };

/* The places of procps where settings may be, the first one first. False for one that cannot be named. */
static bool place(int which, char path[CONFIG_PATH])
{
	const char *base = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	int len = 0;

	if (which == 3)
		len = snprintf(path, CONFIG_PATH, "/etc/topdefaultrc");
	else if (which == 1 && base && base[0] == '/')
		len = snprintf(path, CONFIG_PATH, "%s/procps/toprc", base);
	else if (which != 1 && home && home[0])
		len = snprintf(path, CONFIG_PATH, which == 0 ? "%s/.toprc" : "%s/.config/procps/toprc", home);
	return len > 0 && len < CONFIG_PATH;
}

enum { PLACES = 4 };

/* /etc/toprc: "s" in its first line binds all but root, its second line is the seconds between frames for them. */
static void read_restrictions(struct top *top)
{
	struct buffer buffer = { 0 };
	struct span bytes, line;
	char seconds[32];

	if (file_slurp(AT_FDCWD, "/etc/toprc", FILE_MOST, &buffer, &bytes) == 0 && span_line(&bytes, &line)) {
		top->secure = getuid() && memchr(line.at, 's', line.len);
		if (top->secure && span_line(&bytes, &line)) {
			snprintf(seconds, sizeof seconds, "%.*s", line.len < 31 ? (int)line.len : 31, line.at);
			word_seconds(seconds, &top->settings.delay_ns);
		}
	}
	buffer_done(&buffer);
}

int top_settings_load(struct top *top)
{
	struct buffer buffer = { 0 };
	const char *wrong = NULL;
	struct span bytes;
	char path[CONFIG_PATH];
	int status = GO_ON;

	int r = config_read("toprc", path, &buffer, &bytes);
	for (int i = 0; r < 0 && i < PLACES; i++)
		if (place(i, path))
			r = file_slurp(AT_FDCWD, path, FILE_MOST, &buffer, &bytes);
	if (r == 0)
		wrong = top_toprc_read(top, bytes);
	if (wrong)
		status = complain(top->tool, 1, "%s delete '%s'", wrong, path);
	buffer_done(&buffer);
	read_restrictions(top);
	return status;
}

int top_settings_save(const struct top *top, char path[CONFIG_PATH])
{
	struct buffer buffer = { 0 };

	top_toprc_write(&buffer, top);
	int r = config_write("toprc", path, buffer_span(&buffer));
	buffer_done(&buffer);
	return r;
}
