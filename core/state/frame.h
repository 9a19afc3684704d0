/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * frame.h - what a simulation is made of (runs, contexts, points, exits), and the frame
 * that an instruction is executed in.
 */
#ifndef FRAME_H
#define FRAME_H

#include "work.h"

struct state {
	const struct prop *key;		/* prop without what need not be equal */
	const struct prop *prop;
	const struct exec *exec;
	const struct step *trail;
	struct mn_loc leaving;
	unsigned int round;		/* how often it was executed */
	unsigned int lost;		/* enum lost */
	bool queued;
};

/* where states meet: the beginning of a block, or behind a call in it */
struct point {
	int block, insn;
	int next;			/* another point of this block, or -1 */
	MN_VEC(struct state *) states;
};

/* a state that waits to be executed, and what comes first: the smaller numbers */
struct queued {
	int turn, insn;			/* the block's, and in it */
	int point, state;
};

enum result_class { RESULT_ANY, RESULT_ZERO, RESULT_NEGATIVE, RESULT_NONZERO };

struct outcome {
	const struct prop *prop;
	const struct exec *exec;	/* the result is SPACE_ENV 0 */
	const struct step *trail;
	struct mn_loc loc;
	enum result_class result;
	unsigned int lost;		/* enum lost */
	bool delivered;			/* to those who wait */
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
	unsigned int lost;		/* enum lost */
	const sym_t *inputs;
	int ninputs;
};

/* a call in the source */
struct call_place {
	const struct mn_func *func;
	struct mn_loc loc;
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
	MN_VEC(struct outcome) exits;
	MN_VEC(struct waiter) waiters;
	MN_VEC(struct queued) heap;
	int *point_of;				/* first point of a block, or -1 */
	bool root;
	bool judged;				/* something may be, in this context */
	bool on_stack;
	bool started;				/* executed at least once */
	bool changes;				/* entries, or tells of them: regions are used */
	bool takes_ptl, sleeps;			/* on some path, with nothing held */
	bool inside;				/* of a walk: it is, by some caller */
	int evidence;				/* of these, how many were delivered */
	uint32_t *lines;			/* of a run that has them: what was seen at each .. */
	MN_VEC(struct call_place) callers;	/* .. and where it is called, once each */
	bool may_leave_region;			/* a callback whose partner ends it */
};

/* one function; run.c computes what does not depend on states */
struct run {
	struct mn_func *func;
	int number;
	MN_VEC(struct context_run *) contexts;
	uint32_t *live;			/* bits: block * words + value, or what live.c counts behind them */
	uint32_t *results;		/* bits: values that a return may give */
	sym_t *fixed;			/* by value: what it is on every path, else SYM_NONE */
	sym_t *places;			/* addresses in local objects, by number; SYM_NONE: known elsewhere, too */
	int words, nplaces;
	int *turn;			/* of a block: in which it is executed */
	bool *looping;			/* block may be part of a cycle */
	bool *returning;		/* block does nothing but end scopes and return */
	bool *joining;			/* block is entered in more than one way, or first */
	const bool *dropped;		/* by value: unseen.c, once it was asked: a lock that the function drops */
	unsigned int steps;
	size_t binds;			/* of its states at rest, now and before they merged */
	const struct lines *lines;	/* report/lines.c: where lines change, if context= asks */
	bool given_up;
	bool lacked_detail;		/* and that was reported */
	bool does;			/* of a callback: it may do its work itself, on some path */
};

/* the outermost one that @ctx is called in, by the first call that entered each */
static inline const struct context_run *context_root(const struct context_run *ctx)
{
	while (ctx->caller)
		ctx = ctx->caller;
	return ctx;
}

/* the innermost walk that @ctx is called from, or NULL */
static inline const struct context_run *walk_around(const struct context_run *ctx)
{
	while (ctx && !ctx->run->func->walk)
		ctx = ctx->caller;
	return ctx;
}

struct frame;

/*
 * Who is shown each effect that happens, before it is applied: proof/, which asks what a body does. @given:
 * what a caller held, and this gives back; SYM_NONE: nothing of the kind.
 */
