/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * init-variants.c - are the other ways to give a range its values known?
 */
/* the compiler's own warning about the same mistake is not what is tested */
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"

#include "era-d2/mmu_notifier.h"

void fill_range(struct mmu_notifier_range *range);

void good_with_owner(struct vm_area_struct *vma, void *owner)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init_owner(&range, MMU_NOTIFY_MIGRATE, 0, vma, vma->vm_mm,
				      vma->vm_start, vma->vm_end, owner);
	mmu_notifier_invalidate_range_start(&range);
	mmu_notifier_invalidate_range_end(&range);
}

void good_copied(const struct mmu_notifier_range *from)
{
	struct mmu_notifier_range range = *from;

	mmu_notifier_invalidate_range_start(&range);
	mmu_notifier_invalidate_range_end(&range);
}

void good_unknown_function(void)
{
	struct mmu_notifier_range range;

	fill_range(&range);
	mmu_notifier_invalidate_range_start(&range);
	mmu_notifier_invalidate_range_end(&range);
}

void good_parameter(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
}

int bad_nonblock(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	if (mmu_notifier_invalidate_range_start_nonblock(&range)) /* warn(region-uninit:range-uninit) */
		return -EAGAIN;
	flush_tlb_range(vma, vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_end(&range);
	return 0;
}
