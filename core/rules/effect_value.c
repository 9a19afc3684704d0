// SPDX-License-Identifier: GPL-2.0-only
/*
 * effect_value.c - the effects on values and memory, and on what is known of them.
 */
#include "judging.h"

/* most effects speak of nothing that a rule has to be shown */
void see_nothing(const struct frame *f, struct work *w, struct event *ev)
{
	(void)f;
	(void)w;
	(void)ev;
}

/* set_result() in effects.c has done it, or there is nothing to do */
void apply_nothing(const struct frame *f, struct work *w, struct event *ev)
{
	(void)f;
	(void)w;
	(void)ev;
}

void apply_set(const struct frame *f, struct work *w, struct event *ev)
{
	sym_t value = object_sym(f, w, &ev->effect->value);

	if (!value)
		value = sym_born(f->eng, frame_site(f), birth(BIRTH_VALUE, 0));
	work_write(w, object_addr(f, w, &ev->effect->object), value);
}

/* a member whose address was given is written alone, the other members stay */
void apply_writes(const struct frame *f, struct work *w, struct event *ev)
{
	sym_t addr = object_sym(f, w, &ev->effect->object), base = sym_base(f->eng, addr);
	sym_t tag = sym_born(f->eng, frame_site(f), birth(BIRTH_CONTENTS, 0));

	if (addr != base)
		work_write(w, addr, sym_content(f->eng, addr, tag));
	else
		work_forget(w, base, tag);
}

/* others may have written to it since it was read last: what it holds is what came out now */
void apply_reads(const struct frame *f, struct work *w, struct event *ev)
{
	sym_t now = result_sym(f, w);

	sym_mark(f->eng, now, SYM_OLD_ENTRY);
	work_write(w, object_addr(f, w, &ev->effect->object), now);
}

void apply_nonzero(const struct frame *f, struct work *w, struct event *ev)
{
	sym_t s = object_sym(f, w, &ev->effect->object);

	fact_learn(w, s, fact_nonzero());
	sym_mark(f->eng, s, SYM_POINTER);
}

void apply_negative(const struct frame *f, struct work *w, struct event *ev)
{
	fact_learn(w, object_sym(f, w, &ev->effect->object), fact_between(INT64_MIN, -1));
}

/* MAX_SCHEDULE_TIMEOUT is the largest value that there is */
void apply_finite(const struct frame *f, struct work *w, struct event *ev)
{
	fact_learn(w, object_sym(f, w, &ev->effect->object), fact_between(0, INT64_MAX >> 1));
}

/* a function that is called with an mmap lock held, or takes it, is not called inside a region */
void apply_outside(const struct frame *f, struct work *w, struct event *ev)
{
	sym_t lock = object_sym(f, w, &ev->effect->object);

	if (!(sym(f->eng, lock)->flags & SYM_IS_MMAP) ||
	    w->prop.outside != OUTSIDE_UNKNOWN || w->prop.region == PRESENT)
		return;
	w->prop.outside = OUTSIDE_CALLERS;
	w->prop.region = ABSENT;
	step_add(w, STEP_OUTSIDE, f->at->loc, f->func->name, f->at->name);
}

void apply_alone(const struct frame *f, struct work *w, struct event *ev)
{
	(void)f;
	(void)ev;
	w->prop.outside = OUTSIDE_ALONE;
}
