#include "collect/kernel_log.h"

#include "kernel/kmsg.h"

struct walk {
	kernel_log_visit *visit;
	void *context;
};

static int pass_on(void *context, const struct kmsg_record *record)
{
	const struct walk *walk = context;

	return walk->visit(walk->context, record->since_boot_ns, record->text);
}

int kernel_log_walk(kernel_log_visit *visit, void *context)
{
	struct walk walk = { visit, context };

	return kmsg_read(pass_on, &walk);
}
