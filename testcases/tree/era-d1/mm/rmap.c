// SPDX-License-Identifier: GPL-2.0-only
/*
 * mm/rmap.c, era D1 - the two walks of era C after the repair
 *
 * No finding: the pair stands around the walk, over the largest range that it
 * can reach, and invalidate_range() under the lock, over what has changed.
 */

#include <linux/mmu_notifier.h>
#include <linux/rmap.h>
#include <linux/swap.h>

static bool page_mkclean_one(struct page *page, struct vm_area_struct *vma,
			     unsigned long address, void *arg)
{
	struct page_vma_mapped_walk pvmw = {
		.page = page,
		.vma = vma,
		.address = address,
		.flags = PVMW_SYNC,
	};
	unsigned long start = address, end;
	int *cleaned = arg;

	end = min(vma->vm_end, start + (PAGE_SIZE << compound_order(page)));
	mmu_notifier_invalidate_range_start(vma->vm_mm, start, end);

	while (page_vma_mapped_walk(&pvmw)) {
		unsigned long cstart, cend;
		int ret = 0;

		cstart = address = pvmw.address;
		if (pvmw.pte) {
			pte_t *ptep = pvmw.pte;
			pte_t entry;

			if (!pte_dirty(*ptep) && !pte_write(*ptep))
				continue;

			flush_cache_page(vma, address, pte_pfn(*ptep));
			entry = ptep_clear_flush(vma, address, ptep);
			entry = pte_mkclean(pte_wrprotect(entry));
			set_pte_at(vma->vm_mm, address, ptep, entry);
			cend = cstart + PAGE_SIZE;
			ret = 1;
		} else {
			pmd_t *pmdp = pvmw.pmd;
			pmd_t entry;

			if (!pmd_dirty(*pmdp) && !pmd_write(*pmdp))
				continue;

			flush_cache_page(vma, address, page_to_pfn(page));
			entry = pmdp_huge_clear_flush(vma, address, pmdp);
			entry = pmd_mkclean(pmd_wrprotect(entry));
			set_pmd_at(vma->vm_mm, address, pmdp, entry);
			cstart &= PMD_MASK;
			cend = cstart + PMD_SIZE;
			ret = 1;
		}

		if (ret) {
			mmu_notifier_invalidate_range(vma->vm_mm, cstart, cend);
			(*cleaned)++;
		}
	}

	mmu_notifier_invalidate_range_end(vma->vm_mm, start, end);

	return true;
}

int page_mkclean(struct page *page)
{
	int cleaned = 0;
	struct rmap_walk_control rwc = {
		.rmap_one = page_mkclean_one,
		.arg = &cleaned,
	};

	rmap_walk(page, &rwc);

	return cleaned;
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
	unsigned long start = address, end;
	bool ret = true;
	pte_t pteval;

	if ((flags & TTU_MUNLOCK) && !(vma->vm_flags & VM_LOCKED))
		return true;

	end = min(vma->vm_end, start + (PAGE_SIZE << compound_order(page)));
	mmu_notifier_invalidate_range_start(mm, start, end);

	while (page_vma_mapped_walk(&pvmw)) {
		address = pvmw.address;

		if (!(flags & TTU_IGNORE_ACCESS)) {
			if (ptep_clear_flush_young_notify(vma, address,
							  pvmw.pte)) {
				ret = false;
				page_vma_mapped_walk_done(&pvmw);
				break;
			}
		}

		pteval = ptep_clear_flush(vma, address, pvmw.pte);
		if (pte_dirty(pteval))
			set_page_dirty(page);

		if (PageAnon(page)) {
			swp_entry_t entry = { .val = page_private(page) };

			if (swap_duplicate(entry) < 0) {
				/* the end of the pair tells of the clear */
				set_pte_at(mm, address, pvmw.pte, pteval);
				ret = false;
				page_vma_mapped_walk_done(&pvmw);
				break;
			}
			set_pte_at(mm, address, pvmw.pte,
				   swp_entry_to_pte(entry));
		}

		page_remove_rmap(page, PageHuge(page));
		put_page(page);
		mmu_notifier_invalidate_range(mm, address,
					      address + PAGE_SIZE);
	}

	mmu_notifier_invalidate_range_end(mm, start, end);

	return ret;
}

bool try_to_unmap(struct page *page, enum ttu_flags flags)
{
	struct rmap_walk_control rwc = {
		.rmap_one = try_to_unmap_one,
		.arg = (void *)(unsigned long)flags,
	};

	rmap_walk(page, &rwc);

	return !page_mapcount(page);
}
