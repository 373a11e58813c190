#include "kernel/proc_mount.h"

#include <errno.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "base/file.h"

static bool is_device(struct span word, unsigned major_wanted, unsigned minor_wanted)
{
	struct span first;
	int64_t major_number, minor_number;

	return span_until(&word, ':', &first) && span_i64(&first, &major_number) && span_i64(&word, &minor_number) &&
	       major_number == major_wanted && minor_number == minor_wanted;
}

static bool hides(struct span options)
{
	struct span option;

	while (options.len) {
		if (!span_until(&options, ',', &option)) {
			option = options;
			options.len = 0;
		}
		if (span_starts(option, SPAN("hidepid=")))
			return !span_is(option, "hidepid=0") && !span_is(option, "hidepid=off");
	}
	return false;
}

bool proc_mount_hides(struct span mountinfo, unsigned major_wanted, unsigned minor_wanted)
{
	struct span line, word;

	while (span_whole_line(&mountinfo, &line)) {
		if (!span_word(&line, &word) || !span_word(&line, &word) || !span_word(&line, &word) ||
		    !is_device(word, major_wanted, minor_wanted))
			continue;
		while (span_word(&line, &word) && !span_is(word, "-"))
			;
		if (span_word(&line, &word) && span_is(word, "proc") && span_word(&line, &word) &&
		    span_word(&line, &word) && hides(word))
			return true;
	}
	return false;
}

int proc_mount_read(int proc_fd, bool *ret_hides)
{
	enum { MOST = 8 * 1024 * 1024 };
	struct buffer bytes = { 0 };
	struct span span;
	struct stat status;

	if (fstat(proc_fd, &status) < 0)
		return -errno;
	int r = file_slurp(proc_fd, "self/mountinfo", MOST, &bytes, &span);
	if (r == 0)
		*ret_hides = proc_mount_hides(span, major(status.st_dev), minor(status.st_dev));
	buffer_done(&bytes);
	return r;
}
