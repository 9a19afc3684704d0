/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * 10-goto-into-block.c - are a backward goto into a block, and a break out of a walk
 * after the entry was cleared, followed to the end of the region?
 */
#include "era-d1/mmu_notifier.h"
#include "rmap.h"

int good_backward_goto(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
		       unsigned long end)
{
	spinlock_t *ptl;
	int ret = 0;

	if (start == end) {
		return 0;
out:
		mmu_notifier_invalidate_range_end(mm, start, end);
		return ret;
	}
	mmu_notifier_invalidate_range_start(mm, start, end);
	ptl = pmd_lock(mm, pmd);
	if (pmd_none(*pmd))
		ret = -EAGAIN;
	spin_unlock(ptl);
	goto out;
}

int bad_backward_goto(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
		      unsigned long end)
{
	spinlock_t *ptl;
	int ret = 0;

	if (start == end) {
		return 0;
		mmu_notifier_invalidate_range_end(mm, start, end);
out:
		return ret; /* warn(region-balance:open-at-return) */
	}
	mmu_notifier_invalidate_range_start(mm, start, end);
	ptl = pmd_lock(mm, pmd);
	if (pmd_none(*pmd))
		ret = -EAGAIN;
	spin_unlock(ptl);
	goto out;
}

bool good_break(struct page *page, struct vm_area_struct *vma, unsigned long start,
		unsigned long end)
{
	struct page_vma_mapped_walk pvmw = { .page = page, .vma = vma, .address = start };
	bool ret = true;
	pte_t old;

	mmu_notifier_invalidate_range_start(vma->vm_mm, start, end);
	while (page_vma_mapped_walk(&pvmw)) {
		old = ptep_clear_flush(vma, pvmw.address, pvmw.pte);
		if (pte_dirty(old)) {
			set_pte_at(vma->vm_mm, pvmw.address, pvmw.pte, old);
			ret = false;
			page_vma_mapped_walk_done(&pvmw);
			break;
		}
		mmu_notifier_invalidate_range(vma->vm_mm, start, end);
	}
	mmu_notifier_invalidate_range_end(vma->vm_mm, start, end);
	return ret;
}

bool bad_break(struct page *page, struct vm_area_struct *vma, unsigned long start,
	       unsigned long end)
{
	struct page_vma_mapped_walk pvmw = { .page = page, .vma = vma, .address = start };
	bool ret = true;
	pte_t old;

	mmu_notifier_invalidate_range_start(vma->vm_mm, start, end);
	while (page_vma_mapped_walk(&pvmw)) {
		old = ptep_clear_flush(vma, pvmw.address, pvmw.pte);
		if (pte_dirty(old)) {
			set_pte_at(vma->vm_mm, pvmw.address, pvmw.pte, old);
			ret = false;
			break;
		}
		mmu_notifier_invalidate_range(vma->vm_mm, start, end);
	}
	mmu_notifier_invalidate_range_end(vma->vm_mm, start, end); /* warn(region-atomic:atomic-lock) */
	return ret;
}
