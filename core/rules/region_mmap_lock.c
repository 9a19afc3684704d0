// SPDX-License-Identifier: GPL-2.0-only
/*
 * region_mmap_lock.c - the mmap lock that is taken or dropped inside a region, and user memory
 * that is touched there.
 *
 * A region lies inside the mmap lock, or inside the locks of the reverse maps, which come after
 * it in the order of locks. Taking it inside waits for oneself, or is the wrong order; a page
 * fault takes it as well. That of another mm is no matter of the region. Silent: a trylock,
 * which does not wait.
 */
#include "judging.h"

/* the mm whose mmap lock the event is about; SYM_NONE: it is another lock */
static sym_t mm_of_lock(const struct frame *f, struct work *w, const struct event *ev)
{
	const struct sym *lock = sym(f->eng, object_sym(f, w, &ev->effect->object));

	return lock->flags & SYM_IS_MMAP ? lock->a : SYM_NONE;
}

/* it is held once more: what drops it next does not drop the lock that the region lies in */
void apply_tries(const struct frame *f, struct work *w, struct event *ev)
{
	if (mm_of_lock(f, w, ev))
		prop_add(w, ITEM_TRIED, 0, object_sym(f, w, &ev->effect->object));
}

void apply_gives(const struct frame *f, struct work *w, struct event *ev)
{
	sym_t lock = object_sym(f, w, &ev->effect->object);
	struct item *tried = lock ? prop_find(&w->prop, ITEM_TRIED, lock) : NULL;

	if (tried)
		prop_remove(&w->prop, tried);
}

static void at_event(const struct frame *f, struct work *w, struct event *ev)
{
	bool taken = ev->effect->kind == EFFECT_TAKES;
	sym_t mm;

	if (!prop_region_open(&w->prop))
		return;
	if (ev->effect->kind == EFFECT_FAULTS) {
		report_inside(f, w, MN_RULE_REGION_MMAP_LOCK, MESSAGE_MMAP_FAULTS, SYM_NONE);
		return;
	}
	mm = mm_of_lock(f, w, ev);
	if (mm && (taken || !prop_find(&w->prop, ITEM_TRIED,
				       object_sym(f, w, &ev->effect->object))))
		report_inside(f, w, MN_RULE_REGION_MMAP_LOCK,
			      taken ? MESSAGE_MMAP_TAKEN : MESSAGE_MMAP_DROPPED, mm);
}

/* what is taken again after it was dropped is one mistake */
const struct rule rule_REGION_MMAP_LOCK = {
	SEES(TAKES) | SEES(GIVES) | SEES(FAULTS), SEES(START), at_event, NULL, NULL, NULL
};
