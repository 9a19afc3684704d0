/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mm-as-flag.c - is the mm of a range taken for the flag that says whether the region was started?
 */
#include "era-e/mmu_notifier.h"

void good_flag(struct vm_area_struct *vma, pmd_t *pmd, unsigned long address, int n)
{
	struct mmu_notifier_range range = { .mm = NULL };

	for (; n--; pmd++) {
		if (pmd_none(*pmd))
			continue;
		if (range.mm)
			continue;
		mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma->vm_mm, address, address + PMD_SIZE);
		mmu_notifier_invalidate_range_start(&range);
	}
	if (range.mm)
		mmu_notifier_invalidate_range_end(&range);
}

void bad_flag(struct vm_area_struct *vma, pmd_t *pmd, unsigned long address, int n)
{
	struct mmu_notifier_range range = { .mm = NULL };

	for (; n--; pmd++) {
		if (pmd_none(*pmd))
			continue;
		mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma->vm_mm, address, address + PMD_SIZE);
		mmu_notifier_invalidate_range_start(&range); /* warn(region-balance:started-again) */
	}
	if (range.mm)
		mmu_notifier_invalidate_range_end(&range);
}
