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
	sym_t lock = object_sym(f, w, &ev->effect->object), mm = mm_of_lock(f, w, ev);
	struct item *tried = lock ? prop_find(&w->prop, ITEM_TRIED, lock) : NULL;
	const struct item *region = mm && !tried ? region_inside(w, mm) : NULL;
	sym_t subject = region ? subject_of(region) : SYM_NONE;

	if (tried)
		prop_remove(&w->prop, tried);
	if (!subject || prop_find(&w->prop, ITEM_DROPPED, subject))
		return;
	prop_add(w, ITEM_DROPPED, 0, subject);
	step_add(w, STEP_GIVE, f->at->loc, f->func->name, f->at->name)->subject = subject;
}

static bool was_dropped(struct work *w, sym_t mm)
{
	const struct item *region = region_inside(w, mm);

	return region && prop_find(&w->prop, ITEM_DROPPED, subject_of(region));
}

/* until the region is ended behind the drop, a missing end is the mistake */
static void judge_end(const struct frame *f, struct work *w, const struct event *ev)
{
	sym_t subject = ev->end == END_OF_REGION ? subject_of(ev->region) : SYM_NONE;
	struct frame dropper = *f;
	const struct step *s;

	if (!subject || !prop_find(&w->prop, ITEM_DROPPED, subject) ||
	    is_quiet(w, MN_RULE_REGION_MMAP_LOCK) || ev->region->flags & REGION_QUIET)
		return;
	s = step_of(w->trail, STEP_GIVE, subject);
	/* a loop may have made it forget the region's start */
	if (!s)
		s = step_last(w->trail, STEP_GIVE);
	/* the finding is in the function that dropped it */
	dropper.func = unit_func(f->eng->unit, s->func);
	finding_make(&dropper, w, s->loc, MESSAGE_MMAP_DROPPED, s->name, region_name(w, ev->region));
	be_quiet(w, MN_RULE_REGION_MMAP_LOCK);
}

static void at_event(const struct frame *f, struct work *w, struct event *ev)
{
	enum message m = ev->effect->kind == EFFECT_FAULTS ? MESSAGE_MMAP_FAULTS :
							     MESSAGE_MMAP_TAKEN;
	sym_t mm;

	if (ev->effect->kind == EFFECT_END) {
		judge_end(f, w, ev);
		return;
	}
	if (!prop_region_open(&w->prop))
		return;
	mm = m == MESSAGE_MMAP_FAULTS ? SYM_NONE : mm_of_lock(f, w, ev);
	/* what is taken again after it was dropped is one mistake */
	if (m == MESSAGE_MMAP_FAULTS || (mm && !was_dropped(w, mm)))
		report_inside(f, w, MN_RULE_REGION_MMAP_LOCK, m, mm);
}

const struct rule rule_REGION_MMAP_LOCK = {
	SEES(TAKES) | SEES(FAULTS) | SEES(END), SEES(START), at_event, NULL, NULL, NULL
};
