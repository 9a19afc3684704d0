/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * engine.h - what the files of the simulation share; the rest of core/ needs
 * only core.h.
 *
 * The idea is property simulation (ESP: Das, Lerner, Seigle, PLDI 2002): a state is
 * a property part (locks, regions: what the rules judge) and an execution
 * part (what is known of values); at a join only states with the same property
 * part merge. Calls are tabulated (Reps, Horwitz, Sagiv, POPL 1995): a function is simulated
 * once per entry state, which is the caller's state as far as the callee can see
 * it, with the caller's values renamed to SYM_INPUTs.
 */
#ifndef ENGINE_H
#define ENGINE_H

#include "core.h"
#include "table.h"

/* ------------------------------------------------------------------ */
/* sym.c: what a value is. Equal expressions are equal numbers.         */

typedef uint32_t sym_t;
#define SYM_NONE 0u

enum sym_kind {
	SYM_CONST,		/* imm */
	SYM_INPUT,		/* the imm-th value that came in from the caller */
	SYM_LOCAL,		/* address of the function's own object NAME */
	SYM_GLOBAL,		/* address of the unit's object NAME */
	SYM_FUNC,		/* address of the function NAME */
	SYM_BORN,		/* made at site imm, the imm2-th there */
	SYM_OLD,		/* what the born a was in an earlier round of its loop */
	SYM_ADDR,		/* a + imm bits */
	SYM_CONTENT,		/* of the cell at a, as of tag b (SYM_NONE: at entry) */
	SYM_OP,			/* a op b */
	SYM_PURE,		/* NAME(a, ..): a is an argument, b the SYM_PURE of the rest */
};

#define SYM_IS_PTL	(1u << 0)	/* the address of a page table lock */
#define SYM_POINTS_PTL	(1u << 1)	/* the address of a cell that points to one */
#define SYM_STACK	(1u << 2)	/* INPUT: an object of a caller's frame */
#define SYM_UNTOUCHED	(1u << 3)	/* INPUT: .. that nobody has written to */
#define SYM_STABLE	(1u << 4)	/* INPUT: a parameter of the outermost function */
#define SYM_IS_MMAP	(1u << 5)	/* the address of an mmap lock */
#define SYM_NEW_ENTRY	(1u << 6)	/* an entry for a page that was not there before */
#define SYM_OLD_ENTRY	(1u << 7)	/* what an entry was, before it was cleared, or more */

#define SYM_ENTRIES	(SYM_NEW_ENTRY | SYM_OLD_ENTRY)

struct sym {
	uint8_t kind, op, size;
	uint8_t flags;
	bool has_fact;		/* in some state, now or earlier */
	sym_t a, b;
	int64_t imm, imm2;
	const char *name;
	uint64_t sites;		/* a Bloom filter of the sites of its BORN atoms */
	uint64_t olds;		/* the same of its OLD atoms */
};

struct engine;

sym_t sym_const(struct engine *eng, int64_t value);
sym_t sym_input(struct engine *eng, int n, unsigned int flags);
sym_t sym_named(struct engine *eng, enum sym_kind kind, const char *name);
sym_t sym_born(struct engine *eng, uint64_t site, uint64_t k);
sym_t sym_old(struct engine *eng, sym_t s);
/* @flags: SYM_IS_PTL or SYM_POINTS_PTL, of the member that lies there */
sym_t sym_addr(struct engine *eng, sym_t base, int64_t bits, unsigned int flags);
sym_t sym_content(struct engine *eng, sym_t addr, sym_t tag);
sym_t sym_op(struct engine *eng, enum mn_op op, sym_t a, sym_t b);
sym_t sym_pure(struct engine *eng, const char *name, sym_t arg, sym_t rest);
/* flags that follow from how a symbol was made, not part of what it is; of BORN and PURE */
void sym_mark(struct engine *eng, sym_t s, unsigned int flags);
/* s = *base + *off with the constant *off taken apart */
sym_t sym_linear(const struct engine *eng, sym_t s, int64_t *off);

