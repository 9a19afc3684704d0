// SPDX-License-Identifier: GPL-2.0-only
/*
 * mm/migrate.c - give the content of a huge page another place
 */

#include <linux/huge_mm.h>
#include <linux/migrate.h>
#include <linux/mmu_notifier.h>
#include <linux/rmap.h>
#include <linux/slab.h>

/**
 * migrate_misplaced_transhuge_page - move a huge page near to its user
 * @mm: the user
 * @vma: the area
 * @pmd: the entry that maps the page
 * @entry: what it was when the caller decided
 * @address: in the area
 * @page: the page, locked by the caller, who gives his reference away
 *
 * Return: whether the page was moved.
 */
int migrate_misplaced_transhuge_page(struct mm_struct *mm,
				     struct vm_area_struct *vma, pmd_t *pmd,
				     pmd_t entry, unsigned long address,
				     struct page *page)
{
	unsigned long mmun_start = address & HPAGE_PMD_MASK;
	unsigned long mmun_end = mmun_start + HPAGE_PMD_SIZE;
	struct page *new_page;
	pmd_t orig_entry;
	spinlock_t *ptl;

	new_page = alloc_page_vma(GFP_KERNEL, vma, mmun_start);
	if (!new_page)
		goto out_fail;

	lock_page(new_page);
	new_page->mapping = page->mapping;
	new_page->index = page->index;
	migrate_page_copy(new_page, page);

	/* is it still what we copied? */
	mmu_notifier_invalidate_range_start(mm, mmun_start, mmun_end);
	ptl = pmd_lock(mm, pmd);
	if (unlikely(!pmd_same(*pmd, entry) || page_count(page) != 2)) {
fail_putback:
		spin_unlock(ptl);
		mmu_notifier_invalidate_range_end(mm, mmun_start, mmun_end);

		unlock_page(new_page);
		put_page(new_page);
		goto out_unlock;
	}

	orig_entry = *pmd;
	entry = pmd_mkhuge(mk_pmd(new_page, vma->vm_page_prot));

	flush_cache_range(vma, mmun_start, mmun_end);
	page_add_anon_rmap(new_page, vma, mmun_start, true);
	pmdp_huge_clear_flush_notify(vma, mmun_start, pmd);
	set_pmd_at(mm, mmun_start, pmd, entry);

	/* somebody took a reference in between: all back */
	if (page_count(page) != 2) {
		set_pmd_at(mm, mmun_start, pmd, orig_entry);
		flush_tlb_range(vma, mmun_start, mmun_end);
		mmu_notifier_invalidate_range(mm, mmun_start, mmun_end);
		page_remove_rmap(new_page, true);
		goto fail_putback;
	}

	page_remove_rmap(page, true);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, mmun_start, mmun_end);

	unlock_page(new_page);
	unlock_page(page);
	put_page(page);
	return 1;

out_fail:
	/* so that the next access does not fault again */
	ptl = pmd_lock(mm, pmd);
	if (pmd_same(*pmd, entry))
		set_pmd_at(mm, mmun_start, pmd, entry);
	spin_unlock(ptl);
out_unlock:
	unlock_page(page);
	put_page(page);
	return 0;
}
