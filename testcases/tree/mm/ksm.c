// SPDX-License-Identifier: GPL-2.0-only
/*
 * mm/ksm.c - pages with the same content become one
 */

#include <linux/ksm.h>
#include <linux/mmu_notifier.h>
#include <linux/rmap.h>
#include <linux/swap.h>

static int write_protect_page(struct vm_area_struct *vma, struct page *page,
			      pte_t *orig_pte)
{
	struct mm_struct *mm = vma->vm_mm;
	struct page_vma_mapped_walk pvmw = {
		.page = page,
		.vma = vma,
	};
	unsigned long mmun_start;
	unsigned long mmun_end;
	int swapped;
	int err = -EFAULT;

	pvmw.address = page_address_in_vma(page, vma);
	if (pvmw.address == (unsigned long)-EFAULT)
		goto out;

	mmun_start = pvmw.address;
	mmun_end = mmun_start + PAGE_SIZE;
	mmu_notifier_invalidate_range_start(mm, mmun_start, mmun_end);

	if (!page_vma_mapped_walk(&pvmw))
		goto out_mn;
	if (WARN_ON(!pvmw.pte))
		goto out_unlock;

	if (pte_write(*pvmw.pte) || pte_dirty(*pvmw.pte)) {
		pte_t entry;

		swapped = PageSwapCache(page);
		flush_cache_page(vma, pvmw.address, page_to_pfn(page));
		/* a device that writes to the page must be gone or be seen */
		entry = ptep_clear_flush_notify(vma, pvmw.address, pvmw.pte);
		if (page_mapcount(page) + 1 + swapped != page_count(page)) {
			set_pte_at(mm, pvmw.address, pvmw.pte, entry);
			goto out_unlock;
		}
		if (pte_dirty(entry))
			set_page_dirty(page);

		entry = pte_mkclean(pte_wrprotect(entry));
		set_pte_at_notify(mm, pvmw.address, pvmw.pte, entry);
	}
	*orig_pte = *pvmw.pte;
	err = 0;

out_unlock:
	page_vma_mapped_walk_done(&pvmw);
out_mn:
	mmu_notifier_invalidate_range_end(mm, mmun_start, mmun_end);
out:
	return err;
}

static int replace_page(struct vm_area_struct *vma, struct page *page,
			struct page *kpage, pte_t orig_pte)
{
	struct mm_struct *mm = vma->vm_mm;
	unsigned long addr = page_address_in_vma(page, vma);
	unsigned long mmun_start = addr;
	unsigned long mmun_end = addr + PAGE_SIZE;
	spinlock_t *ptl;
	pte_t *ptep;
	pmd_t *pmd;
	int err = -EFAULT;

	if (addr == (unsigned long)-EFAULT)
		goto out;

	pmd = mm_find_pmd(mm, addr);
	if (!pmd)
		goto out;

	mmu_notifier_invalidate_range_start(mm, mmun_start, mmun_end);

	ptep = pte_offset_map_lock(mm, pmd, addr, &ptl);
	if (!pte_same(*ptep, orig_pte)) {
		pte_unmap_unlock(ptep, ptl);
		goto out_mn;
	}

	get_page(kpage);
	page_add_anon_rmap(kpage, vma, addr, false);

	flush_cache_page(vma, addr, pte_pfn(*ptep));
	ptep_clear_flush_notify(vma, addr, ptep);
	set_pte_at_notify(mm, addr, ptep, mk_pte(kpage, vma->vm_page_prot));

	page_remove_rmap(page, false);
	if (!page_mapped(page))
		try_to_free_swap(page);
	put_page(page);

	pte_unmap_unlock(ptep, ptl);
	err = 0;
out_mn:
	mmu_notifier_invalidate_range_end(mm, mmun_start, mmun_end);
out:
	return err;
}

/**
 * ksm_merge_page - let @vma use @kpage where it has @page now
 * @vma: the area
 * @page: its page
 * @kpage: the page for all
 *
 * Return: 0, or -EFAULT when the two differ, or @page changed meanwhile.
 */
int ksm_merge_page(struct vm_area_struct *vma, struct page *page,
		   struct page *kpage)
{
	pte_t orig_pte = __pte(0);
	int err;

	if (page == kpage)
		return 0;

	lock_page(page);
	err = write_protect_page(vma, page, &orig_pte);
	if (!err && ksm_pages_differ(page, kpage))
		err = -EFAULT;
	if (!err)
		err = replace_page(vma, page, kpage, orig_pte);
	unlock_page(page);

	return err;
}
