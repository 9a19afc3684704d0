/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * engine.h - what the files of the simulation share: points, instructions, calls, returns.
 */
#ifndef ENGINE_H
#define ENGINE_H

#include "rules.h"

/*
 * engine.c: an engine for @unit, with @options; the roots, or @only one of them, and what their
 * exits say
 */
void engine_init(struct engine *eng, struct mn_unit *unit, struct mn_options options);
void simulate_roots(struct engine *eng, struct mn_func *only);
/*
 * What @unit has said so far; and what it said since then it did not say: it was no run of the check. No function
 * has a run after that.
 */
struct unit_said {
	struct mn_stats stats;
	int trouble, excused, silenced;
};

struct unit_said unit_said(struct mn_unit *unit);
void unit_unsay(struct mn_unit *unit, const struct unit_said *said);
/*
 * collect.c: the locks that callbacks of @unit take, NULL: none that is known; in @lacking what was given up,
 * which @unit says at the end unless it said so itself
 */
struct callback_locks *collect_locks(struct mn_unit *unit, lines_t *lacking);
/* .. and what those do that count regions */
void collect_counts(struct mn_unit *unit);
/* .. and on what the one callback leaves early that has readers; NULL: that is not known */
struct callback_leaves *collect_leaves(struct mn_unit *unit);
void collect_settle(struct mn_unit *unit, const lines_t *lacking);
/* is @func simulated by itself? */
bool is_simulated(const struct engine *eng, const struct mn_func *func);
/* confirm.c: what a closer look does not find is no finding */
void confirm_findings(struct engine *eng);

/* run.c: the run of @func, made when first asked for */
struct run *run_of(struct engine *eng, struct mn_func *func);

/* leave.c: the last instruction of a block; takes @w over */
void leave_block(const struct frame *f, struct work *w);
/* leave.c: the exits that are new or changed, to the calls that wait for them */
void exits_deliver(struct engine *eng, struct context_run *ctx);

/*
 * live.c: what is used from each block of @run on, the @n of them in the order of their simulation; and the binds
 * behind @from that are not used from @block on, which go. Return: where the rest ends
 */
void find_live(struct engine *eng, struct run *run, const int *by_order, int n);
struct bind *drop_cells(const struct run *run, int block, struct bind *from, struct bind *end);

/* transfer.c: the address that @at, an ADDR, makes of @base */
sym_t address_of_part(struct engine *eng, sym_t base, const struct mn_insn *at);
/* transfer.c: one instruction that neither calls nor leaves the block */
void transfer_insn(const struct frame *f, struct work *w);

/*
 * What symbols were renamed to, a few of them: the facts of a state are made of each other, and of what
 * its cells hold.
 */
struct renamed {
	struct {
		sym_t from, to;
	} v[32];
};

static inline bool renamed_get(const struct renamed *known, sym_t s, sym_t *to)
{
	bool found = known->v[s % 32].from == s;

	*to = found ? known->v[s % 32].to : SYM_NONE;
	return found;
}

static inline sym_t renamed_set(struct renamed *known, sym_t s, sym_t to)
{
	known->v[s % 32].from = s;
	known->v[s % 32].to = to;
	return to;
}

/* a value of the caller that the callee knows as what a cell held when it was called */
struct held_value {
	sym_t value, content;
};

/* rename.c: a caller's state in the words of its callee */
struct renaming {
	struct engine *eng;
	struct work *from;		/* the caller's state */
	const struct mn_func *callee;
	MN_VEC(sym_t) inputs;
	MN_VEC(struct held_value) held;	/* what goes in without an input */
	bool judged;			/* something may be judged in the callee */
	bool closed;			/* no new inputs: what is not there yet stays out */
	bool arguments_only;		/* what memory holds stays out, too, if not all agree on it */
	bool less;			/* .. and there was something */
	struct renamed forms;		/* of what is made of values that are there */
};

/* the callee's entry state for the call at @f; fills @r->inputs */
struct work *entry_state(struct renaming *r, const struct frame *f);
/* what the callee cannot change, or cannot name, does not go in */
bool stays_outside(struct renaming *r, const struct item *item);

/* call.c */
/*
 * A call of a function with a body here; the states behind it are put into @out, or
 * go on later. False: it is not worth entering, call_unknown() is the answer.
 */
bool call_follow(const struct frame *f, struct work *w, struct mn_func *callee,
		 struct works *out);
void call_unknown(const struct frame *f, struct work *w);
void call_deliver(struct engine *eng, const struct waiter *to,
		  const struct context_run *from, const struct outcome *x);

/* walk.c */
/*
 * The function that the call at @f is, where it calls functions of this unit that it is handed;
 * NULL: it does not, or nobody knows which.
 */
struct mn_func *walk_of(const struct frame *f, struct work *w);
/* @func is entered from @body, which walk_of() made: what is known of the walk's locks and regions */
void walk_enters(const struct mn_func *body, const struct mn_func *func, struct prop *p);
/* a finding that only holds where a walk is in no region is none if its call may be in one */
void walks_settle(struct engine *eng);
/* is @func called by walks alone? Did one call it? */
bool walk_may_call(const struct engine *eng, const struct mn_func *func);
bool walk_calls(const struct engine *eng, const struct mn_func *func);

/* points.c: the next state of @ctx to be executed, in the order of its blocks */
struct queued heap_pop(struct context_run *ctx);
/* points.c: the context of @func for this entry state; NULL: given up */
struct context_run *context_get(struct engine *eng, struct mn_func *func,
				const struct work *entry, bool *is_new);
/* points.c: @w comes to the point in front of @insn */
void context_arrive(struct engine *eng, struct context_run *ctx, int block,
		    int insn, struct work *w);

static inline bool state_is(const struct state *s, const struct work *w)
{
	return prop_equal(s->prop, &w->prop) && exec_equal(s->exec, w);
}

/* merge.c: how much of the state of @caller goes into the next entry state of @callee */
int detail_of_callee(const struct engine *eng, const struct run *callee,
		     const struct context_run *caller);
/* merge.c: the part of a property part that has to be equal where states merge, @looping or not */
const struct prop *merge_key(struct engine *eng, const struct prop *p, bool looping);
/*
 * merge.c: which state of @p, or exit of @ctx, may become one with the new one; -1: none.
 * What that gives up is noted in @w.
 */
int merge_at_point(struct engine *eng, const struct context_run *ctx,
		   const struct point *p, const struct prop *key, struct work *w);
int merge_at_exit(const struct engine *eng, const struct context_run *ctx, const struct outcome *exit,
		  const struct work *w);

/* simulate.c */
void run_stack(struct engine *eng);
/* a context that was pushed but not started yet comes before all others */
void stack_raise(struct engine *eng, struct context_run *ctx);

#endif /* ENGINE_H */
