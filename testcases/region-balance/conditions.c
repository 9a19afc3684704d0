/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * conditions.c - are start and end under the same condition a pair: a flag
 * variable, flags tested twice, a predicate called twice, a pointer?
 */
#include "era-d1/mmu_notifier.h"

void good_flag_variable(struct mm_struct *mm, unsigned long start, unsigned long end,
			pmd_t *pmd)
{
	bool started = false;

	if (!pmd_none(*pmd)) {
		mmu_notifier_invalidate_range_start(mm, start, end);
		started = true;
	}
	flush_tlb_range(NULL, start, end);
	if (started)
		mmu_notifier_invalidate_range_end(mm, start, end);
}

void bad_flag_not_set(struct mm_struct *mm, unsigned long start, unsigned long end,
		      pmd_t *pmd, pmd_t *other)
{
	bool started = false;

	if (!pmd_none(*pmd)) {
		mmu_notifier_invalidate_range_start(mm, start, end);
		started = !pmd_none(*other);
	}
	flush_tlb_range(NULL, start, end);
	if (started)
		mmu_notifier_invalidate_range_end(mm, start, end);
} /* warn(region-balance:open-at-return) */

void good_flags_twice(struct mm_struct *mm, unsigned long start, unsigned long end,
		      unsigned int flags)
{
	if (flags & 4)
		mmu_notifier_invalidate_range_start(mm, start, end);
	flush_tlb_range(NULL, start, end);
	if (flags & 4)
		mmu_notifier_invalidate_range_end(mm, start, end);
}

void bad_other_flag(struct mm_struct *mm, unsigned long start, unsigned long end,
		    unsigned int flags)
{
	if (flags & 4)
		mmu_notifier_invalidate_range_start(mm, start, end);
	flush_tlb_range(NULL, start, end);
	if ((flags & 4) && (flags & 8))
		mmu_notifier_invalidate_range_end(mm, start, end);
} /* warn(region-balance:open-at-return) */

void good_predicate_twice(struct mm_struct *mm, unsigned long start, unsigned long end,
			  unsigned long vm_flags)
{
	if (is_cow_mapping(vm_flags))
		mmu_notifier_invalidate_range_start(mm, start, end);
	flush_tlb_range(NULL, start, end);
	if (is_cow_mapping(vm_flags))
		mmu_notifier_invalidate_range_end(mm, start, end);
}

void bad_predicate_negated(struct mm_struct *mm, unsigned long start, unsigned long end,
			   unsigned long vm_flags)
{
	if (is_cow_mapping(vm_flags))
		mmu_notifier_invalidate_range_start(mm, start, end);
	flush_tlb_range(NULL, start, end);
	if (is_cow_mapping(vm_flags) && start == end)
		mmu_notifier_invalidate_range_end(mm, start, end);
} /* warn(region-balance:open-at-return) */

void good_pointer_twice(struct mm_struct *mm, unsigned long start, unsigned long end,
			struct page *page)
{
	if (page)
		mmu_notifier_invalidate_range_start(mm, start, end);
	flush_tlb_range(NULL, start, end);
	if (page)
		mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_comparison_twice(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	if (end > start)
		mmu_notifier_invalidate_range_start(mm, start, end);
	flush_tlb_range(NULL, start, end);
	if (start < end)
		mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_unlikely(struct mm_struct *mm, unsigned long start, unsigned long end,
		   unsigned int flags)
{
	if (unlikely(flags))
		mmu_notifier_invalidate_range_start(mm, start, end);
	flush_tlb_range(NULL, start, end);
	if (flags)
		mmu_notifier_invalidate_range_end(mm, start, end);
}
