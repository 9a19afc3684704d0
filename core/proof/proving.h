/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * proving.h - what the files of this room share; no other file includes it.
 */
#ifndef PROVING_H
#define PROVING_H

#include "engine.h"
#include "proof.h"

struct mn_proof {
	struct mn_unit *unit;
	unsigned int *does;		/* by function: CONTRACT_*, it or what it enters */
	int *queue;			/* the functions that the one at hand enters, itself first .. */
	int nqueue;
	int *depth;			/* .. and so many calls below it; -1: not entered */
	MN_VEC(const struct row *) rows;	/* that hold for the kernel */
	struct mn_proved proved;
	bool *crossed;			/* by function: another file calls it; NULL: not asked yet */
	bool closely;			/* states are kept apart */
};

/* ------------------------------------------------------------------ */
/* bodies.c                                                             */

/* what each function does; nothing is entered yet */
void bodies_begin(struct mn_proof *p);
/* does another file call @func, which has no row? */
bool bodies_cross(const struct mn_unit *unit, const struct mn_func *func);
/*
 * Enter @func, and what it calls that has no row, so many calls deep; if not @all, no function of another file
 * that takes locks and gives locks back, as in a linked program: it leaves nothing behind.
 */
void bodies_enter(struct mn_proof *p, const struct mn_func *func, bool all);

/* why something that @func does may not be seen */
enum unshown {
	UNSHOWN_NOTHING,
	UNSHOWN_CALL,		/* a function with neither body nor row here, @name .. */
	UNSHOWN_POINTER,	/* .. a call through a pointer */
	UNSHOWN_FAR,		/* .. one that is too many calls away */
	UNSHOWN_ASM,		/* .. inline assembly, a store */
	UNSHOWN_LIMIT,		/* it was given up */
};

struct opaque {
	enum unshown why;
	const char *name;
	struct mn_loc loc;
};

/* of the bodies entered; @sleep: only what may hide a sleep, which no assembly and no store does */
struct opaque bodies_hide(const struct mn_proof *p, bool sleep);

/* ------------------------------------------------------------------ */
/* observe.c                                                            */

/* what is taken to be so of an argument */
struct assumption {
	int arg;			/* from 1; 0: nothing is */
	bool is;			/* it is @value; else it is not 0 */
	int64_t value;
};

/* an effect that happened, the first of its kind */
struct happened {
	struct effect effect;
	struct mn_loc loc;
	const struct context_run *ctx;
	const struct step *trail;
};

struct observation {
	struct witness witness;		/* the first member */
	struct engine eng;
	struct mn_arena *arena;		/* of the engine */
	struct mn_func *func;
	const struct context_run *ctx;
	struct assumption assumed;
	bool given_up;
	MN_VEC(struct happened) seen;
};

/* so many times a caller has entered each kind of atomic context: what is left can be counted */
#define ENTERED 2

/* @all: for what happens on the way; else for what is so behind the call */
struct observation *observe(struct mn_proof *p, struct mn_func *func, struct assumption assumed, bool all);
void observation_free(struct observation *o);
/* an effect that may be @e, or NULL */
const struct happened *observed(const struct observation *o, const struct effect *e);
/* the path to @to, or what led to @exit, as events of @proved */
void observed_path(struct mn_proof *p, const struct observation *o, const struct context_run *ctx,
		   const struct step *trail);

/* ------------------------------------------------------------------ */
/* objects.c                                                            */

/* an exit of the body, to be asked */
struct leaving {
	const struct observation *o;
	const struct outcome *x;
	struct work w;			/* a view of it */
};

/* nothing is assumed in @o */
struct leaving leaving_of(const struct observation *o, const struct outcome *x);
/* what the object of a row was at the entry, and is at the exit; SYM_NONE: nothing that has a name */
sym_t object_before(const struct leaving *l, const struct object *obj);
sym_t object_after(struct leaving *l, const struct object *obj);
sym_t leaving_result(const struct leaving *l);
/* do the conditions of @e hold there? */
enum truth conditions_hold(struct leaving *l, const struct effect *e);
/* can a caller name it? */
bool is_named(const struct leaving *l, sym_t s);

/* ------------------------------------------------------------------ */
/* claim.c                                                              */

enum claimed {
	CLAIM_SHOWN,
	CLAIM_MISSING,		/* it does not happen on a path, or on any */
	CLAIM_BEYOND,		/* it also happens where the row says that it does not */
	CLAIM_OPEN,		/* the body does not tell */
};

/* what came of an effect */
struct claim {
	enum claimed is;
	const struct outcome *at;	/* MISSING BEYOND: the exit; NULL: none shows it */
};

/* does the exit show what @e of @row says? */
enum truth exit_shows(struct leaving *l, const struct row *row, const struct effect *e);
/* is it about what holds behind the call, so that each exit shows it or not? */
bool is_of_exits(enum effect_kind kind);
/* can no body show it at all? */
bool is_never_shown(enum effect_kind kind);
/* must a row say that it happens, if it does? */
bool is_to_be_said(enum effect_kind kind);
/* does a body that does it call what does it? */
bool is_made_of_others(enum effect_kind kind);
struct claim claim_of_exits(const struct observation *o, const struct row *row, const struct effect *e);
/* by how much more atomic a caller is behind the call; @e of a row: what it says */
int atomic_by_exit(const struct outcome *x);

#endif /* PROVING_H */
