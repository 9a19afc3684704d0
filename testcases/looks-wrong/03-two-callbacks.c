/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * 03-two-callbacks.c - may pre_vma start what post_vma ends?
 */
#include "era-d2/mmu_notifier.h"
#include "pagewalk.h"

struct clean_walk {
	struct mmu_notifier_range range;
	unsigned long flush_start, flush_end;
};

int good_pre_vma(unsigned long start, unsigned long end, struct mm_walk *walk)
{
	struct clean_walk *cw = walk->private;

	cw->flush_start = end;
	cw->flush_end = start;
	mmu_notifier_range_init(&cw->range, MMU_NOTIFY_PROTECTION_PAGE, 0, walk->vma,
				walk->mm, start, end);
	mmu_notifier_invalidate_range_start(&cw->range);
	return 0;
}

void good_post_vma(struct mm_walk *walk)
{
	struct clean_walk *cw = walk->private;

	if (cw->flush_end > cw->flush_start)
		flush_tlb_range(walk->vma, cw->flush_start, cw->flush_end);
	mmu_notifier_invalidate_range_end(&cw->range);
}

int good_pmd_entry(pmd_t *pmd, unsigned long addr, unsigned long next,
		   struct mm_walk *walk)
{
	spinlock_t *ptl = pmd_trans_huge_lock(pmd, walk->vma);

	if (!ptl)
		return 0;
	set_pmd_at(walk->mm, addr, pmd, pmd_wrprotect(*pmd));
	spin_unlock(ptl);
	return 0;
}

void bad_post_vma(struct mm_walk *walk)
{
	struct clean_walk *cw = walk->private;

	if (cw->flush_end > cw->flush_start)
		flush_tlb_range(walk->vma, cw->flush_start, cw->flush_end);
	mmu_notifier_invalidate_range_end(&cw->range);
	mmu_notifier_invalidate_range_end(&cw->range); /* warn(region-balance:ended-twice) */
}

const struct mm_walk_ops ops_with_end = {
	.pmd_entry = good_pmd_entry,
	.pre_vma = good_pre_vma,
	.post_vma = good_post_vma,
};

const struct mm_walk_ops ops_without_end = {
	.pre_vma = good_pre_vma,
	.post_vma = bad_post_vma,
};
