/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * which-callback.c - are only callbacks checked that are called in atomic context?
 */
#include "era-c/mmu_notifier.h"
#include "sleep.h"

struct mirror {
	struct mmu_notifier mn;
	struct mutex lock;
	struct rw_semaphore sem;
	spinlock_t pages_lock;
	struct completion idle;
	struct work_struct work;
	struct wait_queue_head wq;
	unsigned long pages;
};

void mirror_unmap(struct mirror *mirror, unsigned long address);

struct other_ops {
	void (*invalidate_page)(struct mmu_notifier *mn, struct mm_struct *mm,
				unsigned long address);
};

void good_of_another_structure(struct mmu_notifier *mn, struct mm_struct *mm,
			       unsigned long address)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	mutex_lock(&mirror->lock);
	mirror_unmap(mirror, address);
	mutex_unlock(&mirror->lock);
}

void good_in_no_structure(struct mmu_notifier *mn, struct mm_struct *mm,
			  unsigned long address)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	mutex_lock(&mirror->lock);
	mirror_unmap(mirror, address);
	mutex_unlock(&mirror->lock);
}

void good_start(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start,
		unsigned long end)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	mutex_lock(&mirror->lock);
	mirror_unmap(mirror, start);
	mutex_unlock(&mirror->lock);
}

void good_release(struct mmu_notifier *mn, struct mm_struct *mm)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	mutex_lock(&mirror->lock);
	mirror->pages = 0;
	mutex_unlock(&mirror->lock);
}

static void take_and_unmap(struct mirror *mirror, unsigned long address)
{
	mutex_lock(&mirror->lock); /* warn(callback-sleeps:callback-atomic) */
	mirror_unmap(mirror, address);
	mutex_unlock(&mirror->lock);
}

void good_end_with_helper(struct mmu_notifier *mn, struct mm_struct *mm,
			  unsigned long start, unsigned long end)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	take_and_unmap(mirror, start);
}

void bad_page_with_helper(struct mmu_notifier *mn, struct mm_struct *mm,
			  unsigned long address)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	take_and_unmap(mirror, address);
}

int bad_test_young(struct mmu_notifier *mn, struct mm_struct *mm,
		   unsigned long address)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	mutex_lock(&mirror->lock); /* warn(callback-sleeps): in callback 'test_young' */
	mutex_unlock(&mirror->lock);
	return mirror->pages != 0;
}

int good_clear_flush_young(struct mmu_notifier *mn, struct mm_struct *mm,
			   unsigned long start, unsigned long end)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	return mirror->pages != 0;
}

void bad_start_and_range(struct mmu_notifier *mn, struct mm_struct *mm,
			 unsigned long start, unsigned long end)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	mutex_lock(&mirror->lock); /* warn(callback-sleeps): in callback 'invalidate_range' */
	mirror_unmap(mirror, start);
	mutex_unlock(&mirror->lock);
}

void good_start_and_end(struct mmu_notifier *mn, struct mm_struct *mm,
			unsigned long start, unsigned long end)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	mutex_lock(&mirror->lock);
	mirror_unmap(mirror, start);
	mutex_unlock(&mirror->lock);
}

const struct mmu_notifier_ops one_for_both = {
	.invalidate_range_start = bad_start_and_range,
	.invalidate_range = bad_start_and_range,
};

const struct mmu_notifier_ops one_for_pair = {
	.invalidate_range_start = good_start_and_end,
	.invalidate_range_end = good_start_and_end,
};

const struct other_ops other = {
	.invalidate_page = good_of_another_structure,
};

const struct mmu_notifier_ops mirror_ops = {
	.release = good_release,
	.clear_flush_young = good_clear_flush_young,
	.test_young = bad_test_young,
	.invalidate_page = bad_page_with_helper, /* warn(ops-invalidate-page:ops-beside) */
	.invalidate_range_start = good_start,
	.invalidate_range_end = good_end_with_helper,
};
