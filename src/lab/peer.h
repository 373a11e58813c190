/*
 * A second process in an experiment: a child that goes step by step, so that parent and runner can look at it while it
 * stands still. In the child: peer_stop() where it shall wait. In the parent: peer_next() lets it go on to its next
 * stop.
 */
#ifndef LAB_PEER_H
#define LAB_PEER_H

#include "lab/stage.h"

struct peer {
	pid_t pid;
	int to_parent, from_parent; /* the child's ends */
	int to_child, from_child;   /* the parent's */
};

/* Starts a child that runs `act` and ends with status 0, and waits for its first stop; it dies with its parent. The
 * experiment ends when there can be no child. */
void peer_start(struct stage *stage, struct peer *peer, void (*act)(struct peer *peer, void *context), void *context);

/* In the child: waits here until it is told to go on. */
void peer_stop(struct peer *peer);

/* In the parent: lets the child go on to its next stop, or to its end. */
void peer_next(struct peer *peer);

/* The two halves of that: lets it go on (false: it has gone), and waits for its next stop. */
bool peer_send(struct peer *peer);
void peer_await(struct peer *peer);

/* Kills it if it still lives, waits for it, and gives its wait status. */
int peer_end(struct peer *peer);

#endif
