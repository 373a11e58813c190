#include "kernel/bpf/tasks.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/sysinfo.h>
#include <unistd.h>

#include "kernel/bpf/cache.h"
#include "kernel/bpf/pinned.h"
#include "kernel/bpf/settings.h"
#include "kernel/bpf/stream.h"
#include "kernel/bpf/walker.h"
#include "kernel/pid_namespace.h"

enum { FIRST_USER_NAMESPACE = 0xeffffffd }; /* PROC_USER_INIT_INO: its inode on every kernel */

struct task_list {
	enum task_way way;
	int proc_fd;
	struct program_image *image;   /* owned; NULL: pinned */
	struct task_settings settings; /* what walker or stream was made for */
	bool once;
	struct walker *walker; /* owned; one of the two, or none yet */
	struct stream *stream; /* owned */
};

static bool is_pinned(bool threads)
{
	char path[PINNED_PATH_BYTES];

	pinned_path(threads, path);
	return access(path, R_OK) == 0;
}

int task_list_allowed(struct why *why)
{
	if (may_load_programs() || is_pinned(false))
		return 0;
	return why_not(why, -EPERM,
	               "needs CAP_BPF and CAP_PERFMON (root has them), or group vires after 'vires setup --pin'");
}

unsigned task_list_start_us(void)
{
	return is_pinned(false) ? 200 : 1200;
}

/* It shows the reader's own pid namespace, and users as the whole machine knows them. */
static int check_pinned(const struct task_options *options, struct why *why)
{
	char path[PINNED_PATH_BYTES];
	struct pid_namespace_view view;
	struct stat users;

	int r = pid_namespace_read(options->proc_fd, &view);
	if (r < 0 || view.levels_up > 0)
		return why_not(why, r < 0 ? r : -EXDEV, "this /proc is of another pid namespace");
	if (fstatat(options->proc_fd, "self/ns/user", &users, 0) < 0 || users.st_ino != FIRST_USER_NAMESPACE)
		return why_not(why, -EXDEV,
		               "in a user namespace, users have other numbers than in the pinned iterator");
	pinned_path(false, path);
	return access(path, R_OK) < 0 ? why_not(why, -errno, "%s: %s", path, strerror(errno)) : 0;
}

/* Found in the cache, it has been taken by this kernel once; what forbids it to this process shows here. */
static int find_program(struct task_list *list, enum task_way way, struct why *why, struct why *note)
{
	static const char *const names[] = {
		[WAY_WALK] = "walk", [WAY_ITERATOR] = "each", [WAY_PLAIN_ITERATOR] = "each_plain"
	};

	int r = settings_for_us(list->proc_fd, &list->settings, why);
	if (r < 0)
		return r;
	if (way != WAY_WALK && list->settings.levels_up > 0)
		return why_not(why, -EXDEV,
		               "this /proc is of an outer pid namespace, which a task iterator does not show");
	r = program_probe();
	if (r < 0)
		return why_not(why, r, "the kernel takes no eBPF program: %s", strerror(-r));
	return program_find(names[way], &list->image, why, note);
}

static int open_way(const struct task_options *options, enum task_way way, struct task_list *list, struct why *why,
                    struct why *note)
{
	list->way = way;
	list->proc_fd = options->proc_fd;
	list->once = options->once;
	if (way == WAY_PINNED)
		return check_pinned(options, why);
	return find_program(list, way, why, note);
}

/* For one look at few tasks, what is there already is cheaper than what must be loaded first. */
static bool is_small(const struct task_options *options)
{
	enum { FEW = 3000 };
	struct sysinfo info;

	return options->once && sysinfo(&info) == 0 && info.procs < FEW;
}

/* The ways to try, best first; ended by WAY_BEST. The reason of the first that fails is the one to tell. */
static void order_ways(const struct task_options *options, enum task_way ways[5])
{
	bool pinned = is_pinned(false);
	size_t count = 0;

	if (pinned && is_small(options))
		ways[count++] = WAY_PINNED;
	if (may_load_programs()) {
		ways[count++] = WAY_WALK;
		ways[count++] = WAY_ITERATOR;
		ways[count++] = WAY_PLAIN_ITERATOR;
	}
	if (pinned && !is_small(options))
		ways[count++] = WAY_PINNED;
	ways[count] = WAY_BEST;
}

static int open_best(const struct task_options *options, struct task_list *list, struct why *why, struct why *note)
{
	enum task_way ways[5];
	struct why other;

	int first = task_list_allowed(why);
	if (first < 0)
		return first;
	order_ways(options, ways);
	for (size_t i = 0; ways[i] != WAY_BEST; i++) {
		int r = open_way(options, ways[i], list, i ? &other : why, note);
		if (r == 0)
			return 0;
		first = first ? first : r;
	}
	return first ? first : why_not(why, -EACCES, "the pinned iterator may not be read");
}

int task_list_open(const struct task_options *options, struct task_list **ret, struct why *why, struct why *note)
{
	struct task_list *list = calloc(1, sizeof *list);

	if (!list)
		return why_not(why, -ENOMEM, "%s", strerror(ENOMEM));
	int r = options->way == WAY_BEST ? open_best(options, list, why, note) :
	                                   open_way(options, options->way, list, why, note);
	if (r < 0)
		task_list_close(list);
	else
		*ret = list;
	return r;
}

const char *task_list_way(const struct task_list *list)
{
	static const char *const names[] = { [WAY_WALK] = "one walk of the task list",
		                             [WAY_ITERATOR] = "a task iterator",
		                             [WAY_PLAIN_ITERATOR] = "a plain task iterator",
		                             [WAY_PINNED] = "the pinned task iterator" };

	return names[list->way];
}

static void stop(struct task_list *list)
{
	walker_close(list->walker);
	stream_close(list->stream);
	list->walker = NULL;
	list->stream = NULL;
}

static int start_pinned(struct task_list *list, bool threads, struct why *why)
{
	char path[PINNED_PATH_BYTES];

	pinned_path(threads, path);
	int r = stream_open(path, threads, &list->stream);
	return r < 0 ? why_not(why, r, "%s: %s", path, strerror(-r)) : 0;
}

int task_list_want(struct task_list *list, unsigned want, bool threads, struct why *why)
{
	struct task_settings *settings = &list->settings;

	if ((list->walker || list->stream) && want == settings->want && threads == settings->threads)
		return 0;
	stop(list);
	settings->want = want;
	settings->threads = threads;
	settings->looks_again = list->way == WAY_WALK && !list->once;
	if (list->way == WAY_PINNED)
		return start_pinned(list, threads, why);
	if (list->way == WAY_WALK)
		return walker_open(list->image, settings, list->proc_fd, &list->walker, why);
	return stream_load(list->image, settings, &list->stream, why);
}

int task_list_take(struct task_list *list, unsigned patience, struct task_records *ret)
{
	if (!list->walker && !list->stream)
		return -EINVAL;
	return list->walker ? walker_take(list->walker, patience, ret) : stream_take(list->stream, ret);
}

bool task_list_walks(const struct task_list *list, uint64_t *ret_offset_ns)
{
	if (!list->walker)
		return false;
	*ret_offset_ns = walker_offset_ns(list->walker);
	return true;
}

void task_list_close(struct task_list *list)
{
	if (!list)
		return;
	stop(list);
	free(list->image);
	free(list);
}
