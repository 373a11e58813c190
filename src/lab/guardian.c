#include "lab/guardian.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/span.h"
#include "kernel/zram_swap.h"
#include "lab/journal.h"
#include "lab/undo.h"

struct order {
	enum { ORDER_SET, ORDER_SWAP, ORDER_GROUP, ORDER_SCRATCH, ORDER_PROCESSES, ORDER_UNDO } kind;
	int64_t number;
	char name[256], value[SETTING_BYTES];
};

/* What the guardian's own process knows. */
struct watch_over {
	struct undo undo;
	pid_t process_group;
};

static int do_set(struct watch_over *over, const struct order *order)
{
	struct undo_step step = { .kind = UNDO_SETTING };
	char now[SETTING_BYTES];
	const char *in_force = setting_in_force(order->name);
	int r = setting_read(order->name, now);

	if (r < 0)
		return r;
	snprintf(step.name, sizeof step.name, "%s", in_force);
	r = setting_read(in_force, step.old);
	if (r < 0)
		return r;
	/* the other form of a setting becomes 0 */
	snprintf(step.new, sizeof step.new, "%s", strcmp(in_force, order->name) != 0 ? "0" : order->value);
	r = undo_note(&over->undo, &step);
	if (r == 0)
		r = setting_write(order->name, order->value);
	if (setting_read(in_force, now) == 0) {
		int settled = undo_settle(&over->undo, now);
		r = r < 0 ? r : settled;
	}
	return r;
}

static int do_swap(struct watch_over *over, int64_t bytes)
{
	struct undo_step step = { .kind = UNDO_SWAP };
	int number = zram_swap_make();

	if (number < 0)
		return number;
	snprintf(step.name, sizeof step.name, "%d", number);
	int r = undo_note(&over->undo, &step);
	if (r < 0)
		zram_swap_remove(number);
	return r < 0 ? r : zram_swap_on(number, bytes);
}

static int do_note(struct watch_over *over, enum undo_kind kind, const char *name)
{
	struct undo_step step = { .kind = kind };

	snprintf(step.name, sizeof step.name, "%s", name);
	return undo_note(&over->undo, &step);
}

static int do_undo(struct watch_over *over)
{
	if (over->process_group > 0)
		kill(-over->process_group, SIGKILL);
	over->process_group = 0;
	int r = undo_all(&over->undo, NULL);
	if (r == 0 && over->undo.journal >= 0)
		r = ftruncate(over->undo.journal, 0) < 0 ? -errno : 0;
	return r;
}

static int obey(struct watch_over *over, const struct order *order)
{
	switch (order->kind) {
	case ORDER_SET:
		return do_set(over, order);
	case ORDER_SWAP:
		return do_swap(over, order->number);
	case ORDER_GROUP:
		return do_note(over, UNDO_GROUP, order->name);
	case ORDER_SCRATCH:
		return do_note(over, UNDO_SCRATCH, order->name);
	case ORDER_PROCESSES:
		over->process_group = (pid_t)order->number;
		return 0;
	case ORDER_UNDO:
		return do_undo(over);
	}
	return -EINVAL;
}

/* Out of reach of the keyboard, of signals to the lab's group and of closed terminals; holds nothing of others open. */
static void step_aside(int socket, int lock)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	setsid();
	for (int signal = 1; signal < SIGRTMIN; signal++)
		if (signal != SIGCHLD)
			sigaction(signal, &(struct sigaction){ .sa_handler = SIG_IGN }, NULL);
	if (null >= 0) {
		dup2(null, STDIN_FILENO);
		dup2(null, STDOUT_FILENO);
		dup2(null, STDERR_FILENO);
	}
	for (int fd = 3; fd < 1024; fd++)
		if (fd != socket && fd != lock)
			close(fd);
	if (chdir("/") < 0)
		return;
}

