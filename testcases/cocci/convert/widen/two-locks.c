// SPDX-License-Identifier: GPL-2.0-only
/*
 * two-locks.c - is a second lock reported?
 */
#include <linux/mmu_notifier.h>

static int unmap_one(struct page *page, struct vm_area_struct *vma, unsigned long address)
{
	struct mm_struct *mm = vma->vm_mm;
	unsigned long first, last;
	bool sharing = false;
	int ret = SWAP_AGAIN;
	spinlock_t *ptl;
	pte_t *pte;

	if (!page_mapcount(page))
		goto out;

	if (PageHuge(page)) {
		first = address;
		last = first + vma_mmu_pagesize(vma);
		adjust_range_if_pmd_sharing_possible(vma, &first, &last);
		if (last - first != vma_mmu_pagesize(vma)) {
			note_sharing(page);
			sharing = true;
			mmu_notifier_invalidate_range_start(mm, first, last);
		}
	}

	pte = page_check_address(page, mm, address, &ptl, 0);
	if (!pte)
		goto out;
	pmd_lock(mm, pmd); /* not rewritten: more than one page table lock is taken */
	ptep_clear_flush(vma, address, pte);
out_unmap:
	pte_unmap_unlock(pte, ptl);
	if (ret != SWAP_FAIL)
		mmu_notifier_invalidate_page(mm, address);
out:
	if (sharing)
		mmu_notifier_invalidate_range_end(mm, first, last);
	return ret;
}
