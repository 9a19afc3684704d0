/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * area.c - is a vma found whose bounds a callback takes although it keeps it only?
 */
#include "era-d2/mmu_notifier.h"
#include "shadow.h"

struct vm_area_struct *find_vma(struct mm_struct *mm, unsigned long addr);

int bad_clipped(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long end = min(range->end, shadow->vma->vm_end); /* warn(range-arithmetic:area-cached) */

	shadow_flush(shadow, range->start, end - range->start);
	return 0;
}

/* the driver's own copy of what was mapped */
int good_clipped(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long end = min(range->end, shadow->end);

	shadow_flush(shadow, range->start, end - range->start);
	return 0;
}

int bad_not_its_range(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	if (shadow->vma->vm_end <= range->start) /* warn(range-arithmetic:area-cached) */
		return 0;
	shadow_flush(shadow, range->start, range->end - range->start);
	return 0;
}

/* of the range's own vma, until 6.2 */
int good_of_range(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	if (range->vma && range->vma->vm_end == range->end)
		shadow_flush_all(shadow);
	return 0;
}

int good_looked_up(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	struct vm_area_struct *vma = find_vma(range->mm, range->start);

	if (vma && vma->vm_end < range->end)
		shadow_flush_all(shadow);
	return 0;
}

/* what it compares is not its range */
int good_other(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	if (shadow->vma->vm_end != shadow->end)
		shadow_flush_all(shadow);
	return 0;
}

const struct mmu_notifier_ops tables[] = {
	{ .invalidate_range_start = bad_clipped },
	{ .invalidate_range_start = good_clipped },
	{ .invalidate_range_start = bad_not_its_range },
	{ .invalidate_range_start = good_of_range },
	{ .invalidate_range_start = good_looked_up },
	{ .invalidate_range_start = good_other },
};
