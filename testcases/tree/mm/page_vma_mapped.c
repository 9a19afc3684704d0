// SPDX-License-Identifier: GPL-2.0-only
/*
 * mm/page_vma_mapped.c - one entry after the other that maps a page
 */

#include <linux/huge_mm.h>
#include <linux/rmap.h>

static bool not_found(struct page_vma_mapped_walk *pvmw)
{
	page_vma_mapped_walk_done(pvmw);
	return false;
}

static bool maps_page(struct page_vma_mapped_walk *pvmw)
{
	unsigned long pfn = page_to_pfn(pvmw->page);

	if (!pte_present(*pvmw->pte))
		return false;
	return pte_pfn(*pvmw->pte) - pfn < 1UL << compound_order(pvmw->page);
}

/* Take the lock of the table that the huge or small entry is in. */
static bool map_first(struct page_vma_mapped_walk *pvmw)
{
	struct mm_struct *mm = pvmw->vma->vm_mm;

	pvmw->pmd = mm_find_pmd(mm, pvmw->address);
	if (!pvmw->pmd)
		return false;

	pvmw->ptl = pmd_trans_huge_lock(pvmw->pmd, pvmw->vma);
	if (pvmw->ptl)
		return true;

	pvmw->pte = pte_offset_map_lock(mm, pvmw->pmd, pvmw->address,
					&pvmw->ptl);
	return true;
}

/**
 * page_vma_mapped_walk - find the next entry that maps the page
 * @pvmw: ->page, ->vma and ->address are set, all else is zero at first
 *
 * Return: true with ->ptl held and ->pte set (or ->pmd only, for a huge
 * entry), false with no lock held when there is no further entry.
 */
bool page_vma_mapped_walk(struct page_vma_mapped_walk *pvmw)
{
	/* a huge entry is the only one */
	if (pvmw->ptl && !pvmw->pte)
		return not_found(pvmw);

	if (pvmw->pte)
		goto next_pte;

	if (!map_first(pvmw))
		return false;
	if (!pvmw->pte || maps_page(pvmw))
		return true;
next_pte:
	for (;;) {
		pvmw->address += PAGE_SIZE;
		/* the walk does not leave the table of its first entry */
		if (!(pvmw->address & ~PMD_MASK))
			return not_found(pvmw);
		if (pvmw->address >= pvmw->vma->vm_end)
			return not_found(pvmw);
		pvmw->pte++;
		if (maps_page(pvmw))
			return true;
	}
}
