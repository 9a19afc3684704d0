// SPDX-License-Identifier: GPL-2.0-only
/*
 * mm/oom_kill.c, era D2 - a start that does not sleep, and may fail
 *
 * No finding: where it fails nothing is changed and nothing is ended.
 */

#include <linux/dirty.h>
#include <linux/mmu_notifier.h>

bool reap_vma(struct mmu_gather *tlb, struct vm_area_struct *vma)
{
	struct mm_struct *mm = vma->vm_mm;
	struct mmu_notifier_range range;
	unsigned long addr;
	spinlock_t *ptl;
	pte_t *pte;
	pmd_t *pmd;

	mmu_notifier_range_init(&range, MMU_NOTIFY_UNMAP, 0, vma, mm,
				vma->vm_start, vma->vm_end);
	if (mmu_notifier_invalidate_range_start_nonblock(&range))
		return false;

	for (addr = range.start; addr < range.end; addr += PAGE_SIZE) {
		pmd = mm_find_pmd(mm, addr);
		if (!pmd)
			continue;

		pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
		if (pte_present(*pte)) {
			ptep_get_and_clear(mm, addr, pte);
			tlb_remove_tlb_entry(tlb, pte, addr);
		}
		pte_unmap_unlock(pte, ptl);
	}
	mmu_notifier_invalidate_range_end(&range);

	return true;
}
