// SPDX-License-Identifier: GPL-2.0-only
/*
 * mm/khugepaged.c, era E - two locks, and one way back out of the middle
 *
 * No finding: the pair is closed once the small entries are cleared, before the
 * copy; the huge entry is set outside of it, where nothing was mapped.
 */

#include <linux/mmu_notifier.h>
#include <linux/rmap.h>

int collapse_huge_page(struct mm_struct *mm, struct vm_area_struct *vma,
		       unsigned long address, struct folio *folio)
{
	struct mmu_notifier_range range;
	spinlock_t *pmd_ptl, *pte_ptl;
	unsigned long addr;
	pmd_t *pmd, old_pmd;
	pte_t *pte;

	pmd = mm_find_pmd(mm, address);
	if (!pmd)
		return -EINVAL;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, mm, address,
				address + HPAGE_PMD_SIZE);
	mmu_notifier_invalidate_range_start(&range);

	pmd_ptl = pmd_lock(mm, pmd);
	old_pmd = pmdp_huge_clear_flush(vma, address, pmd);
	spin_unlock(pmd_ptl);
	mmu_notifier_invalidate_range_end(&range);

	pte = pte_offset_map_lock(mm, &old_pmd, address, &pte_ptl);
	if (!pte)
		goto out_restore;
	for (addr = address; addr < address + PMD_SIZE; addr += PAGE_SIZE)
		pte_clear(mm, addr, pte++);
	pte_unmap_unlock(pte - 1, pte_ptl);

	pmd_ptl = pmd_lock(mm, pmd);
	set_pmd_at(mm, address, pmd, pmd_mkhuge(mk_pmd(&folio->page,
						       vma->vm_page_prot)));
	spin_unlock(pmd_ptl);
	return 0;

out_restore:
	pmd_ptl = pmd_lock(mm, pmd);
	set_pmd_at(mm, address, pmd, old_pmd);
	spin_unlock(pmd_ptl);
	return -EAGAIN;
}
