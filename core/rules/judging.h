/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * judging.h - what the files of this room share: events, rules, and what both look at.
 *
 * An effect of a row is an event. It is shown to the rules in the state before it, and then
 * applied: a rule may report and be quiet afterwards, it never changes what is held,
 * open or known. So a rule is one file, and a rule that is off is not called.
 */
#ifndef JUDGING_H
#define JUDGING_H

#include "rules.h"

/* which region an end is about */
enum end_of {
	END_OF_REGION,		/* one that is open, or may be it */
	END_OF_FAILED,		/* one whose start failed */
	END_OF_ENDED,		/* one that was ended already */
	END_OF_OTHER,		/* none of these, but another one is open */
	END_OF_CALLERS,		/* a caller may have started it */
	END_OF_NOTHING,
};

struct event {
	const struct effect *effect;
	struct item range;		/* START FAIL END NOTIFY PAGE INIT: what the call names */
	struct item *region;		/* START FAIL: the one that it starts again; END: the one that
					 * it ends; NOTIFY: the one that it lies in, or another */
	enum end_of end;		/* END */
	bool inside;			/* NOTIFY: the range may lie in @region */
	struct item *lock;		/* UNLOCK DROP: the lock held that goes, or NULL .. */
	bool alias;			/* .. known under another name only */
	sym_t entry, old, value;	/* CHANGE: the cell, what was and what comes there .. */
	sym_t address;			/* .. and the address that it is of; SYM_NONE: unknown */
	enum entry_word taken;		/* CHANGE: what a secondary MMU loses */
	bool outside;			/* CHANGE: .. and that is outside of any region */
	bool quiet;			/* a finding was made about this object */
};

/* effects as bits: there are as many as a word of 64 has */
#ifdef __SIZEOF_INT128__
__extension__ typedef unsigned __int128 effect_set;
#else
typedef uint64_t effect_set;
#endif

/**
 * struct rule - one rule: what it looks at, and when.
 * @sees: the events that are shown to it, as bits of enum effect_kind
 * @again: after these events it may speak again on a path on which it was quiet
 * @at_event: an event, in the state before it
 * @at_return: a function returns @result; @loc is where a person wrote that
 * @at_exit: all exits of a root are known
 * @at_tables: the variables of the unit that hold functions
 *
 * Any of the functions may be NULL.
 */
struct rule {
	effect_set sees, again;
	void (*at_event)(const struct frame *f, struct work *w, struct event *ev);
	void (*at_return)(const struct frame *f, struct work *w, sym_t result,
			  struct mn_loc loc);
	void (*at_exit)(struct engine *eng, struct context_run *ctx);
	void (*at_tables)(struct engine *eng);
};

#define SEES(kind) ((effect_set)1 << EFFECT_##kind)

#define MN_RULE(id, ...) extern const struct rule rule_##id;
#include "rules.def"
#undef MN_RULE

/* rules.c: may @rule still speak on this path? */
static inline bool is_quiet(const struct work *w, enum mn_rule rule)
{
	return w->prop.quiet & 1u << rule;
}

static inline void be_quiet(struct work *w, enum mn_rule rule)
{
	w->prop.quiet |= 1u << rule;
}

/* is the event of an effect of @kind shown to any rule? */
static inline bool is_seen(const struct engine *eng, enum effect_kind kind)
{
	return eng->seen_by[kind] != 0;
}

/* is @rule one that the unit's options ask for? */
static inline bool is_asked(const struct engine *eng, enum mn_rule rule)
{
	return eng->options.rules & 1u << rule;
}

/* rules.c: show @ev to the rules that see it */
void event_show(const struct frame *f, struct work *w, struct event *ev);

/* ------------------------------------------------------------------ */
/* events: what the columns "see" and "apply" of effects.def name        */

#define MN_EFFECT(kind, word, takes, query, back, see, apply) \
	void see(const struct frame *f, struct work *w, struct event *ev); \
	void apply(const struct frame *f, struct work *w, struct event *ev);
