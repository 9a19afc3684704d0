/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * program.h - the abstract program of a unit: what an adapter described, and what the rooms
 * behind it add.
 */
#ifndef PROGRAM_H
#define PROGRAM_H

#include "base.h"

struct block {
	MN_VEC(struct mn_insn) insns;
	const int *preds;		/* in the order of PHI's args */
	int npreds;
	int order;			/* in which it is simulated; -1: unreachable */
};

struct value {
	const char *name;		/* NULL: the source has no words */
};

/* where a function's address is stored: "type.member" */
struct stored_in {
	const char *type, *member;
};

enum keep { KEEP_NOTHING, KEEP_NAME, KEEP_BODY };

/* where a helper of a start returns an error, since the start must not block: behind the branch at the end of @block */
struct refusal {
	const struct mn_func *helper;
	int block;
};

struct mn_func {
	struct mn_unit *unit;
	const char *name;
	struct mn_loc loc;
	int nparams;
	unsigned int flags;
	int size;				/* mn_func_size(), 1 if not given */
	int index;				/* in unit->funcs */
	int text_line;				/* of the text that it was read from; 0: none */
	const char *body;			/* the text of its blocks, not read yet; NULL: none */
	size_t body_size;
	int body_line;
	struct key body_key;			/* what that text is */
	MN_VEC(const char *) calls;		/* interned, unique */
	MN_VEC(const char *) through;		/* the members whose functions it calls: "type.member" */
	MN_VEC(struct stored_in) stored;
	MN_VEC(struct value) values;		/* [0] is MN_NONE */
	MN_VEC(struct block) blocks;

	/* plan.c */
	bool wanted;		/* shall be lowered */
	bool reached;		/* the same, to be read by reach.c only, not simulated */
	enum keep keep;		/* what other units may need of it */
	bool root;		/* simulated from an unknown or a callback's context */
	bool balanced;		/* of a linked program: takes locks, and gives some back */
	bool closed;		/* .. leaves no lock or region behind, nor minds that there is none */
	bool service;		/* .. too many files call it to follow what they hold */
	bool changes;		/* .. changes an entry, in a few calls */
	bool neutral;		/* cannot touch the lock context */
	bool judged;		/* can reach an event that a rule judges */
	bool behind_walk;	/* can start a region, perhaps behind a walk .. */
	bool only_atomic;	/* .. and is entered for that only, where sleep is forbidden */
	bool starts;		/* can start a region: is not called inside one */
	bool only_changes;	/* .. and that is a change of an entry */
	bool inside;		/* can do what must not be done inside a region */
	bool disposes;		/* can free an object, below a function that can insert a notifier */
	bool locks;		/* can take or drop a lock that is waited for asleep, below a function that asks a retry */
	bool copies;		/* can copy pages, which is too early behind a flush that was not told */
	bool makes_entries;	/* for pages, itself */
	bool tells;		/* of entries, itself */
	bool puts;		/* a notifier, itself */
	bool told;		/* of what it changes, perhaps: by itself, its callers, or what they call .. */
	bool relied;		/* .. on what it flushes, likewise */
	bool watched;		/* a callback that minds sleep reaches it, and it a sleep */
	bool only_watched;	/* .. and is judged for nothing else: below a callback only */
	bool queues;		/* .. and work that is queued */
	bool counts;		/* a callback that is to count regions */
	bool awaited;		/* a callback that somebody waits for, and that may lock something */
	bool holder;		/* judged only for locks that it may hold while it waits for a callback */

