/* vires fields: every number vires knows, with unit, source, cost and meaning. Made from the field tables alone. */
#include <stdio.h>

#include "fields/cpu.h"
#include "fields/machine.h"
#include "fields/swap.h"
#include "fields/task.h"
#include "tools/tool.h"

static const struct field_table *const tables[] = { &task_table, &machine_table, &cpu_table, &swap_table };

static int run(const struct tool *tool, int argc, char **argv)
{
	(void)tool, (void)argc, (void)argv;
	for (size_t t = 0; t < sizeof tables / sizeof *tables; t++)
		for (unsigned i = 0; i < tables[t]->count; i++) {
			const struct field *f = &tables[t]->fields[i];
			printf("%-8s %-26s %-9s %-8s %-26s %s\n", tables[t]->name, f->name, unit_name(f->unit),
			       kind_name(f->kind), field_sources[f->from].file, f->meaning);
		}
	return 0;
}

TOOL(fields, { .name = "fields", .summary = "every number vires knows: unit, source, cost and meaning", .run = run });
