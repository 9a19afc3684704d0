/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * queued-helpers.c - is it seen what a helper of a header may have done, before work is queued for the rest?
 */
#include "era-e/mmu_notifier.h"
#include "queued.h"

int bad_nothing(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = mirror_of(mn);

	device_nothing(mirror->dev);
	schedule_work(&mirror->work);
	return 0; /* warn(callback-incomplete:work-not-awaited) */
}

int good_reset(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = mirror_of(mn);

	device_reset(mirror->dev);
	schedule_work(&mirror->work);
	return 0;
}

int good_hook(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = mirror_of(mn);

	window_hook(mirror);
	schedule_work(&mirror->work);
	return 0;
}

int good_bit(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = mirror_of(mn);

	window_bit(mirror);
	schedule_work(&mirror->work);
	return 0;
}

/* readers may look at what is stored */
int good_noted(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = mirror_of(mn);

	window_note(&mirror->stale, &mirror->mapped);
	schedule_work(&mirror->work);
	return 0;
}

int good_cleared(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = mirror_of(mn);

	window_clear(&mirror->stale);
	schedule_work(&mirror->work);
	return 0;
}

int good_sleeps(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = mirror_of(mn);

	if (!mmu_notifier_range_blockable(range))
		return -11;
	window_sleep(mirror);
	schedule_work(&mirror->work);
	return 0;
}

int bad_looked_up(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = mirror_of(mn);

	window_rcu(mirror);
	schedule_work(&mirror->work);
	return 0; /* warn(callback-incomplete:work-not-awaited) */
}

/* whatever it is of, this one never does anything */
int bad_kind(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = mirror_of(mn);

	if (window_kind(mirror))
		schedule_work(&mirror->work);
	return 0; /* warn(callback-incomplete:work-not-awaited) */
}

int good_kind(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = mirror_of(mn);

	if (window_kind(mirror))
		window_drop(&mirror->mapped);
	schedule_work(&mirror->work);
	return 0;
}

int bad_four_calls(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = mirror_of(mn);

	if (window_4(mirror) > 100)
		schedule_work(&mirror->work);
	return 0; /* warn(callback-incomplete:work-not-awaited) */
}

/* what is further away may do anything */
int good_five_calls(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = mirror_of(mn);

	if (window_5(mirror) > 100)
		schedule_work(&mirror->work);
	return 0;
}

/* the range itself is copied for the work */
int bad_copied(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = mirror_of(mn);

	mirror->range = *range;
	schedule_work(&mirror->work);
	return 0; /* warn(callback-incomplete:work-not-awaited) */
}

/* .. and what is copied otherwise may be what readers look at */
int good_copied(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = mirror_of(mn);

	mirror->stale = mirror->mapped;
	schedule_work(&mirror->work);
	return 0;
}

/* a switch of what the object holds */
int bad_switch(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = mirror_of(mn);

	switch (mirror->kind) {
	case 1:
		schedule_work(&mirror->work);
		return 0; /* warn(callback-incomplete:work-not-awaited) */
	case 2:
	case 5:
		return 0;
	default:
		break;
	}
	return 0;
}

int good_switch(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = mirror_of(mn);

	switch (mirror->kind) {
	case 1:
		window_drop(&mirror->mapped);
		return 0;
	case 2:
	case 5:
		return 0;
	default:
		break;
	}
	schedule_work(&mirror->work);
	return 0;
}

/* which way it goes is not known, as where the object says it */
int bad_traced(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = mirror_of(mn);

	__asm__ goto("" : : : : out);
	schedule_work(&mirror->work);
	return 0; /* warn(callback-incomplete:work-not-awaited) */
out:
	return 0;
}

int good_traced(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = mirror_of(mn);

	__asm__ goto("" : : : : drop);
	schedule_work(&mirror->work);
	return 0;
drop:
	window_drop(&mirror->mapped);
	return 0;
}

/* no page has to go there */
void good_release(struct mmu_notifier *mn, struct mm_struct *mm)
{
	schedule_work(&mirror_of(mn)->work);
}

/* .. and who is passed nothing has no object */
static struct work_struct work_of_all;

static int good_no_arguments(void)
{
	schedule_work(&work_of_all);
	return 0;
}

const struct mmu_notifier_ops ops_release = { .release = good_release };
const struct mmu_notifier_ops ops_no_arguments = { .invalidate_range_start = (void *)good_no_arguments };

#define START(name) const struct mmu_notifier_ops ops_##name = { .invalidate_range_start = name }

START(bad_nothing);
START(good_reset);
START(good_hook);
START(good_bit);
START(good_noted);
START(good_cleared);
START(good_sleeps);
START(bad_looked_up);
START(bad_kind);
START(good_kind);
START(bad_four_calls);
START(good_five_calls);
START(bad_copied);
START(good_copied);
START(bad_switch);
START(good_switch);
START(bad_traced);
START(good_traced);
