/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * ended.c - is a region ended where its start failed?
 */
#include "era-d2/mmu_notifier.h"

int good_end_after_success(struct mmu_notifier_range *range)
{
	int err = mmu_notifier_invalidate_range_start_nonblock(range);

	if (!err)
		mmu_notifier_invalidate_range_end(range);
	return err;
}

int bad_end_after_failure(struct mmu_notifier_range *range)
{
	int err = mmu_notifier_invalidate_range_start_nonblock(range);

	if (err)
		mmu_notifier_invalidate_range_end(range); /* warn(start-ignored:failed-ended) */
	return err;
}

bool bad_common_exit(struct vm_area_struct *vma, bool *done)
{
	struct mmu_notifier_range range;

	*done = false;
	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	if (mmu_notifier_invalidate_range_start_nonblock(&range))
		goto out;
	flush_tlb_range(vma, range.start, range.end);
	*done = true;
out:
	mmu_notifier_invalidate_range_end(&range); /* warn(start-ignored): region 'range' is ended although */
	return *done;
}

bool good_two_exits(struct vm_area_struct *vma, bool *done)
{
	struct mmu_notifier_range range;

	*done = false;
	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	if (mmu_notifier_invalidate_range_start_nonblock(&range))
		goto out;
	flush_tlb_range(vma, range.start, range.end);
	*done = true;
	mmu_notifier_invalidate_range_end(&range);
out:
	return *done;
}

/* a second try, which may sleep, is another start */
void good_try_again(struct mmu_notifier_range *range)
{
	if (mmu_notifier_invalidate_range_start_nonblock(range))
		mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
}

void bad_try_again_half(struct mmu_notifier_range *range, bool may_sleep)
{
	if (mmu_notifier_invalidate_range_start_nonblock(range) && may_sleep)
		mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range); /* warn(start-ignored:failed-ended) */
}
