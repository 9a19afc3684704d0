/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * rmap-one.c - is a change checked in the callback of a
 * reverse map walk, which is called outside any region?
 */
#include "era-d2/mmu_notifier.h"
#include "entries.h"
#include "rmap.h"

static bool good_unmap_one(struct page *page, struct vm_area_struct *vma, unsigned long addr,
			   void *arg)
{
	struct page_vma_mapped_walk pvmw = { .page = page, .vma = vma, .address = addr };
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	while (page_vma_mapped_walk(&pvmw))
		ptep_clear_flush(vma, pvmw.address, pvmw.pte);
	mmu_notifier_invalidate_range_end(&range);
	return true;
}

static bool bad_unmap_one(struct page *page, struct vm_area_struct *vma, unsigned long addr,
			  void *arg)
{
	struct page_vma_mapped_walk pvmw = { .page = page, .vma = vma, .address = addr };

	while (page_vma_mapped_walk(&pvmw))
		ptep_clear_flush(vma, pvmw.address, pvmw.pte); /* warn(unnotified-change:cleared-outside) */
	return true;
}

static bool good_restore_one(struct page *page, struct vm_area_struct *vma,
			     unsigned long addr, void *arg)
{
	struct page_vma_mapped_walk pvmw = { .page = page, .vma = vma, .address = addr };

	while (page_vma_mapped_walk(&pvmw))
		set_pte_at(vma->vm_mm, pvmw.address, pvmw.pte,
			   mk_pte(page, *(pgprot_t *)arg));
	return true;
}

void walk_all(struct page *page, pgprot_t *prot)
{
	struct rmap_walk_control good = { .rmap_one = good_unmap_one };
	struct rmap_walk_control bad = { .rmap_one = bad_unmap_one };
	struct rmap_walk_control restore = { .rmap_one = good_restore_one, .arg = prot };

	rmap_walk(page, &good);
	rmap_walk(page, &bad);
	rmap_walk(page, &restore);
}
