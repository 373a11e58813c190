#include "collect/mapping_bpf.h"

#include "collect/mappings.h"
#include "kernel/bpf/mapped_files.h"
#include "kernel/bpf/mapping_list.h"
#include "kernel/bpf/settings.h"
#include "kernel/pid_namespace.h"

/* The iterator knows the process by its number in our own namespace. */
static bool is_own_namespace(int proc_fd)
{
	struct pid_namespace_view view;

	return pid_namespace_read(proc_fd, &view) == 0 && view.levels_up == 0;
}

/* The records of everybody have the numbers of the first namespace, and hide nothing. */
static bool may_see_everybody(int proc_fd)
{
	struct pid_namespace_view view;

	return may_load_programs() && may_trace_all() && pid_namespace_read(proc_fd, &view) == 0 &&
	       view.whole_machine && view.levels_up == 0;
}

bool mapping_bpf_walk(struct mapping_walk *walk, int *ret)
{
	struct mapping_list *list;
	struct mapping mapping;
	struct why why;
	int r, ended = 0;

	if (!may_load_programs() || !is_own_namespace(walk->proc_fd) ||
	    mapping_list_open((int32_t)walk->pid, walk->maps_fd, walk->wanted, &list, &why) < 0)
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

/* --- of everybody */

struct files {
	const struct mapped_file *at;
	size_t count;
};

/* Cuts those of the next process off. */
static struct files next_process(struct files *rest)
{
	struct files own = { rest->at, 0 };

	while (own.count < rest->count && rest->at[own.count].pid == rest->at[0].pid)
		own.count++;
	rest->at += own.count;
	rest->count -= own.count;
	return own;
}

static bool all_known(const struct files *files)
{
	for (size_t i = 0; i < files->count; i++)
		if (!files->at[i].known)
			return false;
	return true;
}

static int show_files(const struct files *files, mapped_file_visit *visit, void *context)
{
	uint64_t shown_to = 0;
	int r = 0;

	for (size_t i = 0; r == 0 && i < files->count; i++) {
		struct mapping mapping;
		if (files->at[i].start < shown_to) /* again: of a thread whose first one has ended */
			continue;
		mapped_file_fill(&files->at[i], &mapping);
		r = mapping.inode ? visit(context, files->at[i].pid, &mapping) : 0;
		shown_to = files->at[i].end;
	}
	return r;
}

bool mapping_bpf_files(int proc_fd, mapped_file_visit *visit, void *context, int *ret)
{
	struct buffer bytes = { 0 };
	struct why why;
	int r = 0;

	if (!may_see_everybody(proc_fd) || mapped_files_read(&bytes, &why) < 0) {
		buffer_done(&bytes);
		return false;
	}
	struct files rest = { (const struct mapped_file *)bytes.at, bytes.len / sizeof *rest.at };
	while (r == 0 && rest.count) {
		struct files own = next_process(&rest);
		r = all_known(&own) ? show_files(&own, visit, context) :
		                      mapped_files_of(proc_fd, own.at->pid, visit, context);
	}
	buffer_done(&bytes);
	*ret = r;
	return true;
}
