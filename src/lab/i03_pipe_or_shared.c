#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lab/experiment.h"
#include "lab/peer.h"

enum { KIB = 1024, MIB = 1024 * KIB, SIZE = 32 * MIB, CHUNK = 64 * KIB };

struct ways {
	int pipe[2];
	char *memory; /* shared */
};

/* Takes what comes through the pipe, and then what lies in the shared memory. */
static void receive(struct peer *peer, void *context)
{
	static char chunk[CHUNK];
	struct ways *ways = context;
	int64_t left = SIZE;

	peer_stop(peer);
	for (ssize_t n = 1; left > 0 && n > 0; left -= n)
		n = read(ways->pipe[0], chunk, sizeof chunk);
	peer_stop(peer);
	for (volatile char *at = ways->memory; at < ways->memory + SIZE; at += 4096)
		(void)*at;
	peer_stop(peer);
}

static void act(struct stage *stage)
{
	struct ways ways;
	static char chunk[CHUNK];
	struct peer peer;

	ways.memory = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (pipe(ways.pipe) < 0)
		stage_skip(stage, N_("no pipes left"));
	peer_start(stage, &peer, receive, &ways);
	stage_mark(stage, "sender begins");
	stage_mark_of(stage, "receiver begins", peer.pid);
	peer_send(&peer);
	for (int64_t sent = 0; sent < SIZE; sent += CHUNK)
		if (write(ways.pipe[1], chunk, CHUNK) != CHUNK)
			stage_skip(stage, N_("the pipe broke"));
	peer_await(&peer);
	stage_mark(stage, "sent through the pipe");
	stage_mark_of(stage, "received from the pipe", peer.pid);
	memset(ways.memory, 1, SIZE);
	stage_mark(stage, "written");
	peer_next(&peer);
	stage_mark_of(stage, "read", peer.pid);
	stage_mark(stage, "shared by two");
	peer_end(&peer);
}

static const struct claim claims[] = {
	{ N_("32 MiB through a pipe: the sender calls the kernel"), N_("32 MiB / 64 KiB = 512 writes"),
	  CHANGE_OF(write_calls, "sender begins", "sent through the pipe"), BETWEEN(SIZE / CHUNK, SIZE / CHUNK + 16) },
	{ N_("and hands it all over"), N_("32 MiB"), CHANGE_OF(written_chars, "sender begins", "sent through the pipe"),
	  BETWEEN(SIZE, SIZE + MIB) },
	{ N_("the receiver reads it all"), N_("32 MiB"),
	  CHANGE_OF(read_chars, "receiver begins", "received from the pipe"), BETWEEN(SIZE, SIZE + MIB) },
	{ N_("32 MiB through shared memory: writes of the sender"), N_("0, but for the lab's own marks"),
	  CHANGE_OF(write_calls, "sent through the pipe", "written"), BETWEEN(0, 8) },
	{ N_("the receiver's reads"), N_("as few"), CHANGE_OF(read_chars, "received from the pipe", "read"),
	  BETWEEN(0, MIB) },
	{ N_("it lies in the RES of the sender"), N_("32 MiB"), LEVEL_OF(shmem_bytes, "shared by two"),
	  WITHIN(5, SIZE) },
	{ N_("and of the receiver"), N_("32 MiB"), LEVEL_OF(shmem_bytes, "read"), WITHIN(5, SIZE) },
	{ N_("but once in RAM"), N_("half for each"), LEVEL_OF(pss_shmem_bytes, "shared by two"), WITHIN(2, SIZE / 2) },
};

EXPERIMENT(i03_pipe_or_shared) = {
	.id = "I03",
	.name = "pipe-or-shared",
	.theme = LAB_IPC,
	.milliseconds = 300,
	.question = N_("How do processes pass data: through the kernel, or through shared memory?"),
	.theory = N_(
		"Through a pipe or socket the kernel carries each byte: a copy in and a copy out, and a system call "
		"for each piece; in return it blocks who has to wait. Shared memory needs the kernel only to be set "
		"up: writing is enough. But then the programs must agree themselves on who may write when; a naive "
		"loop that waits for a flag can be slower than a pipe."),
	.watch = N_("Calls and bytes through the kernel: all, then none."),
	.act = act,
	CLAIMS(claims),
	.file = "i03_pipe_or_shared.c",
};
