// SPDX-License-Identifier: GPL-2.0-only
/*
 * mm/soft_dirty.c, era D2 - one way to the start goes around the init
 */

#include <linux/dirty.h>
#include <linux/mmu_notifier.h>

int soft_dirty_page(struct vm_area_struct *vma, unsigned long address,
		    bool quiet)
{
	struct mm_struct *mm = vma->vm_mm;
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pmd_t *pmd;
	pte_t *pte;

	pmd = mm_find_pmd(mm, address);
	if (!pmd)
		return -EINVAL;

	if (!quiet)
		mmu_notifier_range_init(&range, MMU_NOTIFY_SOFT_DIRTY, 0, vma,
					mm, address, address + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range); /* fault: region-uninit */ /* warn(region-uninit:range-uninit) */

	pte = pte_offset_map_lock(mm, pmd, address, &ptl);
	set_pte_at(mm, address, pte, pte_clear_soft_dirty(*pte));
	pte_unmap_unlock(pte, ptl);

	mmu_notifier_invalidate_range_end(&range);
	return 0;
}
