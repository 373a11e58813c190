#include "collect/mapping_bpf.h"

#include "kernel/bpf/mapping_list.h"
#include "kernel/bpf/settings.h"
#include "kernel/pid_namespace.h"

/* The iterator knows the process by its number in our own namespace. */
static bool is_own_namespace(int proc_fd)
{
	struct pid_namespace_view view;

	return pid_namespace_read(proc_fd, &view) == 0 && view.levels_up == 0;
}

bool mapping_bpf_walk(struct mapping_walk *walk, int *ret)
{
	struct mapping_list *list;
	struct mapping mapping;
	struct why why;
	int r, ended = 0;

	if (!may_load_programs() || !is_own_namespace(walk->proc_fd) ||
	    mapping_list_open((int32_t)walk->pid, walk->maps_fd, &list, &why) < 0)
		return false;
	while (ended == 0 && (r = mapping_list_next(list, &mapping)) > 0) {
		if ((uint64_t)mapping.start < walk->from)
			continue;
		ended = walk->visit(walk->context, &mapping);
		walk->from = (uint64_t)mapping.end;
	}
	mapping_list_close(list);
	*ret = ended;
	return ended || r == 0;
}
