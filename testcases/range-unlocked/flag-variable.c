/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * flag-variable.c - is a bool that says "locked" followed, right or wrong?
 */
#include "era-d1/mmu_notifier.h"

void good_flag(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
	       unsigned long end, bool now)
{
	spinlock_t *ptl = pmd_lockptr(mm, pmd);
	bool locked = false;

	mmu_notifier_invalidate_range_start(mm, start, end);
	if (now) {
		spin_lock(ptl);
		locked = true;
	}
	flush_tlb_range(NULL, start, end);
	if (locked) {
		mmu_notifier_invalidate_range(mm, start, end);
		spin_unlock(ptl);
	}
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void bad_flag_upside_down(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
			  unsigned long end, bool now)
{
	spinlock_t *ptl = pmd_lockptr(mm, pmd);
	bool locked = false;

	mmu_notifier_invalidate_range_start(mm, start, end);
	if (now) {
		spin_lock(ptl);
		locked = true;
	}
	flush_tlb_range(NULL, start, end);
	if (!locked)
		mmu_notifier_invalidate_range(mm, start, end); /* warn(range-unlocked:unlocked) */
	if (locked)
		spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_flags_tested_twice(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
			     unsigned long end, unsigned int flags)
{
	spinlock_t *ptl = pmd_lockptr(mm, pmd);

	mmu_notifier_invalidate_range_start(mm, start, end);
	if (flags & 2)
		spin_lock(ptl);
	flush_tlb_range(NULL, start, end);
	if (flags & 2) {
		mmu_notifier_invalidate_range(mm, start, end);
		spin_unlock(ptl);
	}
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_predicate_called_twice(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
				 unsigned long end, unsigned long vm_flags)
{
	spinlock_t *ptl = pmd_lockptr(mm, pmd);

	mmu_notifier_invalidate_range_start(mm, start, end);
	if (is_cow_mapping(vm_flags))
		spin_lock(ptl);
	flush_tlb_range(NULL, start, end);
	if (is_cow_mapping(vm_flags)) {
		mmu_notifier_invalidate_range(mm, start, end);
		spin_unlock(ptl);
	}
	mmu_notifier_invalidate_range_end(mm, start, end);
}
