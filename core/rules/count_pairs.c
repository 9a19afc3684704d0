// SPDX-License-Identifier: GPL-2.0-only
/*
 * count_pairs.c - a start and an end of which one counts the regions that are open, and the other does not.
 *
 * A start that succeeds increments where the end decrements, and one that fails, whose end is not called, does not.
 * Where both do it on some paths only, each may find on the others that it has no page in the range; which paths these
 * are is not compared. What each does at all is computed before anything is judged (engine/collect.c).
 */
#include "judging.h"

/* what a callback does to the count where it is done: bits of mn_func.counted; 0: that is not known */
#define COUNTED		(1u << 0)	/* it does it, on a path .. */
#define COUNTED_NOT	(1u << 1)	/* .. it does not .. */
#define COUNTED_UNSEEN	(1u << 2)	/* .. that is not known */

static unsigned int counted_by(const struct item *item, const struct callback *cb)
{
	unsigned int way = cb->counts == COUNTS_UP ? COUNT_UP : COUNT_DOWN;

	if (item->flags & COUNT_UNSEEN)
		return COUNTED_UNSEEN;
	return item->flags & way ? COUNTED : COUNTED_NOT;
}

/* a path that fails is another matter */
void count_collect(const struct frame *f, struct work *w, sym_t result)
{
	const struct callback *cb = f->ctx->callback;
	const struct item *item = cb ? count_item(&w->prop) : NULL;
	struct mn_func *func = f->ctx->run->func;

	if (!item)
		return;
	if (callback_is_done(w, cb, result))
		func->counted |= counted_by(item, cb);
	else if (fact_true(w, result) == MAYBE)
		func->counted |= COUNTED_UNSEEN;
}

/* of each table that has @func, the other one that counts; NULL: there is none, or not one alone */
static const struct mn_func *partner_of(const struct mn_unit *unit, const struct mn_func *func)
{
	const struct mn_func *found = NULL;

	for (int i = 0; i < unit->tables.n; i++) {
		const struct mn_table *table = unit->tables.v[i];
		const struct mn_func *other = NULL;
		bool own = false;

		for (int k = 0; k < table->members.n; k++) {
			const struct mn_func *to = unit_func(unit, table->members.v[k].func);

			own |= to == func;
			if (to && to != func && to->counts)
				other = to;
		}
		if (!own)
			continue;
		if (!other || (found && found != other))
			return NULL;
		found = other;
	}
	return found;
}

/* what a callback leaves out on this path, its partner does on all; or it never does what its partner does at all */
static bool breaks_pair(const struct mn_unit *unit, const struct mn_func *func)
{
	const struct mn_func *partner = partner_of(unit, func);

	return partner && (partner->counted == COUNTED ||
			   (func->counted == COUNTED_NOT && partner->counted & COUNTED));
}

void count_at_return(const struct frame *f, struct work *w, sym_t result, struct mn_loc loc)
{
	const struct callback *cb = f->ctx->callback;
	const struct item *item = cb ? count_item(&w->prop) : NULL;
	bool starts = item && cb->counts == COUNTS_UP;

	if (!item || is_quiet(w, MN_RULE_SEQUENCE_UNSET))
		return;
	if (callback_is_done(w, cb, result) && counted_by(item, cb) == COUNTED_NOT &&
	    breaks_pair(f->eng->unit, f->func))
		callback_finding(f, w, loc, starts ? MESSAGE_COUNT_MISSED : MESSAGE_COUNT_KEPT, cb->member,
				 count_name(w, false));
	else if (starts && fact_true(w, result) == ALWAYS && counted_by(item, cb) == COUNTED)
		callback_finding(f, w, loc, MESSAGE_COUNT_FAILED, cb->member, count_name(w, false));
}
