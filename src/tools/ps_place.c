/* What ps takes from its surroundings: the ways of an old system, and the size of the page. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "tools/ps.h"

#define BSD_LAYOUTS .bsd_j = "FB_j", .bsd_l = "FB_l", .bsd_s = "OL_s", .bsd_u = "FB_u", .bsd_v = "FB_v"
#define OUR_LAYOUTS .bsd_j = "OL_j", .bsd_l = "OL_l", .bsd_s = "OL_s", .bsd_u = "OL_u", .bsd_v = "OL_v"
#define DIGITAL \
	.bsd_h = true, .prefer_bsd = true, .unix_f = "F5FMT", .unix_fl = "FL5FMT", .unix_j = "JFMT", \
	.unix_l = "L5FMT", .bsd_j = "JFMT", .bsd_l = "LFMT", .bsd_s = "SFMT", .bsd_u = "UFMT", .bsd_v = "VFMT"
#define GNU .old_m = true, .prefer_bsd = true, .unix_f = "RD_f", .unix_j = "RD_j", .unix_l = "RD_l", OUR_LAYOUTS

static const struct ps_personality personalities[] = {
	{ .name = "unknown", OUR_LAYOUTS },
	{ .name = "default", OUR_LAYOUTS },
	{ .name = "390", .unix_j = "J390", OUR_LAYOUTS },
	{ .name = "aix", BSD_LAYOUTS },
	{ .name = "bsd", .only_bsd = true, .bsd_h = true, .bsd_m = true, .prefer_bsd = true, BSD_LAYOUTS },
	{ .name = "compaq", DIGITAL },
	{ .name = "debian", GNU },
	{ .name = "digital", DIGITAL },
	{ .name = "gnu", GNU },
	{ .name = "hp", .hpux_x = true, OUR_LAYOUTS },
	{ .name = "hpux", .hpux_x = true, OUR_LAYOUTS },
	{ .name = "irix", .irix_l = true, OUR_LAYOUTS },
	{ .name = "linux", .no_address = true, .sane_user = true, OUR_LAYOUTS },
	{ .name = "old", .only_bsd = true, .old_m = true, .prefer_bsd = true, OUR_LAYOUTS },
	{ .name = "os390", .unix_j = "J390", OUR_LAYOUTS },
	{ .name = "posix", OUR_LAYOUTS },
	{ .name = "s390", .unix_j = "J390", OUR_LAYOUTS },
	{ .name = "sco", .svr4_x = true, OUR_LAYOUTS },
	{ .name = "sgi", .irix_l = true, OUR_LAYOUTS },
	{ .name = "solaris2", OUR_LAYOUTS },
	{ .name = "sunos4", .no_default_g = true, .prefer_bsd = true, BSD_LAYOUTS },
	{ .name = "svr4", .svr4_x = true, OUR_LAYOUTS },
	{ .name = "sysv", .svr4_x = true, OUR_LAYOUTS },
	{ .name = "tru64", DIGITAL },
	{ .name = "unix", OUR_LAYOUTS },
	{ .name = "unix95", OUR_LAYOUTS },
	{ .name = "unix98", OUR_LAYOUTS },
};

static const char *variable(const char *name)
{
	const char *value = getenv(name);

	return value && *value ? value : NULL;
}

void ps_personality_read(struct ps_personality *ret)
{
	const char *name = variable("PS_PERSONALITY"), *xpg = getenv("_XPG");

	if (!name)
		name = variable("CMD_ENV");
	if (getenv("I_WANT_A_BROKEN_PS"))
		name = "old";
	*ret = personalities[0];
	for (size_t i = 0; name && i < sizeof personalities / sizeof *personalities; i++)
		if (!strcasecmp(name, personalities[i].name))
			*ret = personalities[i];
	if (xpg && xpg[0] > '0' && xpg[0] <= '9')
		ret->irix_l = false;
}

static bool window(int fd, struct winsize *ret)
{
	return ioctl(fd, TIOCGWINSZ, ret) == 0 && ret->ws_col > 0 && ret->ws_row > 0;
}

static struct winsize any_window(void)
{
	struct winsize size;

	if (window(STDOUT_FILENO, &size) || window(STDERR_FILENO, &size) || window(STDIN_FILENO, &size))
		return size;
	int fd = open("/dev/tty", O_NOCTTY | O_NONBLOCK | O_RDONLY | O_CLOEXEC);
	bool found = fd >= 0 && window(fd, &size);
	if (fd >= 0)
		close(fd);
	return found ? size : (struct winsize){ .ws_col = 80, .ws_row = 24 };
}

static void override(const char *name, size_t *value)
{
	const char *text = variable(name);
	char *end;

	if (!text)
		return;
	long number = strtol(text, &end, 0);
	if (!*end && number > 0 && number < PS_PAGE_MOST)
		*value = (size_t)number;
}

void ps_page_read(struct ps_request *request)
{
	struct winsize size = any_window();

	request->columns = isatty(STDOUT_FILENO) ? size.ws_col : PS_PAGE_MOST;
	request->rows = size.ws_row;
	override("COLUMNS", &request->columns);
	override("LINES", &request->rows);
	if (request->columns < 9 || request->rows < 2)
		fprintf(stderr, "your %zux%zu screen size is bogus. expect trouble\n", request->columns, request->rows);
}
