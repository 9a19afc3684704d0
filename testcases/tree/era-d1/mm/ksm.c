// SPDX-License-Identifier: GPL-2.0-only
/*
 * mm/ksm.c, era D1 - two ways out, one of them without the end
 */

#include <linux/ksm.h>
#include <linux/mmu_notifier.h>
#include <linux/rmap.h>

int ksm_merge_page(struct vm_area_struct *vma, struct page *page,
		   struct page *kpage)
{
	struct mm_struct *mm = vma->vm_mm;
	unsigned long addr = page_address_in_vma(page, vma);
	unsigned long mmun_start = addr;
	unsigned long mmun_end = addr + PAGE_SIZE;
	spinlock_t *ptl;
	pte_t *ptep;
	pmd_t *pmd;

	pmd = mm_find_pmd(mm, addr);
	if (!pmd)
		return -EFAULT;

	mmu_notifier_invalidate_range_start(mm, mmun_start, mmun_end);

	ptep = pte_offset_map_lock(mm, pmd, addr, &ptl);
	if (pte_write(*ptep)) {
		pte_unmap_unlock(ptep, ptl);
		return -EAGAIN; /* fault: region-balance */ /* warn(region-balance:open-at-return) */
	}

	page_add_anon_rmap(kpage, vma, addr, false);
	ptep_clear_flush_notify(vma, addr, ptep);
	set_pte_at_notify(mm, addr, ptep, mk_pte(kpage, vma->vm_page_prot));
	page_remove_rmap(page, false);
	pte_unmap_unlock(ptep, ptl);

	mmu_notifier_invalidate_range_only_end(mm, mmun_start, mmun_end);
	return 0;
}