/*
 * Rebuild @s with its atoms replaced: @atom is asked for every node, outermost
 * first, and answers false to have the node rebuilt from its parts. Parts that become
 * SYM_NONE make the whole SYM_NONE.
 */
typedef bool (*sym_map_fn)(void *arg, sym_t s, sym_t *to);
sym_t sym_map(struct engine *eng, sym_t s, sym_map_fn atom, void *arg);

/* ------------------------------------------------------------------ */
/* fact.c: what is known of a value: an interval, and perhaps not zero   */

struct fact {
	int64_t lo, hi;
	bool nonzero;
};

enum truth { NEVER, MAYBE, ALWAYS };

struct fact fact_any(void);
struct fact fact_is(int64_t value);
struct fact fact_nonzero(void);
struct fact fact_between(int64_t lo, int64_t hi);
struct fact fact_join(struct fact a, struct fact b);	/* what both know */
/* what either knows; false: they contradict each other */
bool fact_meet(struct fact a, struct fact b, struct fact *out);
enum truth fact_truth(struct fact f);
bool fact_tells(struct fact f);				/* anything at all */
bool fact_equal(struct fact a, struct fact b);

struct work;
/* what the state knows of @s, directly or by its form */
struct fact fact_of(const struct work *w, sym_t s);
/* learn that @s has @f, and what that implies; false: this path cannot be */
bool fact_learn(struct work *w, sym_t s, struct fact f);
/* the same, where what is @known of @s has just been asked */
bool fact_narrow(struct work *w, sym_t s, struct fact known, struct fact f);
static inline enum truth fact_true(const struct work *w, sym_t s)
{
	return fact_truth(fact_of(w, s));
}

/* ------------------------------------------------------------------ */
/* state.c: property part, execution part, and what may merge           */

enum item_kind {
	ITEM_LOCK,		/* a: the lock; flags: enum lock_kind */
	ITEM_REGION,		/* a: range or NONE, b: mm, c: start, d: end */
	ITEM_ENDED,		/* the same, of a region that was ended */
	ITEM_FAILED,		/* the same, of a start that failed */
	ITEM_INIT,		/* a: a range that was initialised */
	ITEM_LEVEL,		/* flags: level changed and not yet notified */
	ITEM_ENTRY,		/* a: an entry that was cleared; flags: ENTRY_CLEAR, nobody
				 * was told since, ENTRY_SET, .. and it was set to b's,
				 * ENTRY_MORE, outside any region: it may be put back */
	ITEM_CALLBACK,		/* a: in a callback that may sleep only where this is not 0 */
	ITEM_SLEEPER,		/* a: a lock that is waited for asleep, where one can fail */
};

enum lock_kind { LOCK_PTL, LOCK_SPIN, LOCK_EITHER };

#define REGION_NONBLOCK	(1u << 0)	/* begun by _nonblock: the end does not sleep */
#define REGION_HUGE	(1u << 1)	/* a PMD or PUD was changed inside */
#define REGION_QUIET	(1u << 2)	/* a finding was made about it */
#define REGION_USED	(1u << 3)	/* entries were changed and told of inside */

struct item {
	uint16_t kind, flags;
	sym_t a, b, c, d;
	uint32_t site;			/* ITEM_REGION: low half of where it began */
};

#define ITEMS_MAX 24

/* why no unseen caller can have a region open that an entry's change would lie in */
enum outside {
	OUTSIDE_UNKNOWN,
	OUTSIDE_CALLERS,	/* none of them is called inside one */
	OUTSIDE_DETACHED,	/* nor are tables still of use whose entry was cleared in one */
	OUTSIDE_ALONE,		/* there is no notifier: nobody need be told */
};

/* the property part: what the rules judge; states merge only where it is equal */
struct prop {
	uint16_t n;
	uint8_t ptl, region, atomic;	/* enum presence, of the unseen callers */
	uint8_t top;			/* no caller but other units' */
	uint8_t outside;		/* enum outside */
	uint8_t count[CONTEXT_COUNT];
	uint8_t pad[4];			/* compared as bytes: no holes */
	uint32_t quiet;			/* rules that have spoken on this path */
	struct item items[ITEMS_MAX];
};

