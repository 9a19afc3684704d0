// SPDX-License-Identifier: GPL-2.0-only
/*
 * judge_entry.c - page table entries that change, told to nobody.
 *
 * Two things are judged. An entry that a secondary MMU may have is changed where no region
 * is open, neither on this path nor in a caller: known from what the contract says of the
 * function ("outside"), never guessed. And, in kernels where the flush of a TLB
 * tells no secondary one: an entry is cleared and set to another page under one lock with no
 * notification between, although nothing tells of it before the old page can go.
 *
 * The one idea: what an entry was and becomes is told by values. It is in a cell, so what
 * was asked of its content (is it present?) is a fact of the state; what is put there is
 * an expression, so where it comes from can be read off it.
 */
#include "judge_entry.h"

/* ------------------------------------------------------------------ */
/* what an entry is                                                    */

/* does the fact that @asked has answer the question @word about @entry? */
static enum truth answer(const struct work *w, sym_t asked, sym_t entry,
			 enum entry_word word)
{
	const struct effect *e = maker(w->eng, asked, EFFECT_ASKS);

	if (!e || e->entry != word ||
	    pure_argument(w->eng, asked, e->object.arg) != entry)
		return MAYBE;
	return fact_true(w, asked);
}

/* the state knows @entry to be @word, or not to be; by what was asked of it */
static bool is_known(const struct work *w, sym_t entry, enum entry_word word,
		     enum truth truth)
{
	for (int i = 0; i < w->n; i++)
		if (bind_space(w->binds[i].key) == SPACE_FACT &&
		    answer(w, (sym_t)w->binds[i].key, entry, word) == truth)
			return true;
	return false;
}

static bool known_absent(const struct work *w, sym_t entry)
{
	return is_known(w, entry, ENTRY_ABSENT, ALWAYS) ||
	       is_known(w, entry, ENTRY_PRESENT, NEVER);
}

/* nothing that a secondary MMU has: cleared before, or it was asked */
static bool is_absent(const struct work *w, sym_t entry)
{
	int64_t zero;

	if (sym_const_value(w->eng, entry, &zero) || known_absent(w, entry))
		return true;
	/* it is what another value is that was asked: pte_same() */
	for (int i = 0; i < w->n; i++) {
		sym_t s = (sym_t)w->binds[i].key;
		const struct sym *x = sym(w->eng, s);

		if (bind_space(w->binds[i].key) != SPACE_FACT || x->kind != SYM_OP ||
		    x->op != MN_EQ || (x->a != entry && x->b != entry) ||
		    fact_true(w, s) != ALWAYS)
			continue;
		if (known_absent(w, x->a == entry ? x->b : x->a))
			return true;
	}
	return false;
}

/* @value is what @old was, with fewer rights */
static bool is_less(const struct engine *eng, sym_t value, sym_t old)
{
	const struct effect *e;
	bool less = false;

	while (value != old) {
		e = maker(eng, value, EFFECT_MAKES);
		if (!e || e->entry == ENTRY_NEW)
			return false;
		less |= e->entry == ENTRY_LESS;
		value = pure_argument(eng, value, e->object.arg);
	}
	return less;
}

unsigned int made_flags(const struct frame *f, struct work *w,
			const struct effect *e)
{
	if (e->entry == ENTRY_NEW)
		return SYM_NEW_ENTRY;
	return sym(f->eng, object_sym(f, w, &e->object))->flags &
	       (e->entry == ENTRY_MORE ? SYM_ENTRIES : SYM_NEW_ENTRY);
}

/* ------------------------------------------------------------------ */
/* outside                                                             */

void learn_outside(const struct frame *f, struct work *w, sym_t lock)
{
	if (!(sym(f->eng, lock)->flags & SYM_IS_MMAP) ||
	    w->prop.outside != OUTSIDE_UNKNOWN || w->prop.region == PRESENT)
		return;
	w->prop.outside = OUTSIDE_CALLERS;
	w->prop.region = ABSENT;
	f->ctx->outside = true;
	step_add(w, STEP_OUTSIDE, f->at->loc, f->func->name, f->at->name);
}

