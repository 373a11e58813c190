/* A list of records of one table for programs: disks, slabs, CPUs. */
#ifndef RENDER_DATA_LIST_H
#define RENDER_DATA_LIST_H

#include "render/data.h"

/*
 * One sample of the list in either format, all fields of each record: a JSON object with the member `name`, or a line
 * of CSV for each, the first with its header. `stride` is the size of a record.
 */
void data_list(struct buffer *buffer, enum data_format format, const char *tool, const struct snapshot *snapshot,
               const char *name, const struct field_table *table, const void *records, size_t count, size_t stride,
               bool first);

/* The member `"name":[{...},...],` alone, for JSON documents that hold more: all fields of each record. */
void data_records(struct buffer *buffer, const char *name, const struct field_table *table, const void *records,
                  size_t count, size_t stride);

#endif