/* the execution part: sorted by key */
enum space { SPACE_ENV, SPACE_CELL, SPACE_TAG, SPACE_FACT };

struct bind {
	uint64_t key;			/* space << 32 | value or symbol */
	uint32_t val;			/* symbol; for SPACE_FACT number of a fact */
};

struct exec {
	uint32_t hash;
	int n;
	uint64_t sites;			/* as struct work's */
	struct bind *binds;
};

static inline uint64_t bind_key(enum space space, uint32_t id)
{
	return (uint64_t)space << 32 | id;
}
static inline enum space bind_space(uint64_t key)
{
	return (enum space)(key >> 32);
}

/* one step of the path so far; a list that grows at its end and is shared */
enum step_kind {
	STEP_LOCK, STEP_UNLOCK, STEP_ENTER, STEP_LEAVE, STEP_BEGIN, STEP_FAIL, STEP_END,
	STEP_TRUE, STEP_FALSE, STEP_CASE, STEP_CALL, STEP_CALLBACK, STEP_RETURN,
	STEP_OUTSIDE, STEP_CLEAR, STEP_REPLACE
};

struct step {
	const struct step *prev;
	const struct step *inner;	/* STEP_CALL: what happened in there */
	enum step_kind kind;
	uint8_t context;
	struct mn_loc loc;
	const char *func, *name;
	sym_t subject;			/* the lock, or where the region lies */
	bool told;			/* only a name for what a path tells elsewhere */
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
};

struct work *work_new(struct engine *eng);
struct work *work_copy(const struct work *w);
void work_free(struct work *w);
void work_reserve(struct work *w, int binds);
/* the execution part of @w as a work of its own; @w stays without one, with @room */
struct work *work_take_binds(struct work *w, int room);
void work_load(struct work *w, const struct prop *prop, const struct exec *exec,
	       const struct step *trail);

uint32_t work_get(const struct work *w, uint64_t key);		/* 0: not bound */
void work_set(struct work *w, uint64_t key, uint32_t val);	/* 0 unbinds */
sym_t work_value(const struct work *w, mn_val v);
sym_t work_read(struct work *w, sym_t addr);
void work_write(struct work *w, sym_t addr, sym_t value);
/* the object at @base gets other contents: SYM_NONE never, 0 zero, else anything */
void work_forget(struct work *w, sym_t base, sym_t tag);
/* the cells in @bits bits at @addr become unknown (zero when @zero) */
void work_wipe(struct work *w, sym_t addr, int64_t bits, uint64_t site, bool zero);
/* what was born at @site belongs to an earlier round from here on */
void work_age(struct work *w, uint64_t site, bool joins);
bool work_known_object(const struct work *w, sym_t base);

struct item *prop_find(struct prop *p, enum item_kind kind, sym_t a);
struct item *prop_add(struct work *w, enum item_kind kind, unsigned int flags,
		      sym_t a);
void prop_remove(struct prop *p, struct item *item);
bool prop_ptl_held(const struct prop *p);
/* the first region that is open, or NULL */
const struct item *prop_region_open(const struct prop *p);

uint32_t fact_number(struct engine *eng, struct fact f);
/* has @w this execution part? Cheaper than exec_intern() where one is expected */
bool exec_equal(const struct exec *e, const struct work *w);
const struct exec *exec_intern(struct engine *eng, const struct work *w);
const struct prop *prop_intern(struct engine *eng, const struct prop *p);
/* the part of @p that has to be equal where states merge */
const struct prop *prop_key(struct engine *eng, const struct prop *p);
/* join.c: what both know, seen at the join @site; @w becomes the merged state */
void work_merge(struct work *w, const struct prop *other_prop,
		const struct exec *other, uint64_t site);

/* the latest step of @kind about @subject (SYM_NONE: about anything), or NULL */
const struct step *step_of(const struct step *trail, enum step_kind kind,
			   sym_t subject);