struct witness {
	void (*see)(struct witness *me, const struct frame *f, struct work *w,
		    const struct effect *e, sym_t given);
};

/* where a callback is called that waits for a lock */
enum called {
	CALLED_AT_START,		/* of a region: who waits for its end waits for the callback */
	CALLED_FROM_LIST,		/* of all notifiers but interval notifiers, which are waited for together */
	CALLED_MMAP,			/* with an mmap lock held */
	CALLED_RECLAIM,			/* to reclaim memory */
	CALLED_COUNT
};

/* a lock that callbacks take, by its class: see lock_class() */
struct callback_lock {
	const char *lock;
	bool shared;			/* for reading only */
	bool waited[CALLED_COUNT];
	struct mn_loc loc;		/* where it is waited for first .. */
	const char *func, *name;	/* .. in this function, where the source calls it so; NULL: nowhere */
};

struct callback_locks {
	struct callback_lock *v;
	int n, room;
	const struct callback *by;	/* whose locks are collected */
	bool sequences;			/* a callback that sets a sequence is among them .. */
	bool unknown;			/* .. and may take another lock */
};

/* a member that a callback leaves early on: by where it lies behind the notifier, and whether it is 0 [0] or not [1] */
struct leave {
	int64_t at;
	bool idle[2];			/* a path that found it so did nothing .. */
	bool busy[2];			/* .. or something */
	struct mn_loc loc;		/* where one that did nothing left */
};

struct callback_leaves {
	struct leave *v;
	int n, room;
	const struct callback *by;
	const char *func;
};

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
	MN_VEC(struct walk *) walks;		/* that were followed */
	bool whole_entries;			/* a callee gets all, however often it is called */
	MN_VEC(struct judged) withheld;		/* what a state that lost something judged */
	uint32_t seen_by[EFFECT_COUNT];		/* the rules that an event is shown to */
	uint32_t speak_again[EFFECT_COUNT];	/* .. that may speak again after it */
	struct witness *witness;	/* NULL: nobody */
	int nruns;
	const struct callback_locks *locks;	/* that callbacks of the unit take; NULL: none */
	struct callback_locks *collects;	/* what comes to be them; NULL: it does something else */
	const struct callback_leaves *leaves;	/* on which the callback of the unit leaves; NULL: that is not known */
	struct callback_leaves *leaving;	/* what comes to be them */
	bool notifies;			/* calls notify of entries, not the flush */
	bool idles;			/* a callback was entered that may queue work, and do nothing else */
	bool timed;			/* a callback waited with a timeout */
	bool counting;			/* it asks what callbacks do to a count of regions, and judges nothing */
	bool counted;			/* a callback was entered that does something to one */
	bool bounded;			/* a callback was entered that is called for a range */
	bool recursive;			/* a context was called from within itself */
	bool apart_in_loops;		/* states merge there only if they do not contradict */
	bool blurred;			/* states became one that differ in what findings are made of */
};

/* where the engine is: the frame that an instruction is executed in */
struct frame {
	struct engine *eng;
	struct context_run *ctx;
	const struct mn_func *func;
	const struct state *state;	/* that execution started with */
	int block, insn;
	const struct mn_insn *at;
};

static inline const struct block *block_at(const struct run *run, int block)
{
	return &run->func->blocks.v[block];
}

/*
 * A place in a function as a number; joins are other places than instructions. A function
 * that has more of them than the number has room for is given up.
 */
#define SITE_INSN_BITS	20
#define SITE_BLOCK_BITS	20
#define SITE_RUN_BITS	23
#define JOIN_SITE	(1ull << 63)
#define EXIT_BLOCK	((1ull << SITE_BLOCK_BITS) - 1)	/* where the exits join */

static_assert(SITE_INSN_BITS + SITE_BLOCK_BITS + SITE_RUN_BITS == 63,
	      "a site and whether it is a join are one number");
uint64_t run_site(const struct run *run, uint64_t block, uint64_t insn);
uint64_t frame_site(const struct frame *f);
/*
 * What may be born at one instruction, and at a join: sym_born()'s @k.
 * A PHI, a join and an object that is wiped have sites of their own; there @k is
 * the number of a value, the key of a bind, the address.
 */
