/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * unseen-takes.c - is nothing concluded where a function of another file may have taken the lock that this one drops?
 */
#include "era-d2-6.5/mmu_notifier.h"

pte_t *find_entry(struct mm_struct *mm, unsigned long address, spinlock_t **ptl);
void lock_entry(struct mm_struct *mm, spinlock_t *ptl);

static void start(struct mmu_notifier_range *range, struct mm_struct *mm, unsigned long address)
{
	mmu_notifier_range_init(range, MMU_NOTIFY_CLEAR, 0, mm, address, address + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(range);
}

void good_stores_lock(struct vm_area_struct *vma, unsigned long address)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;

	start(&range, vma->vm_mm, address);
	pte = find_entry(vma->vm_mm, address, &ptl);
	if (pte) {
		ptep_clear_flush_notify(vma, address, pte);
		pte_unmap_unlock(pte, ptl);
	}
	mmu_notifier_invalidate_range_end(&range);
}

void good_is_given_lock(struct vm_area_struct *vma, pmd_t *pmd, pte_t *pte, unsigned long address)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl = pte_lockptr(vma->vm_mm, pmd);

	start(&range, vma->vm_mm, address);
	lock_entry(vma->vm_mm, ptl);
	ptep_clear_flush_notify(vma, address, pte);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(&range);
}

void bad_after_drop(struct vm_area_struct *vma, unsigned long address)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;

	start(&range, vma->vm_mm, address);
	pte = find_entry(vma->vm_mm, address, &ptl);
	if (pte) {
		pte_unmap_unlock(pte, ptl);
		ptep_clear_flush_notify(vma, address, pte); /* warn(range-unlocked:unlocked-after) */
	}
	mmu_notifier_invalidate_range_end(&range);
}

/* what it is given is not dropped here */
void bad_takes_none(struct vm_area_struct *vma, pte_t *pte, unsigned long address)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;

	start(&range, vma->vm_mm, address);
	find_entry(vma->vm_mm, address, &ptl);
	ptep_clear_flush_notify(vma, address, pte); /* warn(range-unlocked:unlocked) */
	mmu_notifier_invalidate_range_end(&range);
}
