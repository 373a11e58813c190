/* Who is meant by killall's words. */
#include <stdio.h>
#include <strings.h>
#include <unistd.h>

#include "render/text.h"
#include "tools/killall.h"

struct span killall_name(const struct view *view, uint32_t row, bool *ret_whole)
{
	struct span comm = SPAN(""), rest = SPAN(""), word;

	view_text(view, row, TASK_comm, &comm);
	*ret_whole = comm.len < COMM_MAX;
	if (*ret_whole)
		return comm;
	/* the first word may be an interpreter */
	for (view_text(view, row, TASK_cmdline, &rest); span_until(&rest, '\0', &word) && word.len;) {
		word = span_base(word);
		if (word.len >= COMM_MAX && !memcmp(word.at, comm.at, COMM_MAX)) {
			*ret_whole = true;
			return word;
		}
	}
	return comm;
}

static bool same(const struct killall *killall, struct span a, struct span b)
{
	return a.len == b.len && (killall->ignore_case ? !strncasecmp(a.at, b.at, a.len) : span_equal(a, b));
}

static bool fits_pattern(const regex_t *regex, struct span text)
{
	struct buffer copy = { 0 };

	buffer_add(&copy, text);
	bool fits = regexec(regex, buffer_cstr(&copy), 0, NULL, 0) == 0;
	buffer_done(&copy);
	return fits;
}

/* The same file, or one in its place since: then the path is. */
static bool runs_file(const struct view *view, uint32_t row, const struct stat *file, const char *path)
{
	int64_t device, inode;
	struct span exe;

	if (view_number(view, row, TASK_exe_device, &device) && view_number(view, row, TASK_exe_inode, &inode) &&
	    (uint64_t)device == file->st_dev && (uint64_t)inode == file->st_ino)
		return true;
	return view_text(view, row, TASK_exe, &exe) && span_is(exe, path);
}

static bool fits_name(const struct killall *killall, const struct view *view, uint32_t row, int name)
{
	struct span wanted = span_of(killall->names[name]), called;
	bool whole;

	if (!killall->regexp && killall->is_file[name])
		return runs_file(view, row, &killall->files[name], killall->names[name]);
	called = killall_name(view, row, &whole);
	if (killall->regexp)
		return fits_pattern(&killall->patterns[name], called);
	if (!whole && wanted.len > called.len)
		wanted.len = called.len; /* more of its name is not known */
	return same(killall, wanted, called);
}

static bool has_right_age(const struct killall *killall, const struct look *look, uint32_t row)
{
	int64_t started_ns;

	if (!killall->younger_ns && !killall->older_ns)
		return true;
	if (!view_number(&look->view, row, TASK_started_ns, &started_ns))
		return false;
	int64_t age_ns = look->now.boot_ns - started_ns;
	return (!killall->younger_ns || age_ns <= killall->younger_ns) &&
	       (!killall->older_ns || age_ns >= killall->older_ns);
}

static bool fits_criteria(const struct killall *killall, const struct look *look, uint32_t row)
{
	int64_t uid, namespace, wanted = 0;
	struct span label;

	if (killall->by_user && (!view_number(&look->view, row, TASK_ruid, &uid) || uid != killall->uid))
		return false;
	if (killall->by_namespace) {
		uint32_t other = look_row(look, killall->namespace_pid ? killall->namespace_pid : getpid());
		if (other == UINT32_MAX || !view_number(&look->view, other, TASK_ns_pid, &wanted) ||
		    !view_number(&look->view, row, TASK_ns_pid, &namespace) || namespace != wanted)
			return false;
	}
	if (killall->by_label &&
	    (!view_text(&look->view, row, TASK_security_label, &label) || !fits_pattern(&killall->label, label)))
		return false;
	return has_right_age(killall, look, row);
}

/* -e: a name that may be cut and of which no more is known is passed over. */
static bool is_skipped(const struct killall *killall, const struct view *view, uint32_t row)
{
	struct buffer line = { 0 };
	int64_t pid = 0;
	bool whole;

	struct span comm = killall_name(view, row, &whole);
	if (!killall->exact || whole)
		return false;
	if (killall->verbose) {
		view_number(view, row, TASK_pid, &pid);
		text_put(&line, comm, SIZE_MAX);
		fprintf(stderr, "killall: skipping partial match %s(%lld)\n", buffer_cstr(&line), (long long)pid);
		buffer_done(&line);
	}
	return true;
}

bool killall_means(const struct killall *killall, const struct look *look, uint32_t row, int *ret_name)
{
	int64_t pid = -1;

	view_number(&look->view, row, TASK_pid, &pid);
	if (pid == getpid() || !fits_criteria(killall, look, row) || is_skipped(killall, &look->view, row))
		return false;
	*ret_name = -1;
	for (int name = 0; name < killall->name_count; name++) {
		if (!fits_name(killall, &look->view, row, name))
			continue;
		*ret_name = name;
		return true;
	}
	return killall->name_count == 0;
}
