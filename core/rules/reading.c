// SPDX-License-Identifier: GPL-2.0-only
/*
 * reading.c - the reader's side of an interval notifier, as items of the state.
 *
 * A reader takes the sequence, looks pages up, takes the lock of the callback, and asks whether
 * the sequence has changed. What is said of it is retry_missing.c's and retry_unlocked.c's.
 */
#include <string.h>

#include "judging.h"

bool reading_of(const struct prop *p)
{
	for (int i = 0; i < p->n; i++)
		if (p->items[i].kind == ITEM_READ)
			return true;
	return false;
}

bool is_reading(const struct work *w)
{
	return reading_of(&w->prop);
}

/* by the sequence where it is known, else by the notifier */
struct item *read_of(struct work *w, sym_t notifier, sym_t sequence)
{
	struct item *found = NULL;

	for (int i = 0; i < w->prop.n; i++) {
		struct item *x = &w->prop.items[i];

		if (x->kind != ITEM_READ)
			continue;
		if (x->a == sequence)
			return x;
		if (x->b == notifier)
			found = x;
	}
	return found;
}

bool has_looked(const struct item *read)
{
	return read->c && !(read->flags & READ_AGAIN);
}

/* what a rule that is off would ask about is no item: it would keep states apart for nothing */
static bool retry_is_asked(const struct engine *eng)
{
	return is_asked(eng, MN_RULE_RETRY_MISSING) || is_asked(eng, MN_RULE_RETRY_UNLOCKED) ||
	       is_asked(eng, MN_RULE_CALLBACK_INCOMPLETE);
}

void apply_begins(const struct frame *f, struct work *w, struct event *ev)
{
	sym_t notifier = object_sym(f, w, &ev->effect->object);
	struct item *old = read_of(w, notifier, SYM_NONE);
	struct item *item, before;
	struct step *step;

	memset(&before, 0, sizeof(before));
	if (!retry_is_asked(f->eng))
		return;
	if (old) {
		before = *old;
		prop_remove(&w->prop, old);
	}
	item = prop_add(w, ITEM_READ, 0, result_sym(f, w));
	item->b = notifier;
	item->site = frame_site(f);
	if (has_looked(&before) && !(before.flags & (READ_STALE | READ_UNSEEN)) &&
	    !is_quiet(w, MN_RULE_RETRY_MISSING)) {
		item->c = before.c;
		item->d = before.d;
		item->e = before.e;
		item->flags = READ_AGAIN;
	}
	step = step_add(w, STEP_READ, f->at->loc, f->func->name, f->at->name);
	step->subject = item->a;
}

bool is_kept_in(const struct work *w, sym_t value, sym_t object)
{
	for (int i = 0; i < w->n; i++)
		if (bind_space(w->binds[i].key) == SPACE_CELL && w->binds[i].val == value &&
		    sym_base(w->eng, bind_id(w->binds[i].key)) == sym_base(w->eng, object))
			return true;
	return false;
}

/* whose sequence lies in the range, if one does: another's is what an earlier round left */
bool speaks_for(const struct work *w, const struct item *read, sym_t range)
{
	bool kept = false;

	if (read->kind != ITEM_READ)
		return false;
	for (int i = 0; i < w->prop.n; i++)
		kept |= w->prop.items[i].kind == ITEM_READ && is_kept_in(w, w->prop.items[i].a, range);
	return !kept || is_kept_in(w, read->a, range);
}

static void look_up(struct work *w, sym_t range, sym_t start, sym_t end)
{
	for (int i = 0; i < w->prop.n; i++) {
		struct item *x = &w->prop.items[i];

		if (!speaks_for(w, x, range))
			continue;
		if (!x->d) {	/* so that a loop comes to rest */
			x->d = start;
			x->e = end;
		}
		x->c = range;
		x->flags &= (uint16_t)~READ_AGAIN;
	}
}

