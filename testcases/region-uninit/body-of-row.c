/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * body-of-row.c - does a function that makes the range of the region that it starts for its caller, as the
 * contract says of it, make one?
 */
#include "era-d2/mmu_notifier.h"

pte_t *walk(struct mm_struct *mm, unsigned long address, spinlock_t **ptlp);

int follow_invalidate_pte(struct mm_struct *mm, unsigned long address, struct mmu_notifier_range *range,
			  pte_t **ptepp, pmd_t **pmdpp, spinlock_t **ptlp)
{
	if (range)
		mmu_notifier_invalidate_range_start(range); /* warn(region-uninit:range-uninit) */
	*ptepp = walk(mm, address, ptlp);
	if (*ptepp)
		return 0;
	if (range)
		mmu_notifier_invalidate_range_end(range);
	return -EINVAL;
}
