/*
 * Samples for a screen: asked for at a steady pace, taken in another thread, the newest kept with the one before it, to
 * which rates look back.
 */
#ifndef TUI_FEED_H
#define TUI_FEED_H

#include "collect/sampler.h"
#include "model/watch.h"

struct feed {
	struct sampler *sampler;
	struct snapshot now, before;
	struct watch watch;      /* of samples with the RES of all rows */
	size_t samples, regular; /* 0: `now` is none yet; 1: there is nothing before it. regular: taken at their time */
	struct request request;  /* of the sample that is under way, and then of `now` */
	bool waiting, extra;     /* extra: asked for between two regular ones */
	bool afresh;             /* the next one takes nothing over from the last one: somebody may have been reniced */
	int64_t delay_ns;        /* from one regular one to the next */
	int64_t due_ns;          /* the next regular one that was not asked for yet, CLOCK_MONOTONIC */
	bool early;              /* what is under way was asked for before its time */
	struct {
		struct request request;
		int64_t due_ns;
		bool afresh, extra;
	} asked_from; /* if so: what was so before that */
};

/* Takes the source over, also when it fails: -errno. */
int feed_open(struct feed *feed, struct source *source);

/* Waits for the sample that is under way. May be called on what was never opened. */
void feed_done(struct feed *feed);

/* Whether it is time for a regular one, and none is under way. */
bool feed_is_due(const struct feed *feed);

/*
 * Asks for a regular one, which is taken at its time, or now when that is past; the next is due `delay_ns` later. Turns
 * that were missed are left out. What the request points to must live, unchanged, until the sample is taken or the
 * request recalled. Nothing happens while one is under way.
 */
void feed_ask(struct feed *feed, const struct request *request, int64_t delay_ns);

/* Asks for one between two regular ones: the past stays as it was, so that rates are not of too short a moment. */
void feed_ask_extra(struct feed *feed, const struct request *request);

/* Takes back a regular one whose time has not come: whatever it depends on may change now. */
void feed_recall(struct feed *feed);

/* The next regular one shall be now; or soon, a moment after one that is asked for now and has no past. */
void feed_hurry(struct feed *feed);
void feed_soon(struct feed *feed);

/* 1: there is a newer sample; 0: not yet; -errno of the source. */
int feed_take(struct feed *feed);

/* A descriptor that can be read from when there is a sample to take, and how long until one is due; -1: one is under
 * way. */
int feed_fd(const struct feed *feed);
int64_t feed_time_left(const struct feed *feed);

#endif
