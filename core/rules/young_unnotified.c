// SPDX-License-Identifier: GPL-2.0-only
/*
 * young_unnotified.c - accessed bits that are cleared in the page table only.
 *
 * A secondary MMU has accessed bits of its own. Code that clears that of the page table
 * asks the notifiers as well, or a page that a guest uses all the time looks idle. A
 * function may ask before or after it clears; it has asked when it returns. The rule is silent
 * where no notifier can have the bit: none is registered, a region is open (the secondary MMU has
 * dropped the entry), or the entry points to a table.
 */
#include "judging.h"

/* flags of ITEM_AGED */
#define AGED_ASKED (1u << 0)	/* the notifiers were asked first */

static struct item *aged(struct prop *p)
{
	for (int i = 0; i < p->n; i++)
		if (p->items[i].kind == ITEM_AGED)
			return &p->items[i];
	return NULL;
}

/* the state knows that the entry points to a table: the path checked whether it is a leaf */
static bool is_table(const struct work *w, sym_t entry)
{
	for (int i = 0; i < w->n; i++) {
		sym_t asked = bind_id(w->binds[i].key);
		const struct effect *e;

		if (bind_space(w->binds[i].key) != SPACE_FACT)
			continue;
		e = maker(w->eng, asked, EFFECT_LEAF);
		if (e && pure_argument(w->eng, asked, e->object.arg) == entry &&
		    fact_true(w, asked) == NEVER)
			return true;
	}
	return false;
}

void apply_ages(const struct frame *f, struct work *w, struct event *ev)
{
	sym_t cell = object_sym(f, w, &ev->effect->object);

	if (!is_asked(f->eng, MN_RULE_YOUNG_UNNOTIFIED) || aged(&w->prop) ||
	    w->prop.outside == OUTSIDE_ALONE || w->prop.region == PRESENT ||
	    prop_region_open(&w->prop) || is_table(w, work_read(w, cell)))
		return;
	prop_add(w, ITEM_AGED, 0, SYM_NONE)->site = frame_site(f);
	step_add(w, STEP_AGED, f->at->loc, f->func->name, f->at->name);
}

void apply_young(const struct frame *f, struct work *w, struct event *ev)
{
	struct item *item = aged(&w->prop);

	(void)ev;
	if (!is_asked(f->eng, MN_RULE_YOUNG_UNNOTIFIED))
		return;
	if (!item)
		prop_add(w, ITEM_AGED, AGED_ASKED, SYM_NONE);
	else if (!(item->flags & AGED_ASKED))
		prop_remove(&w->prop, item);
}

static void at_return(const struct frame *f, struct work *w, sym_t result,
		      struct mn_loc loc)
{
	const struct item *item = aged(&w->prop);
	const struct step *s = item ? step_last(w->trail, STEP_AGED) : NULL;
	struct frame at = *f;

	(void)result;
	(void)loc;
	/* what makes up the API asks its callers to ask; a path may find out after it cleared the
	 * bit that there is no notifier to ask */
	if (!s || item->flags & AGED_ASKED || !f->ctx->root || is_api(f) ||
	    w->prop.outside == OUTSIDE_ALONE)
		return;
	at.func = unit_func(f->eng->unit, s->func);
	finding_make(&at, w, s->loc, MESSAGE_YOUNG_UNNOTIFIED, s->name, NULL);
}

const struct rule rule_YOUNG_UNNOTIFIED = { 0, 0, NULL, at_return, NULL, NULL };
