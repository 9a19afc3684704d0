/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * core.h - what the files of core/ share; adapters never see it.
 *
 * The way of the data, one file a step:
 *
 *	contract.c   text -> rows			(effects.def: the words)
 *	program.c    adapter's calls -> struct mn_func
 *	optable.c    .. and struct mn_table: variables that hold functions
 *	plan.c       call graph: who is worth lowering, who is a root
 *	validate.c   the door: a broken program is our fault, never a finding
 *	sym.c fact.c what a value is, and what is known of it
 *	state.c      a state: property part and execution part; join.c what may merge,
 *		     age.c what a loop makes of it
 *	simulate.c   the worklist over (point, state)
 *	transfer.c   one instruction; effect.c, effect_lock.c one row of the contract
 *	call.c       a call in the unit: state in, summary, states out
 *	judge.c      event + state -> finding; judge_entry.c: of entries;
 *	             judge_callback.c: of callbacks; judge_exit.c
 *	reach.c      what a callback gets done, by names; judge_table.c compares
 *	finding.c    unique, sorted, with the path that led there
 *
 * and beside it text_write.c, text_read.c, text_table.c, dot.c, record.c, trace.c,
 * which show what the others made, options.c and settings.c.
 */
#ifndef CORE_H
#define CORE_H

#include <string.h>

#include "mn.h"

/* ------------------------------------------------------------------ */
/* arena.c: memory that is freed all at once; strings that are unique   */

struct mn_arena;