enum birth {
	BIRTH_RESULT,		/* the result, or the value that a STORE writes */
	BIRTH_INSIDE,		/* n: the callee's symbol for it */
	BIRTH_ARGUMENT,		/* what the nth argument points to, behind an unknown call */
	BIRTH_LOCK,		/* a lock that no symbol names */
	BIRTH_CELL,		/* what a row puts where the nth argument points to */
	BIRTH_VALUE,		/* what a row writes, where no symbol names it */
	BIRTH_CONTENTS,		/* of an object that a row overwrites */
	BIRTH_PLACE,		/* of an aggregate result */
	BIRTH_ENTRY,		/* what an entry is set to, where no symbol names it */
	BIRTH_START, BIRTH_END,	/* of the nth item, where regions of two ranges are one */
	BIRTH_ANY,		/* .. what it is about, one of several */
};

static_assert((int)BIRTH_START > (int)SPACE_FACT, "binds have other numbers");
static inline uint64_t birth(enum birth birth, uint32_t n)
{
	return (uint64_t)birth << 32 | n;
}
/* of what is born in a bind's place, and back; BIND_NONE: it was born elsewhere */
static inline uint64_t birth_at(uint32_t key)
{
	return birth((enum birth)bind_space(key), bind_id(key));
}
static inline uint32_t birth_place(uint64_t number)
{
	return number >> 32 > SPACE_FACT ? BIND_NONE : bind_key((enum space)(number >> 32), (uint32_t)number);
}

/* the symbol of @name(args) for the call, or the PURE, at hand */
sym_t frame_pure(const struct frame *f, const struct work *w, const char *name);
/* the works in flight at one instruction; more when an effect splits one */
#define WORKS_MAX 32

struct works {
	struct work *v[WORKS_MAX];	/* a call may make one of one, an effect two */
	int n;
};

void give_up(struct engine *eng, struct run *run, const char *why);
/*
 * A state that lost something is judged: said once for @run, which goes on. Where no finding
 * is withheld one might be missing; that is reported where the option detail= asks for it.
 */
void lack_detail(struct engine *eng, struct run *run, bool withheld);
/* before something is born here: what an earlier round gave birth to is old */
/* entries were changed under a lock, or notified: the regions open now have done their work */
void frame_changes(const struct frame *f, struct work *w);
void frame_age(const struct frame *f, struct work *w);
/* the result of the instruction; SYM_NONE: a value that is born here */
void frame_result(const struct frame *f, struct work *w, sym_t value);

/* ------------------------------------------------------------------ */
/* what is asked all the time                                           */

static inline const struct sym *sym(const struct engine *eng, sym_t s)
{
	return &eng->syms.v[s];
}

/* a fact about @s was stored: from here on it is looked for */
static inline void sym_has_fact(struct engine *eng, sym_t s)
{
	const struct sym *x = &eng->syms.v[s];

	eng->syms.v[s].has_fact = true;
	if (x->kind == SYM_OP && x->op == MN_AND)
		eng->syms.v[x->a].has_bits = true;
}

/* the sites of what was born in a bind's key and value */
static inline uint64_t bind_sites(const struct engine *eng, const struct bind *b)
{
	enum space space = bind_space(b->key);
	uint64_t sites = 0;

	if (space != SPACE_ENV)
		sites |= sym(eng, bind_id(b->key))->sites;
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

/* entry.c: what an entry is, read off the value that stands for it */

/* the effect @kind of the row that made the value, or NULL */
const struct effect *maker(const struct engine *eng, sym_t s, enum effect_kind kind);
/* the @n-th argument, from 1, of what a PURE was made of */
sym_t pure_argument(const struct engine *eng, sym_t s, int n);
/* the page that a new entry was made of, where its expression still says so */
sym_t page_of(const struct engine *eng, sym_t value);
/* SYM_ENTRIES, as far as they are known of an entry */
unsigned int entry_flags(const struct engine *eng, sym_t s);

#endif /* FRAME_H */