#include "effects.def"
#undef MN_EFFECT

/* object.c: the @n-th argument, from 1; the result of the call, used or not */
sym_t argument(const struct frame *f, const struct work *w, int n);
sym_t result_sym(const struct frame *f, struct work *w);
/* where the call puts an aggregate result; SYM_NONE: its result is a value */
sym_t result_place(const struct frame *f, const struct work *w);
/* the symbol that a row's object names at this call, and how the source writes it */
sym_t object_sym(const struct frame *f, struct work *w, const struct object *o);
const char *object_name(const struct frame *f, const struct object *o);
/* the address of the cell or part that the object is */
sym_t object_addr(const struct frame *f, const struct work *w, const struct object *o);

/* ------------------------------------------------------------------ */
/* region.c: ranges, and which region an event is about                  */

/* the two cannot be equal */
bool sym_differ(const struct work *w, sym_t a, sym_t b);
bool mm_differ(const struct work *w, sym_t a, sym_t b);
/* its size is a constant, and not more than a page's on any architecture */
bool is_one_page(const struct work *w, const struct item *range);
/* .. how large, as "4 KiB" */
const char *size_text(const struct work *w, const struct item *range);
/* what the source calls the range of @e: its structure, else its mm */
const char *range_name(const struct frame *f, const struct effect *e);
/* was a region ended on this path, or what should have been one? */
bool region_has_ended(const struct prop *p);
/* the latest item of @kind that is @range, or may be it; NULL for @range: any */
struct item *latest(struct work *w, enum item_kind kind, const struct item *range,
		    bool exact);
/* the bound of a range is no value that this unit made */
bool is_as_passed(const struct frame *f, sym_t bound);
/* the function whose start failed, as the path remembers it */
const char *failed_function(const struct work *w, const struct item *failed);
/* the range of a start is the function's own, or known to be new, and has no mm or bounds yet */
bool never_written(const struct frame *f, const struct work *w, const struct event *ev);
/* the region that is open and may be that of @mm (SYM_NONE: any); NULL: none */
struct item *region_inside(struct work *w, sym_t mm);
/* @rule says of this call that it must not be made inside the region of @mm (SYM_NONE: any) */
void report_inside(const struct frame *f, struct work *w, enum mn_rule rule, enum message m,
		   sym_t mm);
/* does any instruction look at the result of the call? */
bool result_is_used(const struct frame *f);
/* the function is one of the API's own, with a row */
bool is_api(const struct frame *f);

/* unseen.c: what a function that is not seen was passed, and may have changed or answered */
enum unseen { UNSEEN_RANGE, UNSEEN_LOCK, UNSEEN_SLEEPER, UNSEEN_ANSWER, UNSEEN_SEQUENCE, UNSEEN_OBJECT, UNSEEN_READER };

void unseen_note(const struct frame *f, struct work *w, enum unseen what);
/* was it passed what @rule looks at? Then that is said by "stats" */
bool unseen_silences(const struct frame *f, const struct work *w, enum mn_rule rule,
		     enum unseen what);

/* ------------------------------------------------------------------ */
/* changes.c: page table entries that change                             */

/* what the change takes from a secondary MMU; ENTRY_NONE: nothing that is known */
enum entry_word taken(const struct work *w, const struct effect *e, sym_t old,
		      sym_t value);
/* the entry may be put back before the lock is dropped */
bool cleared_for_now(const struct work *w, const struct event *ev);
/* what was cleared, or set to another page, needs no notification any more */
void entry_told(struct work *w);
/* what was flushed needs no notification any more */
void flush_told(struct work *w);
/* the flags of an entry that is made as the row says */
unsigned int made_flags(const struct frame *f, struct work *w, const struct effect *e);
/* after the event no page table lock is held any more */
bool drops_last_ptl(const struct work *w, const struct event *ev);

/* ------------------------------------------------------------------ */
/* callback.c: callbacks that must not sleep, or not always              */

