/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * graph.h - the call graph of a unit, by names only, and what is known of each function in it.
 *
 * An edge is a call that the engine would enter: of a function with a body here that the contract
 * does not know; or of one that is handed to the caller, or to a walk that it calls.
 */
#ifndef GRAPH_H
#define GRAPH_H

#include "plan.h"

/*
 * A callee that leaves the lock context alone is entered only for what its result
 * says; beyond this size, or as many calls deep as there are stages of detail, its result is
 * treated as unknown. The inline predicates that callers test twice have a handful of blocks.
 */
#define NEUTRAL_BLOCKS	(DETAIL_BUDGET / 4)
#define NEUTRAL_DEPTH	DETAIL_ALL

/*
 * In a linked program an event matters to callers in other files that are at most so many calls
 * away: whoever allocates memory may reclaim some, and so comes to all events.
 */
#define LINK_DEPTH	(DETAIL_BUDGET / 8)

/*
 * .. and what more than so many files call serves all of them: what they hold is not followed into it.
 */
#define LINK_CALLERS	(DETAIL_BUDGET / 4)

struct edge {
	int to;
	bool walked;		/* handed to the caller, or to a walk, not called by name */
};

/* a function that is an argument of a call, and the next one of the same callee; -1: none */
struct argument {
	int func, next;
};

/* in a program of many files: @from calls a walk, which may call @to */
struct aside {
	int from, to;
};

struct graph {
	struct mn_unit *unit;
	bool notifies;		/* calls notify of entries, not the flush */
	int n;
	int *first;		/* callee.v[first[f]] .. [first[f + 1] - 1] */
	MN_VEC(struct edge) callee;
	int *rfirst, *caller;	/* the calls by name backwards */
	bool *reaches;		/* a trigger, through any number of calls */
	bool *events;		/* .. of a region or a notification */
	bool *anywhere;		/* is judged not only below a callback: reaches[], without what watch_callbacks() adds */
	bool *touches;		/* the lock context, likewise */
	bool *changes;		/* an entry, likewise */
	bool *outside;		/* what is not called inside a region, or a start that fails */
	bool *starts;		/* a region, likewise */
	bool *sleeps;		/* a call that may sleep, likewise */
	bool *queues;		/* queues work, likewise */
	bool *holds;		/* takes or drops a lock, likewise .. */
	bool *stalls;		/* .. may wait for a callback, likewise */
	bool *inside;		/* what must not be done inside a region, likewise */
	bool *flushes;		/* the CPUs' TLBs, likewise */
	bool *copies;		/* pages, likewise */
	bool *inserts;		/* a notifier, likewise .. */
	bool *disposes;		/* .. frees an object, likewise */
	bool *takes, *gives;	/* a lock or an atomic context, likewise */
	bool *acquires, *releases;	/* a lock that is waited for asleep, likewise */
	bool *retries;		/* asks whether a sequence still holds, likewise */
	bool *ends;		/* a region, likewise */
	bool *tells;		/* of entries, likewise */
	bool *relies;		/* on what was flushed before, likewise */
	bool *opens;		/* a call of a function of another unit, likewise */
	int *height;		/* of the calls below; NEUTRAL_DEPTH + 1: more */
	int *stack;
	int *handed;		/* the first of the arguments of calls of a function */
	MN_VEC(struct argument) arguments;
	MN_VEC(struct aside) asides;
	bool *forbids;		/* sleep, itself, and comes to a start behind a walk */
};

/* the edges of @g, and what each function does itself */
void build_graph(struct graph *g, struct mn_arena *arena);
/* @marked also holds for each function that calls one of them by name */
void spread_to_callers(struct graph *g, bool *marked);
/* .. for one that is handed one of them, or calls a walk that is. True: another one is marked */
bool spread_to_walks(const struct graph *g, bool *marked);
/* .. for both, all the way */
void spread_up(struct graph *g, bool *marked);
/* .. or, in a linked program, near it: for its callers in other files only so many calls away */
void spread(struct graph *g, struct mn_arena *arena, bool *marked);
/* .. by calls only */
void spread_near(struct graph *g, struct mn_arena *arena, bool *marked);
/* a copy of @marked that also holds for those that are at most as many calls away as there are stages of detail */
bool *spread_within(const struct graph *g, struct mn_arena *arena, const bool *marked);
/* of a linked program: mark what too many files call */
void mark_services(struct graph *g);
/* .. for everybody whom they call: among @among only, and by walks from @walking only, where that is given */
void spread_to_callees(struct graph *g, bool *marked, const bool *among, const bool *walking);

/* a callee that leaves the lock context alone is entered if it is */
bool is_small(const struct graph *g, int f);
/* the first @top on the stack want what is worth entering below them */
void want_callees(struct graph *g, int top);
/* watch.c: what callbacks reach that may sleep is judged; nothing where there are none */
void watch_callbacks(struct graph *g, struct mn_arena *arena);
/* .. and who holds what they take. Both come behind the spreading of what they ask of @g */
void watch_holders(struct graph *g, struct mn_arena *arena);
/* .. and what takes a lock where a sequence was read */
void watch_lockers(struct graph *g, struct mn_arena *arena);
/* behind.c: mark what comes to a start behind a walk, before anything is spread .. */
void find_behind_walks(struct graph *g, struct mn_arena *arena);
/* asked.c: of which functions it is asked what they changed, or flushed; before what the others find is spread */
void find_asked(struct graph *g, struct mn_arena *arena);
/* .. and want it, where nobody does for something else */
void want_behind_walks(struct graph *g);
/* keep.c: mark what other units may need */
void mark_kept(struct graph *g);

#endif /* GRAPH_H */
