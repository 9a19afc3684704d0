// SPDX-License-Identifier: GPL-2.0-only
/*
 * effect_entry.c - the effects on page table entries.
 *
 * An entry that was cleared under a lock waits until the lock is dropped, for it may be put
 * back. One that was cleared and then set to another page waits for a notification.
 * Neither is followed if no rule looks at changes.
 */
#include "judging.h"

/* where no region is open, on this path or in a caller, and one is needed */
static bool lies_outside(const struct frame *f, struct work *w, const struct effect *e)
{
	/* an mm with a name of its own is the kernel's, and has no notifiers */
	const struct sym *mm = sym(f->eng, object_sym(f, w, &e->mm));

	/* where it tells of what it changes, though without a pair, that call is judged */
	return entry_needs_region(&w->prop) && mm->kind != SYM_GLOBAL &&
	       !(w->prop.outside == OUTSIDE_DETACHED && e->level == LEVEL_PTE) &&
	       (!f->func->tells || region_has_ended(&w->prop));
}

/* is the change to be followed at all? */
static bool is_followed(const struct frame *f, const struct effect *e)
{
	return e->entry && f->ctx->judged && is_seen(f->eng, EFFECT_CHANGE);
}

void see_change(const struct frame *f, struct work *w, struct event *ev)
{
	const struct effect *e = ev->effect;

	if (!is_followed(f, e))
		return;
	ev->entry = object_sym(f, w, &e->object);
	ev->address = object_sym(f, w, &e->start);
	ev->old = work_read(w, ev->entry);
	ev->value = object_sym(f, w, &e->value);
	ev->taken = taken(w, e, ev->old, ev->value);
	ev->outside = ev->taken != ENTRY_NONE && lies_outside(f, w, e);
}

/* an entry that waits to be put back is, or a second one is changed: it waits no more */
static void stop_waiting(struct work *w, const struct event *ev)
{
	const struct item *waits = entry_waits(&w->prop);

	if (waits && (ev->effect->entry == ENTRY_CLEAR || waits->a == ev->entry))
		entry_told(w);
}

static void wait_to_be_put_back(const struct frame *f, struct work *w,
				const struct event *ev)
{
	if (ev->quiet || !ev->outside || !cleared_for_now(w, ev))
		return;
	prop_add(w, ITEM_ENTRY, ENTRY_MORE | (region_has_ended(&w->prop) ? ENTRY_AFTER : 0), ev->entry);
	step_add(w, STEP_CLEAR, f->at->loc, f->func->name, NULL)->subject = ev->entry;
}

/* an entry is replaced only in a unit that makes entries for pages */
static void note_replacement(const struct frame *f, struct work *w,
			     const struct event *ev)
{
	struct item *was = item_of(&w->prop, ITEM_ENTRY);

	if (!f->eng->notifies || !f->func->makes_entries || !ev->entry ||
	    !prop_ptl_held(&w->prop) || !prop_region_open(&w->prop))
		return;
	if (ev->effect->entry == ENTRY_CLEAR) {
		entry_told(w);
		prop_add(w, ITEM_ENTRY, ENTRY_CLEAR, ev->entry);
		step_add(w, STEP_CLEAR, f->at->loc, f->func->name, NULL)->subject = ev->entry;
	} else if (ev->effect->entry == ENTRY_SET && was && was->a == ev->entry &&
		   sym(f->eng, ev->value)->flags & SYM_NEW_ENTRY) {
		prop_remove(&w->prop, was);
		prop_add(w, ITEM_REPLACED, 0, ev->entry)->b = page_of(f->eng, ev->value);
		step_add(w, STEP_REPLACE, f->at->loc, f->func->name, NULL)->subject = ev->entry;
	}
}

static void follow_change(const struct frame *f, struct work *w, const struct event *ev)
{
	enum entry_word entry = ev->effect->entry;
	sym_t value = ev->value;

	stop_waiting(w, ev);
	wait_to_be_put_back(f, w, ev);
	/* from now on no secondary MMU has the entries of the table that it led to */
	if (entry == ENTRY_CLEAR && ev->effect->level > LEVEL_PTE &&
	    w->prop.outside == OUTSIDE_CALLERS && prop_region_open(&w->prop))
		w->prop.outside = OUTSIDE_DETACHED;
	note_replacement(f, w, ev);
	if (entry == ENTRY_CLEAR) {
		sym_mark(f->eng, ev->old, SYM_OLD_ENTRY);
		value = sym_const(f->eng, 0);
	}
	work_write(w, ev->entry, value ? value :
		   sym_born(f->eng, frame_site(f), birth(BIRTH_ENTRY, 0)));
}

void apply_change(const struct frame *f, struct work *w, struct event *ev)
{
	const struct effect *e = ev->effect;
	struct item *level, *region;

	if (is_followed(f, e))
		follow_change(f, w, ev);
	frame_changes(f, w);
	/* one that names no entry drops the locks that it takes */
	if (e->entry && !e->object.kind)
		return;
	level = prop_find(&w->prop, ITEM_LEVEL, SYM_NONE);
	if (!level)
		level = prop_add(w, ITEM_LEVEL, LEVEL_NONE, SYM_NONE);
	/* the last change is the one that a notification is about */
	level->flags = (uint16_t)e->level;
	/* and of two regions the later one is there for it */
	region = latest(w, ITEM_REGION, NULL, false);
	if (region && e->level > LEVEL_PTE)
		region->flags |= REGION_HUGE;
}

/*
 * In a kernel where a flush of the CPUs' TLBs does not reach the secondary ones, who
 * flushes inside a region notifies, too, or leaves it to the end. A helper may not know the region.
 */
static void note_flush(const struct frame *f, struct work *w, unsigned int flag)
{
	struct item *flushed = prop_find(&w->prop, ITEM_FLUSHED, SYM_NONE);

	/* one in front of the lock is not the one under it */
	if (flag == FLUSH_DONE && prop_ptl_held(&w->prop))
		flag |= FLUSH_LOCKED;
	if (!f->eng->notifies || (flushed && (flushed->flags & flag) == flag))
		return;
	if (!flushed)
		flushed = prop_add(w, ITEM_FLUSHED, 0, SYM_NONE);
	flushed->flags |= flag;
	if (flag == FLUSH_PENDING)
		return;
	/* two flushes are two mistakes, also where their paths meet before what relies on them */
	flushed->site = frame_site(f);
	step_add(w, STEP_FLUSH, f->at->loc, f->func->name, f->at->name);
}

void apply_flushes(const struct frame *f, struct work *w, struct event *ev)
{
	(void)ev;
	note_flush(f, w, FLUSH_DONE);
}

/* who flushes for the one who changed the entries comes before that one's notification, too */
void apply_pending(const struct frame *f, struct work *w, struct event *ev)
{
	(void)ev;
	note_flush(f, w, FLUSH_PENDING);
}

void apply_frees(const struct frame *f, struct work *w, struct event *ev)
{
	const struct item *replaced = item_of(&w->prop, ITEM_REPLACED);

	if (!replaced || !prop_region_open(&w->prop) ||
	    replaced->b == object_sym(f, w, &ev->effect->object))
		return;
	entry_told(w);
	flush_told(w);
}