/* flags of ITEM_CALLBACK */
#define CALLBACK_CAN_FAIL (1u << 0)	/* its result says so */
#define CALLBACK_TOLD (1u << 1)		/* a function that is not seen may have asked .. */
#define CALLBACK_ANSWERED (1u << 2)	/* .. and its result is used */
#define CALLBACK_REFUSED (1u << 3)	/* a helper has refused what must not block */
#define CALLBACK_DROPPED (1u << 4)	/* an end has dropped the lock that its start has kept */

/* flags of ITEM_BOUNDS */
#define BOUNDS_WHOLE (1u << 0)		/* it may be the whole address space */

/*
 * refusal.c: the function returns @result at @loc to a start, or to a helper of it; a start returns that it is done;
 * an end drops a lock, which its start has kept if it has not taken it itself
 */
void refusal_note(const struct frame *f, struct work *w, sym_t result, struct mn_loc loc);
void refusal_done(const struct frame *f, struct work *w);
void refusal_drop(const struct frame *f, struct work *w);
/* .. an end is where it comes to nothing that its start was not allowed to block for */
bool refusal_covers(const struct frame *f);
/* .. the lock that a callback has taken and not dropped, or NULL */
const struct item *callback_lock_kept(const struct prop *p);
/* unload.c: the function that a module is left by */
void unload_judge(struct engine *eng);
const struct item *callback_item(const struct work *w);
/* the callback that the function was called from, or is; NULL: none that has duties */
const struct callback *callback_around(const struct context_run *ctx);
/* there is nothing to ask: it is called atomically */
bool callback_is_atomic(const struct item *item);
/* ALWAYS: it was asked and may block; NEVER: asked and may not */
enum truth callback_may_block(const struct work *w);
/* a finding for which it is news how the callback was entered */
void callback_finding(const struct frame *f, struct work *w, struct mn_loc loc,
		      enum message m, const char *a, const char *b);
/* the call at hand may sleep; the finding stands where a person can repair it */
void callback_report_sleep(const struct frame *f, struct work *w, enum message m);
/* its result says that it did its work; false also where that is not known */
bool callback_is_done(const struct work *w, const struct callback *cb, sym_t result);
/* at its return: it left something to a second pass. MAYBE: that is not known */
enum truth callback_hands_on(struct work *w, const struct callback *cb);
/* sleeping locks that matter nowhere split no states */
bool callback_ignores(const struct frame *f, struct work *w, const struct effect *e);

/* held.c: the locks that callbacks take, and those that a path holds */

/* in a callback whose locks are collected */
void held_collect(const struct frame *f, struct work *w, const struct effect *e);
/* nothing on the path shows that the callback was not called to reclaim memory */
bool event_may_reclaim(const struct work *w);
/* any lock, but those of callers */
bool holds_any_lock(const struct work *w);
/* callbacks take a lock of that class: which one; NULL: they do not, as far as is known */
const struct callback_lock *held_lock_of(const struct engine *eng, sym_t lock);
/* a lock is held that a callback waits for which is called @where. @name: the lock's */
const struct callback_lock *held_for(const struct work *w, enum called where, const char **name);
/* what is held is known, and what the callbacks take: none of it. The name of one; NULL: they may take one */
const char *held_another(const struct work *w);
/* a finding about a lock held, which callbacks take at @taken */
void held_report(const struct frame *f, struct work *w, enum message m, const char *name,
		 const struct callback_lock *taken);

/* notifiers.c: the notifiers that @callback is called for may have a reader */
bool sequence_is_required(const struct mn_unit *unit, struct mn_func *callback);
/* flags of ITEM_SEQUENCE */
#define SEQUENCE_SET	(1u << 0)
#define SEQUENCE_GIVEN	(1u << 1)

/* sequence.c: what the callback has to set, or NULL; it goes in with it */
struct item *sequence_item(struct prop *p);
void sequence_enter(struct work *entry, const struct callback *cb);

