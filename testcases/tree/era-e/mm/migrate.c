// SPDX-License-Identifier: GPL-2.0-only
/*
 * mm/migrate.c, era E - the way out that came with the NULL
 *
 * Until 6.4 pte_offset_map_lock() never failed; who adds the check must not
 * forget what was open.
 */

#include <linux/mmu_notifier.h>
#include <linux/rmap.h>

int migrate_one(struct vm_area_struct *vma, unsigned long address,
		struct folio *folio)
{
	struct mm_struct *mm = vma->vm_mm;
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pmd_t *pmd;
	pte_t *pte;

	pmd = mm_find_pmd(mm, address);
	if (!pmd)
		return -EINVAL;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, mm, address,
				address + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);

	pte = pte_offset_map_lock(mm, pmd, address, &ptl);
	if (!pte)
		return -EAGAIN; /* fault: region-balance */ /* warn(region-balance:open-at-return) */

	ptep_clear_flush(vma, address, pte);
	set_pte_at(mm, address, pte,
		   mk_pte(&folio->page, vma->vm_page_prot));
	pte_unmap_unlock(pte, ptl);

	mmu_notifier_invalidate_range_end(&range);
	return 0;
}
