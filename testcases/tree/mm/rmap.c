// SPDX-License-Identifier: GPL-2.0-only
/*
 * mm/rmap.c - from a page to the entries that map it
 */

#include <linux/fs.h>
#include <linux/mmu_notifier.h>
#include <linux/rmap.h>
#include <linux/swap.h>

static bool page_referenced_one(struct page *page, struct vm_area_struct *vma,
				unsigned long address, void *arg)
{
	struct page_vma_mapped_walk pvmw = {
		.page = page,
		.vma = vma,
		.address = address,
	};
	int *referenced = arg;

	while (page_vma_mapped_walk(&pvmw)) {
		address = pvmw.address;

		if (vma->vm_flags & VM_LOCKED) {
			page_vma_mapped_walk_done(&pvmw);
			return false;
		}

		if (pvmw.pte) {
			if (ptep_clear_flush_young_notify(vma, address,
							  pvmw.pte))
				(*referenced)++;
		} else {
			if (pmdp_clear_flush_young_notify(vma, address,
							  pvmw.pmd))
				(*referenced)++;
		}
	}

	return true;
}

/**
 * page_referenced - how many mappings used the page since the last call
 * @page: the page
 * @is_locked: the caller holds the page's lock
 */
int page_referenced(struct page *page, int is_locked)
{
	int referenced = 0;
	struct rmap_walk_control rwc = {
		.rmap_one = page_referenced_one,
		.arg = &referenced,
	};

	if (!page_mapped(page))
		return 0;

	if (!is_locked)
		lock_page(page);
	rmap_walk(page, &rwc);
	if (!is_locked)
		unlock_page(page);

	return referenced;
}

/*
 * Make one mapping of the page clean and read-only, so that the next write
 * to it faults. The ptl is held in the whole body of the loop.
 */
static bool page_mkclean_one(struct page *page, struct vm_area_struct *vma,
			     unsigned long address, void *arg)
{
	struct page_vma_mapped_walk pvmw = {
		.page = page,
		.vma = vma,
		.address = address,
		.flags = PVMW_SYNC,
	};
	int *cleaned = arg;

	while (page_vma_mapped_walk(&pvmw)) {
		int ret = 0;

		address = pvmw.address;
		if (pvmw.pte) {
			pte_t *ptep = pvmw.pte;
			pte_t entry;

			if (!pte_dirty(*ptep) && !pte_write(*ptep))
				continue;

			flush_cache_page(vma, address, pte_pfn(*ptep));
			entry = ptep_clear_flush(vma, address, ptep);
			entry = pte_mkclean(pte_wrprotect(entry));
			set_pte_at(vma->vm_mm, address, ptep, entry);
			ret = 1;
		} else {
#ifdef CONFIG_TRANSPARENT_HUGEPAGE
			pmd_t *pmdp = pvmw.pmd;
			pmd_t entry;

			if (!pmd_dirty(*pmdp) && !pmd_write(*pmdp))
				continue;

			flush_cache_page(vma, address, page_to_pfn(page));
			entry = pmdp_huge_clear_flush(vma, address, pmdp);
			entry = pmd_mkclean(pmd_wrprotect(entry));
			set_pmd_at(vma->vm_mm, address, pmdp, entry);
			ret = 1;
#else
			/* a huge entry where none can be */
			WARN_ON_ONCE(1);
#endif
		}

		if (ret) {
			mmu_notifier_invalidate_page(vma->vm_mm, address /* warn(invalidate-page): held, outside any region */);
			(*cleaned)++;
		}
	}

	return true;
}

static bool invalid_mkclean_vma(struct vm_area_struct *vma, void *arg)
{
	return !(vma->vm_flags & VM_SHARED);
}

/**
 * page_mkclean - make all mappings of a page clean and read-only
 * @page: the page, locked by the caller
 *
 * Return: the number of entries that were changed.
 */
int page_mkclean(struct page *page)
{
	int cleaned = 0;
	struct rmap_walk_control rwc = {
		.rmap_one = page_mkclean_one,
		.arg = &cleaned,
		.invalid_vma = invalid_mkclean_vma,
	};

	BUG_ON(!PageLocked(page));

	if (!page_mapped(page))
		return 0;

	if (!page_mapping(page))
		return 0;

	rmap_walk(page, &rwc);

	return cleaned;
}
EXPORT_SYMBOL_GPL(page_mkclean);

/* Where the swap entry is put; false means that the page has to stay. */
static bool swap_out_anon(struct mm_struct *mm, unsigned long address,
			  pte_t *ptep, pte_t pteval, struct page *page)
{
	swp_entry_t entry = { .val = page_private(page) };
	pte_t swp_pte;

	if (swap_duplicate(entry) < 0) {
		set_pte_at(mm, address, ptep, pteval);
		return false;
	}

	if (list_empty(&mm->mmlist)) {
		spin_lock(&mmlist_lock);
		if (list_empty(&mm->mmlist))
			list_add(&mm->mmlist, &init_mm.mmlist);
		spin_unlock(&mmlist_lock);
	}

	dec_mm_counter(mm, MM_ANONPAGES);
	inc_mm_counter(mm, MM_SWAPENTS);
	swp_pte = swp_entry_to_pte(entry);
	if (pte_soft_dirty(pteval))
		swp_pte = pte_swp_mksoft_dirty(swp_pte);
	set_pte_at(mm, address, ptep, swp_pte);

	return true;
}

