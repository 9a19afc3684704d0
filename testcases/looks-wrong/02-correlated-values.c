/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * 02-correlated-values.c - do values kept beside the region say whether it is open:
 * end > start where both were set to 0, and a bool notified?
 */
#include "era-d1/mmu_notifier.h"

void good_end_above_start(struct vm_area_struct *vma, bool cow)
{
	unsigned long start = 0, end = 0;

	if (cow) {
		start = vma->vm_start;
		end = vma->vm_end;
	}
	if (end > start)
		mmu_notifier_invalidate_range_start(vma->vm_mm, start, end);
	flush_tlb_range(vma, vma->vm_start, vma->vm_end);
	if (end > start)
		mmu_notifier_invalidate_range_end(vma->vm_mm, start, end);
}

void bad_end_above_start(struct vm_area_struct *vma, bool cow)
{
	unsigned long start = 0, end = 0;

	if (cow) {
		start = vma->vm_start;
		end = vma->vm_end;
	}
	if (end > start)
		mmu_notifier_invalidate_range_start(vma->vm_mm, start, end);
	flush_tlb_range(vma, vma->vm_start, vma->vm_end);
	if (end < start)
		mmu_notifier_invalidate_range_end(vma->vm_mm, start, end);
} /* warn(region-balance:open-at-return) */

void good_notified(struct vm_area_struct *vma, pmd_t *pmd, int n)
{
	bool notified = false;

	for (; n; n--, pmd++) {
		if (!pmd_trans_huge(*pmd))
			continue;
		if (!notified) {
			mmu_notifier_invalidate_range_start(vma->vm_mm, vma->vm_start,
							    vma->vm_end);
			notified = true;
		}
		flush_tlb_range(vma, vma->vm_start, vma->vm_end);
	}
	if (notified)
		mmu_notifier_invalidate_range_end(vma->vm_mm, vma->vm_start, vma->vm_end);
}

void bad_notified(struct vm_area_struct *vma, pmd_t *pmd, int n)
{
	bool notified = false;

	for (; n; n--, pmd++) {
		if (!pmd_trans_huge(*pmd))
			continue;
		if (!notified) {
			mmu_notifier_invalidate_range_start(vma->vm_mm, vma->vm_start,
							    vma->vm_end);
			notified = true;
		}
		flush_tlb_range(vma, vma->vm_start, vma->vm_end);
	}
	if (!notified)
		mmu_notifier_invalidate_range_end(vma->vm_mm, vma->vm_start, vma->vm_end);
} /* warn(region-balance:open-at-return) */
