/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * plan.h - which functions are worth lowering, and what a function can do.
 *
 * Only names and places: nothing here depends on a path or a state.
 */
#ifndef PLAN_H
#define PLAN_H

#include "contract.h"
#include "program.h"

enum deed_kind {
	DEED_CALL,		/* of a function with no body here, or that is an instruction */
	DEED_HOOK,		/* a call through a pointer: "struct.member" */
	DEED_STORE,		/* to memory that others see: "struct.member" or a variable */
};

/* one call on the way from a root */
struct way {
	const struct way *before;	/* NULL: the root */
	const struct mn_func *func;	/* that was entered .. */
	struct mn_loc loc;		/* .. by the call here, in before->func */
};

/* something that a root does, and how it first gets there */
struct deed {
	enum deed_kind kind;
	const char *name;		/* interned */
	const struct way *way;
	struct mn_loc loc;		/* in way->func */
};

struct deeds {
	struct deed *v;
	int n, room;
};

struct reach;

struct reach *reach_new(const struct mn_unit *unit);
/* all that @func does, itself or through functions of the unit */
void reach_from(struct reach *reach, const struct mn_func *func, struct deeds *deeds);
/* what is said where it is lost */
enum message deed_lost(const struct deed *deed);
bool deeds_have(const struct deeds *deeds, const struct deed *deed);
/* before bodies are built: which of them reach_from() will be asked of */
void reach_want(struct mn_unit *unit);

/* what the contract says of the @i-th member that @func is stored in, in the unit's kernels; or NULL */
const struct callback *stored_callback(const struct mn_unit *unit, const struct mn_func *func, int i);

/* the row of the count of regions that a structure of the unit has, or of its sequence; NULL: none has one */
const struct lockcell *unit_count(const struct mn_unit *unit, bool sequence);

/* the member of @table is retired in the unit's kernels; or is called for each change */
bool member_retired(const struct mn_table *table, const struct table_member *m);
bool member_invalidates(const struct mn_table *table, const struct table_member *m);

#endif /* PLAN_H */
