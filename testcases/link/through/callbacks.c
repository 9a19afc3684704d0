/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * callbacks.c - are functions followed that are called through a member in which few are stored?
 */
#include "mirror.h"

static int bad_helper_start(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	mirror_unmap(container_of(mn, struct mirror, mn), range->start); /* warn(callback-nonblock:callback-unchecked)[link] */
	return 0;
}

static int bad_two_start(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	mirror->ops->flush(mirror); /* warn(callback-nonblock:callback-unchecked)[link] */
	return 0;
}

/* of five it is not known which */
static int good_many_start(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	mirror->ops->report(mirror);
	mirror->ops->idle(mirror);
	return 0;
}

static int good_asked_start(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	if (!mmu_notifier_range_blockable(range))
		return -EAGAIN;
	mirror_unmap(container_of(mn, struct mirror, mn), range->start);
	return 0;
}

const struct mmu_notifier_ops mirror_notifier_ops[] = {
	{ .invalidate_range_start = bad_helper_start },
	{ .invalidate_range_start = bad_two_start },
	{ .invalidate_range_start = good_many_start },
	{ .invalidate_range_start = good_asked_start },
};

void good_begun(struct mirror *mirror, struct mmu_notifier_range *range, struct vm_area_struct *vma)
{
	mmu_notifier_range_init(range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, vma->vm_start, vma->vm_end);
	mirror->ops->begin(range);
	mmu_notifier_invalidate_range_end(range);
}

void bad_begun(struct mirror *mirror, struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, vma->vm_start, vma->vm_end);
	mirror->ops->begin(&range);
} /* warn(region-balance:open-at-return)[link] */
