/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * many-arguments.c - is the 32nd argument of a call, whether const or a range, not taken for another one?
 */
#include "era-d2/mmu_notifier.h"

#define FIVE		int, int, int, int, int
#define THIRTY		FIVE, FIVE, FIVE, FIVE, FIVE, FIVE
#define NONE		0, 0, 0, 0, 0
#define THIRTY_NONE	NONE, NONE, NONE, NONE, NONE, NONE

void looks_last(struct vm_area_struct *first, THIRTY, const struct mmu_notifier_range *last);
void *ends_last(struct vm_area_struct *first, THIRTY, struct mmu_notifier_range *last);

void bad_last_is_looked_at(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr,
			   const struct mmu_notifier_range *other)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr, addr + PMD_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	mmu_notifier_invalidate_range_end(&range);
	looks_last(vma, THIRTY_NONE, other);
	ptl = pmd_lock(vma->vm_mm, pmd);
	mmu_notifier_invalidate_range(vma->vm_mm, addr, addr + PMD_SIZE); /* warn(range-unpaired:unpaired-after) */
	spin_unlock(ptl);
}

void good_last_is_ended(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	ends_last(vma, THIRTY_NONE, &range);
}
