/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * body-of-row-right.c - is such a function silent that makes its range, and leaves the region open?
 */
#include "era-d2/mmu_notifier.h"

pte_t *walk(struct mm_struct *mm, unsigned long address, spinlock_t **ptlp);

int follow_invalidate_pte(struct mm_struct *mm, unsigned long address, struct mmu_notifier_range *range,
			  pte_t **ptepp, pmd_t **pmdpp, spinlock_t **ptlp)
{
	if (range) {
		mmu_notifier_range_init(range, MMU_NOTIFY_CLEAR, 0, NULL, mm, address & PAGE_MASK,
					(address & PAGE_MASK) + PAGE_SIZE);
		mmu_notifier_invalidate_range_start(range);
	}
	*ptepp = walk(mm, address, ptlp);
	if (*ptepp)
		return 0;
	if (range)
		mmu_notifier_invalidate_range_end(range);
	return -EINVAL;
}
