// SPDX-License-Identifier: GPL-2.0-only
/*
 * waits.c - the last wait of a callback, as an item: what may have ended it before its time.
 *
 * What is said of it is callback_incomplete.c's.
 */
#include "judging.h"

struct item *last_wait(struct work *w)
{
	return item_of(&w->prop, ITEM_WAIT);
}

static void wait_may_end(const struct frame *f, struct work *w, sym_t result, unsigned int how)
{
	struct item *known = last_wait(w);

	if (!item_of(&w->prop, ITEM_CALLBACK) || !is_asked(f->eng, MN_RULE_CALLBACK_INCOMPLETE))
		return;
	if (!result)
		result = result_sym(f, w);
	if (known && known->a == result) {
		known->flags |= (uint16_t)how;
		return;
	}
	prop_add(w, ITEM_WAIT, how, result);
	step_add(w, STEP_WAIT, f->at->loc, f->func->name, f->at->name)->subject = result;
}

void apply_interrupted(const struct frame *f, struct work *w, struct event *ev)
{
	wait_may_end(f, w, object_sym(f, w, &ev->effect->object), WAIT_SIGNAL);
}

/* none: the largest value of a long, of 64 bits or of 32 */
static bool is_timeout(const struct fact *timeout)
{
	return timeout->hi < INT64_MAX && !(timeout->lo == INT32_MAX && timeout->hi == INT32_MAX);
}

static bool uses_any(const struct mn_insn *insn, const bool *values)
{
	for (int i = 0; i < insn->nargs; i++)
		if (values[insn->args[i]])
			return true;
	return values[insn->a] || values[insn->b];
}

/* a phi of one of the values is one of them. Return: some were added */
static bool spread_values(const struct block *b, bool *values)
{
	bool more = false;

	for (int i = 0; i < b->insns.n && b->insns.v[i].op == MN_PHI; i++) {
		const struct mn_insn *phi = &b->insns.v[i];

		if (values[phi->dst] || !uses_any(phi, values))
			continue;
		values[phi->dst] = more = true;
	}
	return more;
}

/* the result of the call, and each value that may be it: one per value of the function */
static bool *result_values(const struct frame *f)
{
	const struct mn_func *func = f->func;
	bool *values = arena_new_array(f->eng->arena, bool, func->values.n), more = true;

	values[f->at->dst] = true;
	while (more) {
		more = false;
		for (int b = 0; b < func->blocks.n; b++)
			more |= spread_values(&func->blocks.v[b], values);
	}
	return values;
}

/*
 * wait_event_timeout() is a loop, all of it at one place of the source, that asks in it what
 * schedule_timeout() returned. Does nobody else ask? Of a loop that somebody else wrote nothing is known.
 */
static bool is_macro_unasked(const struct frame *f)
{
	const struct mn_func *func = f->func;
	const bool *values;
	bool asked = false;

	if (!f->at->dst)
		return false;
	values = result_values(f);
	for (int b = 0; b < func->blocks.n; b++)
		for (int i = 0; i < func->blocks.v[b].insns.n; i++) {
			const struct mn_insn *insn = &func->blocks.v[b].insns.v[i];

			if (insn->op == MN_PHI || !uses_any(insn, values))
				continue;
			if (!same_place(&insn->loc, &f->at->loc) || !f->ctx->run->looping[b])
				return false;
			asked |= insn->op != MN_CALL;
		}
	return asked;
}

void apply_expires(const struct frame *f, struct work *w, struct event *ev)
{
	sym_t timeout = object_sym(f, w, &ev->effect->value);
	struct fact known = fact_of(w, timeout);

	if (!timeout || !is_timeout(&known) || (ev->effect->round && !is_macro_unasked(f)))
		return;
	f->eng->timed = true;
	wait_may_end(f, w, object_sym(f, w, &ev->effect->object),
		     WAIT_TIMED | (ev->effect->round ? WAIT_ROUND : 0));
}

/* @how has not cut the last one short */
static void end_wait(struct work *w, unsigned int how)
{
	struct item *wait = last_wait(w);

	if (!wait || (how == WAIT_TIMED && wait->flags & WAIT_ROUND))
		return;
	wait->flags &= (uint16_t)~how;
	if (!wait->flags)
		prop_remove(&w->prop, wait);
}

/* who does something else behind a wait may have done what it waited for; who takes or drops a lock, has not */
void wait_unseen(struct work *w)
{
	end_wait(w, WAIT_TIMED);
}

void wait_signalled(struct work *w)
{
	end_wait(w, WAIT_SIGNAL);
}

void wait_over(struct work *w)
{
	end_wait(w, WAIT_SIGNAL | WAIT_ROUND);
}
