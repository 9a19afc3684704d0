/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * overlay.c - what does packaged sparse see with the overlay in front of the header?
 *
 * A comment "sparse: TEXT" stands on the line that it has to say TEXT of.
 */
#include <linux/mmu_notifier.h>

void good_pair(struct mm_struct *mm, spinlock_t *ptl);
void good_pair(struct mm_struct *mm, spinlock_t *ptl)
{
	mmu_notifier_invalidate_range_start(mm, 0, 1);
	spin_lock(ptl);
	mmu_notifier_invalidate_range(mm, 0, 1);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, 0, 1);
}

void bad_start_locked(struct mm_struct *mm, spinlock_t *ptl);
void bad_start_locked(struct mm_struct *mm, spinlock_t *ptl)
{
	spin_lock(ptl);
	mmu_notifier_invalidate_range_start(mm, 0, 1); /* sparse: context check failure */
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, 0, 1);
}

void bad_end_locked(struct mm_struct *mm, spinlock_t *ptl);
void bad_end_locked(struct mm_struct *mm, spinlock_t *ptl)
{
	mmu_notifier_invalidate_range_start(mm, 0, 1);
	spin_lock(ptl);
	mmu_notifier_invalidate_range_end(mm, 0, 1); /* sparse: context check failure */
	spin_unlock(ptl);
}

void bad_no_lock(struct mm_struct *mm);
void bad_no_lock(struct mm_struct *mm)
{
	mmu_notifier_invalidate_range_start(mm, 0, 1);
	mmu_notifier_invalidate_range(mm, 0, 1); /* sparse: context check failure */
	mmu_notifier_invalidate_range_end(mm, 0, 1);
}

void bad_no_region(struct mm_struct *mm, spinlock_t *ptl);
void bad_no_region(struct mm_struct *mm, spinlock_t *ptl)
{
	spin_lock(ptl);
	mmu_notifier_invalidate_range(mm, 0, 1); /* sparse: context check failure */
	spin_unlock(ptl);
}

void bad_never_ended(struct mm_struct *mm);
void bad_never_ended(struct mm_struct *mm) /* sparse: context imbalance in 'bad_never_ended' */
{
	mmu_notifier_invalidate_range_start(mm, 0, 1);
}

void bad_ended_twice(struct mm_struct *mm);
void bad_ended_twice(struct mm_struct *mm) /* sparse: context imbalance in 'bad_ended_twice' */
{
	mmu_notifier_invalidate_range_start(mm, 0, 1);
	mmu_notifier_invalidate_range_end(mm, 0, 1);
	mmu_notifier_invalidate_range_end(mm, 0, 1); /* sparse: context check failure */
}

int bad_error_path(struct mm_struct *mm, int error);
int bad_error_path(struct mm_struct *mm, int error) /* sparse: context imbalance in 'bad_error_path' */
{
	mmu_notifier_invalidate_range_start(mm, 0, 1);
	if (error)
		return error;
	mmu_notifier_invalidate_range_end(mm, 0, 1);
	return 0;
}