/* what the change takes from a secondary MMU; ENTRY_NONE: nothing that is known */
static enum entry_word taken(const struct work *w, const struct effect *e,
			     sym_t old, sym_t value)
{
	if (is_absent(w, old))
		return ENTRY_NONE;
	if (e->entry != ENTRY_SET)
		return e->entry;
	if (is_less(w->eng, value, old))
		return ENTRY_LESS;
	if (sym(w->eng, value)->flags & SYM_NEW_ENTRY &&
	    is_known(w, old, ENTRY_PRESENT, ALWAYS))
		return ENTRY_SET;
	return ENTRY_NONE;
}

static enum message outside_message(enum entry_word what, bool after)
{
	switch (what) {
	case ENTRY_LESS:
		return after ? MESSAGE_DOWNGRADED_AFTER : MESSAGE_DOWNGRADED;
	case ENTRY_SET:
		return after ? MESSAGE_REPLACED_AFTER : MESSAGE_REPLACED;
	default:
		return after ? MESSAGE_CLEARED_AFTER : MESSAGE_CLEARED;
	}
}

static struct item *entry_of(struct work *w)
{
	for (int i = 0; i < w->prop.n; i++)
		if (w->prop.items[i].kind == ITEM_ENTRY)
			return &w->prop.items[i];
	return NULL;
}

void entry_told(struct work *w)
{
	struct item *entry = entry_of(w);

	if (entry)
		prop_remove(&w->prop, entry);
}

/* what was changed is told to nobody, here or where the path says that it was */
static void report_outside(const struct frame *f, struct work *w, enum entry_word what,
			   const struct step *where)
{
	struct frame at = *f;
	bool after = false;

	for (int i = 0; i < w->prop.n; i++)
		after |= w->prop.items[i].kind == ITEM_ENDED;
	if (where)
		at.func = unit_func(f->eng->unit, where->func);
	finding_make(&at, w, where ? where->loc : f->at->loc, outside_message(what, after),
		     NULL, NULL);
	w->prop.quiet |= 1u << MN_RULE_UNNOTIFIED_CHANGE;
}

/* the entry that was cleared is not put back under the lock */
static void judge_not_back(const struct frame *f, struct work *w)
{
	struct item *entry = entry_of(w);
	const struct step *s = step_last(w->trail, STEP_CLEAR);

	if (!entry || entry->flags != ENTRY_MORE)
		return;
	entry_told(w);
	if (s)
		report_outside(f, w, ENTRY_CLEAR, s);
}

static void judge_outside(const struct frame *f, struct work *w,
			  const struct effect *e, enum entry_word what, sym_t entry)
{
	/* an mm with a name of its own is the kernel's, and has no notifiers */
	const struct sym *mm = sym(f->eng, object_sym(f, w, &e->mm));
	bool ended = false;

	for (int i = 0; i < w->prop.n; i++)
		ended |= w->prop.items[i].kind == ITEM_ENDED;
	/* where it tells of what it changes, though without a pair, that call is judged */
	if (!entry_needs_region(&w->prop) || mm->kind == SYM_GLOBAL ||
	    w->prop.quiet & 1u << MN_RULE_UNNOTIFIED_CHANGE ||
	    (w->prop.outside == OUTSIDE_DETACHED && e->level == LEVEL_PTE) ||
	    (f->func->tells && !ended))
		return;
	if (what != ENTRY_CLEAR || !entry || !prop_ptl_held(&w->prop)) {
		report_outside(f, w, what, NULL);
		return;
	}
	prop_add(w, ITEM_ENTRY, ENTRY_MORE, entry);
	step_add(w, STEP_CLEAR, f->at->loc, f->func->name, NULL);
}

/* ------------------------------------------------------------------ */
/* cleared, then set to another page                                   */

void entry_unlocked(const struct frame *f, struct work *w)
{
	struct item *entry;

	judge_not_back(f, w);
	entry = entry_of(w);
	if (entry && entry->flags != ENTRY_SET)
		prop_remove(&w->prop, entry);
}

