/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * work.h - a state at work, its execution part, and the trail that led to it.
 */
#ifndef WORK_H
#define WORK_H

#include "prop.h"

/* the execution part: sorted by key */
enum space { SPACE_ENV, SPACE_CELL, SPACE_TAG, SPACE_FACT };

struct bind {
	uint32_t key;			/* space << BIND_BITS | value or symbol */
	uint32_t val;			/* symbol; for SPACE_FACT number of a fact */
};

#define BIND_BITS	30		/* as many symbols take 60 GB */
#define BIND_NONE	UINT32_MAX	/* behind all keys */

struct exec {
	uint32_t hash;
	int n;
	uint64_t sites;			/* as struct work's */
	struct bind *binds;
};

static inline uint32_t bind_key(enum space space, uint32_t id)
{
	return (uint32_t)space << BIND_BITS | id;
}
static inline enum space bind_space(uint32_t key)
{
	return (enum space)(key >> BIND_BITS);
}
static inline uint32_t bind_id(uint32_t key)
{
	return key & ((1u << BIND_BITS) - 1);
}

/* one step of the path so far; a list that grows at its end and is shared */
enum step_kind {
#define MN_STEP(kind, ...) STEP_##kind,
#include "steps.def"
#undef MN_STEP
	STEP_NONE
};

/* items.def as a table; its head says what the words mean */
enum item_callee { CALLEE_ALWAYS, CALLEE_JUDGED, CALLEE_NAMED };
enum item_exit { EXIT_KEEP, EXIT_NAMED, EXIT_OTHERS, EXIT_LOCKED, EXIT_UNSAID };
enum item_meet { MEET_EQUAL, MEET_RANGE, MEET_LIST, MEET_BOTH, MEET_ROUND };
enum item_evicted { EVICTED_NOTHING, EVICTED_LOCKS, EVICTED_REGIONS };

struct item_form {
	int max;
	bool set;
	enum step_kind made_by;
	enum item_callee callee;
	enum item_exit exit;
	enum item_meet meet;
	enum item_evicted evicted;
	const char *shown;
};

extern const struct item_form item_forms[ITEM_COUNT];

struct step {
	const struct step *prev;
	const struct step *inner;	/* STEP_CALL: what happened in there */
	enum step_kind kind;
	uint8_t context;
	uint8_t holds;			/* MN_HOLDS_*, behind it */
	struct mn_loc loc;
	const char *func, *name;
	const char *call;		/* the function that was called; NULL: none was */
	sym_t subject;			/* the lock, or where the region lies */
	bool alias;			/* only a name for what another step of the path says */
	int length;			/* of the trail that ends here, with all that is inside */
};

/* what was given up for want of detail: a finding made here might be none, or one missing */
enum lost {
	LOST_ENTRY = 1,		/* its function got less than the caller knew */
	LOST_APART = 2,		/* it is one with states that should have stayed apart */
	LOST_MISSING = 4,	/* .. or one was: with the option detail= that is said */
};

/* .. of these no finding is made */
enum {
	LOST_ANY = LOST_ENTRY | LOST_APART
};

/* a state that is being worked on */
struct work {
	struct engine *eng;
	struct bind *binds;
	int n, room;
	uint64_t sites;			/* of what is born in the binds, and perhaps others */
	struct prop prop;
	const struct step *trail;
	struct mn_loc leaving;		/* place of the goto that led to the return */
	unsigned int lost;		/* enum lost */
	const sym_t *fixed;		/* of the function that it is in, or NULL */
};

struct work *work_new(struct engine *eng);
struct work *work_copy(const struct work *w);
void work_free(struct work *w);
void work_reserve(struct work *w, int binds);
/* the execution part of @w as a work of its own; @w stays without one, with @room */
struct work *work_take_binds(struct work *w, int room);
void work_load(struct work *w, const struct prop *prop, const struct exec *exec,
	       const struct step *trail, unsigned int lost, const sym_t *fixed);

/* @exec as a state to be asked, not to be changed, in the function with these @fixed values */
void work_view(struct work *w, struct engine *eng, const struct exec *exec, const sym_t *fixed);

uint32_t work_get(const struct work *w, uint32_t key);		/* 0: not bound */
void work_set(struct work *w, uint32_t key, uint32_t val);	/* 0 unbinds */
sym_t work_value(const struct work *w, mn_val v);
sym_t work_read(struct work *w, sym_t addr);
void work_write(struct work *w, sym_t addr, sym_t value);
/* the object at @base gets other contents: SYM_NONE never, 0 zero, else anything */
void work_forget(struct work *w, sym_t base, sym_t tag);
/* the cells in @bits bits at @addr become unknown (zero when @zero) */
void work_wipe(struct work *w, sym_t addr, int64_t bits, uint64_t site, bool zero);
/* what was born at @site belongs to an earlier round from here on */
void work_age(struct work *w, uint64_t site, bool joins);

struct item *prop_add(struct work *w, enum item_kind kind, unsigned int flags,
		      sym_t a);

uint32_t fact_number(struct engine *eng, struct fact f);
/* has @w this execution part? Cheaper than exec_intern() where one is expected */
bool exec_equal(const struct exec *e, const struct work *w);
const struct exec *exec_intern(struct engine *eng, const struct work *w);
const struct prop *prop_intern(struct engine *eng, const struct prop *p);
/* join.c: what both know, seen at the join @site; @w becomes the merged state */
void work_merge(struct work *w, const struct prop *other_prop,
		const struct exec *other, uint64_t site);

/* ------------------------------------------------------------------ */
/* fact.c: facts of a state                                             */

/* what the state knows of @s, directly or by its form */
struct fact fact_of(const struct work *w, sym_t s);
/* the latter alone: where the state has no fact of @s itself */
struct fact fact_of_form(const struct work *w, sym_t s);
/* learn that @s has @f, and what that implies; false: this path cannot be */
bool fact_learn(struct work *w, sym_t s, struct fact f);
/* the same, where what is @known of @s has just been asked */
bool fact_narrow(struct work *w, sym_t s, struct fact known, struct fact f);
static inline enum truth fact_true(const struct work *w, sym_t s)
{
	return fact_truth(fact_of(w, s));
}

/* ------------------------------------------------------------------ */
/* trail.c                                                              */

/* the latest step of @kind about @subject (SYM_NONE: about anything), or NULL */
const struct step *step_of(const struct step *trail, enum step_kind kind,
			   sym_t subject);
const struct step *step_last(const struct step *trail, enum step_kind kind);
/* the return from the function that @start is in, if it is on the path behind that; or NULL */
const struct step *step_return(const struct step *trail, const struct step *start);
/* @subject is what @step of another frame is about: remember its name */
void step_inherit(struct work *w, const struct step *step, sym_t subject);
/* the steps of one event, which follow @before: the call of @call, and what holds behind it */
void steps_close(struct work *w, const struct step *before, const char *call);
struct step *step_add(struct work *w, enum step_kind kind, struct mn_loc loc,
		      const char *func, const char *name);
/* @callee was called, and @inner is what happened in there */
void step_call(struct work *w, struct mn_loc loc, const char *func, const char *callee,
	       const struct step *inner);

/* its structure is one of the function's own */
bool item_is_own(const struct engine *eng, const struct item *item);
enum lock_kind lock_kind(const struct engine *eng, sym_t lock);

static inline const struct item_form *item_form(const struct item *item)
{
	return &item_forms[item->kind];
}

/* the step that made a lock held, a region open or its start fail; STEP_NONE for other items */
static inline enum step_kind step_that_made(const struct item *item)
{
	return item_form(item)->made_by;
}

#endif /* WORK_H */
