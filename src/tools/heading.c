#include "tools/heading.h"

#include <stdint.h>
#include <sys/ioctl.h>
#include <unistd.h>

unsigned screen_rows(void)
{
	struct winsize size;

	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row ? size.ws_row : 24;
}

size_t screen_columns(void)
{
	struct winsize size;

	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col : SIZE_MAX;
}

bool heading_due(struct heading *heading)
{
	bool due = !heading->said || (heading->every && heading->lines >= heading->every);

	heading->said = true;
	heading->lines = due ? 1 : heading->lines + 1;
	return due;
}

void heading_restart(struct heading *heading)
{
	if (heading->every)
		heading->said = false;
}
