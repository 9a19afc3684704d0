// SPDX-License-Identifier: GPL-2.0-only
/*
 * judge_start.c - a start that can fail: what may not be done where it did.
 *
 * Where it fails no region is open: who ignores that tells nobody of the changes it
 * makes, and ends what was not begun. The failing half of the call is a state of its own
 * (effect.c splits it by the result) that remembers the range in ITEM_FAILED until
 * another region begins, the range is initialised anew, or the function returns.
 */
#include "rules.h"

static struct item *failed_start(struct prop *p, const struct item *range)
{
	for (int i = p->n - 1; i >= 0; i--)
		if (p->items[i].kind == ITEM_FAILED &&
		    (!range || same_range(&p->items[i], range)))
			return &p->items[i];
	return NULL;
}

/* the function whose start failed, as the path remembers it */
static const char *failed_function(const struct work *w, const struct item *failed)
{
	const struct step *s = step_of(w->trail, STEP_FAIL, subject_of(failed));

	if (!s)
		s = step_last(w->trail, STEP_FAIL);
	return s && s->name ? s->name : "start";
}

void forget_failed(struct prop *p, const struct item *range)
{
	struct item *failed;

	while ((failed = failed_start(p, range)))
		prop_remove(p, failed);
}

static bool uses(const struct mn_insn *insn, mn_val v)
{
	for (int i = 0; i < insn->nargs; i++)
		if (insn->args[i] == v)
			return true;
	return insn->a == v || insn->b == v;
}

/* does any instruction look at the result of the call? */
static bool result_is_used(const struct frame *f)
{
	for (int i = 0; f->at->dst && i < f->func->blocks.n; i++) {
		const struct block *b = &f->func->blocks.v[i];

		for (int k = 0; k < b->insns.n; k++)
			if (uses(&b->insns.v[k], f->at->dst))
				return true;
	}
	return false;
}

/* the half of the call in which it failed; false: its result is ignored */
bool judge_fail(const struct frame *f, struct work *w, const struct item *range)
{
	struct item *failed;
	struct step *s;

	/* the API's own inline functions hand the result on, or know that it is 0 */
	if (contract_query(f->eng->contract, f->func->name, f->eng->unit->kernels))
		return true;
	if (!result_is_used(f)) {
		judge_report(f, w, MESSAGE_START_IGNORED, f->at->name, NULL);
		return false;
	}
	forget_failed(&w->prop, range);
	failed = prop_add(w, ITEM_FAILED, 0, range->a);
	/* the structure says enough; its bounds would be others in each round of a loop */
	if (!range->a) {
		failed->b = range->b;
		failed->c = range->c;
		failed->d = range->d;
	}
	s = step_add(w, STEP_FAIL, f->at->loc, f->func->name, f->at->name);
	s->subject = subject_of(failed);
	return true;
}

bool judge_end_of_failed(const struct frame *f, struct work *w,
			 const struct item *range, const char *name)
{
	struct item *failed = failed_start(&w->prop, range);

	if (!failed)
		return false;
	if (!(failed->flags & REGION_QUIET))
		judge_report(f, w, MESSAGE_ENDED_FAILED, name, failed_function(w, failed));
	forget_failed(&w->prop, NULL);
	return true;
}

/* true: the change is one of a region that was not begun, which is told here or was */
bool judge_change_of_failed(const struct frame *f, struct work *w)
{
	struct item *failed = failed_start(&w->prop, NULL);

	if (!failed || prop_region_open(&w->prop))
		return false;
	if (!(failed->flags & REGION_QUIET))
		judge_report(f, w, MESSAGE_CHANGED_FAILED, failed_function(w, failed),
			     NULL);
	failed = failed_start(&w->prop, NULL);
	failed->flags |= REGION_QUIET;
	return true;
}
