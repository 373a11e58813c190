/* First word or argv[0] -> tool. */
#include <stdio.h>
#include <string.h>

#include "tools/tool.h"

static const struct tool *find(const char *name)
{
	for (const struct tool *const *tool = __start_vires_tools; tool < __stop_vires_tools; tool++)
		if (!strcmp((*tool)->name, name))
			return *tool;
	return NULL;
}

int main(int argc, char **argv)
{
	const char *slash = strrchr(argv[0], '/');
	const struct tool *tool = find(slash ? slash + 1 : argv[0]);

	if (tool)
		return tool->run(tool, argc, argv);
	if (argc > 1 && (tool = find(argv[1])))
		return tool->run(tool, argc - 1, argv + 1);
	fprintf(stderr, "vires: unknown command\n");
	return 2;
}