const struct step *step_last(const struct step *trail, enum step_kind kind);
/* the latest return from @func, a callee somewhere on the path, or NULL */
const struct step *step_return(const struct step *trail, const char *func);
/* @subject is what @step of another frame is about: remember its name */
void step_inherit(struct work *w, const struct step *step, sym_t subject);
struct step *step_add(struct work *w, enum step_kind kind, struct mn_loc loc,
		      const char *func, const char *name);

/* ------------------------------------------------------------------ */
/* simulate.c: runs, contexts, points                                   */

struct state {
	const struct prop *key;		/* prop without what need not be equal */
	const struct prop *prop;
	const struct exec *exec;
	const struct step *trail;
	struct mn_loc leaving;
	unsigned int round;		/* how often it was executed */
	bool queued;
};

/* where states meet: the beginning of a block, or behind a call in it */
struct point {
	int block, insn;
	int next;			/* another point of this block, or -1 */
	MN_VEC(struct state *) states;
};

enum result_class { RESULT_ANY, RESULT_ZERO, RESULT_NEGATIVE, RESULT_NONZERO };

struct exit {
	const struct prop *prop;
	const struct exec *exec;	/* the result is SPACE_ENV 0 */
	const struct step *trail;
	struct mn_loc loc;
	enum result_class result;
};

/* a state on its way into a block that is entered in one way only */
struct onward {
	struct work *work;
	int block;
};

/* a call that waits for the exits of a context */
struct waiter {
	struct context_run *ctx;
	const struct state *state;	/* whose execution came to the call .. */
	unsigned int round;		/* .. in this round: a later one supersedes it */
	int block, insn;
	const struct prop *prop;
	const struct exec *exec;
	const struct step *trail;
	struct mn_loc leaving;
	const sym_t *inputs;
	int ninputs;
};

/* one function from one entry state */
struct context_run {
	struct run *run;
	const struct prop *prop;
	const struct exec *exec;
	const struct callback *callback;	/* of a root that minds sleep */
	const struct context_run *caller;	/* the first one, for paths */
	const struct step *before;		/* its trail up to the call */
	struct mn_loc called_at;
	MN_VEC(struct point) points;
	MN_VEC(struct exit) exits;
	MN_VEC(struct waiter) waiters;
	MN_VEC(uint64_t) heap;			/* order, insn, point, state: 16 bits each */
	int *point_of;				/* first point of a block, or -1 */
	bool root;
	bool judged;				/* something may be, in this context */
	bool on_stack;
	bool started;				/* executed at least once */
	bool takes_ptl, sleeps;			/* on some path, with nothing held */
	bool outside;				/* is not called inside a region */
	bool may_leave_region;			/* a callback whose partner ends it */
};

/* one function; run.c computes what does not depend on states */
struct run {
	struct mn_func *func;
	int number;
	MN_VEC(struct context_run *) contexts;
	uint32_t *live;			/* bits: block * words + value */
	int words;
	bool *looping;			/* block may be part of a cycle */
	bool *returning;		/* block does nothing but return */
	bool *joining;			/* block is entered in more than one way, or first */
	unsigned int steps;
	bool given_up;
};

/* the run of @func, made when first asked for */
struct run *run_of(struct engine *eng, struct mn_func *func);

struct engine {
	struct mn_unit *unit;
	struct mn_arena *arena;
	const struct mn_contract *contract;
	struct mn_options options;
	MN_VEC(struct sym) syms;		/* [0] is SYM_NONE */
	MN_VEC(struct fact) facts;		/* [0] is nothing */
	MN_VEC(const struct exec *) execs;	/* [0] is none */
	MN_VEC(const struct prop *) props;	/* [0] is none */
	struct table sym_table, fact_table, exec_table, prop_table;
	MN_VEC(struct work *) spare;
	MN_VEC(struct context_run *) stack;
	MN_VEC(struct onward) onward;
	MN_VEC(struct judged) judged;
	int nruns;
	bool notifies;			/* entries are told of by calls, not by the flush */
	bool recursive;			/* a context was called from within itself */
	FILE *log;
};