void apply_looks(const struct frame *f, struct work *w, struct event *ev)
{
	sym_t range = object_sym(f, w, &ev->effect->object);

	if (!retry_is_asked(f->eng))
		return;
	step_add(w, STEP_LOOKUP, f->at->loc, f->func->name, f->at->name)->subject = range;
	if (!is_reading(w)) {
		prop_add(w, ITEM_LOOKUP, 0, range);
		return;
	}
	look_up(w, range, object_sym(f, w, &ev->effect->start), object_sym(f, w, &ev->effect->end));
}

void reading_locks(struct work *w)
{
	for (int i = 0; i < w->prop.n; i++)
		if (w->prop.items[i].kind == ITEM_READ && has_looked(&w->prop.items[i]))
			w->prop.items[i].flags |= READ_LOCKED;
}

void reading_frees(struct work *w, sym_t range)
{
	for (int i = 0; i < w->prop.n; i++)
		if (w->prop.items[i].kind == ITEM_READ && w->prop.items[i].c == range && has_looked(&w->prop.items[i]))
			w->prop.items[i].flags |= READ_FREED;
}

void reading_fails(struct work *w)
{
	for (int i = 0; i < w->prop.n; i++) {
		struct item *x = &w->prop.items[i];

		if (x->kind != ITEM_READ || !(x->flags & READ_FREED))
			continue;
		x->c = x->d = x->e = SYM_NONE;
		x->flags &= (uint16_t)~(READ_FREED | READ_LOCKED);
	}
}

/* the mmap lock is taken for a lookup, not for what was looked up */
void apply_takes(const struct frame *f, struct work *w, struct event *ev)
{
	sym_t lock = object_sym(f, w, &ev->effect->object);

	for (int i = 0; sym(f->eng, lock)->flags & SYM_IS_MMAP && i < w->prop.n; i++)
		if (w->prop.items[i].kind == ITEM_READ)
			w->prop.items[i].flags &= (uint16_t)~READ_LOCKED;
}

/* one of the notifiers whose sequences a loop reads: join.c */
static bool is_any(const struct engine *eng, sym_t notifier)
{
	const struct sym *x = sym(eng, notifier);

	if (x->kind == SYM_OLD)
		x = sym(eng, x->a);
	return x->kind == SYM_BORN && (uint64_t)x->imm2 >> 32 == BIRTH_ANY;
}

/* a sequence of several that were read at one place, and for which no retry was asked yet */
static bool is_read_in_rounds(const struct work *w, const struct item *read)
{
	int n = 0;

	for (int i = 0; i < w->prop.n; i++)
		n += w->prop.items[i].kind == ITEM_READ && w->prop.items[i].site == read->site;
	return read->kind == ITEM_READ && (n > 1 || is_any(w->eng, read->b));
}

/*
 * One loop reads the sequences of a list, and another one asks the retries: which of them is asked for is not
 * known, nor that both go through the whole list. Then all are taken to be asked.
 */
static bool asks_in_rounds(const struct frame *f, struct work *w, const struct item *asked)
{
	uint64_t site;

	if (!f->ctx->caller && !f->ctx->run->looping[f->block])
		return false;
	for (int i = 0; i < w->prop.n && !asked; i++)
		if (is_read_in_rounds(w, &w->prop.items[i]))
			asked = &w->prop.items[i];
	if (!asked || !is_read_in_rounds(w, asked))
		return false;
	site = asked->site;
	for (int i = w->prop.n - 1; i >= 0; i--)
		if (w->prop.items[i].kind == ITEM_READ && w->prop.items[i].site == site)
			prop_remove(&w->prop, &w->prop.items[i]);
	return true;
}

/* where it has changed the pages are dropped; where not, they are right under the lock */
void apply_retries(const struct frame *f, struct work *w, struct event *ev)
{
	sym_t result = result_sym(f, w);
	struct item *item, read;

	/* it is asked once more, whatever the answer is */
	leaves_unseen(w);
	item = read_of(w, object_sym(f, w, &ev->effect->object), object_sym(f, w, &ev->effect->value));
	if (asks_in_rounds(f, w, item) || !item)
		return;
	if (fact_true(w, result) == ALWAYS) {
		item->flags |= READ_STALE;
		return;
	}
	read = *item;
	prop_remove(&w->prop, item);
	leaves_answered(f, w, &read);
}
