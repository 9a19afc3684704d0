// SPDX-License-Identifier: GPL-2.0-only
/*
 * changes.c - what a change takes from an entry.
 *
 * The one idea: values say what an entry was and becomes. It is in a memory cell, so a test
 * of its content (is it present?) is a fact of the state; what is stored there is
 * an expression, which shows where it comes from.
 */
#include "judging.h"

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
		    answer(w, bind_id(w->binds[i].key), entry, word) == truth)
			return true;
	return false;
}

static bool known_absent(const struct work *w, sym_t entry)
{
	return is_known(w, entry, ENTRY_ABSENT, ALWAYS) ||
	       is_known(w, entry, ENTRY_PRESENT, NEVER);
}

static bool known_present(const struct work *w, sym_t entry)
{
	return is_known(w, entry, ENTRY_PRESENT, ALWAYS);
}

/* @known says so of @entry, or of another value that it is: pte_same() */
static bool of_it_or_same(const struct work *w, sym_t entry,
			  bool (*known)(const struct work *w, sym_t entry))
{
	if (known(w, entry))
		return true;
	for (int i = 0; i < w->n; i++) {
		sym_t s = bind_id(w->binds[i].key);
		const struct sym *x = sym(w->eng, s);

		if (bind_space(w->binds[i].key) != SPACE_FACT || x->op != MN_EQ ||
		    (x->a != entry && x->b != entry) || fact_true(w, s) != ALWAYS)
			continue;
		if (known(w, x->a == entry ? x->b : x->a))
			return true;
	}
	return false;
}

/* nothing that a secondary MMU has: cleared before, or it was asked */
static bool is_absent(const struct work *w, sym_t entry)
{
	int64_t zero;

	return sym_const_value(w->eng, entry, &zero) ||
	       of_it_or_same(w, entry, known_absent);
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

enum entry_word taken(const struct work *w, const struct effect *e,
			     sym_t old, sym_t value)
{
	if (is_absent(w, old))
		return ENTRY_NONE;
	if (e->entry != ENTRY_SET)
		return e->entry;
	if (is_less(w->eng, value, old))
		return ENTRY_LESS;
	if (sym(w->eng, value)->flags & SYM_NEW_ENTRY &&
	    of_it_or_same(w, old, known_present))
		return ENTRY_SET;
	return ENTRY_NONE;
}

static void drop_item(struct prop *p, enum item_kind kind)
{
	struct item *item = item_of(p, kind);

	if (item)
		prop_remove(p, item);
}

void entry_told(struct work *w)
{
	drop_item(&w->prop, ITEM_ENTRY);
	drop_item(&w->prop, ITEM_REPLACED);
}

void flush_told(struct work *w)
{
	struct item *flushed = prop_find(&w->prop, ITEM_FLUSHED, SYM_NONE);

	if (flushed)
		prop_remove(&w->prop, flushed);
}

bool cleared_for_now(const struct work *w, const struct event *ev)
{
	return ev->taken == ENTRY_CLEAR && ev->entry && prop_ptl_held(&w->prop);
}

bool drops_last_ptl(const struct work *w, const struct event *ev)
{
	if (!ev->lock || (w->prop.ptl == PRESENT && !ev->alias))
		return false;
	for (int i = 0; i < w->prop.n; i++)
		if (w->prop.items[i].kind == ITEM_LOCK && &w->prop.items[i] != ev->lock &&
		    w->prop.items[i].flags != LOCK_SPIN)
			return false;
	return true;
}
