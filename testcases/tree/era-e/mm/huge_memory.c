// SPDX-License-Identifier: GPL-2.0-only
/*
 * mm/huge_memory.c, era E - a guard that holds for longer than it looks
 */

#include <linux/cleanup.h>
#include <linux/mmu_notifier.h>
#include <linux/rmap.h>

void clear_huge_young(struct vm_area_struct *vma, unsigned long address)
{
	struct mm_struct *mm = vma->vm_mm;
	struct mmu_notifier_range range;
	pmd_t *pmd;

	pmd = mm_find_pmd(mm, address);
	if (!pmd)
		return;

	guard(spinlock)(pmd_lockptr(mm, pmd));
	if (!pmd_trans_huge(*pmd))
		return;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, mm,
				address & HPAGE_PMD_MASK,
				(address & HPAGE_PMD_MASK) + HPAGE_PMD_SIZE);
	mmu_notifier_invalidate_range_start(&range); /* fault: region-atomic */ /* warn(region-atomic:atomic-spinlock)[gcc] */ /* warn(region-atomic:atomic-lock)[sparse] */
	pmdp_clear_flush_young(vma, address, pmd);
	mmu_notifier_invalidate_range_end(&range);
}
