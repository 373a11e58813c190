#include "tools/screens/screen_show.h"
void process_open(struct screen_show *show)
{
	show_say(show, "x");
}
void process_close(struct screen_show *show)
{
	(void)show;
}