struct mn_arena *arena_new(void);
void arena_free(struct mn_arena *arena);
/* zeroed, aligned for any type; never NULL (out of memory ends the process) */
void *arena_alloc(struct mn_arena *arena, size_t size);
char *arena_printf(struct mn_arena *arena, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* one pointer per distinct text: compare with == ; NULL stays NULL */
const char *arena_intern(struct mn_arena *arena, const char *text);
uint32_t text_hash(const char *text);

#define arena_new_array(arena, type, n) \
	((type *)arena_alloc(arena, sizeof(type) * (size_t)(n)))

/*
 * A growing array in an arena: struct { type *v; int n, room; }.
 * vec_push() evaluates to the address of the new, zeroed element.
 */
#define MN_VEC(type) struct { type *v; int n, room; }
#define vec_push(arena, vec) \
	((vec)->n == (vec)->room ? \
	 (void)((vec)->v = (__typeof__((vec)->v))arena_grow((arena), (vec)->v, \
			&(vec)->room, sizeof(*(vec)->v))) : (void)0, \
	 &(vec)->v[(vec)->n++])
/* double *room (from 8), copy, zero the rest */
void *arena_grow(struct mn_arena *arena, void *old, int *room, size_t size);

/* ------------------------------------------------------------------ */
/* contract.c: the rows                                                 */

/* MAJOR << 8 | MINOR; an interval of kernels, both ends included */
struct kernels {
	int from, to;
};
#define KERNEL(major, minor)	((major) << 8 | (minor))
#define KERNEL_ANY		0xffff		/* "to" of an open interval */

enum effect_kind {
#define MN_EFFECT(kind, word, objects) EFFECT_##kind,
#include "effects.def"
#undef MN_EFFECT
	EFFECT_COUNT
};

/* what an effect speaks of, seen from a call */
enum object_kind {
	OBJECT_NONE,
	OBJECT_RET,		/* "ret":    the result */
	OBJECT_ARG,		/* "2":      the value of argument 2 */
	OBJECT_CELL,		/* "*2":     what argument 2 points to;
				 * "2:tag.member": that member of the structure there */
	OBJECT_PART,		/* "&2:tag.member": the address of that member */
	OBJECT_OWNER,		/* "^2:tag.member": the structure whose member it is */
};

struct object {
	enum object_kind kind;
	int arg;			/* from 1 */
	const char *type, *member;	/* NULL: offset 0 */
};

enum cond_kind {
	COND_ALWAYS,
	COND_RET_TRUE,		/* "if ret"      the result is not 0 */
	COND_RET_FALSE,		/* "if !ret"     it is 0 */
	COND_RET_IS,		/* "if ret=K"    it is the constant K */
	COND_ARG_TRUE,		/* "if N"        argument N is not 0 */
	COND_ARG_FALSE,		/* "if !N"       it is 0 */
	COND_ARG_HAS,		/* "if N&0xMASK" it is a constant with all these bits */
};

struct cond {
	enum cond_kind kind;
	int arg;
	int64_t value;
};

/* kinds of other atomic context, counted one by one */
enum context {
	CONTEXT_RCU, CONTEXT_PREEMPT, CONTEXT_IRQ, CONTEXT_BH, CONTEXT_KMAP,
	CONTEXT_COUNT
};

/* levels of a page table, for EFFECT_CHANGE */
enum level { LEVEL_NONE, LEVEL_PTE, LEVEL_PMD, LEVEL_PUD };

/* what a CHANGE does to its entry, an ASKS asks of it, a MAKES makes */
enum entry_word {
	ENTRY_NONE,
	ENTRY_CLEAR, ENTRY_LESS, ENTRY_SET,	/* LESS: with fewer rights */
	ENTRY_PRESENT, ENTRY_ABSENT,		/* ABSENT: no secondary MMU has it */
	ENTRY_NEW, ENTRY_MORE,			/* NEW: of a page given to the function */
};

struct effect {
	enum effect_kind kind;
	struct object object;		/* the lock, the range structure, .. */
	struct object mm, start, end;	/* of BEGIN END NOTIFY PAGE INIT */
	struct object value;		/* of SET, and of CHANGE .. set */
	struct cond cond[2];		/* both must hold */
	enum context context;		/* of ENTER LEAVE */
	enum level level;		/* of CHANGE */
	enum entry_word entry;		/* of CHANGE, ASKS, MAKES */
	bool ptl;			/* LOCK .. as ptl */
	bool nonblock;			/* BEGIN .. nonblock */
	bool only;			/* END .. only: does not notify */
	const char *as;			/* PURE .. as: the function whose result it is */
};

/* one row of [functions] */
struct row {
	const char *name;		/* interned in the contract's arena */
	int nargs;			/* -1: any */
	struct kernels kernels;
	const struct effect *effects;
	int neffects;
	const char *reason;
	const char *file;
	int line;
};

/* one row of [callbacks]: the context in which a member is called */
enum presence { UNKNOWN, ABSENT, PRESENT };

enum failure { FAILS_NEVER, FAILS_IF_RET, FAILS_IF_NOT_RET };

/* "blocks if OBJ" or "blocks if FUNC(N)": it may sleep where this is not 0 */
struct ask {
	const char *func;		/* NULL: the object itself */
	struct object object;
};

#define ASKS_MAX 2

struct callback {
	const char *type, *member;	/* or function and argument number */
	int nargs;			/* parameters of the callback; -1: any */
	struct kernels kernels;
	enum presence ptl, region, atomic;
	bool may_leave_region;		/* pre_vma: begun here, ended elsewhere */
	struct ask asks[ASKS_MAX];
	int nasks;			/* any of them tells */
	enum failure fails;		/* what result says that it had to sleep */
	bool invalidates;		/* told of each change of the page tables */
	bool retired;			/* nobody calls it any more in later kernels */
	const char *reason;
	const char *file;
	int line;
};

/* one row of [locks]: a member that is, or points to, a page table lock */
struct lockcell {
	const char *type, *member;
	bool pointer;			/* the member points to the ptl */
	bool mmap;			/* it is no ptl but the mmap lock */
	const char *file;
	int line;
};

/* one row of [excuses] */
struct excuse {
	const char *func;
	enum mn_rule rule;
	const char *words;		/* .. where its message has these; NULL: any */
	struct kernels kernels;
	const char *reason;
	const char *file;
	int line;
};

/* one row of [eras] */
struct era_test {
	const char *name;		/* of a function */
	int nargs;			/* -1: any */
	bool absent;			/* "!name" */
};

struct era {
	const char *name;
	struct kernels kernels;
	const struct era_test *tests;
	int ntests;
	const char *file;
	int line;
};

/* the first row that fits a call of @name with @nargs in @kernels, or NULL */
const struct row *contract_row(const struct mn_contract *contract,
			       const char *name, int nargs, struct kernels kernels);
/* what the rows of a function say in @kernels, as bits; 0: a stranger */
#define CONTRACT_KNOWS		(1u << 0)
#define CONTRACT_TRIGGERS	(1u << 1)	/* an event that a rule judges .. */
#define CONTRACT_REGIONS	(1u << 2)	/* .. begin, end or page */
#define CONTRACT_TOUCHES	(1u << 4)	/* the lock context */
#define CONTRACT_CHANGES	(1u << 5)	/* takes something from an entry, or may */
#define CONTRACT_OUTSIDE	(1u << 6)	/* is not called inside a region */
#define CONTRACT_MAKES		(1u << 7)	/* an entry for a page */
#define CONTRACT_CLEARS		(1u << 9)	/* an entry */
#define CONTRACT_TELLS		(1u << 8)	/* notify, page */
#define CONTRACT_SLEEPS		(1u << 10)	/* or takes or drops what sleepers lock */
unsigned int contract_query(const struct mn_contract *contract, const char *name,
			    struct kernels kernels);
/* the argument of a row about how the function itself is called */
#define CALLBACK_ITSELF "0"
const struct callback *contract_callback(const struct mn_contract *contract,
					 const char *type, const char *member,
					 int nargs, struct kernels kernels);
/* what the rows of a member say in @kernels, whatever its parameters, as bits */
#define MEMBER_INVALIDATES	(1u << 0)	/* it is told of each change of the page tables */
#define MEMBER_RETIRED		(1u << 1)	/* later kernels have no such member */
unsigned int contract_member(const struct mn_contract *contract, const char *type,
			     const char *member, struct kernels kernels);
/* must this callback not sleep, always or unless it is told that it may? */
static inline bool callback_minds_sleep(const struct callback *cb)
{
	return cb && (cb->atomic == PRESENT || cb->nasks);
}
/* the row that excuses @func from this finding of @rule, or NULL; @text: its message */
const struct excuse *contract_excuse(const struct mn_contract *contract,
				     const char *func, enum mn_rule rule,
				     const char *text, struct kernels kernels);
const struct lockcell *contract_lock(const struct mn_contract *contract,
				     const char *type, const char *member);
/* the same for "type.member" */
const struct lockcell *contract_lock_named(const struct mn_contract *contract,
					   const char *tag_member);
/* the @i-th era in the order of the file, or NULL */
const struct era *contract_era(const struct mn_contract *contract, int i);
/* does any function notify, or is that left to the flush of the TLB? */
bool contract_notifies(const struct mn_contract *contract, struct kernels kernels);
bool kernels_overlap(struct kernels a, struct kernels b);
/* "4.12" -> KERNEL(4, 12); -1 if it is no version */
int kernel_parse(const char *text);

/* ------------------------------------------------------------------ */
/* program.c: the abstract program                                      */

struct block {
	MN_VEC(struct mn_insn) insns;
	const int *preds;		/* in the order of PHI's args */
	int npreds;
	int order;			/* reverse post-order number; -1: unreachable */
};

struct value {
	const char *name;		/* NULL: the source has no words */
};

/* where a function's address is stored: "type.member" */
struct stored_in {
	const char *type, *member;
};

struct mn_func {
	struct mn_unit *unit;
	const char *name;
	struct mn_loc loc;
	int nparams;
	unsigned int flags;
	int size;				/* mn_func_size(), 1 if not told */
	int index;				/* in unit->funcs */
	MN_VEC(const char *) calls;		/* interned, unique */
	MN_VEC(struct stored_in) stored;
	MN_VEC(struct value) values;		/* [0] is MN_NONE */
	MN_VEC(struct block) blocks;

	/* plan.c */
	bool wanted;		/* shall be lowered */
	bool reached;		/* the same, to be read by reach.c only, not simulated */
	bool root;		/* simulated from an unknown or a callback's context */
	bool neutral;		/* cannot touch the lock context */
	bool judged;		/* can reach an event that a rule judges */
	bool only_changes;	/* .. and that is a change of an entry */
	bool makes_entries;	/* for pages, itself */
	bool tells;		/* of entries, itself */
	bool watched;		/* a callback that minds sleep reaches it, and it a sleep */

	/* simulate.c */
	struct run *run;	/* NULL until first simulated */
};

/* optable.c: a variable that holds functions */
struct table_member {
	const char *member;		/* "" for an element of an array */
	int64_t bits;
	const char *func;		/* interned, with or without a body here */
	struct mn_loc loc;
};

struct mn_table {
	struct mn_unit *unit;
	const char *name;		/* interned: the NAME of a GLOBAL */
	const char *type;
	struct mn_loc loc;
	unsigned int flags;
	MN_VEC(struct table_member) members;
};

/* a member whose offset the adapter told */
struct layout {
	const char *type, *member;
	int64_t bits;
};

struct declared {
	const char *name;
	int nargs;
};

struct mn_unit {
	struct mn_arena *arena;
	const struct mn_contract *contract;
	struct mn_options options;
	const char *file;
	MN_VEC(struct declared) declared;
	MN_VEC(struct layout) layouts;
	MN_VEC(struct mn_table *) tables;	/* in the order of mn_table_new() */
	MN_VEC(struct mn_func *) funcs;		/* in the order of mn_func_new() */
	struct mn_func **slots;			/* the same by name: a hash table */
	uint32_t nslots;
	struct kernels kernels;			/* whose rows hold; set by mn_unit_plan() */
	const char *era;
	struct mn_stats stats;
	MN_VEC(const char *) trouble;
	MN_VEC(const char *) excused;
	MN_VEC(struct mn_finding) findings;
	struct engine *engine;			/* simulate.c's own */
};

/* the function of that name with a body here, or NULL; @name need not be interned */
struct mn_func *unit_func(const struct mn_unit *unit, const char *name);
/* offset in bits of type.member, or -1 where the adapter did not tell */
int64_t unit_offset(const struct mn_unit *unit, const char *type,
		    const char *member);
/* the table of the variable @name (interned), or NULL */
struct mn_table *unit_table(const struct mn_unit *unit, const char *name);
/* the function that the cell @bits into the const variable @global holds, or NULL */
const char *table_func(const struct mn_unit *unit, const char *global, int64_t bits);
const char *op_word(enum mn_op op);
const char *op_shape(enum mn_op op);
static inline bool op_ends_block(enum mn_op op)
{
	return op >= MN_GOTO;
}

/* a name of such characters needs no quotes in the text form */
static inline bool text_bare(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || (c && strchr("_.$@[]", c));
}
/* text_write.c: one instruction in the text form, without its place */
void text_insn(const struct mn_func *func, const struct mn_insn *insn, FILE *to);

/* record.c: a unit as one line of JSON */
void record_write(const struct mn_unit *unit, double seconds, FILE *to);

/* trace.c: the states that a check left at the beginning of @block */
void trace_states(const struct mn_unit *unit, const struct mn_func *func,
		  int block, FILE *to, const char *eol);

#endif /* CORE_H */
