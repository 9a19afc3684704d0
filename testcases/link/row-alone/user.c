/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * user.c - the only one who calls it, with a region open.
 */
#include "row.h"

void good_user(struct mmu_notifier_range *range, struct vm_area_struct *vma, pte_t *pte, spinlock_t *ptl)
{
	mmu_notifier_invalidate_range_start(range);
	vma_adjust_trans_huge(vma, range->start, pte, ptl);
	mmu_notifier_invalidate_range_end(range);
}
