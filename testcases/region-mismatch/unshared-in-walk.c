/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * unshared-in-walk.c - is a region that was not widened found where a reverse map walk passes the address, and
 * huge_pmd_unshare() may take the page table?
 */
#include "era-d2/mmu_notifier.h"
#include "entries.h"
#include "hugetlb.h"
#include "rmap.h"

unsigned long last_address(struct vm_area_struct *vma, unsigned long addr);

static bool bad_unmap_one(struct page *page, struct vm_area_struct *vma, unsigned long addr,
			  void *arg)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				last_address(vma, addr));
	mmu_notifier_invalidate_range_start(&range); /* warn(region-mismatch:not-widened) */
	huge_pmd_unshare(vma->vm_mm, &addr, arg);
	mmu_notifier_invalidate_range_end(&range);
	return true;
}

static bool good_unmap_one(struct page *page, struct vm_area_struct *vma, unsigned long addr,
			   void *arg)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				last_address(vma, addr));
	adjust_range_if_pmd_sharing_possible(vma, &range.start, &range.end);
	mmu_notifier_invalidate_range_start(&range);
	huge_pmd_unshare(vma->vm_mm, &addr, arg);
	mmu_notifier_invalidate_range_end(&range);
	return true;
}

void walk_all(struct page *page, pte_t *pte)
{
	struct rmap_walk_control bad = { .rmap_one = bad_unmap_one, .arg = pte };
	struct rmap_walk_control good = { .rmap_one = good_unmap_one, .arg = pte };

	rmap_walk(page, &bad);
	rmap_walk(page, &good);
}
