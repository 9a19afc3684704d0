/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * rules.h - what a call does to a state, and what the rules say of it, as the engine sees it.
 */
#ifndef RULES_H
#define RULES_H

#include "report.h"

/* rules.c: which rules of the unit's options look at what */
void rules_init(struct engine *eng);
/* object.c: the address of the cell or part that the object is, in what @base points to */
sym_t object_at(struct engine *eng, sym_t base, const struct object *o);
/* effects.c: a call that has a row; @works holds one state and receives all */
void row_apply(const struct frame *f, const struct row *row, struct works *works);
/* rules.c: a function returns @result at @loc; all exits of a root are there; the tables */
void rules_at_return(const struct frame *f, struct work *w, sym_t result,
		     struct mn_loc loc);
void rules_at_exit(struct engine *eng, struct context_run *ctx);
void rules_at_tables(struct engine *eng);

/* callback.c: the state that a callback starts with that must not sleep, or not always */
void callback_enter(struct work *entry, const struct mn_func *func,
		    const struct callback *cb);
/* a function that is not seen is called with @arg: what callback.c and unseen.c make of it */
void callback_tell(const struct frame *f, struct work *w, sym_t arg);
void unseen_range(const struct frame *f, struct work *w, sym_t arg, bool is_range);
void unseen_lock(const struct frame *f, struct work *w, sym_t arg);
void unseen_ptl(const struct frame *f, struct work *w);
/* a function is left, with what it gave away */
void unseen_leave(const struct frame *f, struct work *w);
/* held.c: in a callback: it may take any lock */
void held_unseen(const struct frame *f);
/*
 * @callee leaves with @item, a lock that a callback takes, and nothing tells its caller so; held_doubt(): the caller's
 * @lock is such a one
 */
bool held_by_chance(const struct frame *f, const struct context_run *callee, const struct item *item);
void held_doubt(const struct frame *f, struct work *w, struct item *lock);
/* callback_idle.c: .. it may do a callback's work; so may @callee, which is entered but not judged, and a store */
void idle_unseen(const struct frame *f, struct work *w);
void idle_helper(const struct frame *f, struct work *w, const struct mn_func *callee);
void idle_stored(const struct frame *f, struct work *w);
/* waits.c: .. or what a wait did not wait for */
void wait_unseen(struct work *w);
/* .. where a branch is taken on @condition, there may be nothing to do */
void idle_asks(const struct frame *f, struct work *w, sym_t condition);
/* retry_missing.c: it may be given pages that were looked up, or take a lock */
void reading_unseen(const struct frame *f, struct work *w, sym_t arg);
/* sequence.c: .. or one that goes no further than what it is passed; the former may take a lock, too */
void sequence_given(const struct frame *f, struct work *w, sym_t arg);
void sequence_unseen(const struct frame *f, struct work *w, sym_t arg);
/* counts.c: .. or one that may change a count of regions; so may @callee, and a store */
void count_unseen(const struct frame *f, struct work *w, sym_t arg);
void count_pass(const struct frame *f, struct work *w);
void count_helper(const struct frame *f, struct work *w, const struct mn_func *callee);
void count_stored(const struct frame *f, struct work *w);
/* count_pairs.c: what a callback did to it */
void count_collect(const struct frame *f, struct work *w, sym_t result);
/* leaves.c: .. or one that may put right what a reader sets too late; a store. leaving.c: how a callback returns */
void leaves_unseen(struct work *w);
void leaves_stored(const struct frame *f, struct work *w);
void leaves_collect(const struct frame *f, struct work *w, sym_t result, struct mn_loc loc);
/* notifiers.c: each function of the unit that asks a retry reads the sequence itself, and one does */
bool unit_reads(const struct mn_unit *unit);
/* notifier_lifetime.c: .. or, of its result, one that may remove a notifier */
void notifier_unseen(const struct frame *f, struct work *w);
/* range_arithmetic.c: in a callback that is called for a range, the instruction at hand computed @value */
void range_computed(const struct frame *f, struct work *w, sym_t value);

#endif /* RULES_H */
