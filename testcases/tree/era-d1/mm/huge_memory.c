// SPDX-License-Identifier: GPL-2.0-only
/*
 * mm/huge_memory.c, era D1 - the notification that came after the unlock
 *
 * __split_huge_pmd() is right, and change_huge_pmd() is where a repair by
 * pattern goes wrong: the call was replaced and not moved.
 */

#include <linux/huge_mm.h>
#include <linux/mmu_notifier.h>
#include <linux/rmap.h>

void __split_huge_pmd(struct vm_area_struct *vma, pmd_t *pmd,
		      unsigned long address)
{
	struct mm_struct *mm = vma->vm_mm;
	unsigned long haddr = address & HPAGE_PMD_MASK;
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, haddr, haddr + HPAGE_PMD_SIZE);
	ptl = pmd_lock(mm, pmd);
	if (pmd_trans_huge(*pmd)) {
		pmdp_huge_clear_flush_notify(vma, haddr, pmd);
		pmd_populate(mm, pmd, pgtable_trans_huge_withdraw(mm, pmd));
	}
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_only_end(mm, haddr,
					       haddr + HPAGE_PMD_SIZE);
}

int change_huge_pmd(struct vm_area_struct *vma, pmd_t *pmd,
		    unsigned long address, pgprot_t prot)
{
	struct mm_struct *mm = vma->vm_mm;
	unsigned long haddr = address & HPAGE_PMD_MASK;
	spinlock_t *ptl;
	bool changed = false;
	pmd_t entry;

	mmu_notifier_invalidate_range_start(mm, haddr, haddr + HPAGE_PMD_SIZE);

	ptl = pmd_trans_huge_lock(pmd, vma);
	if (ptl) {
		entry = pmdp_huge_clear_flush(vma, haddr, pmd);
		set_pmd_at(mm, haddr, pmd, pmd_wrprotect(entry));
		changed = true;
		spin_unlock(ptl);
	}

	if (changed)
		mmu_notifier_invalidate_range(mm, haddr, haddr + PMD_SIZE); /* fault: range-unlocked */ /* warn(range-unlocked:unlocked-after) */

	mmu_notifier_invalidate_range_end(mm, haddr, haddr + HPAGE_PMD_SIZE);

	return changed;
}
