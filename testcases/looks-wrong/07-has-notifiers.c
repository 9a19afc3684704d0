/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * 07-has-notifiers.c - may mm_has_notifiers() keep a function from work that would
 * need a pair?
 */
#include "era-d2/mmu_notifier.h"
#include "entries.h"

bool good_gives_up(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;

	if (mm_has_notifiers(vma->vm_mm))
		return false;
	ptl = pmd_lock(vma->vm_mm, pmd);
	pmdp_huge_clear_flush(vma, addr, pmd);
	spin_unlock(ptl);
	return true;
}

bool good_pair_if_notifiers(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	bool notify = mm_has_notifiers(vma->vm_mm);
	struct mmu_notifier_range range;
	spinlock_t *ptl;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PMD_SIZE);
	if (notify)
		mmu_notifier_invalidate_range_start(&range);
	ptl = pmd_lock(vma->vm_mm, pmd);
	pmdp_huge_clear_flush(vma, addr, pmd);
	spin_unlock(ptl);
	if (notify)
		mmu_notifier_invalidate_range_end(&range);
	return true;
}

bool bad_pair_if_notifiers(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	bool notify = mm_has_notifiers(vma->vm_mm);
	struct mmu_notifier_range range;
	spinlock_t *ptl;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PMD_SIZE);
	if (notify)
		mmu_notifier_invalidate_range_start(&range);
	ptl = pmd_lock(vma->vm_mm, pmd);
	pmdp_huge_clear_flush(vma, addr, pmd);
	spin_unlock(ptl);
	if (notify && vma->vm_next)
		mmu_notifier_invalidate_range_end(&range);
	return true; /* warn(region-balance:open-at-return) */
}

bool good_nobody_listens(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	bool done = false;
	spinlock_t *ptl;

	if (down_read_trylock(&mm->mmap_lock)) {
		if (!mm_has_notifiers(mm)) {
			ptl = pmd_lock(mm, pmd);
			pmdp_huge_get_and_clear(mm, addr, pmd);
			spin_unlock(ptl);
			done = true;
		}
		mmap_read_unlock(mm);
	}
	return done;
}

bool bad_somebody_listens(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	bool done = false;
	spinlock_t *ptl;

	if (down_read_trylock(&mm->mmap_lock)) {
		if (mm_has_notifiers(mm)) {
			ptl = pmd_lock(mm, pmd);
			pmdp_huge_get_and_clear(mm, addr, pmd); /* warn(unnotified-change:cleared-outside) */
			spin_unlock(ptl);
			done = true;
		}
		mmap_read_unlock(mm);
	}
	return done;
}
