#include "lab/peer.h"
#include "lab/words.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

void peer_stop(struct peer *peer)
{
	char byte = 0;

	if (write(peer->to_parent, &byte, 1) != 1 || read(peer->from_parent, &byte, 1) != 1)
		_exit(1);
}

void peer_await(struct peer *peer)
{
	char byte;

	if (read(peer->from_child, &byte, 1) < 0)
		_exit(1);
}

bool peer_send(struct peer *peer)
{
	return write(peer->to_child, "", 1) == 1;
}

void peer_next(struct peer *peer)
{
	if (peer_send(peer))
		peer_await(peer);
}

void peer_start(struct stage *stage, struct peer *peer, void (*act)(struct peer *peer, void *context), void *context)
{
	int up[2], down[2];

	signal(SIGPIPE, SIG_IGN); /* a peer that has gone is none to write to */
	if (pipe2(up, O_CLOEXEC) < 0 || pipe2(down, O_CLOEXEC) < 0)
		stage_skip(stage, N_("no pipes left"));
	*peer = (struct peer){ .to_parent = up[1], .from_parent = down[0], .to_child = down[1], .from_child = up[0] };
	peer->pid = stage_fork(stage);
	if (peer->pid < 0)
		stage_skip(stage, N_("no second process could be started"));
	if (peer->pid == 0) {
		close(up[0]);
		close(down[1]);
		act(peer, context);
		_exit(0);
	}
	close(up[1]);
	close(down[0]);
	peer_await(peer);
}

int peer_end(struct peer *peer)
{
	int status = -1;

	kill(peer->pid, SIGKILL);
	close(peer->to_child);
	close(peer->from_child);
	waitpid(peer->pid, &status, 0);
	return status;
}
