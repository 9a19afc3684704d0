/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * 02-correlated-conditions.c - are conditions that always have the same truth one
 * condition: a bool twice, a flag twice, range.start zero or not?
 */
#include "era-d2/mmu_notifier.h"

void good_bool_twice(struct vm_area_struct *vma, bool cow)
{
	struct mmu_notifier_range range;

	if (cow) {
		mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
					vma->vm_start, vma->vm_end);
		mmu_notifier_invalidate_range_start(&range);
	}
	flush_tlb_range(vma, vma->vm_start, vma->vm_end);
	if (cow)
		mmu_notifier_invalidate_range_end(&range);
}

void bad_bool_twice(struct vm_area_struct *vma, bool cow)
{
	struct mmu_notifier_range range;

	if (cow) {
		mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
					vma->vm_start, vma->vm_end);
		mmu_notifier_invalidate_range_start(&range);
	}
	flush_tlb_range(vma, vma->vm_start, vma->vm_end);
	if (cow && vma->vm_next)
		mmu_notifier_invalidate_range_end(&range);
} /* warn(region-balance:open-at-return) */

void good_flag_twice(struct vm_area_struct *vma, unsigned int flags)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	if (flags & 2)
		mmu_notifier_invalidate_range_start(&range);
	flush_tlb_range(vma, vma->vm_start, vma->vm_end);
	if (flags & 2)
		mmu_notifier_invalidate_range_end(&range);
}

void bad_flag_twice(struct vm_area_struct *vma, unsigned int flags)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	if (flags & 6)
		mmu_notifier_invalidate_range_start(&range);
	flush_tlb_range(vma, vma->vm_start, vma->vm_end);
	if (flags & 2)
		mmu_notifier_invalidate_range_end(&range);
} /* warn(region-balance:open-at-return) */

void good_range_start_zero(struct vm_area_struct *vma, pmd_t *pmd, int n)
{
	struct mmu_notifier_range range;

	range.start = 0;
	for (; n; n--, pmd++) {
		if (!pmd_trans_huge(*pmd))
			continue;
		if (!range.start) {
			mmu_notifier_range_init(&range, MMU_NOTIFY_PROTECTION_VMA, 0, vma,
						vma->vm_mm, vma->vm_start, vma->vm_end);
			mmu_notifier_invalidate_range_start(&range);
		}
		flush_tlb_range(vma, range.start, range.end);
	}
	if (range.start)
		mmu_notifier_invalidate_range_end(&range);
}

void bad_range_start_zero(struct vm_area_struct *vma, pmd_t *pmd, int n)
{
	struct mmu_notifier_range range;

	range.start = 0;
	for (; n; n--, pmd++) {
		if (!pmd_trans_huge(*pmd))
			continue;
		if (!range.start) {
			mmu_notifier_range_init(&range, MMU_NOTIFY_PROTECTION_VMA, 0, vma,
						vma->vm_mm, vma->vm_start, vma->vm_end);
			mmu_notifier_invalidate_range_start(&range);
		}
		flush_tlb_range(vma, range.start, range.end);
	}
	if (!range.start)
		mmu_notifier_invalidate_range_end(&range); /* warn(region-balance:end-without-start) */
} /* warn(region-balance:open-at-return) */

static bool has_flag(unsigned long flags, unsigned long flag)
{
	if (!(flags & flag))
		return false;
	return true;
}

/* a predicate that branches: what it asked goes with what it answers */
void good_predicate(struct mmu_notifier_range *range, unsigned long flags)
{
	if (has_flag(flags, 4))
		mmu_notifier_invalidate_range_start(range);
	if (has_flag(flags, 4))
		mmu_notifier_invalidate_range_end(range);
}

void bad_predicate(struct mmu_notifier_range *range, unsigned long flags)
{
	if (has_flag(flags, 4))
		mmu_notifier_invalidate_range_start(range);
	if (has_flag(flags, 8))
		mmu_notifier_invalidate_range_end(range);
} /* warn(region-balance:open-at-return) */
