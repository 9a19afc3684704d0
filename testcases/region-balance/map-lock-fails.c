/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * map-lock-fails.c - is the end forgotten where pte_offset_map_lock() returned NULL?
 */
#include "era-e/mmu_notifier.h"

int bad_null_returns(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, mm, addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	if (!pte)
		return -EAGAIN; /* warn(region-balance:open-at-return) */
	ptep_get_and_clear(mm, addr, pte);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_end(&range);
	return 0;
}

int good_null_ends(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;
	int ret = -EAGAIN;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, mm, addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	if (!pte)
		goto out;
	ptep_get_and_clear(mm, addr, pte);
	pte_unmap_unlock(pte, ptl);
	ret = 0;
out:
	mmu_notifier_invalidate_range_end(&range);
	return ret;
}