static bool try_to_unmap_one(struct page *page, struct vm_area_struct *vma,
			     unsigned long address, void *arg)
{
	struct mm_struct *mm = vma->vm_mm;
	struct page_vma_mapped_walk pvmw = {
		.page = page,
		.vma = vma,
		.address = address,
	};
	enum ttu_flags flags = (enum ttu_flags)(unsigned long)arg;
	struct page *subpage;
	bool ret = true;
	pte_t pteval;

	/* an area that is not locked has nothing for munlock */
	if ((flags & TTU_MUNLOCK) && !(vma->vm_flags & VM_LOCKED))
		return true;

	if (flags & TTU_SPLIT_HUGE_PMD)
		split_huge_pmd_address(vma, address, page);

	while (page_vma_mapped_walk(&pvmw)) {
		if (!(flags & TTU_IGNORE_MLOCK)) {
			if (vma->vm_flags & VM_LOCKED) {
				ret = false;
				page_vma_mapped_walk_done(&pvmw);
				break;
			}
			if (flags & TTU_MUNLOCK)
				continue;
		}

		/* the huge entry was split above */
		VM_BUG_ON_PAGE(!pvmw.pte, page);

		subpage = page - page_to_pfn(page) + pte_pfn(*pvmw.pte);
		address = pvmw.address;

		if (!(flags & TTU_IGNORE_ACCESS)) {
			if (ptep_clear_flush_young_notify(vma, address,
							  pvmw.pte)) {
				ret = false;
				page_vma_mapped_walk_done(&pvmw);
				break;
			}
		}

		/* From here on the CPU faults on the page. */
		flush_cache_page(vma, address, pte_pfn(*pvmw.pte));
		if (flags & TTU_BATCH_FLUSH)
			pteval = ptep_get_and_clear(mm, address, pvmw.pte);
		else
			pteval = ptep_clear_flush(vma, address, pvmw.pte);

		if (pte_dirty(pteval))
			set_page_dirty(page);

		update_hiwater_rss(mm);

		if (PageHWPoison(page)) {
			dec_mm_counter(mm, mm_counter(page));
			pteval = swp_entry_to_pte(make_hwpoison_entry(subpage));
			set_pte_at(mm, address, pvmw.pte, pteval);
		} else if (flags & TTU_MIGRATION) {
			swp_entry_t entry;
			pte_t swp_pte;

			entry = make_migration_entry(subpage,
						     !!pte_write(pteval));
			swp_pte = swp_entry_to_pte(entry);
			if (pte_soft_dirty(pteval))
				swp_pte = pte_swp_mksoft_dirty(swp_pte);
			set_pte_at(mm, address, pvmw.pte, swp_pte);
		} else if (PageAnon(page)) {
			if (WARN_ON_ONCE(PageSwapBacked(page) !=
					 PageSwapCache(page))) {
				ret = false;
				page_vma_mapped_walk_done(&pvmw);
				break;
			}

			/* a page that was given up by its owner */
			if (!PageSwapBacked(page)) {
				if (!PageDirty(page)) {
					dec_mm_counter(mm, MM_ANONPAGES);
					goto discard;
				}

				/* written to since: it has to stay */
				set_pte_at(mm, address, pvmw.pte, pteval);
				SetPageSwapBacked(page);
				ret = false;
				page_vma_mapped_walk_done(&pvmw);
				break;
			}

			if (!swap_out_anon(mm, address, pvmw.pte, pteval,
					   subpage)) {
				ret = false;
				page_vma_mapped_walk_done(&pvmw);
				break;
			}
		} else {
			dec_mm_counter(mm, mm_counter_file(page));
		}
discard:
		page_remove_rmap(subpage, PageHuge(page));
		put_page(page);
		mmu_notifier_invalidate_page(mm, address /* warn(invalidate-page): held, outside any region */);
	}

	return ret;
}

static int page_not_mapped(struct page *page)
{
	return !page_mapped(page);
}

/**
 * try_to_unmap - take away all entries that map a page
 * @page: the page, locked by the caller
 * @flags: what for
 *
 * Return: whether no mapping is left.
 */
bool try_to_unmap(struct page *page, enum ttu_flags flags)
{
	struct rmap_walk_control rwc = {
		.rmap_one = try_to_unmap_one,
		.arg = (void *)(unsigned long)flags,
		.done = page_not_mapped,
	};

	rmap_walk(page, &rwc);

	return !page_mapcount(page);
}
