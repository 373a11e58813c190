#include "render/signal_list.h"

#include <signal.h>

#include "base/signals.h"

void signal_list_names(struct buffer *buffer)
{
	enum { COLUMNS = 80 };
	char buf[SIGNAL_NAME_BYTES];
	size_t used = 0;

	for (int number = 1; number < SIGNALS_NAMED; number++) {
		const char *name = signal_name(number, buf);
		size_t len = strlen(name);
		bool wraps = used + 1 + len > COLUMNS;
		if (used)
			buffer_char(buffer, wraps ? '\n' : ' ');
		buffer_text(buffer, name);
		used = (wraps || !used ? 0 : used + 1) + len;
	}
	buffer_char(buffer, '\n');
}

void signal_list_table(struct buffer *buffer)
{
	enum { A_LINE = 7 };
	char buf[SIGNAL_NAME_BYTES];

	for (int number = 1; number < SIGNALS_NAMED; number++) {
		bool last = number % A_LINE == 0;
		buffer_format(buffer, last ? "%2d %s\n" : "%2d %-8s", number, signal_name(number, buf));
	}
	buffer_char(buffer, '\n');
}

void signal_list_numbered(struct buffer *buffer)
{
	enum { A_LINE = 5 };
	char buf[SIGNAL_NAME_BYTES];
	int count = 0;

	for (int number = 1; number <= SIGRTMAX; number++) {
		const char *name = signal_name(number, buf);
		if (name)
			buffer_format(buffer, "%2d) SIG%s%c", number, number == SIGIO ? "IO" : name,
			              ++count % A_LINE ? '\t' : '\n');
	}
	if (count % A_LINE)
		buffer_char(buffer, '\n');
}

void signal_list_lines(struct buffer *buffer)
{
	char buf[SIGNAL_NAME_BYTES];

	for (int number = 0; number <= SIGRTMAX; number++) {
		const char *name = number == SIGIO ? "IO" : signal_name(number, buf);
		if (name)
			buffer_format(buffer, "%s\n", name);
		else
			buffer_format(buffer, "%d\n", number);
	}
}

void signal_list_data_begin(struct buffer *buffer, enum data_format format)
{
	if (format == DATA_JSON)
		buffer_format(buffer, "{\"schema\":%d,\"signals\":[", DATA_SCHEMA);
	else
		buffer_text(buffer, "schema,number,name\n");
}

void signal_list_data(struct buffer *buffer, enum data_format format, int number, bool first)
{
	char buf[SIGNAL_NAME_BYTES];

	if (format == DATA_JSON)
		buffer_format(buffer, "%s{\"number\":%d,\"name\":\"%s\"}", first ? "" : ",", number,
		              signal_name(number, buf));
	else
		buffer_format(buffer, "%d,%d,%s\n", DATA_SCHEMA, number, signal_name(number, buf));
}

void signal_list_data_end(struct buffer *buffer, enum data_format format)
{
	if (format == DATA_JSON)
		buffer_text(buffer, "]}\n");
}

void signal_list_data_all(struct buffer *buffer, enum data_format format)
{
	char buf[SIGNAL_NAME_BYTES];

	signal_list_data_begin(buffer, format);
	for (int number = 1; number <= SIGRTMAX; number++)
		if (signal_name(number, buf))
			signal_list_data(buffer, format, number, number == 1);
	signal_list_data_end(buffer, format);
}
