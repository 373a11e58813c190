#include "kernel/pid_stack.h"

#include "base/file.h"
#include "kernel/pid_smaps.h"

int pid_stack_parse(struct span bytes, struct task *task)
{
	struct smaps_layout layout = { 0 };
	struct field_set wanted = { 0 };
	struct mapping mapping;
	int r;

	field_set_add(&wanted, MAPPING_referenced_bytes);
	while ((r = pid_smaps_next(&bytes, true, &wanted, &layout, &mapping)) > 0) {
		if (!mapping_has(&mapping, name) || !span_is(mapping.name, "[stack]"))
			continue;
		task_set(task, stack_mapped_bytes, mapping.size_bytes);
		if (mapping_has(&mapping, referenced_bytes))
			task_set(task, stack_referenced_bytes, mapping.referenced_bytes);
		return 0;
	}
	return r;
}

int pid_stack_read(int pid_dirfd, struct task *task)
{
	enum { MOST = 256 * 1024 * 1024 };
	struct buffer buffer = { 0 };
	struct span bytes;

	int r = file_slurp(pid_dirfd, "smaps", MOST, &buffer, &bytes);
	if (r == 0)
		r = pid_stack_parse(bytes, task);
	buffer_done(&buffer);
	return r;
}
