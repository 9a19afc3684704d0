// SPDX-License-Identifier: GPL-2.0-only
/*
 * mm/rmap.c, era E - the flush itself tells the secondary TLBs
 *
 * No finding: what is left of the repair is the pair around the walk.
 */

#include <linux/mmu_notifier.h>
#include <linux/rmap.h>

static int page_vma_mkclean_one(struct page_vma_mapped_walk *pvmw)
{
	struct vm_area_struct *vma = pvmw->vma;
	unsigned long address = pvmw->address;
	struct mmu_notifier_range range;
	int cleaned = 0;

	mmu_notifier_range_init(&range, MMU_NOTIFY_PROTECTION_PAGE, 0,
				vma->vm_mm, address, vma_address_end(pvmw));
	mmu_notifier_invalidate_range_start(&range);

	while (page_vma_mapped_walk(pvmw)) {
		address = pvmw->address;
		if (pvmw->pte) {
			pte_t entry = *pvmw->pte;

			if (!pte_dirty(entry) && !pte_write(entry))
				continue;

			flush_cache_page(vma, address, pte_pfn(entry));
			entry = ptep_clear_flush(vma, address, pvmw->pte);
			entry = pte_mkclean(pte_wrprotect(entry));
			set_pte_at(vma->vm_mm, address, pvmw->pte, entry);
		} else {
			pmd_t entry = *pvmw->pmd;

			if (!pmd_dirty(entry) && !pmd_write(entry))
				continue;

			pmdp_invalidate(vma, address, pvmw->pmd);
			entry = pmd_mkclean(pmd_wrprotect(entry));
			set_pmd_at(vma->vm_mm, address, pvmw->pmd, entry);
		}
		cleaned++;
	}

	mmu_notifier_invalidate_range_end(&range);

	return cleaned;
}

static bool page_mkclean_one(struct folio *folio, struct vm_area_struct *vma,
			     unsigned long address, void *arg)
{
	DEFINE_FOLIO_VMA_WALK(pvmw, folio, vma, address, PVMW_SYNC);
	int *cleaned = arg;

	*cleaned += page_vma_mkclean_one(&pvmw);

	return true;
}

int folio_mkclean(struct folio *folio)
{
	int cleaned = 0;
	struct rmap_walk_control rwc = {
		.rmap_one = page_mkclean_one,
		.arg = &cleaned,
	};

	rmap_walk(folio, &rwc);

	return cleaned;
}
