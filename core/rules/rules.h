/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * rules.h - what a call does to a state, and what the rules say of it.
 */
#ifndef RULES_H
#define RULES_H

#include "report.h"

/* effect.c: what a row does; @works holds one state and receives all */
void effect_apply(const struct frame *f, const struct row *row,
		  struct works *works);
/* object.c: the @n-th argument, from 1; the result of the call, also where nobody uses it */
sym_t argument(const struct frame *f, const struct work *w, int n);
sym_t result_sym(const struct frame *f, struct work *w);
/* where the call puts an aggregate result; SYM_NONE: its result is a value */
sym_t result_place(const struct frame *f, const struct work *w);
/* the symbol that a row's object names at this call, and how the source writes it */
sym_t object_sym(const struct frame *f, struct work *w, const struct object *o);
const char *object_name(const struct frame *f, const struct object *o);
/* the address of the cell or part that the object is */
sym_t object_addr(const struct frame *f, const struct work *w, const struct object *o);
/* effect_lock.c: locks and other atomic context; false if @e is about none of them */
bool effect_of_lock(const struct frame *f, struct work *w, const struct effect *e);

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

#endif /* RULES_H */
