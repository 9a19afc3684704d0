/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * spinlock.c - is a blocking start or end found under a spinlock of any kind?
 */
#include "era-d1/mmu_notifier.h"

void bad_start(struct mm_struct *mm, spinlock_t *lock, unsigned long start,
	       unsigned long end)
{
	spin_lock(lock);
	mmu_notifier_invalidate_range_start(mm, start, end); /* warn(region-atomic:atomic-lock) */
	spin_unlock(lock);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void bad_end(struct mm_struct *mm, spinlock_t *lock, unsigned long start,
	     unsigned long end)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	spin_lock(lock);
	mmu_notifier_invalidate_range_end(mm, start, end); /* warn(region-atomic:atomic-lock) */
	spin_unlock(lock);
}

void good_around(struct mm_struct *mm, spinlock_t *lock, unsigned long start,
		 unsigned long end)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	spin_lock(lock);
	spin_unlock(lock);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void bad_irqsave(struct mm_struct *mm, spinlock_t *lock, unsigned long start,
		 unsigned long end)
{
	unsigned long flags;

	spin_lock_irqsave(lock, flags);
	mmu_notifier_invalidate_range_start(mm, start, end); /* warn(region-atomic:atomic-spinlock) */
	spin_unlock_irqrestore(lock, flags);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_irqsave(struct mm_struct *mm, spinlock_t *lock, unsigned long start,
		  unsigned long end)
{
	unsigned long flags;

	spin_lock_irqsave(lock, flags);
	spin_unlock_irqrestore(lock, flags);
	mmu_notifier_invalidate_range_start(mm, start, end);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void bad_irq(struct mm_struct *mm, spinlock_t *lock, unsigned long start,
	     unsigned long end)
{
	spin_lock_irq(lock);
	mmu_notifier_invalidate_range_start(mm, start, end); /* warn(region-atomic:atomic-lock) */
	spin_unlock_irq(lock);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_bh(struct mm_struct *mm, spinlock_t *lock, unsigned long start,
	     unsigned long end)
{
	spin_lock_bh(lock);
	spin_unlock_bh(lock);
	mmu_notifier_invalidate_range_start(mm, start, end);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

struct object {
	long count;
	struct {
		long owner;
		struct lockdep_map dep_map;
	} lock;
};

/* what is asserted of an object's own lock may be one that is waited for asleep */
void good_asserted(struct mm_struct *mm, struct object *object, unsigned long start,
		   unsigned long end)
{
	lockdep_assert_held(&object->lock);
	mmu_notifier_invalidate_range_start(mm, start, end);
	mmu_notifier_invalidate_range_end(mm, start, end);
}
