/* The list of all signals, in the forms that different kills print. */
#ifndef RENDER_SIGNAL_LIST_H
#define RENDER_SIGNAL_LIST_H

#include "render/data.h"

/* Names without numbers in lines of at most 80 columns, as kill -l of procps and killall -l print them. */
void signal_list_names(struct buffer *buffer);

/* " 1 HUP      2 INT  ...": seven a line, as kill -L of procps. */
void signal_list_table(struct buffer *buffer);

/* " 1) SIGHUP\t 2) SIGINT\t...": five a line, with the real-time signals, as kill -l of bash. */
void signal_list_numbered(struct buffer *buffer);

/* A line each from 0 on, as kill -l of dash; a number where there is no name. */
void signal_list_lines(struct buffer *buffer);

/* One signal for programs, a JSON object or a line of CSV; and what stands around them. */
void signal_list_data_begin(struct buffer *buffer, enum data_format format);
void signal_list_data(struct buffer *buffer, enum data_format format, int number, bool first);
void signal_list_data_end(struct buffer *buffer, enum data_format format);

/* All that have a name, and what stands around them. */
void signal_list_data_all(struct buffer *buffer, enum data_format format);

#endif
