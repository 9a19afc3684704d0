/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * oracle.h - random programs, and what the rules have to say of them by brute force.
 *
 * Shares no code with core/: a fault of the engine must not be one of its judge. README says
 * what is modelled. The way of the data:
 *
 *	generate.c	seed -> statements	(struct stmt)
 *	lower.c		statements -> blocks	(struct op)
 *	write.c		blocks -> the engine's text form; gives each op its line
 *	pseudo.c	statements -> C for people
 *	walk.c		executes the blocks in every state that can be reached
 *	judge.c		op + state -> what has to be said there, or may be
 */
#ifndef ORACLE_H
#define ORACLE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum {
	FUNCS_MAX = 4, STMTS_MAX = 120, BLOCKS_MAX = 160, OPS_MAX = 420, PREDS_MAX = 40,
	REGIONS_MAX = 10, LINES_MAX = 40, SAID_MAX = 256
};

/* ------------------------------------------------------------------ */
/* names                                                               */

/* the variables of a function; the first ones are parameters */
enum var {
	VAR_C, VAR_D, VAR_MODE,			/* of the caller */
	VAR_F, VAR_G,				/* flags, 0 at first */
	VAR_T, VAR_ERR,				/* results */
	VARS, VAR_NONE = VARS, VARS_PARAM = VAR_F
};

/* what else a function gets from its caller */
enum param {
	PARAM_VMA = VARS_PARAM, PARAM_MM, PARAM_MM2, PARAM_PMD, PARAM_PTE, PARAM_START,
	PARAM_END, PARAM_START2, PARAM_END2, PARAM_RANGE, PARAM_LOCK, PARAM_NOTIFIER,
	PARAMS
};

/* locks as a function names them */
enum lock { LOCK_PTL, LOCK_A, LOCK_B, LOCK_PARAM, LOCKS, LOCK_CALLERS = LOCKS, LOCKS_ALL };

/* ranges as a function names them: two of its own (or two pairs of bounds), and its parameter */
enum slot { SLOT_0, SLOT_1, SLOT_PARAM, SLOTS };

enum context { CONTEXT_RCU, CONTEXT_PREEMPT, CONTEXT_BH, CONTEXTS };

enum change { CHANGE_GET, CHANGE_FLUSH, CHANGE_LESS, CHANGE_HUGE, CHANGE_SET, CHANGES };

enum compare { IS_TRUE, IS_EQUAL, IS_NOT_EQUAL, IS_LESS };

/* what a function is to its unseen callers */
enum role {
	ROLE_PLAIN,
	ROLE_ATOMIC,		/* a callback that must not sleep */
	ROLE_START,		/* .. that may if its range says so; it fails with an error */
	ROLE_INVALIDATE,	/* the same; it fails with false */
};

enum rule {
	RULE_RANGE_UNLOCKED, RULE_RANGE_UNPAIRED, RULE_REGION_ATOMIC, RULE_REGION_BALANCE,
	RULE_REGION_MISMATCH, RULE_REGION_UNINIT, RULE_START_IGNORED, RULE_UNNOTIFIED_CHANGE,
	RULE_CALLBACK_SLEEPS, RULE_CALLBACK_NONBLOCK, RULE_REGION_MMAP_LOCK, RULES
};

extern const char *const rule_names[RULES];

/* ------------------------------------------------------------------ */
/* statements                                                          */

enum kind {
	/* both a statement and an op */
	DO_LOCK, DO_UNLOCK, DO_TRYLOCK, DO_ENTER, DO_LEAVE, DO_INIT, DO_START, DO_NONBLOCK,
	DO_END, DO_ONLY_END, DO_NOTIFY, DO_CHANGE, DO_SLEEP, DO_MUTEX_LOCK, DO_MUTEX_UNLOCK,
	DO_MUTEX_TRYLOCK, DO_MMAP_LOCK, DO_MMAP_UNLOCK, DO_SET, DO_UNKNOWN, DO_ASK, DO_CALL,
	DO_FOREIGN, DO_RETURN,
	/* statements only */
	DO_IF, DO_LOOP, DO_BREAK, DO_CONTINUE, DO_OUT, DO_AGAIN,
	/* ops only, each at the end of a block */
	DO_GOTO, DO_BRANCH,
	KINDS
};

struct cond {
	uint8_t var, compare;
	int8_t value;
	bool negated;
};

/* what a call hands over */
struct call {
	uint8_t func, slot[SLOTS], lock, vars[VARS_PARAM];
	int8_t values[VARS_PARAM];	/* where vars[] has VAR_NONE */
};

struct stmt {
	uint8_t kind;
	uint8_t a, b;		/* lock, slot, context, change or variable; second variable */
	int8_t value;		/* of SET and RETURN, where b is VAR_NONE */
	int id;			/* of the generator, for --drop */
	struct cond cond;	/* IF, LOOP */
	struct call call;
	struct stmt *body, *other, *next;
};

struct func {
	char name[32];
	struct stmt *body;
	enum role role;
	bool in_memory;		/* its flags are memory cells, not values */
	bool ptl_once;		/* the lock is looked up once */
	bool returns;		/* a value */
	bool called;		/* or the root */
	uint32_t params;	/* bits of enum var and enum param that it uses */
	uint32_t reads;		/* bits of the variables that it looks at */
	int first, nblocks;	/* of program.order */
	int line;
};

