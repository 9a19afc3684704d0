// SPDX-License-Identifier: GPL-2.0-only
/*
 * mm/migrate.c, era D2 - the end closes another range than the one started
 */

#include <linux/dirty.h>
#include <linux/mmu_notifier.h>
#include <linux/rmap.h>

int migrate_huge_entry(struct vm_area_struct *vma, pmd_t *pmd,
		       unsigned long address, struct page *to)
{
	struct mm_struct *mm = vma->vm_mm;
	unsigned long haddr = address & HPAGE_PMD_MASK;
	struct mmu_notifier_range range, page_range;
	spinlock_t *ptl;
	int ret = -EAGAIN;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, mm, haddr,
				haddr + HPAGE_PMD_SIZE);
	mmu_notifier_range_init(&page_range, MMU_NOTIFY_CLEAR, 0, vma, mm,
				address, address + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);

	ptl = pmd_trans_huge_lock(pmd, vma);
	if (ptl) {
		pmdp_huge_clear_flush_notify(vma, haddr, pmd);
		set_pmd_at(mm, haddr, pmd,
			   pmd_mkhuge(mk_pmd(to, vma->vm_page_prot)));
		spin_unlock(ptl);
		ret = 0;
	}

	mmu_notifier_invalidate_range_end(&page_range); /* fault: region-mismatch */ /* warn(region-mismatch:other-structure) */
	return ret;
}
