/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * size.c - does the message name the size of a region, or of a notification, that is too small for a
 * huge entry, and is nothing said of one whose size is not known?
 */
#include "era-d2/mmu_notifier.h"
#include "rmap.h"

pmd_t bad_sixteen_pages(struct vm_area_struct *vma, pmd_t *pmd, unsigned long address)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pmd_t old;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, address,
				address + 16 * PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range); /* warn(region-mismatch): region 'range' covers 64 KiB only, but a huge entry was changed */
	ptl = pmd_lock(vma->vm_mm, pmd);
	old = pmdp_huge_clear_flush(vma, address, pmd);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(&range);
	return old;
}

pmd_t bad_two_pages_told(struct vm_area_struct *vma, pmd_t *pmd, unsigned long address)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pmd_t old;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, address,
				address + PMD_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	ptl = pmd_lock(vma->vm_mm, pmd);
	old = pmdp_huge_clear_flush(vma, address, pmd);
	mmu_notifier_invalidate_range(vma->vm_mm, address, address + 2 * PAGE_SIZE); /* warn(region-mismatch): 'mmu_notifier_invalidate_range()' covers 8 KiB only, but a huge entry was changed */
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(&range);
	return old;
}

/* khugepaged takes a table out for a moment, and changes some of its entries only */
pmd_t good_order(struct vm_area_struct *vma, pmd_t *pmd, unsigned long address,
		 unsigned int order)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pmd_t old;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, address,
				address + (PAGE_SIZE << order));
	mmu_notifier_invalidate_range_start(&range);
	ptl = pmd_lock(vma->vm_mm, pmd);
	old = pmdp_huge_clear_flush(vma, address & PMD_MASK, pmd);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(&range);
	return old;
}
