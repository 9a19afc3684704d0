/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * noreturn.c - is a path that never returns not taken for a return?
 */
#include "era-d2/mmu_notifier.h"

void good_bug_on(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	BUG_ON(vma->vm_next == vma);
	mmu_notifier_invalidate_range_end(&range);
}

void good_panic(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	if (vma->vm_next == vma)
		panic("a circle of areas");
	mmu_notifier_invalidate_range_end(&range);
}

int bad_warn_on(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	if (WARN_ON(vma->vm_next == vma))
		return -EINVAL; /* warn(region-balance:open-at-return) */
	mmu_notifier_invalidate_range_end(&range);
	return 0;
}

/* it has no effect, and does not come back either */
__attribute__((__const__)) __noreturn void never_back(int why);

void good_without_effect(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	if (vma->vm_next == vma)
		never_back(3);
	mmu_notifier_invalidate_range_end(&range);
}