/* only where somebody makes entries for pages is one replaced */
static void note_change(const struct frame *f, struct work *w,
			const struct effect *e, sym_t entry, sym_t value)
{
	struct item *was = entry_of(w);

	if (!f->eng->notifies || !f->func->makes_entries || !entry ||
	    !prop_ptl_held(&w->prop) || !prop_region_open(&w->prop))
		return;
	if (e->entry == ENTRY_CLEAR) {
		entry_told(w);
		prop_add(w, ITEM_ENTRY, ENTRY_CLEAR, entry);
		step_add(w, STEP_CLEAR, f->at->loc, f->func->name, NULL);
	} else if (e->entry == ENTRY_SET && was && was->a == entry &&
		   sym(f->eng, value)->flags & SYM_NEW_ENTRY) {
		was->flags = ENTRY_SET;
		was->b = page_of(f->eng, value);
		step_add(w, STEP_REPLACE, f->at->loc, f->func->name, NULL);
	}
}

static void judge_replaced(const struct frame *f, struct work *w, enum message m)
{
	struct item *entry = entry_of(w);
	const struct step *s = step_last(w->trail, STEP_REPLACE);

	if (!entry || entry->flags != ENTRY_SET)
		return;
	if (s)
		finding_make(f, w, s->loc, m, NULL, NULL);
	entry_told(w);
}

/*
 * Told, but a secondary TLB may have used the old page while the CPU wrote to the new one.
 * That the call comes after the unlock as well is one mistake, told already.
 */
void entry_notified(const struct frame *f, struct work *w)
{
	if (prop_ptl_held(&w->prop))
		judge_replaced(f, w, MESSAGE_REPLACED_EARLY);
	entry_told(w);
}

void entry_begin(struct work *w)
{
	if (w->prop.outside == OUTSIDE_DETACHED)
		w->prop.outside = OUTSIDE_CALLERS;
}

void entry_end(const struct frame *f, struct work *w, bool only)
{
	if (only)
		judge_replaced(f, w, MESSAGE_REPLACED_UNTOLD);
	else
		entry_told(w);
}

void judge_frees(const struct frame *f, struct work *w, sym_t page)
{
	struct item *entry = entry_of(w);

	if (entry && entry->b != page && prop_region_open(&w->prop))
		judge_replaced(f, w, MESSAGE_REPLACED_UNTOLD);
}

/* ------------------------------------------------------------------ */

/* the next change decides about an entry that waits to be put back */
static void judge_waiting(const struct frame *f, struct work *w, const struct effect *e,
			  sym_t entry, sym_t value)
{
	struct item *waits = entry_of(w);

	if (!waits || waits->flags != ENTRY_MORE)
		return;
	if (e->entry == ENTRY_SET && waits->a == entry &&
	    entry_flags(f->eng, value) & SYM_OLD_ENTRY)
		entry_told(w);
	else if (e->entry == ENTRY_CLEAR || waits->a == entry)
		judge_not_back(f, w);
}

void judge_change(const struct frame *f, struct work *w, const struct effect *e)
{
	sym_t entry = object_sym(f, w, &e->object);
	sym_t old = work_read(w, entry), value = object_sym(f, w, &e->value);
	enum entry_word what = taken(w, e, old, value);

	judge_waiting(f, w, e, entry, value);
	if (what != ENTRY_NONE)
		judge_outside(f, w, e, what, entry);
	/* from now on the entries of the table that it led to are nobody's */
	if (e->entry == ENTRY_CLEAR && e->level > LEVEL_PTE &&
	    w->prop.outside == OUTSIDE_CALLERS && prop_region_open(&w->prop))
		w->prop.outside = OUTSIDE_DETACHED;
	note_change(f, w, e, entry, value);
	if (e->entry == ENTRY_CLEAR) {
		sym_mark(f->eng, old, SYM_OLD_ENTRY);
		value = sym_const(f->eng, 0);
	}
	work_write(w, entry, value ? value :
		   sym_born(f->eng, frame_site(f), birth(BIRTH_ENTRY, 0)));
}
