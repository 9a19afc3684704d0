/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * contract.h - the rows of the contract: what a call does, how a callback is called, which
 * members are locks, which functions are excused.
 */
#ifndef CONTRACT_H
#define CONTRACT_H

#include "base.h"

enum effect_kind {
#define MN_EFFECT(kind, ...) EFFECT_##kind,
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
	struct object mm, start, end;	/* of start, end, notify, page, init; of CHANGE the mm, and
					 * the address as start */
	struct object value;		/* of SET, and of CHANGE .. set */
	struct cond cond[2];		/* both must hold */
	enum context context;		/* of ENTER LEAVE */
	enum level level;		/* of CHANGE */
	enum entry_word entry;		/* of CHANGE, ASKS, MAKES */
	bool ptl;			/* LOCK .. as ptl */
	bool shared;			/* LOCK, ACQUIRE .. shared: others may take it for reading, too */
	bool nonblock;			/* start .. nonblock */
	bool only;			/* END .. only: does not notify */
	bool round;			/* EXPIRES .. round: of the loop of a macro, which asks */
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
	bool differs;			/* from the body, and the reason says why */
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

/* what a callback does to the count of regions that are open, where an object has one */
enum counting { COUNTS_NOT, COUNTS_UP, COUNTS_DOWN };

#define ASKS_MAX 2
#define OWNERS_MAX 2

struct callback {
	const char *type, *member;	/* or function and argument number */
	int nargs;			/* parameters of the callback; -1: any */
	struct kernels kernels;
	enum presence ptl, region, atomic;
	bool may_leave_region;		/* pre_vma: started here, ended elsewhere .. */
	bool ends_region;		/* .. post_vma: by this one */
	bool not_handed;		/* its last parameter is not what a walk hands on */
	struct ask asks[ASKS_MAX];
	int nasks;			/* any of them tells */
	enum failure fails;		/* what result says that it had to sleep */
	bool invalidates;		/* called for each change of the page tables */
	enum counting counts;		/* the regions that are open .. */
	struct object counted;		/* .. in this object, where the notifier lies in one */
	bool retired;			/* later kernels do not call it */
	bool unloads;			/* the module goes when it has returned */
	bool alone;			/* for files that are judged alone: where all are there, those that call it say the same */
	bool awaited;			/* who removes the notifier waits until it has returned */
	bool reclaims;			/* who reclaims memory calls it, and waits likewise .. */
	struct object event;		/* .. with this not 0; OBJECT_NONE: however it is called */
	int sequence;			/* the parameter that it has to set as sequence; 0: none */
	struct object owners[OWNERS_MAX]; /* .. unless one of these is its own: then the event is not for it */
	int nowners;
	struct object start, end;	/* of the range that it is called for: up to, and without, its end */
	int hands;			/* the parameter that points to where it may put what a second pass gets; 0: none */
	bool second;			/* .. and this is that pass, after those of all notifiers */
	bool whole;			/* that may be the whole address space, whose end is -1UL */
	const char *reason;
	const char *file;
	int line;
};

/* what a walk hands on to the functions that it calls */
struct handed {
	struct object value;		/* in the words of the walk's call */
	const char *type, *member;	/* of what their last parameter points to; NULL: it is that */
};

#define HANDED_MAX 3

/* one row of [walks]: a function that calls what it is handed, any number of times */
struct walk_row {
	const char *name;
	int nargs;
	struct kernels kernels;
	int arg;			/* the function, or where it finds them .. */
	const char *type;		/* .. in a structure of this tag; NULL: the function itself */
	struct handed handed[HANDED_MAX];
	int nhanded;
	const char *reason;
	const char *file;
	int line;
};

/* one row of [locks]: a member that is, or points to, a page table lock; or a type of locks */
struct lockcell {
	const char *type, *member;	/* member NULL: all that are of this type are locks */
	bool pointer;			/* the member points to the ptl */
	bool mmap;			/* it is no ptl but the mmap lock */
	bool bound;			/* .. but a bound of an area, which may move */
	bool count;			/* .. but how many regions are open, in an object that has no sequence of its own .. */
	bool sequence;			/* .. or how many there were */
	const char *file;
	int line;
};

/* one row of [excuses] */
struct excuse {
	const char *func;
	enum mn_rule rule;
	enum message message;		/* .. and of it this one; MESSAGE_ANY: all */
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

#define CONTRACT_NAME "mmu_notifier.contract"
/*
 * contract_embedded.c: the contract that was embedded, for which nothing has to be read; nothing can be read on top of
 * it. NULL: it is wrong, as @err says.
 */
struct mn_contract *contract_embedded(char *err, size_t size);

/* the first row that fits a call of @name with @nargs in @kernels, or NULL */
const struct row *contract_row(const struct mn_contract *contract,
			       const char *name, int nargs, struct kernels kernels);
/* the first effect of @kind, or NULL; of no row, too */
const struct effect *row_effect(const struct row *row, enum effect_kind kind);
/* contract_print.c: @e as the contract writes it, in @buf, whose @size EFFECT_TEXT is enough. Return: @buf */
#define EFFECT_TEXT 512
const char *effect_text(const struct effect *e, char *buf, size_t size);
/* the @i-th row of [functions] in the order of the text, or NULL */
const struct row *contract_function(const struct mn_contract *contract, int i);
/* has a row of @name such an effect in @kernels? */
bool contract_does(const struct mn_contract *contract, const char *name, enum effect_kind kind,
		   struct kernels kernels);
/* the function that ends what @start starts, and notifies: of those, its next of kin by name; or NULL */
const char *contract_end_of(const struct mn_contract *contract, const char *start,
			    struct kernels kernels);
/* what the rows of a function say in @kernels, as bits; 0: a stranger */
#define CONTRACT_KNOWS		(1u << 0)
#define CONTRACT_TRIGGERS	(1u << 1)	/* an event that a rule judges .. */
#define CONTRACT_REGIONS	(1u << 2)	/* .. start, end or page */
#define CONTRACT_STARTS		(1u << 3)	/* .. start */
#define CONTRACT_TOUCHES	(1u << 4)	/* the lock context */
#define CONTRACT_CHANGES	(1u << 5)	/* takes something from an entry, or may */
#define CONTRACT_OUTSIDE	(1u << 6)	/* is not called inside a region */
#define CONTRACT_MAKES		(1u << 7)	/* an entry for a page */
#define CONTRACT_CLEARS		(1u << 9)	/* an entry */
#define CONTRACT_TELLS		(1u << 8)	/* notify, page */
#define CONTRACT_SLEEPS		(1u << 10)	/* or takes or drops what sleepers lock */
#define CONTRACT_FAILS		(1u << 11)	/* a start that can fail */
#define CONTRACT_INSIDE		(1u << 12)	/* must not be done inside a region */
#define CONTRACT_TAKES		(1u << 13)	/* a spinlock, or enters an atomic context .. */
#define CONTRACT_GIVES		(1u << 14)	/* .. and drops or leaves it */
#define CONTRACT_FLUSHES	(1u << 15)	/* the TLBs of the CPUs */
#define CONTRACT_COPIES		(1u << 16)	/* pages, which may come too early behind a flush */
#define CONTRACT_INITS		(1u << 17)	/* a range */
#define CONTRACT_HOLDS		(1u << 18)	/* takes or drops a lock */
#define CONTRACT_STALLS		(1u << 19)	/* may wait for a callback, or asks something of it */
#define CONTRACT_ACQUIRES	(1u << 20)	/* a lock that is waited for asleep .. */
#define CONTRACT_RELEASES	(1u << 21)	/* .. and drops it */
#define CONTRACT_QUEUES		(1u << 22)	/* work */
#define CONTRACT_INSERTS	(1u << 23)	/* a notifier .. */
#define CONTRACT_DISPOSES	(1u << 24)	/* .. and frees an object, which may have it */
#define CONTRACT_WITHDRAWS	(1u << 25)	/* a notifier .. */
#define CONTRACT_REMOVES	(1u << 26)	/* .. waits for callbacks */
#define CONTRACT_RELIES		(1u << 27)	/* on what was flushed before it */
#define CONTRACT_RETRIES	(1u << 28)	/* asks whether a sequence still holds */
/* what the column "query" of effects.def says of a row's function */
#define QUERY_TOUCHES	CONTRACT_TOUCHES
#define QUERY_ENTER	(CONTRACT_TOUCHES | CONTRACT_TAKES)
#define QUERY_LOCK	(QUERY_ENTER | CONTRACT_HOLDS)
#define QUERY_GIVES	(CONTRACT_TOUCHES | CONTRACT_GIVES)
#define QUERY_RULE	(CONTRACT_TRIGGERS | CONTRACT_TOUCHES)
#define QUERY_EVENT	(CONTRACT_TRIGGERS | CONTRACT_REGIONS | CONTRACT_TOUCHES)
#define QUERY_START	(QUERY_EVENT | CONTRACT_STARTS)
#define QUERY_FAIL	(QUERY_EVENT | CONTRACT_FAILS)
#define QUERY_TELLS	(CONTRACT_TRIGGERS | CONTRACT_TOUCHES | CONTRACT_TELLS)
#define QUERY_PAGE	(QUERY_EVENT | CONTRACT_TELLS)
#define QUERY_OUTSIDE	CONTRACT_OUTSIDE
#define QUERY_SLEEPS	CONTRACT_SLEEPS
#define QUERY_HOLDS	(CONTRACT_SLEEPS | CONTRACT_HOLDS)
#define QUERY_QUEUES	CONTRACT_QUEUES
#define QUERY_INSERTS	(QUERY_RULE | CONTRACT_INSERTS)
#define QUERY_WITHDRAWS	(QUERY_RULE | CONTRACT_WITHDRAWS)
#define QUERY_REMOVES	(QUERY_STALLS | CONTRACT_REMOVES)
#define QUERY_DISPOSES	CONTRACT_DISPOSES
#define QUERY_STALLS	(CONTRACT_SLEEPS | CONTRACT_STALLS)
#define QUERY_RETRIES	(QUERY_RULE | CONTRACT_STALLS | CONTRACT_RETRIES)
#define QUERY_INIT	(CONTRACT_INITS | CONTRACT_TOUCHES)
#define QUERY_INSIDE	CONTRACT_INSIDE
#define QUERY_FLUSHES	CONTRACT_FLUSHES
#define QUERY_COPIES	(CONTRACT_COPIES | CONTRACT_RELIES)
#define QUERY_PENDING	(QUERY_RULE | CONTRACT_RELIES)
/* of all that was read: another text, another number */
uint64_t contract_key(const struct mn_contract *contract);
unsigned int contract_query(const struct mn_contract *contract, const char *name,
			    struct kernels kernels);
/* the argument of a row about how the function itself is called */
#define CALLBACK_ITSELF "0"
const struct callback *contract_callback(const struct mn_contract *contract,
					 const char *type, const char *member,
					 int nargs, struct kernels kernels);
/* what the rows of a member say in @kernels, whatever its parameters, as bits */
#define MEMBER_INVALIDATES	(1u << 0)	/* it is called for each change of the page tables */
#define MEMBER_RETIRED		(1u << 1)	/* later kernels have no such member */
/* the @i-th row of a call that calls back, or NULL; @nargs -1: whatever it is passed */
const struct walk_row *contract_walk(const struct mn_contract *contract, const char *name,
				     int nargs, struct kernels kernels, int i);
/* are functions found in @type, or handed over as an argument of the function @type? */
bool contract_is_walked(const struct mn_contract *contract, const char *type);
/* the @i-th row about a member of @type in @kernels, or NULL */
const struct callback *contract_member_of(const struct mn_contract *contract, const char *type,
					  struct kernels kernels, int i);
unsigned int contract_member(const struct mn_contract *contract, const char *type,
			     const char *member, struct kernels kernels);
/* is it told what a callback must do, or not do: not sleep, set a sequence, remove no notifier? */
static inline bool callback_has_duties(const struct callback *cb)
{
	return cb && (cb->atomic == PRESENT || cb->nasks || cb->awaited || cb->sequence ||
		      cb->end.kind != OBJECT_NONE);
}
/*
 * The row that excuses @func from this message of @rule, or NULL; MESSAGE_ANY: one that
 * excuses it from the whole rule.
 */
const struct excuse *contract_excuse(const struct mn_contract *contract,
				     const char *func, enum mn_rule rule,
				     enum message m, struct kernels kernels);
const struct lockcell *contract_lock(const struct mn_contract *contract,
				     const char *type, const char *member);
/* the @i-th row of [locks], or NULL */
const struct lockcell *contract_lock_at(const struct mn_contract *contract, int i);
/* the same for "type.member" */
const struct lockcell *contract_lock_named(const struct mn_contract *contract,
					   const char *tag_member);
/*
 * Is the member "type.member" a lock? An adapter names those, and the members that rows speak of.
 */
bool contract_names_lock(const struct mn_contract *contract, const char *tag_member);
/* the @i-th era in the order of the file, or NULL */
const struct era *contract_era(const struct mn_contract *contract, int i);
/* does any function notify, or is that left to the flush of the TLB? */
/* regions are started in a struct @type */
bool contract_is_range(const struct mn_contract *contract, const char *type);
bool contract_notifies(const struct mn_contract *contract, struct kernels kernels);

#endif /* CONTRACT_H */
