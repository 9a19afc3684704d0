/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * in-part.c - is a range initialised only once its mm and both bounds are written?
 */
/* the compiler's own warning about the same mistake is not what is tested */
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"

#include "era-d2/mmu_notifier.h"

void adjust_range_if_pmd_sharing_possible(struct vm_area_struct *vma, unsigned long *start,
					  unsigned long *end);
void fill_range(struct mmu_notifier_range *range, struct vm_area_struct *vma);

void bad_only_flags(void)
{
	struct mmu_notifier_range range;

	range.flags = 0;
	mmu_notifier_invalidate_range_start(&range); /* warn(region-uninit:range-uninit) */
	mmu_notifier_invalidate_range_end(&range);
}

void bad_only_bounds(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	range.start = vma->vm_start;
	range.end = vma->vm_end;
	mmu_notifier_invalidate_range_start(&range); /* warn(region-uninit:range-uninit) */
	mmu_notifier_invalidate_range_end(&range);
}

void bad_no_end(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	range.mm = vma->vm_mm;
	range.start = vma->vm_start;
	mmu_notifier_invalidate_range_start(&range); /* warn(region-uninit:range-uninit) */
	mmu_notifier_invalidate_range_end(&range);
}

void bad_only_widened(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	adjust_range_if_pmd_sharing_possible(vma, &range.start, &range.end);
	mmu_notifier_invalidate_range_start(&range); /* warn(region-uninit:range-uninit) */
	mmu_notifier_invalidate_range_end(&range);
}

void bad_zeroed(void)
{
	struct mmu_notifier_range range = {};

	mmu_notifier_invalidate_range_start(&range); /* warn(region-uninit:range-uninit) */
	mmu_notifier_invalidate_range_end(&range);
}

static void starts(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range); /* warn(region-uninit:range-uninit) */
}

void bad_started_by_a_helper(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	range.start = vma->vm_start;
	range.end = vma->vm_end;
	starts(&range);
	mmu_notifier_invalidate_range_end(&range);
}

static void starts_good(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range);
}

void good_started_by_a_helper(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	range.mm = vma->vm_mm;
	range.start = vma->vm_start;
	range.end = vma->vm_end;
	starts_good(&range);
	mmu_notifier_invalidate_range_end(&range);
}

void good_by_hand(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	range.mm = vma->vm_mm;
	range.start = vma->vm_start;
	range.end = vma->vm_end;
	range.flags = 0;
	mmu_notifier_invalidate_range_start(&range);
	mmu_notifier_invalidate_range_end(&range);
}

void good_by_hand_on_either_way(struct vm_area_struct *vma, bool all)
{
	struct mmu_notifier_range range;

	if (all) {
		range.mm = vma->vm_mm;
		range.start = vma->vm_start;
		range.end = vma->vm_end;
	} else {
		range.mm = vma->vm_mm;
		range.start = vma->vm_start + PAGE_SIZE;
		range.end = vma->vm_end;
	}
	mmu_notifier_invalidate_range_start(&range);
	mmu_notifier_invalidate_range_end(&range);
}

/* the whole address space begins at 0 */
void good_designated(struct mm_struct *mm)
{
	struct mmu_notifier_range range = { .mm = mm, .end = -1UL };

	mmu_notifier_invalidate_range_start(&range);
	mmu_notifier_invalidate_range_end(&range);
}

void good_copied(const struct mmu_notifier_range *old)
{
	struct mmu_notifier_range range = *old;

	mmu_notifier_invalidate_range_start(&range);
	mmu_notifier_invalidate_range_end(&range);
}

/* what another file does with the range is not known */
void good_unseen(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	range.flags = 0;
	fill_range(&range, vma);
	mmu_notifier_invalidate_range_start(&range);
	mmu_notifier_invalidate_range_end(&range);
}

void good_widened(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	adjust_range_if_pmd_sharing_possible(vma, &range.start, &range.end);
	mmu_notifier_invalidate_range_start(&range);
	mmu_notifier_invalidate_range_end(&range);
}

static void start_and_end(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
}

unsigned long find_start(void);
struct mm_struct *find_mm(void);

/* nothing is known of what its members are, but that they were written */
void good_unknown_members_for_callee(void)
{
	struct mmu_notifier_range range;

	range.mm = find_mm();
	range.start = find_start();
	range.end = find_start();
	start_and_end(&range);
}