/* where the engine is: the frame that an instruction is executed in */
struct frame {
	struct engine *eng;
	struct context_run *ctx;
	const struct mn_func *func;
	const struct state *state;	/* that execution began with */
	int block, insn;
	const struct mn_insn *at;
};

/* a place in a function as a number; joins are other places than instructions */
#define JOIN_SITE	(1ull << 63)
uint64_t run_site(const struct run *run, uint64_t block, uint64_t insn);
uint64_t frame_site(const struct frame *f);
/* the works in flight at one instruction; more when an effect splits one */
#define WORKS_MAX 32

struct works {
	struct work *v[WORKS_MAX];	/* a call may make one of one, an effect two */
	int n;
};

void give_up(struct engine *eng, struct run *run, const char *why);
/* before something is born here: what an earlier round gave birth to is old */
void frame_age(const struct frame *f, struct work *w);
/* the result of the instruction; SYM_NONE: a value that is born here */
void frame_result(const struct frame *f, struct work *w, sym_t value);

/* leave.c: the last instruction of a block; takes @w over */
void leave_block(const struct frame *f, struct work *w);

/* transfer.c: one instruction that neither calls nor leaves the block */
void transfer_insn(const struct frame *f, struct work *w);
/* the symbol of @name(args) for the call, or the PURE, at hand */
sym_t frame_pure(const struct frame *f, const struct work *w, const char *name);

/* effect.c: what a row does; @works holds one state and receives all */
void effect_apply(const struct frame *f, const struct row *row,
		  struct works *works);
/* the symbol that a row's object names at this call, and how the source writes it */
sym_t object_sym(const struct frame *f, struct work *w, const struct object *o);
const char *object_name(const struct frame *f, const struct object *o);
/* the address of the cell or part that the object is */
sym_t object_addr(const struct frame *f, const struct work *w, const struct object *o);
/* effect_lock.c: locks and other atomic context; false if @e is about none of them */
bool effect_of_lock(const struct frame *f, struct work *w, const struct effect *e);
/* entries were changed under a lock, or told of: the regions open now have done their work */
void mark_regions_used(struct prop *p);
enum lock_kind lock_kind(const struct engine *eng, sym_t lock);
/* what the contract says of a member, for the symbol of its address */
unsigned int lock_flags(const struct lockcell *cell);
bool prop_atomic(const struct prop *p);
/* no unseen caller holds a page table lock */
void learn_no_ptl(struct prop *p);
/* this call may sleep: no unseen caller is atomic */
void learn_may_sleep(struct prop *p);

/* rename.c: a caller's state in the words of its callee */
struct renaming {
	struct engine *eng;
	struct work *from;		/* the caller's state */
	const struct mn_func *callee;
	MN_VEC(sym_t) inputs;
	bool judged;			/* something may be judged in the callee */
	bool closed;			/* no new inputs: what is not there yet stays out */
	bool coarse;			/* constants go in as values like others */
	bool arguments_only;		/* nothing goes in of what memory holds */
};

/* the callee's entry state for the call at @f; fills @r->inputs */
struct work *entry_state(struct renaming *r, const struct frame *f);
/* what the callee cannot change, or cannot name, does not go in */
bool stays_outside(struct renaming *r, const struct item *item);

/* the step that made a lock held or a region open */
static inline enum step_kind step_that_made(const struct item *item)
{
	return item->kind == ITEM_LOCK ? STEP_LOCK :
	       item->kind == ITEM_SLEEPER ? STEP_LOCK : STEP_BEGIN;
}

/* what somebody took or began: a path can tell where */
static inline bool item_has_step(const struct item *item)
{
	return item->kind <= ITEM_REGION || item->kind == ITEM_SLEEPER;
}

/* of two regions: the same structure, or the same values where there is none */
static inline bool same_range(const struct item *x, const struct item *y)
{
	if (x->a || y->a)
		return x->a == y->a;
	return x->b == y->b && x->c == y->c && x->d == y->d;
}

static inline sym_t subject_of(const struct item *item)
{
	return item->a ? item->a : item->c;
}

