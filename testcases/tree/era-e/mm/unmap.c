// SPDX-License-Identifier: GPL-2.0-only
/*
 * mm/unmap.c, era E - the range of a huge entry was never written down
 */

#include <linux/mmu_notifier.h>
#include <linux/rmap.h>

static int unmap_huge(struct vm_area_struct *vma, unsigned long address,
		      struct mmu_notifier_range *range)
{
	spinlock_t *ptl;
	pmd_t *pmd;

	pmd = mm_find_pmd(vma->vm_mm, address);
	if (!pmd)
		return -EINVAL;

	mmu_notifier_invalidate_range_start(range); /* warn(region-uninit:range-uninit) */
	ptl = pmd_trans_huge_lock(pmd, vma);
	if (ptl) {
		pmdp_huge_clear_flush(vma, address, pmd);
		spin_unlock(ptl);
	}
	mmu_notifier_invalidate_range_end(range);

	return 0;
}

int unmap_one(struct vm_area_struct *vma, unsigned long address, bool huge)
{
	struct mm_struct *mm = vma->vm_mm;
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pmd_t *pmd;
	pte_t *pte;

	if (huge)
		return unmap_huge(vma, address, &range); /* fault: region-uninit */

	pmd = mm_find_pmd(mm, address);
	if (!pmd)
		return -EINVAL;

	mmu_notifier_range_init(&range, MMU_NOTIFY_UNMAP, 0, mm, address,
				address + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	pte = pte_offset_map_lock(mm, pmd, address, &ptl);
	if (pte) {
		ptep_clear_flush(vma, address, pte);
		pte_unmap_unlock(pte, ptl);
	}
	mmu_notifier_invalidate_range_end(&range);

	return 0;
}