/* flags of ITEM_COUNTER */
#define COUNT_UP	(1u << 0)	/* incremented .. */
#define COUNT_DOWN	(1u << 1)	/* .. or decremented, on balance */
#define COUNT_TOLD	(1u << 2)	/* the sequence was incremented */
#define COUNT_UNSEEN	(1u << 3)	/* they may have changed otherwise */
#define COUNT_ENDS	(1u << 4)	/* by a callback that is to decrement it */

/* counts.c: what a callback does to a count of regions, or NULL; the name of the count, or of the sequence */
struct item *count_item(struct prop *p);
void count_enter(struct work *entry, const struct mn_func *func, const struct callback *cb);
const char *count_name(const struct work *w, bool sequence);
/* count_pairs.c: a callback that counts returns */
void count_at_return(const struct frame *f, struct work *w, sym_t result, struct mn_loc loc);

/* flags of ITEM_WAIT */
#define WAIT_SIGNAL	(1u << 0)
#define WAIT_TIMED	(1u << 1)
#define WAIT_ROUND	(1u << 2)	/* in its loop: what is not seen there is the condition */

/* waits.c: the last wait of a callback that something may have ended; NULL: there is none */
struct item *last_wait(struct work *w);
/* .. whatever a signal ended, there was another one */
void wait_signalled(struct work *w);
/* .. no signal has ended it, and the loop that it is part of is left */
void wait_over(struct work *w);

/* leaves.c: a retry said that nothing has changed; @read is what it was asked for. A reader returns */
void leaves_answered(const struct frame *f, struct work *w, const struct item *read);
void leaves_at_return(const struct frame *f, struct work *w);

/* callback_idle.c: the callback has done nothing that may have invalidated; NULL: it has, or that is not asked */

/* flags of ITEM_IDLE */
#define IDLE_QUEUED	(1u << 0)	/* but work was queued .. */
#define IDLE_HANDED	(1u << 1)	/* .. and a bound of the range was written down, for the work to find */
#define IDLE_CHANGED	(1u << 2)	/* something was changed that readers may look at */
#define IDLE_ASKED	(1u << 3)	/* what an object holds was looked at: there may be nothing to do */

struct item *idle_item(struct prop *p);
void idle_enter(struct work *entry, const struct mn_func *func, const struct callback *cb);
/* the call at hand may sleep */
void idle_sleeps(const struct frame *f, struct work *w, const struct effect *e);
/* sequence_unset.c: the path found that the event is the owner's own */
bool event_is_own(const struct work *w, const struct mn_func *func, const struct callback *cb);

/* reading.c: the sequence that a reader took, and what it looked up */

/* flags of ITEM_READ */
#define READ_STALE	(1u << 0)	/* it has changed since */
#define READ_UNSEEN	(1u << 1)	/* a function that is not seen was called since */
#define READ_LOCKED	(1u << 2)	/* a lock was taken since the lookup */
#define READ_AGAIN	(1u << 3)	/* another one was read before, and no retry asked */
#define READ_FREED	(1u << 4)	/* the range that was looked up is freed, and who fails gives nothing away */

/* is a sequence read for which no retry was asked yet? */
bool reading_of(const struct prop *p);
bool is_reading(const struct work *w);
/* a lock is taken: from here on what was looked up may be used */
void reading_locks(struct work *w);
/* @range is freed; and then the function fails */
void reading_frees(struct work *w, sym_t range);
void reading_fails(struct work *w);
/* what a retry is asked for, or NULL */
struct item *read_of(struct work *w, sym_t notifier, sym_t sequence);
/* does a cell of @object hold @value? */
bool is_kept_in(const struct work *w, sym_t value, sym_t object);
/* pages were looked up since that sequence was read; a lookup for @range is one of its */
bool has_looked(const struct item *read);
bool speaks_for(const struct work *w, const struct item *read, sym_t range);

#endif /* JUDGING_H */