/* ------------------------------------------------------------------ */
/* blocks                                                              */

struct op {
	uint8_t kind, a, b, func;
	int8_t value;
	int block;
	const struct stmt *stmt;
	struct cond cond;
	int then, other;	/* GOTO, BRANCH: blocks of the program */
	int line;		/* of the text form */
};

struct block {
	int first, nops, preds[PREDS_MAX], npreds;
	int number;		/* in its function */
	bool looping;
};

struct kernel {
	int major, minor;
	bool values;		/* a region is bounds, not a structure: up to 4.20 */
};

struct program {
	uint64_t seed;
	int index;
	struct kernel kernel;
	struct func funcs[FUNCS_MAX];
	int nfuncs;		/* the last one is the root */
	struct stmt stmts[STMTS_MAX];
	int nstmts;
	struct block blocks[BLOCKS_MAX];
	int nblocks;
	int order[BLOCKS_MAX];	/* blocks in the order of their ops */
	int norder;
	struct op ops[OPS_MAX];
	int nops;
	int returns[32];		/* ops */
	int nreturns;
	bool too_large;
};

static inline bool kernel_from(const struct program *p, int major, int minor)
{
	return p->kernel.major > major ||
	       (p->kernel.major == major && p->kernel.minor >= minor);
}

/* ------------------------------------------------------------------ */
/* states                                                              */

struct frame {
	int16_t block, op, returns_to;		/* an op of the caller */
	uint8_t func, lock, slot[SLOTS];	/* what its names stand for */
	int8_t vars[VARS];			/* a value, or UNASSIGNED + an input */
};

enum { INPUTS = VARS_PARAM + 1, UNASSIGNED = 100, INPUT_BLOCKABLE = VARS_PARAM };

enum known { UNKNOWN, MAYBE_ABSENT, ABSENT };

struct region {
	uint8_t open;			/* how often */
	uint8_t init, nonblock, ended, failed, used, murky;
	uint16_t site;			/* the op that started it, + 1 */
};

struct state {
	int8_t inputs[INPUTS];
	uint8_t depth;			/* of frames */
	uint8_t held[LOCKS_ALL], as_param[LOCKS_ALL];
	uint8_t contexts[CONTEXTS];
	uint8_t mutex;			/* held */
	uint8_t asked;			/* a callback: a function that is not seen may have */
	uint8_t answered_below;		/* .. or a helper, which may keep the answer to itself */
	uint8_t ptl, outside;		/* of callers, enum known: a ptl; a region */
	uint8_t mmap;			/* the mmap lock was taken */
	uint8_t cleared;		/* bits of levels */
	uint8_t flushed;		/* no notification since */
	uint8_t murky;			/* what follows is not modelled */
	uint16_t pending;		/* an op + 1 that cleared an entry under a lock */
	uint16_t quiet;			/* bits of what a finding was about */
	uint16_t unsure[3];		/* ops + 1 where a notification or a change may have been found wrong */
	uint32_t left;			/* the returns of functions since a region was started */
	struct region regions[REGIONS_MAX];
	struct frame frames[FUNCS_MAX];
};

/* ------------------------------------------------------------------ */
/* what has to be said                                                 */

/* a place: RULE << 24 | LINE; SOFT: if it is said there, that is enough, but it must be right there */
#define SOFT 0x80000000u

/* at one of these places it has to be said */
struct must {
	uint32_t places[LINES_MAX];
	int n;
};

enum exit_result { EXIT_ZERO, EXIT_TRUE, EXIT_NEGATIVE, EXIT_ANY };

struct exit_seen {
	uint8_t result;			/* enum exit_result */
	bool open, used, may_be_used, sure;
	struct must must;
};

struct said {
	struct must musts[SAID_MAX];
	int nmusts;
	uint32_t may[SAID_MAX];
	int nmay;
	struct exit_seen exits[SAID_MAX];
	int nexits;
	int nstates;
	bool too_many;
};

void program_generate(struct program *p, uint64_t seed, int index, struct kernel kernel);
void program_drop(struct program *p, const char *ids);
void program_params(struct program *p);
void program_lower(struct program *p);
int program_write(struct program *p, int line, FILE *to);
void program_print(const struct program *p, FILE *to);
void program_walk(const struct program *p, struct said *said);

/* state.c: what an op changes, but for variables and where it goes on */
struct region *region_of(struct state *s, int slot);
int region_number(const struct state *s, int slot);
int lock_number(const struct state *s, int lock);
bool is_atomic(const struct state *s);
bool any_open(const struct state *s);
bool any_failed(const struct state *s);
bool any_murky(const struct state *s);
void apply_op(const struct program *p, struct state *s, const struct op *op, bool success);
void forget_own(struct state *s);

/* judge.c: what is said of an op in a state, before it happens */
enum { REGION_CALLERS = 8, RESULT_UNKNOWN = 126, UNCHOSEN = 127 };
void judge_op(const struct program *p, struct said *said, struct state *s,
	      const struct op *op);
void judge_return(const struct program *p, struct said *said, struct state *s,
		  const struct op *op, int result);
void judge_exits(struct said *said);

#endif /* ORACLE_H */
