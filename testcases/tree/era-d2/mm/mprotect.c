// SPDX-License-Identifier: GPL-2.0-only
/*
 * mm/mprotect.c, era D2 - a member of the range says whether it is open
 *
 * No finding.
 */

#include <linux/huge_mm.h>
#include <linux/mman.h>
#include <linux/mmu_notifier.h>

static unsigned long change_pte_range(struct vm_area_struct *vma, pmd_t *pmd,
				      unsigned long addr, unsigned long end,
				      pgprot_t newprot)
{
	struct mm_struct *mm = vma->vm_mm;
	unsigned long pages = 0;
	spinlock_t *ptl;
	pte_t *pte;

	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	do {
		pte_t ptent;

		if (!pte_present(*pte))
			continue;
		ptent = ptep_get_and_clear(mm, addr, pte);
		set_pte_at(mm, addr, pte, pte_modify(ptent, newprot));
		pages++;
	} while (pte++, addr += PAGE_SIZE, addr != end);
	pte_unmap_unlock(pte - 1, ptl);

	return pages;
}

unsigned long change_protection(struct vm_area_struct *vma,
				unsigned long addr, unsigned long end,
				pgprot_t newprot)
{
	struct mmu_notifier_range range;
	unsigned long pages = 0;
	unsigned long next;

	range.start = 0;

	do {
		pmd_t *pmd = mm_find_pmd(vma->vm_mm, addr);

		next = pmd_addr_end(addr, end);
		if (!pmd)
			continue;

		if (!range.start) {
			mmu_notifier_range_init(&range,
						MMU_NOTIFY_PROTECTION_VMA, 0,
						vma, vma->vm_mm, addr, end);
			mmu_notifier_invalidate_range_start(&range);
		}
		pages += change_pte_range(vma, pmd, addr, next, newprot);
	} while (addr = next, addr != end);

	if (range.start)
		mmu_notifier_invalidate_range_end(&range);

	return pages;
}