	/* engine/run.c */
	struct run *run;	/* NULL until first simulated */
	/* rules/callback_nonblock.c */
	bool sleeps;		/* a second pass, which sleeps whatever the first one has left it */
	/* rules/refusal.c, of a start */
	MN_VEC(struct refusal) refusals;
	bool keeps_lock;	/* it returns with a lock, which its end drops */
	bool forgives;		/* it succeeds although it was refused something */
	/* rules/count_pairs.c */
	unsigned int counted;	/* what a callback does to a count of regions */
	/* engine/walk.c */
	const struct walk *walk;	/* it was made of what a walk calls; NULL: the unit's own */
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

/* a member whose offset the adapter gave */
struct layout {
	const char *type, *member;
	int64_t bits;
};

typedef MN_VEC(const char *) lines_t;

struct declared {
	const char *name;
	int nargs;
};

/* a function of another unit whose address is taken here */
struct taken {
	const char *name;
	MN_VEC(struct stored_in) stored;
};

/*
 * A comment of the source that hides findings of one rule: "mncheck: ignore(RULE): REASON".
 * report/ignore.c reads and applies them.
 */
struct mn_ignore {
	enum mn_rule rule;
	struct mn_loc loc;			/* of its words */
	int line;				/* whose findings it hides; 0: there is no such line */
	const char *reason;
	bool linked;				/* it is for what only units together show */
	bool asked;				/* it is compiled for certain: if it hides nothing, that is said */
	bool used;
};

struct mn_unit {
	struct mn_arena *arena;
	const struct mn_contract *contract;
	struct mn_options options;
	const char *file;
	bool linked;				/* it was made of several units .. */
	bool complete;				/* .. and no other unit calls what is not exported */
	int files;				/* .. so many; 0: it was not */
	bool awaits;				/* plan.c: it has callbacks that somebody waits for .. */
	bool holds;				/* .. and that may take locks */
	MN_VEC(struct declared) declared;
	MN_VEC(struct layout) layouts;
	MN_VEC(struct taken) taken;
	MN_VEC(const char *) statics;		/* variables, interned */
	MN_VEC(struct mn_finding) alone;	/* what the unit that this was read from found */
	MN_VEC(struct mn_table *) tables;	/* in the order of mn_table_new() */
	struct table declared_by_name, layouts_by_name, tables_by_name;	/* numbers from 1 */
	MN_VEC(struct mn_func *) funcs;		/* in the order of mn_func_new() */
	struct table funcs_by_name;		/* numbers from 1 */
	struct kernels kernels;			/* whose rows hold; set by mn_unit_plan() */
	const char *era;
	struct mn_stats stats;
	lines_t trouble;
	lines_t excused, silenced;
	MN_VEC(struct mn_finding) findings;	/* those that are hidden, too */
	MN_VEC(struct mn_ignore) ignores;
	lines_t bad_ignores;			/* "FILE:LINE:COL: error: .." */
	bool asks_ignores;			/* all was looked at: one that hides nothing is not needed */
	struct engine *engine;			/* the simulation's own */
	/* of a linked program: read the body of @func, which has one; NULL: they are all there */
	void (*load)(struct mn_unit *unit, struct mn_func *func);
	void *loader;				/* its own */
};

/* mn_unit_new() in an arena that units share, to be freed when none of them is used any more */
struct mn_unit *unit_new_in(struct mn_arena *arena, const struct mn_contract *contract,
			const struct mn_options *options, const char *file);

/*
 * scope.c: what the names of one unit are in a program of several. Both are interned; a
 * name that is not there is its own.
 */
struct scope;

struct scope *scope_new(struct mn_arena *arena);
void scope_put(struct scope *scope, const char *name, const char *as);
const char *scope_get(const struct scope *scope, const char *name);
bool scope_is_empty(const struct scope *scope);

/*
 * text_heads.c: the functions that units have, each once for all units that have it in the same words,
 * as they have what is inline in headers
 */
struct heads;

struct heads *heads_new(struct mn_arena *arena);
/*
 * text_read.c: the text form without bodies, which stay where they are in @text and are read
 * by text_read_body(). What a unit that shares the arena had before is not read again: a function
 * that is in both is the first one's. To read a body needs the file's @name for errors, and
 * the body's names by @scope. Both return 0, or -EINVAL with "FILE:LINE:COL: error: ..." in @err
 */
int text_read_heads(struct mn_unit *unit, struct heads *heads, const char *name, const char *text, char *err,
		    size_t size);
int text_read_body(struct mn_func *func, const char *name, const struct scope *scope,
		   char *err, size_t size);

/* the function of that name with a body here, or NULL; @name need not be interned */
struct mn_func *unit_func(const struct mn_unit *unit, const char *name);
/* its number from 1 among the unit's functions; 0: there is none */
uint32_t unit_func_number(const struct mn_unit *unit, const char *name);
/* another unit's function is this one's as well; .. is this one's from now on */
void unit_shares(struct mn_unit *unit, struct mn_func *func);
void unit_takes_over(struct mn_unit *unit, struct mn_func *func);
/*
 * The names that the option context= has: the first, or the one behind @before, which is @n
 * characters long; NULL: no more. Is @func one of them?
 */
const char *context_asked(const struct mn_unit *unit, const char *before, size_t *n);
bool is_drawn(const struct mn_func *func);
/*
 * A unit of the heads of @n functions of @whole, by their index there, in that order. All else it has in
 * common with the whole, which must outlive it and stay as it is: it is freed by itself.
 */
struct mn_unit *unit_part(const struct mn_unit *whole, const int *funcs, int n);
/* has it a body here, which is read now if it was not yet? */
bool func_ready(struct mn_func *func);
/* is it a unit, or a program of a few: of more everything comes to locks and to memory, through everybody's members */
bool is_driver(const struct mn_unit *unit);
/* mn_func_new() and mn_func_calls() with names that are interned */
struct mn_func *func_new(struct mn_unit *unit, const char *name, struct mn_loc loc, int nparams,
			 unsigned int flags);
void func_calls(struct mn_func *func, const char *callee);
/* @func calls what @member, "type.member", holds; is the address of @func stored in that? */
void func_calls_through(struct mn_func *func, const char *member);
bool func_is_in(const struct mn_func *func, const char *member);
/* a file that is included: what it does wrong is repaired where it is called */
bool is_header(const char *file);
/*
 * Is a call of @to from @from not entered? Whether a function of another file drops all locks that
 * it takes depends on what it reads twice, and is its own business.
 */
bool is_left_alone(const struct mn_func *from, const struct mn_func *to);
/* is @to of another file, and no inline function of a header? */
bool is_elsewhere(const struct mn_func *from, const struct mn_func *to);
/* offset in bits of type.member, or -1 where the adapter did not tell */
int64_t unit_offset(const struct mn_unit *unit, const char *type,
		    const char *member);
/* names of files are interned */
static inline bool same_place(const struct mn_loc *a, const struct mn_loc *b)
{
	return a->line == b->line && a->col == b->col && a->file == b->file;
}

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
/*
 * facts_text.c: the text form with what other units need of this one, and what it alone has found
 * (mn_unit_check() comes before it); places are not repeated
 */
void facts_write(const struct mn_unit *unit, FILE *to);
/* text_write.c: one instruction in the text form, without its place */
void text_insn(const struct mn_func *func, const struct mn_insn *insn, FILE *to);

/* program.c: the findings that comments of the source hide. NULL past the last */
const struct mn_finding *unit_hidden(const struct mn_unit *unit, size_t i);
/* program.c: the order of two findings, for qsort() */
int findings_by_place(const void *x, const void *y);
/* order.c: the blocks of @func that are reached, in the order of their simulation. Return: how many */
int order_blocks(const struct mn_func *func, struct mn_arena *arena, int *by_order);

/**
 * mn_validate() - is the program well formed?
 * @err: receives the first fault, with function and block
 * Each value is defined before its use on every path, each block ends once, each PHI
 * fits its predecessors, each successor exists.
 * Return: 0 or -EINVAL.
 */
int mn_validate(const struct mn_unit *unit, char *err, size_t size);
/*
 * mn_unit_check() in two: what functions do, and what callback tables say. Both return what that
 * does; a program of many units does the first in parts.
 */
int unit_check_code(struct mn_unit *unit);
int unit_check_tables(struct mn_unit *unit);
/* .. of one function, whose body was read behind that */
int func_validate(const struct mn_func *func, char *err, size_t size);

#endif /* PROGRAM_H */
