#include "render/uptime_line.h"

#include "base/clock.h"
#include "render/duration.h"

void load_averages_put(struct buffer *buffer, const struct view *view, const char *between)
{
	static const uint8_t loads[] = { MACHINE_load_1min, MACHINE_load_5min, MACHINE_load_15min };
	int64_t load;

	for (size_t i = 0; i < sizeof loads; i++) {
		buffer_text(buffer, i ? between : "");
		if (view_machine(view, loads[i], &load))
			buffer_format(buffer, "%.2f", (double)load / 1000);
		else
			buffer_char(buffer, '?');
	}
}

void uptime_line_put(struct buffer *buffer, const struct view *view, int64_t up_ns)
{
	int64_t users;

	buffer_char(buffer, ' ');
	moment_clock(buffer, view->now->wall_ns / NS_PER_S);
	buffer_text(buffer, " up ");
	if (up_ns < 0)
		buffer_char(buffer, '?');
	else
		duration_up(buffer, up_ns);
	if (view_machine(view, MACHINE_users, &users))
		buffer_format(buffer, ", %2lld %s", (long long)users, users > 1 ? "users" : "user");
	else
		buffer_text(buffer, ",  ? users");
	buffer_text(buffer, ",  load average: ");
	load_averages_put(buffer, view, ", ");
}