static void watch(int socket, int lock) __attribute__((noreturn));
static void watch(int socket, int lock)
{
	struct watch_over over = { .undo.journal = -1 };
	struct journal journal;
	struct order order;

	step_aside(socket, lock);
	int opened = journal_open(&journal);
	over.undo.journal = opened < 0 ? -1 : journal.fd;
	if (geteuid() == 0 && opened < 0)
		_exit(1); /* nothing is changed that is not noted */
	if (send(socket, &(int){ 0 }, sizeof(int), MSG_NOSIGNAL) != sizeof(int))
		_exit(1);
	while (recv(socket, &order, sizeof order, 0) == (ssize_t)sizeof order) {
		int r = obey(&over, &order);
		if (send(socket, &r, sizeof r, MSG_NOSIGNAL) != (ssize_t)sizeof r)
			break;
	}
	int r = do_undo(&over);
	if (opened == 0 && r == 0)
		journal_remove(&journal);
	_exit(r < 0);
}

int guardian_start(struct guardian *guardian)
{
	int ends[2], ready;

	if (guardian->socket >= 0)
		return 0;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
		return -errno;
	guardian->pid = fork();
	if (guardian->pid == 0) {
		close(ends[0]);
		watch(ends[1], guardian->lock);
	}
	int r = guardian->pid < 0 ? -errno : 0;
	close(ends[1]);
	if (r == 0 && recv(ends[0], &ready, sizeof ready, 0) != (ssize_t)sizeof ready) {
		waitpid(guardian->pid, NULL, 0);
		r = -EACCES;
	}
	if (r < 0)
		close(ends[0]);
	else
		guardian->socket = ends[0];
	return r;
}

int guardian_end(struct guardian *guardian)
{
	int status = 0;

	if (guardian->socket >= 0) {
		close(guardian->socket);
		while (waitpid(guardian->pid, &status, 0) < 0 && errno == EINTR)
			;
	}
	if (guardian->lock >= 0)
		close(guardian->lock);
	*guardian = GUARDIAN_NONE;
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : -EIO;
}

static int tell(struct guardian *guardian, const struct order *order)
{
	int answer, r = guardian_start(guardian);

	if (r < 0)
		return r;
	if (send(guardian->socket, order, sizeof *order, MSG_NOSIGNAL) != (ssize_t)sizeof *order ||
	    recv(guardian->socket, &answer, sizeof answer, 0) != (ssize_t)sizeof answer)
		return -EPIPE; /* somebody killed it: its journal stays */
	return answer;
}

static int tell_name(struct guardian *guardian, int kind, const char *name, const char *value)
{
	struct order order = { 0 };

	order.kind = kind;
	if (strlen(name) >= sizeof order.name || strlen(value) >= sizeof order.value)
		return -ENAMETOOLONG;
	snprintf(order.name, sizeof order.name, "%s", name);
	snprintf(order.value, sizeof order.value, "%s", value);
	return tell(guardian, &order);
}

int guardian_set(struct guardian *guardian, const char *setting, const char *value)
{
	return tell_name(guardian, ORDER_SET, setting, value);
}

int guardian_swap(struct guardian *guardian, int64_t bytes)
{
	return tell(guardian, &(struct order){ .kind = ORDER_SWAP, .number = bytes });
}

int guardian_group(struct guardian *guardian, const char *name)
{
	return tell_name(guardian, ORDER_GROUP, name, "");
}

int guardian_scratch(struct guardian *guardian, const char *path)
{
	return tell_name(guardian, ORDER_SCRATCH, path, "");
}

int guardian_processes(struct guardian *guardian, pid_t process_group)
{
	return guardian->socket < 0 ?
	               0 :
	               tell(guardian, &(struct order){ .kind = ORDER_PROCESSES, .number = process_group });
}

int guardian_undo(struct guardian *guardian)
{
	return guardian->socket < 0 ? 0 : tell(guardian, &(struct order){ .kind = ORDER_UNDO });
}

int guardian_lock(struct guardian *guardian, int64_t *ret_holder)
{
	int r = journal_lock(ret_holder);

	if (r >= 0)
		guardian->lock = r;
	return r < 0 ? r : 0;
}