/* call.c */
/*
 * A call of a function with a body here; the states behind it are put into @out, or
 * go on later. False: it is not worth entering, call_unknown() is the answer.
 */
bool call_follow(const struct frame *f, struct work *w, struct mn_func *callee,
		 struct works *out);
void call_unknown(const struct frame *f, struct work *w);
void call_deliver(struct engine *eng, const struct waiter *to,
		  const struct context_run *from, const struct exit *x);

/* engine.c: the context of @func for this entry state; NULL: given up */
struct context_run *context_get(struct engine *eng, struct mn_func *func,
				const struct work *entry, bool *is_new);
/* simulate.c */
void context_arrive(struct engine *eng, struct context_run *ctx, int block,
		    int insn, struct work *w);
void run_stack(struct engine *eng);
/* a context that was pushed but not started yet comes before all others */
void stack_raise(struct engine *eng, struct context_run *ctx);

/* judge.c: an event of a region in a state, its findings and its consequence */
void judge_page(const struct frame *f, struct work *w);
void judge_notify(const struct frame *f, struct work *w, const struct item *range);
void judge_begin(const struct frame *f, struct work *w, const struct effect *e,
		 const struct item *range);
void judge_end(const struct frame *f, struct work *w, const struct effect *e,
	       const struct item *range);
/*
 * judge_start.c: the half of a call in which a start failed; false where nobody asks for
 * the result: the caller goes on as if it had begun.
 */
bool judge_fail(const struct frame *f, struct work *w, const struct item *range);
/* an end of @range, called @name, where its start failed; false: it did not */
bool judge_end_of_failed(const struct frame *f, struct work *w,
			 const struct item *range, const char *name);
/* an entry is changed: where a start failed? */
bool judge_change_of_failed(const struct frame *f, struct work *w);
/* @range (NULL: any) is another one from here on */
void forget_failed(struct prop *p, const struct item *range);
/* judge_exit.c: the returns of a function that nobody in the unit calls */
void judge_own_regions(const struct frame *f, struct work *w, const struct mn_loc *loc);
void judge_exits(struct engine *eng, struct context_run *ctx);

/* judge_table.c: the variables that hold callbacks, by what is set in them */
void judge_tables(struct engine *eng);

#include "finding.h"

/* path.c: the events of @to, at most MN_EVENTS_MAX of them */
void path_events(struct mn_arena *arena, const struct context_run *ctx,
		 const struct step *trail, struct mn_finding *to);

/* trace.c */
void trace_change(const struct frame *f, const struct prop *before,
		  const struct work *after);

/* ------------------------------------------------------------------ */
/* what is asked all the time                                           */

static inline const struct sym *sym(const struct engine *eng, sym_t s)
{
	return &eng->syms.v[s];
}

/* a fact about @s was stored: from here on it is looked for */
static inline void sym_has_fact(struct engine *eng, sym_t s)
{
	eng->syms.v[s].has_fact = true;
}

/* the sites of what was born in a bind's key and value */
static inline uint64_t bind_sites(const struct engine *eng, const struct bind *b)
{
	enum space space = bind_space(b->key);
	uint64_t sites = 0;

	if (space != SPACE_ENV)
		sites |= sym(eng, (sym_t)b->key)->sites;
	if (space != SPACE_FACT)
		sites |= sym(eng, b->val)->sites;
	return sites;
}

/* the object that an address lies in */
static inline sym_t sym_base(const struct engine *eng, sym_t addr)
{
	return sym(eng, addr)->kind == SYM_ADDR ? sym(eng, addr)->a : addr;
}

static inline bool sym_const_value(const struct engine *eng, sym_t s, int64_t *value)
{
	if (!s || sym(eng, s)->kind != SYM_CONST)
		return false;
	*value = sym(eng, s)->imm;
	return true;
}

static inline uint64_t sym_site_bit(uint64_t site)
{
	return 1ull << ((site * 0x9e3779b97f4a7c15ull) >> 58);
}

static inline struct fact exec_fact(const struct engine *eng, uint32_t n)
{
	return eng->facts.v[n];
}

#endif /* ENGINE_H */
