// SPDX-License-Identifier: GPL-2.0-only
/*
 * leaves.c - a callback that leaves early on what a reader sets too late.
 *
 * "Nothing is mapped" is no reason to leave where a reader that was told to go on says that something is only
 * behind the lock: a callback in between sees the old value and leaves, and the reader keeps the pages. So
 * what the answer of a retry is worth ends with the lock.
 *
 * On which members of the notifier's object a callback leaves is computed before anything is judged
 * (leaving.c): a path that does nothing and found the member 0 (or not 0), none that does something and
 * found the same, and one that does and found the contrary. A member is known by its distance from
 * the notifier, so there is one such callback in the unit, or nothing is said. A reader is one that read the
 * sequence on the path, asked for it under the lock, dropped that, and sets the member with no lock held at all;
 * who asks once more, in this file or another that finds the sequence in memory, or does anything that is not seen
 * afterwards, may put that right.
 */
#include "judging.h"

/* flags of ITEM_ANSWERED */
#define ANSWERED_LATE	(1u << 0)	/* what the callback leaves on was set with no lock held */

static struct item *answered(struct work *w)
{
	return item_of(&w->prop, ITEM_ANSWERED);
}

/* it is the value, 0 or not, on which the callback leaves */
static bool leaves_on(const struct leave *leave, bool value)
{
	return leave->idle[value] && !leave->idle[!value] && leave->busy[!value] && !leave->busy[value];
}

void leaves_answered(const struct frame *f, struct work *w, const struct item *read)
{
	struct item *item;

	if (!f->eng->leaves)
		return;
	if (answered(w))
		prop_remove(&w->prop, answered(w));
	if (!read->b)
		return;
	item = prop_add(w, ITEM_ANSWERED, 0, read->b);
	item->b = read->a;
}

void leaves_unseen(struct work *w)
{
	struct item *item = answered(w);

	if (item && item->flags & ANSWERED_LATE)
		prop_remove(&w->prop, item);
}

void leaves_stored(const struct frame *f, struct work *w)
{
	struct item *item = answered(w);
	sym_t addr = item ? work_value(w, f->at->a) : SYM_NONE;
	int64_t at, notifier;
	enum truth t;

	if (!addr || item->flags & ANSWERED_LATE || holds_any_lock(w) ||
	    sym_place(f->eng, addr, &at) != sym_place(f->eng, item->a, &notifier))
		return;
	t = fact_true(w, work_value(w, f->at->b));
	for (int i = 0; t != MAYBE && i < f->eng->leaves->n; i++)
		if (f->eng->leaves->v[i].at == at - notifier && leaves_on(&f->eng->leaves->v[i], t == NEVER)) {
			item->flags |= ANSWERED_LATE;
			item->c = sym_const(f->eng, i);
			step_add(w, STEP_LATE, f->at->loc, f->func->name, NULL);
		}
}

/* whoever finds it there may ask once more */
static bool is_in_memory(const struct work *w, sym_t sequence)
{
	for (int i = 0; i < w->n; i++) {
		const struct sym *base;

		if (bind_space(w->binds[i].key) != SPACE_CELL || w->binds[i].val != sequence)
			continue;
		base = sym(w->eng, sym_base(w->eng, bind_id(w->binds[i].key)));
		if (base->kind != SYM_LOCAL && !(base->flags & SYM_STACK))
			return true;
	}
	return false;
}

void leaves_at_return(const struct frame *f, struct work *w)
{
	const struct item *item = f->eng->leaves ? answered(w) : NULL;
	const struct step *s = step_last(w->trail, STEP_LATE);
	struct frame at = *f;
	struct judged *j;
	struct step *leave;
	int64_t i;

	if (!item || !(item->flags & ANSWERED_LATE) || !s || item_of((struct prop *)f->ctx->prop, ITEM_READ) ||
	    item_of((struct prop *)f->ctx->prop, ITEM_ANSWERED) || is_in_memory(w, item->b) ||
	    !sym_const_value(f->eng, item->c, &i))
		return;
	at.func = unit_func(f->eng->unit, s->func);
	j = finding_make(&at, w, s->loc, MESSAGE_LEAVES_EARLY, f->eng->leaves->by->member, NULL);
	if (!j || j->elsewhere)
		return;
	leave = (struct step *)arena_alloc(f->eng->arena, sizeof(*leave));
	leave->kind = STEP_LEFT;
	leave->loc = f->eng->leaves->v[i].loc;
	leave->func = f->eng->leaves->func;
	leave->name = f->eng->leaves->by->member;
	j->elsewhere = leave;
}
