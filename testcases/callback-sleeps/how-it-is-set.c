/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * how-it-is-set.c - is a callback recognised however it gets into its member?
 */
#include "era-c/mmu_notifier.h"
#include "sleep.h"

struct mirror {
	struct mmu_notifier mn;
	struct mutex lock;
	unsigned long pages;
};

void mirror_unmap(struct mirror *mirror, unsigned long address);

void bad_positional(struct mmu_notifier *mn, struct mm_struct *mm,
		    unsigned long address)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	mutex_lock(&mirror->lock); /* warn(callback-sleeps:callback-atomic) */
	mirror_unmap(mirror, address);
	mutex_unlock(&mirror->lock);
}

void bad_assigned(struct mmu_notifier *mn, struct mm_struct *mm,
		  unsigned long address)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	mutex_lock(&mirror->lock); /* warn(callback-sleeps:callback-atomic) */
	mirror_unmap(mirror, address);
	mutex_unlock(&mirror->lock);
}

void bad_assigned_by_condition(struct mmu_notifier *mn, struct mm_struct *mm,
			       unsigned long address)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	mutex_lock(&mirror->lock); /* warn(callback-sleeps:callback-atomic) */
	mirror_unmap(mirror, address);
	mutex_unlock(&mirror->lock);
}

void bad_in_array(struct mmu_notifier *mn, struct mm_struct *mm,
		  unsigned long address)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	mutex_lock(&mirror->lock); /* warn(callback-sleeps:callback-atomic) */
	mirror_unmap(mirror, address);
	mutex_unlock(&mirror->lock);
}

void bad_in_larger_structure(struct mmu_notifier *mn, struct mm_struct *mm,
			     unsigned long address)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	mutex_lock(&mirror->lock); /* warn(callback-sleeps:callback-atomic) */
	mirror_unmap(mirror, address);
	mutex_unlock(&mirror->lock);
}

void bad_compound_literal(struct mmu_notifier *mn, struct mm_struct *mm,
			  unsigned long address)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	mutex_lock(&mirror->lock); /* warn(callback-sleeps:callback-atomic) */
	mirror_unmap(mirror, address);
	mutex_unlock(&mirror->lock);
}

void good_positional(struct mmu_notifier *mn, struct mm_struct *mm,
		     unsigned long address)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (!mutex_trylock(&mirror->lock))
		return;
	mirror_unmap(mirror, address);
	mutex_unlock(&mirror->lock);
}

void good_assigned(struct mmu_notifier *mn, struct mm_struct *mm,
		   unsigned long address)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (!mutex_trylock(&mirror->lock))
		return;
	mirror_unmap(mirror, address);
	mutex_unlock(&mirror->lock);
}

void good_assigned_by_condition(struct mmu_notifier *mn, struct mm_struct *mm,
				unsigned long address)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (!mutex_trylock(&mirror->lock))
		return;
	mirror_unmap(mirror, address);
	mutex_unlock(&mirror->lock);
}

void good_in_array(struct mmu_notifier *mn, struct mm_struct *mm,
		   unsigned long address)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (!mutex_trylock(&mirror->lock))
		return;
	mirror_unmap(mirror, address);
	mutex_unlock(&mirror->lock);
}

void good_in_larger_structure(struct mmu_notifier *mn, struct mm_struct *mm,
			      unsigned long address)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (!mutex_trylock(&mirror->lock))
		return;
	mirror_unmap(mirror, address);
	mutex_unlock(&mirror->lock);
}

void good_compound_literal(struct mmu_notifier *mn, struct mm_struct *mm,
			   unsigned long address)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (!mutex_trylock(&mirror->lock))
		return;
	mirror_unmap(mirror, address);
	mutex_unlock(&mirror->lock);
}

void good_assigned_elsewhere(struct mmu_notifier *mn, struct mm_struct *mm,
			     unsigned long address)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	mutex_lock(&mirror->lock);
	mirror_unmap(mirror, address);
	mutex_unlock(&mirror->lock);
}

struct mmu_notifier_ops ops_by_position = {
	NULL, NULL, NULL, NULL, bad_positional, /* warn(ops-invalidate-page:ops-alone) */
};

struct mmu_notifier_ops other_by_position = {
	NULL, NULL, NULL, NULL, good_positional, /* warn(ops-invalidate-page:ops-alone) */
};

struct mmu_notifier_ops ops;
struct mmu_notifier_ops other_ops;

void set_callbacks(bool fast)
{
	ops.invalidate_page = bad_assigned; /* warn(ops-invalidate-page:ops-alone) */
	other_ops.invalidate_page = good_assigned; /* warn(ops-invalidate-page:ops-alone) */
	ops.invalidate_page = fast ? bad_assigned_by_condition : NULL; /* warn(ops-invalidate-page:ops-alone) */
	other_ops.invalidate_page = fast ? good_assigned_by_condition : NULL; /* warn(ops-invalidate-page:ops-alone) */
}

struct mmu_notifier_ops generations[2] = {
	{ .invalidate_page = good_in_array }, /* warn(ops-invalidate-page:ops-alone) */
	{ .invalidate_page = bad_in_array }, /* warn(ops-invalidate-page:ops-alone) */
};

struct chip {
	const char *name;
	struct mmu_notifier_ops ops;
};

struct chip chips[2] = {
	{ .name = "one", .ops = { .invalidate_page = good_in_larger_structure } }, /* warn(ops-invalidate-page:ops-alone) */
	{ .name = "two", .ops.invalidate_page = bad_in_larger_structure }, /* warn(ops-invalidate-page:ops-alone) */
};

void init_chip(struct chip *chip)
{
	chip->ops = (struct mmu_notifier_ops){
		.invalidate_page = bad_compound_literal, /* warn(ops-invalidate-page:ops-alone) */
	};
	chip[1].ops = (struct mmu_notifier_ops){
		.invalidate_page = good_compound_literal, /* warn(ops-invalidate-page:ops-alone) */
	};
}

void register_shrinker_of(void (*shrink)(struct mmu_notifier *mn, struct mm_struct *mm,
					 unsigned long address));

void set_others(void)
{
	register_shrinker_of(good_assigned_elsewhere);
}
