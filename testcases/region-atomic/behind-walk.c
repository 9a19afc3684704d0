/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * behind-walk.c - is a lock known where a helper walks, and only what the walk calls starts a region?
 */
#include "era-d2/mmu_notifier.h"
#include "pagewalk.h"

static int clear_entry(pmd_t *pmd, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, NULL, walk->mm, addr, next);
	mmu_notifier_invalidate_range_start(&range); /* warn(region-atomic:atomic-lock) */
	mmu_notifier_invalidate_range_end(&range);
	return 0;
}

static const struct mm_walk_ops clear_ops = { .pmd_entry = clear_entry };

static int clear_pages(struct mm_struct *mm)
{
	return walk_page_range(mm, 0, PAGE_SIZE, &clear_ops, NULL);
}

int bad_clears_locked(struct mm_struct *mm, spinlock_t *lock)
{
	int ret;

	spin_lock(lock);
	ret = clear_pages(mm);
	spin_unlock(lock);
	return ret;
}

int good_clears_later(struct mm_struct *mm, spinlock_t *lock)
{
	spin_lock(lock);
	spin_unlock(lock);
	return clear_pages(mm);
}

static void lock_pages(spinlock_t *lock)
{
	spin_lock(lock);
}

static int clear_more_entry(pmd_t *pmd, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, NULL, walk->mm, addr, next);
	mmu_notifier_invalidate_range_start(&range); /* warn(region-atomic:atomic-lock) */
	mmu_notifier_invalidate_range_end(&range);
	return 0;
}

static const struct mm_walk_ops clear_more_ops = { .pmd_entry = clear_more_entry };

static int clear_more_pages(struct mm_struct *mm)
{
	return walk_page_range(mm, 0, PAGE_SIZE, &clear_more_ops, NULL);
}

/* .. and one that a helper takes */
int bad_clears_locked_by_helper(struct mm_struct *mm, spinlock_t *lock)
{
	int ret;

	lock_pages(lock);
	ret = clear_more_pages(mm);
	spin_unlock(lock);
	return ret;
}
